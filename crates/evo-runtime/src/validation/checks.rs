//! Checks whether a value breaks a rule, as `FluentValidation` 9 does, of which ServiceStack contains a copy.

use std::cmp::Ordering;
use std::fmt::Display;

use rust_decimal::Decimal;

use super::{Operand, Parameters, Rule};
use crate::wire::Encode;

impl Rule<'_> {
    /// Returns the parameters of the message if the value breaks the rule. A value to which the rule does not apply does not break it.
    pub(super) fn broken_by(self, value: &Operand, is_value: bool) -> Option<Parameters> {
        let is_broken = match self {
            Rule::NotNull => *value == Operand::Null,
            Rule::Null => *value != Operand::Null,
            Rule::NotEmpty => value.is_empty(is_value),
            Rule::Empty => !value.is_empty(is_value),
            Rule::Email => text_of(value).is_some_and(|text| !is_email(text)),
            Rule::CreditCard => text_of(value).is_some_and(|text| !has_check_digit(text)),
            #[cfg(not(feature = "regex"))]
            Rule::RegularExpression(_) => false,
            #[cfg(feature = "regex")]
            Rule::RegularExpression(pattern) => {
                text_of(value).is_some_and(|text| !super::patterns::may_match(pattern, text))
            }
            Rule::Length(min, max) => value.length().is_some_and(|length| length < min || length > max),
            Rule::ExactLength(exact) => value.length().is_some_and(|length| length != exact),
            Rule::MinimumLength(min) => value.length().is_some_and(|length| length < min),
            Rule::MaximumLength(max) => value.length().is_some_and(|length| length > max),
            Rule::LessThan(limit) => compared(value, limit).is_some_and(Ordering::is_ge),
            Rule::LessThanOrEqual(limit) => compared(value, limit).is_some_and(Ordering::is_gt),
            Rule::GreaterThan(limit) => compared(value, limit).is_some_and(Ordering::is_le),
            Rule::GreaterThanOrEqual(limit) => compared(value, limit).is_some_and(Ordering::is_lt),
            // Null is not equal to any number or text.
            Rule::Equal(other) => *value == Operand::Null || compared(value, other).is_some_and(Ordering::is_ne),
            Rule::NotEqual(other) => compared(value, other).is_some_and(Ordering::is_eq),
            Rule::InclusiveBetween(from, to) => {
                compared(value, from).is_some_and(Ordering::is_lt) || compared(value, to).is_some_and(Ordering::is_gt)
            }
            Rule::ExclusiveBetween(from, to) => {
                compared(value, from).is_some_and(Ordering::is_le) || compared(value, to).is_some_and(Ordering::is_ge)
            }
            Rule::ScalePrecision(scale, precision) => digits_of(value)
                .is_some_and(|(whole, decimals)| whole.saturating_add(scale) > precision || decimals > scale),
        };
        is_broken.then(|| self.parameters(value))
    }

    /// The parameters, by the names that messages use.
    fn parameters(self, value: &Operand) -> Parameters {
        let shown = |operand: &dyn Encode| Operand::of(operand).text().unwrap_or_default();
        let length = || value.length().unwrap_or_default().to_string();
        let named = |parameters: &[(&str, String)]| {
            parameters.iter().map(|(name, text)| ((*name).to_owned(), text.clone())).collect()
        };
        let lengths = |min: &dyn Display, max: &dyn Display| {
            named(&[("MinLength", min.to_string()), ("MaxLength", max.to_string()), ("TotalLength", length())])
        };
        match self {
            Rule::NotNull | Rule::NotEmpty | Rule::Null | Rule::Empty | Rule::Email | Rule::CreditCard => named(&[]),
            Rule::RegularExpression(pattern) => named(&[("RegularExpression", pattern.to_owned())]),
            Rule::Length(min, max) => lengths(&min, &max),
            // `FluentValidation` has one class for these: an absent limit is 0 or -1.
            Rule::ExactLength(exact) => lengths(&exact, &exact),
            Rule::MinimumLength(min) => lengths(&min, &-1),
            Rule::MaximumLength(max) => lengths(&0, &max),
            Rule::LessThan(other)
            | Rule::LessThanOrEqual(other)
            | Rule::GreaterThan(other)
            | Rule::GreaterThanOrEqual(other)
            | Rule::Equal(other)
            | Rule::NotEqual(other) => {
                named(&[("ComparisonValue", shown(other)), ("ComparisonProperty", String::new())])
            }
            Rule::InclusiveBetween(from, to) | Rule::ExclusiveBetween(from, to) => {
                named(&[("From", shown(from)), ("To", shown(to)), ("Value", value.text().unwrap_or_default())])
            }
            Rule::ScalePrecision(scale, precision) => {
                let (whole, decimals) = digits_of(value).unwrap_or_default();
                named(&[
                    ("ExpectedPrecision", precision.to_string()),
                    ("ExpectedScale", scale.to_string()),
                    ("Digits", whole.to_string()),
                    ("ActualScale", decimals.to_string()),
                ])
            }
        }
    }
}

fn text_of(value: &Operand) -> Option<&str> {
    match value {
        Operand::Text(text) => Some(text),
        _ => None,
    }
}

fn compared(value: &Operand, other: &dyn Encode) -> Option<Ordering> {
    value.compare(&Operand::of(other))
}

/// Whether there is exactly one `@`, neither first nor last.
fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
}

/// Whether the Luhn check digit is valid; spaces and dashes are ignored.
fn has_check_digit(text: &str) -> bool {
    let mut sum = 0;
    for (index, c) in text.chars().rev().filter(|c| !matches!(c, ' ' | '-')).enumerate() {
        let Some(digit) = c.to_digit(10) else { return false };
        let digit = if index % 2 == 1 { digit * 2 } else { digit };
        sum += digit / 10 + digit % 10;
    }
    sum % 10 == 0
}

/// The number of digits before and after the decimal point.
fn digits_of(value: &Operand) -> Option<(u32, u32)> {
    let Operand::Number(text) = value else { return None };
    let decimal: Decimal = text.parse().or_else(|_| Decimal::from_scientific(text)).ok()?;
    let whole = decimal.trunc().abs();
    let count = if whole.is_zero() { 0 } else { whole.to_string().len() };
    Some((u32::try_from(count).ok()?, decimal.scale()))
}
