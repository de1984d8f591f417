//! What is read: a value takes an [`Input`].

use std::borrow::Cow;

use super::number::{exact_integer, whole};
use super::record::read_into_members;
use super::{ReadError, Shape};

/// A value that can be read.
pub trait Decode {
    /// Reads a value. Returns whether there was one: `false` for `null`, and for an empty text if that means no value; the
    /// value stays as it is then.
    ///
    /// # Errors
    ///
    /// If the input is of a kind, or holds a text, that this type does not read.
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError>;

    /// There was no value: the member is not in the document. Only types whose Rust default is not the one of .NET do something here.
    fn absent(&mut self) {}

    /// Representation hint for formats whose bytes do not tell what a value is.
    fn wanted(&self) -> Wanted {
        Wanted::Anything
    }
}

/// What a value expects, for formats whose bytes do not tell. JSON needs no hint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wanted {
    /// Whatever is there.
    #[default]
    Anything,
    /// A list: in JSV its brackets are optional.
    List,
    /// One character: in JSV it is never quoted.
    Character,
    /// A value of whichever kind it looks like: in JSV numbers and booleans look like text.
    Object,
    /// An integer of 8 bits: a list of such integers may be written as base64.
    Byte {
        /// It is an `SByte`.
        is_signed: bool,
    },
}

/// A value that was read.
pub enum Input<'a> {
    /// `null`, a hole, or nothing.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer that may be negative.
    Int(i64),
    /// An integer.
    UInt(u64),
    /// A float, from a format that has no text of it, or a word: NaN or an infinity.
    Float(f64),
    /// The text of any other number: one with a fraction or an exponent, or beyond 64 bits.
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
    /// If the input is broken or the item does not take it.
    fn next(&mut self, item: &mut dyn Decode) -> Result<bool, ReadError>;
}

/// The pairs of a map, or the members of a record, that is being read.
pub trait MapInput {
    /// Hands the next key to `key`. Returns whether there was one. [`value`](Self::value) or [`skip`](Self::skip) follows.
    ///
    /// # Errors
    ///
    /// If the input is broken.
    fn key(&mut self, key: &mut dyn FnMut(&str)) -> Result<bool, ReadError>;

    /// Takes the next key if it is this one, as it is written in JSON, with quotes and colon. Returns whether it did. An input may always
    /// return `false`; [`key`](Self::key) hands the key over then.
    fn takes_key(&mut self, json: &[u8]) -> bool {
        let _ = json;
        false
    }

    /// Reads the value of the key that was handed over last.
    ///
    /// # Errors
    ///
    /// If the input is broken or the value does not take it.
    fn value(&mut self, into: &mut dyn Decode) -> Result<(), ReadError>;

    /// Skips the value of the key that was handed over last, without decoding it.
    ///
    /// # Errors
    ///
    /// If the input is broken.
    fn skip(&mut self) -> Result<(), ReadError> {
        self.value(&mut Skipped)
    }

    /// Reads all that is left as the members of a record. A method, so that the calls of the others, two for each member, are static.
    ///
    /// # Errors
    ///
    /// If the input is broken, or a member does not take its value.
    fn members(
        &mut self,
        shape: &'static Shape,
        members: &mut [&mut dyn Decode],
        unknown: UnknownMembers<'_>,
    ) -> Result<(), ReadError> {
        read_into_members(self, shape, members, unknown)
    }
}

/// Takes each member that a record does not have. Without it they are skipped, undecoded.
pub type UnknownMembers<'a> = Option<&'a mut dyn FnMut(&str, serde_json::Value)>;

/// Takes every value and keeps none.
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
    /// Whether there is no value: `null`, or an empty text, as which some hosts write a scalar that is null.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Null | Self::Str(""))
    }

    /// The integer that a number, or its text, is exactly: `7`, `7.0`, `"7"`, `7E+2`.
    #[must_use]
    pub fn integer(&self) -> Option<i128> {
        match self {
            Self::Int(value) => Some(i128::from(*value)),
            Self::UInt(value) => Some(i128::from(*value)),
            Self::Float(value) => whole(*value),
            Self::Str(text) | Self::Digits(text) => exact_integer(text.trim()),
            _ => None,
        }
    }

    /// The text of a number, or of what may be one. A float is written in the shortest form that reads back as the same number.
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

    /// The error of a type that does not read this input; `expected` names what it reads. The value may be confidential, so that only its kind
    /// is named.
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
