//! Values without anything inside, as the types of the runtime read and write them.

use evo_runtime::dto::{ResponseError, ResponseStatus};
use evo_runtime::types::choice::Choice;
use evo_runtime::wire::{Input, ReadError, Wire};
use evo_runtime::{
    Bytes, Date, DateTime, DateTimeOffset, DayOfWeek, Decimal, DecimalText, HttpStatusCode, Time, TimeSpan, Uuid,
};

use super::super::given::Given;
use super::{Place, Value, read_bytes};
use crate::Error;

/// Calls `$do!(Type)` with the Rust type of a name, or returns `$else`.
macro_rules! with_type {
    ($name:expr, $do:ident, $else:expr) => {
        match $name {
            "bool" => $do!(bool),
            "i8" => $do!(i8),
            "u8" => $do!(u8),
            "i16" => $do!(i16),
            "u16" => $do!(u16),
            "i32" => $do!(i32),
            "u32" => $do!(u32),
            "i64" => $do!(i64),
            "u64" => $do!(u64),
            "f32" => $do!(f32),
            "f64" => $do!(f64),
            "char" => $do!(char),
            "String" => $do!(String),
            "Decimal" => $do!(Decimal),
            "DecimalText" => $do!(DecimalText),
            "DateTime" => $do!(DateTime),
            "DateTimeOffset" => $do!(DateTimeOffset),
            "Date" => $do!(Date),
            "Time" => $do!(Time),
            "TimeSpan" => $do!(TimeSpan),
            "Uuid" => $do!(Uuid),
            "Bytes" => $do!(Bytes),
            "DayOfWeek" => $do!(DayOfWeek),
            "HttpStatusCode" => $do!(HttpStatusCode),
            _ => $else,
        }
    };
}

/// The default of a type.
pub fn default(name: &str) -> Value {
    macro_rules! default {
        ($type:ty) => {
            Value::new(<$type>::default())
        };
    }
    with_type!(name, default, Value::new(serde_json::Value::Null))
}

/// The value of the type of this name.
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
        // The runtime does not repeat values, which servers send; this one was typed.
        Given::Text(text) | Given::Word(text) if error.message().ends_with("found text") => {
            place.refuse(&format!("{} {text:?}", error.message()))
        }
        _ => place.refuse_read(&error),
    })
}

/// A value of a type that reads the text of an argument as it reads the text of a document.
fn read_as<T: Wire + 'static>(given: &Given) -> Result<Value, ReadError> {
    take::<T>(given).map(Value::new)
}

fn take<T: Wire>(given: &Given) -> Result<T, ReadError> {
    let mut value = T::default();
    let is_there = match given {
        Given::Null => return Ok(value),
        Given::Bool(flag) => value.read(Input::Bool(*flag))?,
        Given::Text(text) | Given::Word(text) => value.read(Input::Str(text))?,
        Given::Number(digits) => value.read(number(digits))?,
        Given::List(_) | Given::Object(_) => {
            evo_runtime::wire::json::read_slice(&given.to_value().to_string().into_bytes(), &mut value)?
        }
    };
    if is_there { Ok(value) } else { Err(ReadError::new("expected a value, found an empty text")) }
}

fn number(digits: &str) -> Input<'_> {
    match (digits.parse(), digits.parse()) {
        (Ok(integer), _) => Input::Int(integer),
        (_, Ok(integer)) => Input::UInt(integer),
        _ => Input::Digits(digits),
    }
}

/// A value of an enum of .NET, which keeps names that it does not have.
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

/// A class of ServiceStack itself, as JSON.
fn read_json<T: Wire + 'static>(given: &Given) -> Result<Value, ReadError> {
    let json = given.to_value().to_string();
    let mut value = T::default();
    evo_runtime::wire::json::read_slice(json.as_bytes(), &mut value)?;
    Ok(Value::new(value))
}
