//! Values without members, read and written by the runtime types.

use evo_runtime::DayOfWeek;
use evo_runtime::dto::{ResponseError, ResponseStatus};
use evo_runtime::types::choice::Choice;
use evo_runtime::wire::{Input, ReadError, Wire, json};

use super::super::given::Given;
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
pub fn read(name: &str, given: &Given, place: &Place) -> Result<Value, Error> {
    macro_rules! read {
        ($type:ty) => {
            read_as::<$type>(given)
        };
    }
    let value = match (name, given) {
        ("Bytes", Given::Word(word)) if word.starts_with('@') => return Ok(Value::new(read_bytes(word, place)?)),
        ("char", Given::Text(text) | Given::Word(text)) if text.chars().count() != 1 => {
            Err(ReadError::new(format!("expected one character, found {text:?}")))
        }
        ("DayOfWeek", _) => read_known::<DayOfWeek>(given),
        ("dto::ResponseStatus", _) => read_json::<ResponseStatus>(given),
        ("dto::ResponseError", _) => read_json::<ResponseError>(given),
        _ => with_type!(name, read, return Ok(Value::new(given.to_value()))),
    };
    value.map_err(|error| match given {
        // The runtime does not repeat the values of servers, but the user typed this one.
        Given::Text(text) | Given::Word(text) if error.message().ends_with("found text") => {
            place.refuse(&format!("{} {text:?}", error.message()))
        }
        _ => place.refuse_read(&error),
    })
}

/// Reads a value. The text of an argument is treated like a string from a document.
fn read_as<T: Wire + 'static>(given: &Given) -> Result<Value, ReadError> {
    take::<T>(given).map(Value::new)
}

fn take<T: Wire>(given: &Given) -> Result<T, ReadError> {
    let mut value = T::default();
    let has_value = match given {
        Given::Null => return Ok(value),
        Given::Bool(flag) => value.read(Input::Bool(*flag))?,
        Given::Text(text) | Given::Word(text) => value.read(Input::Str(text))?,
        Given::Number(digits) => value.read(number(digits))?,
        Given::List(_) | Given::Object(_) => json::read_slice(given.to_value().to_string().as_bytes(), &mut value)?,
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
fn read_known<T: Choice + Wire>(given: &Given) -> Result<Value, ReadError> {
    let value = take::<T>(given)?;
    match value.unknown() {
        Some(unknown) if unknown.to_string().parse::<i128>().is_err() => {
            let names: Vec<&str> = T::MEMBERS.iter().map(evo_runtime::types::EnumMember::text).collect();
            Err(ReadError::new(format!("there is no value `{unknown}`; expected one of `{}`", names.join("`, `"))))
        }
        _ => Ok(Value::new(value)),
    }
}

/// Reads one of ServiceStack's own classes from JSON.
fn read_json<T: Wire + 'static>(given: &Given) -> Result<Value, ReadError> {
    let mut value = T::default();
    json::read_slice(given.to_value().to_string().as_bytes(), &mut value)?;
    Ok(Value::new(value))
}
