//! The code behind [`choice!`](crate::choice): enums with a fixed list of members and a variant for values that the client does not know.

use std::borrow::Cow;
use std::fmt;

use super::enum_member::EnumMember;
use crate::wire::{Decode, Encode, Input, Key, ReadError, View};

/// An enum value that the client does not know. It is written back as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UnknownValue {
    /// A name.
    Text(String),
    /// A number.
    Number(i128),
}

impl Default for UnknownValue {
    fn default() -> Self {
        Self::Number(0)
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
        }
    }
}

/// A value of an enum that no document describes: every value is unknown.
impl Choice for UnknownValue {
    const MEMBERS: &'static [EnumMember] = &[];
    const VALUES: &'static [Self] = &[];

    fn of_unknown(value: UnknownValue) -> Self {
        value
    }

    fn unknown(&self) -> Option<&UnknownValue> {
        Some(self)
    }
}

impl Encode for UnknownValue {
    fn view(&self) -> View<'_> {
        view(resolve(self), Self::IS_NUMBERED)
    }
}

impl Decode for UnknownValue {
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
        read(self, input)
    }
}

crate::__serde_through_wire!(UnknownValue);

/// An enum with an unknown variant. Implemented by [`choice!`](crate::choice).
///
/// It consists mostly of constants: each function of an enum costs the compiler more than a list of its members.
pub trait Choice: Clone + Ord + 'static {
    /// The names and numbers of the members, in the order of the variants.
    const MEMBERS: &'static [EnumMember];

    /// The members themselves, in the same order.
    const VALUES: &'static [Self];

    /// Whether values are written as numbers instead of names.
    const IS_NUMBERED: bool = false;

    /// Wraps a value in the unknown variant.
    fn of_unknown(value: UnknownValue) -> Self;

    /// The value in the unknown variant, if this is that variant.
    fn unknown(&self) -> Option<&UnknownValue>;
}

impl<T: Choice> Key for T {
    fn key_text(&self) -> Cow<'_, str> {
        text(resolve(self))
    }

    fn parse_key(text: &str) -> Result<Self, ReadError> {
        Ok(parse(text))
    }
}

/// A resolved value: a member of its enum, or an unknown value. The functions that take it are not generic, so they are compiled only once.
#[derive(Debug, Clone, Copy)]
pub enum Resolved<'a> {
    /// A member of the enum.
    Member(&'static EnumMember),
    /// Any other value.
    Unknown(&'a UnknownValue),
}

/// Resolves `choice` to a member or an unknown value; `None` if its type does not list the variant.
#[must_use]
pub fn resolve<T: Choice>(choice: &T) -> Option<Resolved<'_>> {
    if let Some(value) = choice.unknown() {
        return Some(Resolved::Unknown(value));
    }
    // Iterators would add five functions for each enum.
    let (mut members, mut values) = (T::MEMBERS, T::VALUES);
    while let ([member, other_members @ ..], [value, other_values @ ..]) = (members, values) {
        if value == choice {
            return Some(Resolved::Member(member));
        }
        (members, values) = (other_members, other_values);
    }
    None
}

/// The name of the value as it is written, or the digits of an unknown number.
#[must_use]
pub fn text(resolved: Option<Resolved<'_>>) -> Cow<'_, str> {
    match resolved {
        Some(Resolved::Member(member)) => Cow::Borrowed(member.text()),
        Some(Resolved::Unknown(UnknownValue::Text(text))) => Cow::Borrowed(text),
        Some(Resolved::Unknown(UnknownValue::Number(number))) => Cow::Owned(number.to_string()),
        None => Cow::Borrowed(""),
    }
}

/// Writes [`text`] with the width and alignment of the formatter.
///
/// # Errors
///
/// If the formatter fails.
pub fn display(resolved: Option<Resolved<'_>>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.pad(&text(resolved))
}

/// The number of the value; `None` if only its name is known.
#[must_use]
pub fn number(resolved: Option<Resolved<'_>>) -> Option<i128> {
    match resolved? {
        Resolved::Member(member) => member.number(),
        Resolved::Unknown(UnknownValue::Number(number)) => Some(*number),
        Resolved::Unknown(UnknownValue::Text(_)) => None,
    }
}

/// The value as it is written: as its number or as its name.
#[must_use]
pub fn view(resolved: Option<Resolved<'_>>, is_numbered: bool) -> View<'_> {
    match resolved {
        Some(Resolved::Member(member)) => match member.number().filter(|_| is_numbered) {
            Some(number) => integer(number),
            None => View::Str(member.text()),
        },
        Some(Resolved::Unknown(UnknownValue::Text(text))) => View::Str(text),
        Some(Resolved::Unknown(UnknownValue::Number(number))) => integer(*number),
        None => View::Null,
    }
}

fn integer(number: i128) -> View<'static> {
    match (i64::try_from(number), u64::try_from(number)) {
        (Ok(number), _) => View::Int(number),
        (_, Ok(number)) => View::UInt(number),
        _ => View::Digits(number.to_string()),
    }
}

/// Parses a name or an `[EnumMember]` value in any case, or a number in digits. Any other text becomes an unknown value.
#[must_use]
pub fn parse<T: Choice>(text: &str) -> T {
    value(by_text(T::MEMBERS, text))
}

/// Reads a value: a name, a number or a number in quotes. Any other scalar is preserved as unknown.
///
/// # Errors
///
/// If the input is a list or an object.
pub fn read<T: Choice>(choice: &mut T, input: Input<'_>) -> Result<bool, ReadError> {
    match find(T::MEMBERS, input)? {
        Some(matched) => {
            *choice = value(matched);
            Ok(true)
        }
        None => Ok(false),
    }
}

/// The index of a member, or the unknown value.
type MemberMatch = Result<usize, UnknownValue>;

fn value<T: Choice>(matched: MemberMatch) -> T {
    let unknown = match matched {
        Ok(index) => match T::VALUES.get(index) {
            Some(value) => return value.clone(),
            None => UnknownValue::default(),
        },
        Err(unknown) => unknown,
    };
    T::of_unknown(unknown)
}

fn find(members: &[EnumMember], input: Input<'_>) -> Result<Option<MemberMatch>, ReadError> {
    let matched = match input {
        Input::Str(text) => {
            let matched = by_text(members, text);
            if text.is_empty() && matched.is_err() {
                return Ok(None);
            }
            matched
        }
        Input::Null => return Ok(None),
        Input::Bool(value) => by_text(members, &value.to_string()),
        number => match (number.integer(), number.number_text()) {
            (Some(integer), _) => by_number(members, integer),
            (None, Some(text)) => by_text(members, &text),
            (None, None) => return Err(number.unexpected("the name of a value")),
        },
    };
    Ok(Some(matched))
}

/// Prefers a member that matches exactly, white space included; otherwise surrounding white space is ignored.
fn by_text(members: &[EnumMember], text: &str) -> MemberMatch {
    let name = text.trim();
    let index = EnumMember::named_exactly(members, text).or_else(|| EnumMember::named(members, name));
    match (index, Input::Str(name).integer()) {
        (Some(index), _) => Ok(index),
        (None, Some(number)) => by_number(members, number),
        (None, None) => Err(UnknownValue::Text(text.to_owned())),
    }
}

fn by_number(members: &[EnumMember], number: i128) -> MemberMatch {
    EnumMember::with_number(members, number).ok_or(UnknownValue::Number(number))
}
