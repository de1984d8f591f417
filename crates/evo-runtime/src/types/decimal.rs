//! `System.Decimal`: `rust_decimal::Decimal`.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::wire::{Input, Key, Kind, ReadError, View, Wanted, Wire};

/// A number with all its digits, zeros at its end included; never through a binary float.
impl Wire for Decimal {
    fn view(&self) -> View<'_> {
        View::Digits(self.to_string())
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        let read = match &input {
            Input::Null | Input::Str("") => return Ok(()),
            Input::Int(value) => Some(Self::from(*value)),
            Input::UInt(value) => Some(Self::from(*value)),
            // The shortest text of the float: what was written, for formats that have no text of numbers.
            Input::Float(value) => parse(&value.to_string()),
            Input::Str(text) | Input::Digits(text) => parse(text.trim()),
            _ => None,
        };
        *self = read.ok_or_else(|| input.unexpected("a decimal number"))?;
        Ok(())
    }

    fn wanted(&self) -> Wanted {
        Wanted::Digits
    }

    fn kind() -> Kind {
        Kind { wanted: Wanted::Digits, ..Kind::SCALAR }
    }
}

impl Key for Decimal {
    fn key_text(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }

    fn parse_key(text: &str) -> Result<Self, ReadError> {
        parse(text.trim()).ok_or_else(|| Input::Str(text).unexpected("a decimal number"))
    }
}

/// `1.2300`, `1e3`; digits that a decimal has no room for are rounded.
fn parse(text: &str) -> Option<Decimal> {
    // The parser of the library takes `1_000` as well, which no server writes.
    if text.contains('_') {
        return None;
    }
    text.parse().ok().or_else(|| Decimal::from_scientific(text).ok())
}
