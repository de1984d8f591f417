//! Deserializes scalars as the type that the caller requests.

use std::borrow::Cow;

use serde::de::{self, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use crate::error::{Error, Result};

/// The text of a scalar or map key, without its quotes.
pub(super) struct Scalar<'de>(pub(super) Cow<'de, str>);

impl Scalar<'_> {
    /// Parses a number or boolean, ignoring surrounding white space.
    fn parse<T: std::str::FromStr>(&self, expected: &str) -> Result<T> {
        let text = self.0.trim();
        text.parse().map_err(|_| Error::data(format_args!("expected {expected}, found {text:?}")))
    }

    fn only_form_of<T: std::str::FromStr + ToString>(&self) -> Option<T> {
        self.0.parse().ok().filter(|number: &T| number.to_string() == *self.0)
    }
}

impl<'de> Scalar<'de> {
    /// Deserializes an unquoted scalar as a boolean or number if its text is the canonical form of that value, otherwise as a string.
    pub(super) fn guessed<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match &*self.0 {
            "True" | "true" => return visitor.visit_bool(true),
            "False" | "false" => return visitor.visit_bool(false),
            "NaN" => return visitor.visit_f64(f64::NAN),
            "Infinity" => return visitor.visit_f64(f64::INFINITY),
            "-Infinity" => return visitor.visit_f64(f64::NEG_INFINITY),
            _ => {}
        }
        if !self.0.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
            return de::Deserializer::deserialize_any(self, visitor);
        }
        if let Some(number) = self.only_form_of::<i64>() {
            visitor.visit_i64(number)
        } else if let Some(number) = self.only_form_of::<u64>() {
            visitor.visit_u64(number)
        } else if let Some(number) = self.only_form_of::<f64>() {
            visitor.visit_f64(number)
        } else {
            de::Deserializer::deserialize_any(self, visitor)
        }
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident $expected:literal,)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            visitor.$visit(self.parse($expected)?)
        }
    )*};
}

impl<'de> de::Deserializer<'de> for Scalar<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.0 {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let text = self.0.trim();
        if text == "1" || text.eq_ignore_ascii_case("true") {
            visitor.visit_bool(true)
        } else if text == "0" || text.eq_ignore_ascii_case("false") {
            visitor.visit_bool(false)
        } else {
            Err(Error::data(format_args!("expected true or false, found {text:?}")))
        }
    }

    // The visitors of smaller types check the range.
    numbers! {
        deserialize_i8 visit_i64 "an integer",
        deserialize_i16 visit_i64 "an integer",
        deserialize_i32 visit_i64 "an integer",
        deserialize_i64 visit_i64 "a 64-bit integer",
        deserialize_i128 visit_i128 "a 128-bit integer",
        deserialize_u8 visit_u64 "an unsigned integer",
        deserialize_u16 visit_u64 "an unsigned integer",
        deserialize_u32 visit_u64 "an unsigned integer",
        deserialize_u64 visit_u64 "an unsigned 64-bit integer",
        deserialize_u128 visit_u128 "an unsigned 128-bit integer",
        deserialize_f32 visit_f32 "a number",
        deserialize_f64 visit_f64 "a number",
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_enum(self.0.into_deserializer())
    }

    forward_to_deserialize_any! {
        char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
