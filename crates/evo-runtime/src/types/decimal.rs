//! `System.Decimal`: `rust_decimal::Decimal`.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::wire::{Decode, Encode, Input, Key, ReadError, View, read_scalar};

/// A number with all its digits, zeros at its end included; never through a binary float.
impl Encode for Decimal {
    fn view(&self) -> View<'_> {
        View::Digits(self.to_string())
    }
}

impl Decode for Decimal {
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
        read_scalar(self, &input, "a decimal number", |number| parse(&number.number_text()?))
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
