//! A struct of the API: text on classic hosts, an object on others.

use std::fmt;

use serde_json::Value;

use crate::wire::{Input, ReadError, View, Wire};

/// A value of a `struct` that the API defines. Metadata documents name such types without describing them, and how the
/// value travels depends on the host: ServiceStack.Text writes `ToString()` and reads with `Parse(string)`,
/// System.Text.Json writes and reads an object. No form is read by both; what was read is written back in the form that
/// it had (<https://docs.servicestack.net/json-format>).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TextOrObject {
    /// The text of a classic host: `9.90 EUR`.
    Text(String),
    /// The object of a host with System.Text.Json: `{"amount":9.90,"currency":"EUR"}`; also every other JSON value.
    Object(Value),
}

impl TextOrObject {
    /// The form of classic hosts.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// The form of hosts with System.Text.Json.
    pub fn object(object: impl Into<Value>) -> Self {
        object.into().into()
    }

    /// The text, where it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Object(_) => None,
        }
    }

    /// The object, where it is one.
    #[must_use]
    pub fn as_object(&self) -> Option<&serde_json::Map<String, Value>> {
        match self {
            Self::Text(_) => None,
            Self::Object(object) => object.as_object(),
        }
    }
}

impl Default for TextOrObject {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

/// The text, or the JSON of the object.
impl fmt::Display for TextOrObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Object(object) => object.fmt(f),
        }
    }
}

impl Wire for TextOrObject {
    fn view(&self) -> View<'_> {
        match self {
            Self::Text(text) => View::Str(text),
            Self::Object(object) => object.view(),
        }
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        if let Input::Null = input {
            return Ok(());
        }
        let mut value = Value::Null;
        value.read(input)?;
        *self = value.into();
        Ok(())
    }
}

crate::serde_through_wire!(TextOrObject);

impl From<&str> for TextOrObject {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for TextOrObject {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Value> for TextOrObject {
    fn from(value: Value) -> Self {
        match value {
            Value::String(text) => Self::Text(text),
            object => Self::Object(object),
        }
    }
}
