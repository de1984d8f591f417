//! Map keys: always text on the wire, with their own rules.

use std::borrow::Cow;

use super::scalars::{char_problem, first_char, parse_bool};
use super::{Input, ReadError};

/// A type that can be used as a map key.
///
/// Keys are written in a form that every server reads, and keys from every server are read. (`TimeSpan` keys use the clock form, because
/// System.Text.Json rejects XSD durations in keys.)
pub trait Key: Ord {
    /// The text of the key.
    fn key_text(&self) -> Cow<'_, str>;

    /// Why the key cannot be sent; `None` if it can.
    fn problem(&self) -> Option<String> {
        None
    }

    /// Parses the text of a key.
    ///
    /// # Errors
    ///
    /// If the text is not a value of this type.
    fn parse_key(text: &str) -> Result<Self, ReadError>
    where
        Self: Sized;
}

impl Key for String {
    fn key_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }

    fn parse_key(text: &str) -> Result<Self, ReadError> {
        Ok(text.to_owned())
    }
}

impl Key for char {
    fn key_text(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }

    fn problem(&self) -> Option<String> {
        char_problem(*self)
    }

    fn parse_key(text: &str) -> Result<Self, ReadError> {
        Ok(first_char(text))
    }
}

impl Key for bool {
    fn key_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(if *self { "true" } else { "false" })
    }

    fn parse_key(text: &str) -> Result<Self, ReadError> {
        parse_bool(text).ok_or_else(bad_key::<Self>)
    }
}

macro_rules! integer_keys {
    ($($integer:ty)*) => {$(
        impl Key for $integer {
            fn key_text(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }

            fn parse_key(text: &str) -> Result<Self, ReadError> {
                let integer = Input::Str(text).integer();
                integer.and_then(|integer| integer.try_into().ok()).ok_or_else(bad_key::<Self>)
            }
        }
    )*};
}

integer_keys!(i8 i16 i32 i64 u8 u16 u32 u64);

/// The error for text that is not a key of a type. The path to it contains the text.
fn bad_key<K>() -> ReadError {
    let full = std::any::type_name::<K>();
    let name = full.rsplit("::").next().unwrap_or(full);
    ReadError::new(format!("expected a key of type {name}, found text"))
}
