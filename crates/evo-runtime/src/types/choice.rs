//! What is behind [`choice!`](crate::choice): enums with a closed list of members, and a place for values that a client
//! does not know.

use std::borrow::Cow;
use std::fmt;

use super::enum_member::EnumMember;
use crate::wire::{Input, ReadError, View, Wire};

/// The value of an enum that the client does not know, as it was read; it is written back the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UnknownValue {
    /// A name.
    Text(String),
    /// A number.
    Number(i64),
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

/// The value of an enum that no document describes: all of them are unknown.
impl Choice for UnknownValue {
    fn members(&self) -> &'static [EnumMember] {
        &[]
    }

    fn is_numbered(&self) -> bool {
        false
    }

    fn index(&self) -> Option<usize> {
        None
    }

    fn unknown(&self) -> Option<&UnknownValue> {
        Some(self)
    }

    fn set(&mut self, found: Result<usize, UnknownValue>) {
        if let Err(value) = found {
            *self = value;
        }
    }
}

impl Wire for UnknownValue {
    fn view(&self) -> View<'_> {
        view(self)
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        read(self, input)
    }
}

crate::serde_through_wire!(UnknownValue);

/// An enum with an unknown variant; implemented by [`choice!`](crate::choice).
pub trait Choice {
    /// The members, in the order of the variants.
    fn members(&self) -> &'static [EnumMember];

    /// Whether the number is written, not the name.
    fn is_numbered(&self) -> bool;

    /// Which member this is; none for the unknown variant.
    fn index(&self) -> Option<usize>;

    /// The value of the unknown variant.
    fn unknown(&self) -> Option<&UnknownValue>;

    /// Becomes a member, or the unknown variant.
    fn set(&mut self, found: Result<usize, UnknownValue>);
}

fn member(choice: &dyn Choice) -> Option<&'static EnumMember> {
    choice.members().get(choice.index()?)
}

/// What names the value: the text that is written, and the digits of an unknown number.
#[must_use]
pub fn text(choice: &dyn Choice) -> Cow<'_, str> {
    match (member(choice), choice.unknown()) {
        (Some(member), _) => Cow::Borrowed(member.text()),
        (None, Some(UnknownValue::Text(text))) => Cow::Borrowed(text),
        (None, Some(UnknownValue::Number(number))) => Cow::Owned(number.to_string()),
        (None, None) => Cow::Borrowed(""),
    }
}

/// The number of the value, unless it is a name that is unknown.
#[must_use]
pub fn number(choice: &dyn Choice) -> Option<i64> {
    match choice.unknown() {
        Some(UnknownValue::Number(number)) => Some(*number),
        Some(UnknownValue::Text(_)) => None,
        None => member(choice).map(EnumMember::number),
    }
}

/// The value as it is written.
#[must_use]
pub fn view(choice: &dyn Choice) -> View<'_> {
    match (member(choice), choice.unknown()) {
        (Some(member), _) if choice.is_numbered() => View::Int(member.number()),
        (Some(member), _) => View::Str(member.text()),
        (None, Some(UnknownValue::Text(text))) => View::Str(text),
        (None, Some(UnknownValue::Number(number))) => View::Int(*number),
        (None, None) => View::Null,
    }
}

/// Becomes what a text means: a name or an `[EnumMember]` value in any case, or a number in digits; else it is unknown.
pub fn parse(choice: &mut dyn Choice, text: &str) {
    let members = choice.members();
    let name = text.trim();
    let found = match EnumMember::named(members, name) {
        Some(index) => Ok(index),
        None => match name.parse() {
            Ok(number) => by_number(members, number),
            Err(_) => Err(UnknownValue::Text(text.to_owned())),
        },
    };
    choice.set(found);
}

fn by_number(members: &[EnumMember], number: i64) -> Result<usize, UnknownValue> {
    EnumMember::numbered(members, number).ok_or(UnknownValue::Number(number))
}

/// Takes a value as it was read: a name, a number, a number in quotes; everything else of one word is kept as unknown.
///
/// # Errors
///
/// When the input is a list or an object.
pub fn read(choice: &mut dyn Choice, input: Input<'_>) -> Result<(), ReadError> {
    let members = choice.members();
    match input {
        Input::Null | Input::Str("") => {}
        Input::Int(number) => choice.set(by_number(members, number)),
        Input::UInt(number) => match i64::try_from(number) {
            Ok(number) => choice.set(by_number(members, number)),
            Err(_) => parse(choice, &number.to_string()),
        },
        Input::Float(number) => parse(choice, &number.to_string()),
        Input::Bool(value) => parse(choice, &value.to_string()),
        Input::Str(text) | Input::Digits(text) => parse(choice, text),
        other => return Err(other.unexpected("the name of a value")),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::UnknownValue;

    #[test]
    fn the_value_of_an_enum_that_nobody_described_travels_as_it_came() {
        let read: Vec<UnknownValue> = serde_json::from_str(r#"["Absolute", 2, "3", null]"#).unwrap();
        let [text, number] = [UnknownValue::Text("Absolute".to_owned()), UnknownValue::Number(2)];
        assert_eq!(read, [text, number, UnknownValue::Number(3), UnknownValue::default()]);
        assert_eq!(serde_json::to_string(&read).unwrap(), r#"["Absolute",2,3,0]"#);
    }
}
