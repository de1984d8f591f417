//! A struct of the API: text on classic hosts, an object on others.

use std::fmt;

use serde_json::Value;

use crate::wire::{Decode, Encode, Input, ReadError, View, Wire};

/// A value of a `struct` that the API defines. How it travels depends on the host: ServiceStack.Text writes `ToString()` and
/// reads with `Parse(string)`, System.Text.Json writes and reads an object. No form is read by both; what was read is written
/// back in the form that it had (<https://docs.servicestack.net/json-format>).
///
/// Metadata documents name such types without describing them, so that the object is any JSON, unless the configuration of the
/// generator supplies its members as `T`.
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
    /// The text of a classic host: `9.90 EUR`.
    Text(String),
    /// The object of a host with System.Text.Json: `{"amount":9.90,"currency":"EUR"}`; also every other JSON value that `T`
    /// reads.
    Object(T),
}

impl<T> TextOrObject<T> {
    /// The form of classic hosts.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Object(_) => None,
        }
    }

    /// The object, if it is one.
    #[must_use]
    pub fn as_object(&self) -> Option<&T> {
        match self {
            Self::Text(_) => None,
            Self::Object(object) => Some(object),
        }
    }
}

impl TextOrObject {
    /// The form of hosts with System.Text.Json.
    pub fn object(object: impl Into<Value>) -> Self {
        object.into().into()
    }
}

impl<T> Default for TextOrObject<T> {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

/// The text, or the JSON of the object.
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
