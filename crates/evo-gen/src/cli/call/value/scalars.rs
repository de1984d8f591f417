//! Values without members, read and written by the runtime types.

use evo_runtime::DayOfWeek;
use evo_runtime::dto::{ResponseError, ResponseStatus};
use evo_runtime::types::choice::Choice;
use evo_runtime::wire::{Input, ReadError, Wire, json};

use super::super::untyped::UntypedValue;
use super::rust_types::with_type;
use super::{Place, Value, read_bytes};
use crate::Error;

/// Returns the default of the type with this name.
pub fn default(name: &str) -> Value {
    macro_rules! default {
        ($type:ty) => {
            Value::new(<$type>::default())
        };
    }
    with_type!(name, default, Value::new(serde_json::Value::Null))
}

/// Reads a value of the type with this name.
pub fn read(name: &str, untyped: &UntypedValue, place: &Place) -> Result<Value, Error> {
    macro_rules! read {
        ($type:ty) => {
            read_as::<$type>(untyped)
        };
    }
    let value = match (name, untyped) {
        ("Bytes", UntypedValue::Word(word)) if word.starts_with('@') => {
            return Ok(Value::new(read_bytes(word, place)?));
        }
        ("char", UntypedValue::Text(text) | UntypedValue::Word(text)) if text.chars().count() != 1 => {
            Err(ReadError::new(format!("expected one character, found {text:?}")))
        }
        ("DayOfWeek", _) => read_known::<DayOfWeek>(untyped),
        ("dto::ResponseStatus", _) => read_json::<ResponseStatus>(untyped),
        ("dto::ResponseError", _) => read_json::<ResponseError>(untyped),
        _ => with_type!(name, read, return Ok(Value::new(untyped.to_value()))),
    };
    value.map_err(|error| match untyped {
        // The runtime does not repeat the values of servers, but the user typed this one.
        UntypedValue::Text(text) | UntypedValue::Word(text) if error.message().ends_with("found text") => {
            place.error(&format!("{} {text:?}", error.message()))
        }
        _ => place.read_error(&error),
    })
}

/// Reads a value. The text of an argument is treated like a string from a document.
fn read_as<T: Wire + 'static>(untyped: &UntypedValue) -> Result<Value, ReadError> {
    take::<T>(untyped).map(Value::new)
}

fn take<T: Wire>(untyped: &UntypedValue) -> Result<T, ReadError> {
    let mut value = T::default();
    let has_value = match untyped {
        UntypedValue::Null => return Ok(value),
        UntypedValue::Bool(flag) => value.read(Input::Bool(*flag))?,
        UntypedValue::Text(text) | UntypedValue::Word(text) => value.read(Input::Str(text))?,
        UntypedValue::Number(digits) => value.read(number(digits))?,
        UntypedValue::List(_) | UntypedValue::Object(_) => {
            json::read_slice(untyped.to_value().to_string().as_bytes(), &mut value)?
        }
    };
    if has_value { Ok(value) } else { Err(ReadError::new("expected a value, found an empty text")) }
}

fn number(digits: &str) -> Input<'_> {
    match (digits.parse(), digits.parse()) {
        (Ok(integer), _) => Input::Int(integer),
        (_, Ok(integer)) => Input::UInt(integer),
        _ => Input::Digits(digits),
    }
}

/// Reads a value of a .NET enum. The type itself accepts unknown names, which are errors here.
fn read_known<T: Choice + Wire>(untyped: &UntypedValue) -> Result<Value, ReadError> {
    let value = take::<T>(untyped)?;
    match value.unknown() {
        Some(unknown) if unknown.to_string().parse::<i128>().is_err() => {
            let names: Vec<&str> = T::MEMBERS.iter().map(evo_runtime::types::EnumMember::text).collect();
            Err(ReadError::new(format!("there is no value `{unknown}`; expected one of `{}`", names.join("`, `"))))
        }
        _ => Ok(Value::new(value)),
    }
}

/// Reads one of ServiceStack's own classes from JSON.
fn read_json<T: Wire + 'static>(untyped: &UntypedValue) -> Result<Value, ReadError> {
    let mut value = T::default();
    json::read_slice(untyped.to_value().to_string().as_bytes(), &mut value)?;
    Ok(Value::new(value))
}
