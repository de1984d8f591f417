//! A value as rules see it.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::Member;
use crate::wire::encode::count_pairs;
use crate::wire::object::content;
use crate::wire::query::scalar_text;
use crate::wire::{Encode, View};

/// A value, or what it is compared with.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    Null,
    Bool(bool),
    /// A number, as its digits.
    Number(String),
    Text(String),
    /// The text form of a value that is not text in .NET: a date, a duration, a Guid.
    Made(String),
    /// A list or a map, as its number of items.
    Count(usize),
    Object,
}

impl Operand {
    /// The value as the service sees it.
    pub(super) fn from_member(member: &Member<'_>) -> Self {
        match Self::of(member.value) {
            Self::Null if member.is_value => Self::Number("0".to_owned()),
            value => value,
        }
    }

    pub(super) fn of(value: &dyn Encode) -> Self {
        Self::from_view(&value.view())
    }

    fn from_view(view: &View<'_>) -> Self {
        match view {
            View::Null => Self::Null,
            View::Bool(value) => Self::Bool(*value),
            View::Int(_) | View::UInt(_) | View::Single(_) | View::Double(_) | View::Digits(_) => {
                scalar_text(view).map_or(Self::Object, Self::Number)
            }
            View::Str(text) => Self::Text((*text).to_owned()),
            View::Text(text) => Self::Made(text.clone()),
            View::List(list) => Self::Count(list.len()),
            View::Map(map) if !map.has_members() => Self::Count(count_pairs(*map)),
            View::Untyped(value) => Self::from_view(&content(value)),
            View::Made(value) => Self::of(value.as_ref()),
            View::Map(_) | View::Record(_) | View::Typed(..) | View::Failed(_) => Self::Object,
        }
    }

    /// The value as .NET writes it in a message; `None` if it has no text form.
    pub(super) fn text(&self) -> Option<String> {
        match self {
            Self::Null | Self::Count(_) | Self::Object => None,
            Self::Bool(value) => Some(if *value { "True" } else { "False" }.to_owned()),
            Self::Number(text) | Self::Text(text) | Self::Made(text) => Some(text.clone()),
        }
    }

    /// Whether the value is null, white space, an empty collection, or the default of a value type.
    pub(super) fn is_empty(&self, is_value: bool) -> bool {
        match self {
            Self::Null => true,
            Self::Bool(value) => is_value && !value,
            Self::Number(text) => is_value && text.parse::<f64>().is_ok_and(|number| number == 0.0),
            Self::Text(text) => text.trim().is_empty(),
            Self::Made(text) => is_value && is_default(text),
            Self::Count(count) => *count == 0,
            Self::Object => false,
        }
    }

    /// The length of text in UTF-16 units, which is what .NET counts.
    pub(super) fn length(&self) -> Option<usize> {
        match self {
            Self::Text(text) => Some(text.encode_utf16().count()),
            _ => None,
        }
    }

    /// The order of two numbers, strings or booleans; `None` for anything else.
    pub(super) fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => compare_numbers(a, b),
            (Self::Text(a), Self::Text(b)) => Some(a.cmp(b)),
            (Self::Bool(a), Self::Bool(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }
}

fn compare_numbers(a: &str, b: &str) -> Option<Ordering> {
    match (a.parse::<Decimal>(), b.parse::<Decimal>()) {
        (Ok(a), Ok(b)) => Some(a.cmp(&b)),
        _ => a.parse::<f64>().ok()?.partial_cmp(&b.parse().ok()?),
    }
}

/// Whether a string is the default of `Guid`, `DateTime`, `DateTimeOffset`, `DateOnly`, `TimeSpan` or `TimeOnly`.
fn is_default(text: &str) -> bool {
    let is_zero_guid = text.len() == 36 && text.bytes().all(|byte| matches!(byte, b'0' | b'-'));
    is_zero_guid || text == "PT0S" || text == "0001-01-01" || text.starts_with("0001-01-01T00:00:00")
}
