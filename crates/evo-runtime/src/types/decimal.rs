//! `System.Decimal`: `rust_decimal::Decimal`.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::wire::{Decode, Encode, Input, Key, ReadError, View, read_scalar, without_exponent};

/// A number with all its digits, including trailing zeros; never converted through a binary float.
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

/// Parses `1.2300` and `1e3`; digits that do not fit into a decimal are rounded.
fn parse(text: &str) -> Option<Decimal> {
    // `rust_decimal` also accepts `1_000`, which no server writes.
    if text.contains('_') {
        return None;
    }
    without_exponent(text)?.parse().ok()
}
