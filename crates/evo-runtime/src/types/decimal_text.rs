//! A .NET number kept as text.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::wire::{Decode, Encode, Input, Key, ReadError, View, read_scalar};

/// A .NET number as its digits, exactly as the server wrote them. It is written as a number. For programs that pass amounts on without
/// computing with them, and for `Int128`, `UInt128` and `BigInteger`, which can have more digits than a `Decimal`.
///
/// Equality, order and hash are those of the text: `1.50` does not equal `1.5`. Use `parse` to convert it to a [`Decimal`].
///
/// ```
/// use evo_runtime::DecimalText;
///
/// let price: DecimalText = serde_json::from_str("1.2300")?;
/// assert_eq!(&*price, "1.2300");
/// assert_eq!(serde_json::to_string(&price)?, "1.2300");
/// assert!("1,23".parse::<DecimalText>().is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DecimalText(
    /// A JSON number, written verbatim.
    String,
);

impl DecimalText {
    /// Returns the digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `0`.
impl Default for DecimalText {
    fn default() -> Self {
        Self("0".to_owned())
    }
}

impl Deref for DecimalText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for DecimalText {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DecimalText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for DecimalText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Accepts JSON numbers and .NET's looser forms: `+1`, `007`, `.5`, `5.`.
impl FromStr for DecimalText {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        number(text.trim()).map(Self).ok_or_else(|| Input::Str(text).unexpected("a decimal number"))
    }
}

impl From<DecimalText> for String {
    fn from(text: DecimalText) -> Self {
        text.0
    }
}

impl From<Decimal> for DecimalText {
    fn from(value: Decimal) -> Self {
        Self(value.to_string())
    }
}

macro_rules! from_integers {
    ($($integer:ty)*) => {$(
        impl From<$integer> for DecimalText {
            fn from(value: $integer) -> Self {
                Self(value.to_string())
            }
        }
    )*};
}

from_integers!(i8 i16 i32 i64 i128 u8 u16 u32 u64 u128);

/// The text as a JSON number.
fn number(text: &str) -> Option<String> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(unsigned) => ("-", unsigned),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = unsigned.split_at_checked(unsigned.find(['e', 'E']).unwrap_or(unsigned.len()))?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let digits = exponent.get(1..).unwrap_or_default();
    let digits = digits.strip_prefix(['+', '-']).unwrap_or(digits);
    if !are_digits(whole) || !are_digits(fraction) || !are_digits(digits) {
        return None;
    }
    if (whole.is_empty() && fraction.is_empty()) || (!exponent.is_empty() && digits.is_empty()) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{point}{fraction}{exponent}"))
}

impl Encode for DecimalText {
    fn view(&self) -> View<'_> {
        View::Digits(self.0.clone())
    }
}

impl Decode for DecimalText {
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
        read_scalar(self, &input, "a decimal number", |input| number(&input.number_text()?).map(Self))
    }
}

impl Key for DecimalText {
    fn key_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.0)
    }

    fn parse_key(text: &str) -> Result<Self, ReadError> {
        text.parse()
    }
}

crate::__serde_through_wire!(DecimalText);
