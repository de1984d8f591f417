//! Structs of the API: text on classic hosts, objects on others.

use std::fmt;

use serde_json::Value;

use crate::wire::{Decode, Encode, Input, ReadError, View, Wire};

/// A value of a `struct` that the API defines. Its wire form depends on the host: ServiceStack.Text writes `ToString()` and reads with
/// `Parse(string)`, while System.Text.Json writes and reads an object. Neither host reads both forms, so a value is written back in the
/// form in which it was read (<https://docs.servicestack.net/json-format>).
///
/// Metadata documents name such types without describing them, so the object can be any JSON unless the configuration of the generator
/// supplies its members as `T`.
///
/// ```
/// use evo_runtime::{TextOrObject, record};
///
/// #[derive(Debug, Clone, PartialEq, Default)]
/// struct Money {
///     amount: i32,
/// }
/// record!(Money { amount: "Amount" });
///
/// let money: TextOrObject<Money> = serde_json::from_str(r#"{"amount":9}"#)?;
/// assert_eq!(money.as_object(), Some(&Money { amount: 9 }));
/// let money: TextOrObject<Money> = serde_json::from_str(r#""9 EUR""#)?;
/// assert_eq!(money.as_text(), Some("9 EUR"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TextOrObject<T = Value> {
    /// Text from a classic host: `9.90 EUR`.
    Text(String),
    /// An object from a host with System.Text.Json: `{"amount":9.90,"currency":"EUR"}`; also any other JSON value that `T` reads.
    Object(T),
}

impl<T> TextOrObject<T> {
    /// Creates the form that classic hosts use.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Returns the text, if this is text.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Object(_) => None,
        }
    }

    /// Returns the object, if this is an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&T> {
        match self {
            Self::Text(_) => None,
            Self::Object(object) => Some(object),
        }
    }
}

impl TextOrObject {
    /// Creates the form that hosts with System.Text.Json use.
    pub fn object(object: impl Into<Value>) -> Self {
        object.into().into()
    }
}

impl<T> Default for TextOrObject<T> {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

/// The text, or the object as JSON.
impl<T: Wire> fmt::Display for TextOrObject<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Object(_) => f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?),
        }
    }
}

impl<T: Wire> Encode for TextOrObject<T> {
    fn view(&self) -> View<'_> {
        match self {
            Self::Text(text) => View::Str(text),
            Self::Object(object) => object.view(),
        }
    }
}

impl<T: Wire> Decode for TextOrObject<T> {
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
        match input {
            Input::Null => return Ok(false),
            Input::Str(text) => *self = Self::text(text),
            input => {
                let mut object = T::default();
                object.read(input)?;
                *self = Self::Object(object);
            }
        }
        Ok(true)
    }
}

crate::__serde_through_wire!(TextOrObject<T>);

impl<T> From<&str> for TextOrObject<T> {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl<T> From<String> for TextOrObject<T> {
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
