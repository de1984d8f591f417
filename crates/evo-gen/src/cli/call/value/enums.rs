//! Parses enum values: names in any casing, or numbers.

use evo_runtime::wire::{Encode, View};

use super::super::kinds::find_name;
use super::super::untyped::UntypedValue;
use super::{Place, Value};
use crate::Error;
use crate::api::{Enum, EnumMember, Flags};
use crate::config::did_you_mean;

/// An enum value on the wire.
enum Chosen {
    Name(String),
    Number(i128),
}

impl Encode for Chosen {
    fn view(&self) -> View<'_> {
        match self {
            Self::Name(name) => View::Str(name),
            Self::Number(number) => match (i64::try_from(*number), u64::try_from(*number)) {
                (Ok(number), _) => View::Int(number),
                (_, Ok(number)) => View::UInt(number),
                _ => View::Digits(number.to_string()),
            },
        }
    }
}

/// A set of flags, which is a number on the wire.
struct Set {
    bits: u64,
    is_signed: bool,
}

impl Encode for Set {
    fn view(&self) -> View<'_> {
        if self.is_signed { View::Int(self.bits.cast_signed()) } else { View::UInt(self.bits) }
    }
}

/// Parses an enum value by its name or number.
pub fn choice(choice: &Enum, untyped: &UntypedValue, is_lenient: bool, place: &Place) -> Result<Value, Error> {
    let text = text_of(untyped, place)?;
    if let Some(index) = find(&choice.members, text) {
        return Ok(written(choice, index));
    }
    match text.trim().parse() {
        Ok(number) => Ok(match choice.members.iter().position(|member| member.value == Some(number)) {
            Some(index) => written(choice, index),
            None => Value::new(Chosen::Number(number)),
        }),
        Err(_) if is_lenient => Ok(Value::new(Chosen::Name(text.to_owned()))),
        Err(_) => Err(unknown(&choice.members, text, place)),
    }
}

/// Returns the default of an enum: its first member.
pub fn first(choice: &Enum) -> Value {
    if choice.members.is_empty() { Value::new(Chosen::Number(0)) } else { written(choice, 0) }
}

/// Parses a set of flags: names or numbers, separated by `,` or `|`.
pub fn flags(flags: &Flags, untyped: &UntypedValue, place: &Place) -> Result<Value, Error> {
    let items = match untyped {
        UntypedValue::List(items) => items.clone(),
        one => vec![one.clone()],
    };
    let mut bits = 0;
    for item in &items {
        let text = text_of(item, place)?;
        let names = if find(&flags.flags, text).is_some() { vec![text] } else { text.split([',', '|']).collect() };
        for name in names.into_iter().map(str::trim).filter(|name| !name.is_empty()) {
            let known = find(&flags.flags, name).and_then(|index| flags.flags.get(index)?.value);
            let number = known.or_else(|| name.parse().ok());
            bits |= number.map(bits_of).ok_or_else(|| unknown(&flags.flags, name, place))?;
        }
    }
    Ok(Value::new(Set { bits, is_signed: is_signed(flags) }))
}

/// Returns the empty set.
pub fn none(flags: &Flags) -> Value {
    Value::new(Set { bits: 0, is_signed: is_signed(flags) })
}

/// Parses flags as a map key, which is a number.
pub fn flags_key(flags: &Flags, text: &str) -> Option<i128> {
    let member = find(&flags.flags, text).and_then(|index| flags.flags.get(index)?.value);
    member.or_else(|| text.trim().parse().ok())
}

/// Parses an enum as a map key. Returns the position of the member, which determines the order, and the text of the key.
pub fn choice_key(choice: &Enum, text: &str) -> (usize, String) {
    match find(&choice.members, text) {
        Some(index) => (index, choice.members.get(index).map_or("", name_of).to_owned()),
        None => (choice.members.len(), text.to_owned()),
    }
}

fn find(members: &[EnumMember], text: &str) -> Option<usize> {
    let text = text.trim();
    find_name(&members.iter().map(|member| [member.wire_name.as_deref(), Some(member.dotnet_name.as_str())]), text)
}

fn name_of(member: &EnumMember) -> &str {
    member.wire_name.as_deref().unwrap_or(&member.dotnet_name)
}

fn written(choice: &Enum, index: usize) -> Value {
    let member = choice.members.get(index);
    match member.and_then(|member| member.value).filter(|_| choice.is_number) {
        Some(number) => Value::new(Chosen::Number(number)),
        None => Value::new(Chosen::Name(member.map_or("", name_of).to_owned())),
    }
}

fn text_of<'a>(untyped: &'a UntypedValue, place: &Place) -> Result<&'a str, Error> {
    match untyped {
        UntypedValue::Text(text) | UntypedValue::Word(text) | UntypedValue::Number(text) => Ok(text),
        other => Err(place.error(&format!("expected the name of a value, found {}", other.kind()))),
    }
}

fn unknown(members: &[EnumMember], text: &str, place: &Place) -> Error {
    let known: Vec<&str> = members.iter().map(name_of).collect();
    let error = place.error(&format!("there is no value `{text}`"));
    if known.is_empty() { error } else { error.help(did_you_mean(text, &known)) }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a negative number is its two's complement"
)]
fn bits_of(number: i128) -> u64 {
    number as u64
}

/// Whether the underlying .NET integer is signed.
fn is_signed(flags: &Flags) -> bool {
    flags.flags.iter().any(|flag| flag.value.is_some_and(|value| value < 0))
}
