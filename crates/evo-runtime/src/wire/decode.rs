//! Reading: a value decodes an [`Input`].

use std::borrow::Cow;

use super::number::exact_integer;
use super::record::read_into_members;
use super::{ReadError, Shape};

/// A value that can be read.
pub trait Decode {
    /// Reads a value into `self`. Returns `false` and leaves `self` unchanged if there is no value: for `null`, and for empty text if that means
    /// no value.
    ///
    /// # Errors
    ///
    /// If this type cannot read inputs of this kind or this text.
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError>;

    /// Called if the member is not in the document. Only types whose Rust default differs from .NET's do anything here.
    fn absent(&mut self) {}

    /// The representation that this type expects, for formats whose text is ambiguous.
    fn wanted(&self) -> Wanted {
        Wanted::Anything
    }
}

/// A hint for formats whose text is ambiguous. JSON does not need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wanted {
    /// No expectation.
    #[default]
    Anything,
    /// A list. In JSV, its brackets are optional.
    List,
    /// One character. In JSV, it is never quoted.
    Character,
    /// A value of any kind. In JSV, numbers and booleans are recognized by their text.
    Object,
    /// An 8-bit integer. A list of such integers may be written as base64.
    Byte {
        /// Whether it is an `SByte`.
        is_signed: bool,
    },
}

/// A value to decode.
pub enum Input<'a> {
    /// `null`, or a missing item or value.
    Null,
    /// A boolean.
    Bool(bool),
    /// A signed integer.
    Int(i64),
    /// An unsigned integer.
    UInt(u64),
    /// A float from a format that does not provide its text, or NaN or an infinity, which are written as words.
    Float(f64),
    /// The text of any other number: with a fraction or an exponent, or of more than 64 bits.
    Digits(&'a str),
    /// Text.
    Str(&'a str),
    /// A list.
    List(&'a mut dyn ListInput),
    /// A map or a record.
    Map(&'a mut dyn MapInput),
}

/// The items of a list that is being read.
pub trait ListInput {
    /// Reads the next item into `item`. Returns whether there was one.
    ///
    /// # Errors
    ///
    /// If the input is malformed or the item cannot read it.
    fn next(&mut self, item: &mut dyn Decode) -> Result<bool, ReadError>;
}

/// The pairs of a map, or the members of a record, that is being read.
pub trait MapInput {
    /// Passes the next key to `key`. Returns whether there was one. Call [`value`](Self::value) or [`skip`](Self::skip) next.
    ///
    /// # Errors
    ///
    /// If the input is malformed.
    fn key(&mut self, key: &mut dyn FnMut(&str)) -> Result<bool, ReadError>;

    /// Consumes the next key if it is `json`, which is the key in JSON with its quotes and colon. Returns whether it did. An implementation may
    /// always return `false`; the caller then uses [`key`](Self::key).
    fn takes_key(&mut self, json: &[u8]) -> bool {
        let _ = json;
        false
    }

    /// Reads the value of the last key.
    ///
    /// # Errors
    ///
    /// If the input is malformed or the value cannot read it.
    fn value(&mut self, into: &mut dyn Decode) -> Result<(), ReadError>;

    /// Skips the value of the last key without decoding it.
    ///
    /// # Errors
    ///
    /// If the input is malformed.
    fn skip(&mut self) -> Result<(), ReadError> {
        self.value(&mut Skipped)
    }

    /// Reads all remaining pairs as the members of a record. As a provided method, it calls the other methods statically, two for each
    /// member.
    ///
    /// # Errors
    ///
    /// If the input is malformed or a member cannot read its value.
    fn members(
        &mut self,
        shape: &'static Shape,
        members: &mut [&mut dyn Decode],
        unknown: UnknownMembers<'_>,
    ) -> Result<(), ReadError> {
        read_into_members(self, shape, members, unknown)
    }
}

/// Receives each member that a record does not have. If it is `None`, such members are skipped without decoding.
pub type UnknownMembers<'a> = Option<&'a mut dyn FnMut(&str, serde_json::Value)>;

/// Reads any value and discards it.
pub(super) struct Skipped;

impl Decode for Skipped {
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
        match input {
            Input::List(list) => while list.next(self)? {},
            Input::Map(map) => {
                while map.key(&mut |_| {})? {
                    map.value(self)?;
                }
            }
            _ => {}
        }
        Ok(true)
    }
}

impl Input<'_> {
    /// Whether there is no value: `null`, or empty text, which some hosts write for a scalar that is null.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Null | Self::Str(""))
    }

    /// The integer that is exactly equal to a number or to its text: `7`, `7.0`, `"7"`, `7E+2`.
    #[must_use]
    pub fn integer(&self) -> Option<i128> {
        match self {
            Self::Int(value) => Some(i128::from(*value)),
            Self::UInt(value) => Some(i128::from(*value)),
            // Larger floats do not tell all integers apart.
            Self::Float(value) if value.abs() <= 9_007_199_254_740_992.0 => exact_integer(&value.to_string()),
            Self::Str(text) | Self::Digits(text) => exact_integer(text.trim()),
            _ => None,
        }
    }

    /// The text of a number or of text that may be one. A float is written in the shortest form that reads back as the same number.
    #[must_use]
    pub fn number_text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Int(value) => Some(value.to_string().into()),
            Self::UInt(value) => Some(value.to_string().into()),
            Self::Float(value) if value.is_infinite() => {
                Some(if *value < 0.0 { "-Infinity" } else { "Infinity" }.into())
            }
            Self::Float(value) => Some(value.to_string().into()),
            Self::Str(text) | Self::Digits(text) => Some(Cow::Borrowed(text.trim())),
            _ => None,
        }
    }

    /// The error for an input that a type cannot read; `expected` names what it reads. Only the kind of the input is named, because the value may
    /// be confidential.
    #[must_use]
    pub fn unexpected(&self, expected: &str) -> ReadError {
        let found = match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Int(_) | Self::UInt(_) | Self::Float(_) | Self::Digits(_) => "a number",
            Self::Str(_) => "text",
            Self::List(_) => "a list",
            Self::Map(_) => "an object",
        };
        ReadError::new(format!("expected {expected}, found {found}"))
    }
}
