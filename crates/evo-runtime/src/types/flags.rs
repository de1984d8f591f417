//! The code behind [`flags!`](crate::flags): `[Flags]` enums, whose value is a set of bits.

use std::fmt;

use super::enum_member::EnumMember;
use crate::wire::{Decode, Input, ReadError, View};

/// The bits of a number, in two's complement if it is negative.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the two's complement is what is asked for"
)]
pub const fn bits_of(number: i128) -> u64 {
    number as u64
}

/// Whether the enum has negative numbers, which means that .NET stores it in a signed integer.
fn is_signed(members: &[EnumMember]) -> bool {
    members.iter().any(|member| member.number().is_some_and(|number| number < 0))
}

/// The set as it is written: a number, signed if any listed number is negative.
#[must_use]
pub fn view(members: &[EnumMember], bits: u64) -> View<'static> {
    if is_signed(members) { View::Int(bits.cast_signed()) } else { View::UInt(bits) }
}

/// The digits of [`view`].
#[must_use]
pub fn number_text(members: &[EnumMember], bits: u64) -> String {
    if is_signed(members) { bits.cast_signed().to_string() } else { bits.to_string() }
}

/// Reads a set; `None` if there is no value. Unknown names are ignored: the rest of the response matters more than one flag.
///
/// # Errors
///
/// If the input is neither a number, nor names, nor a list of them.
pub fn read(members: &[EnumMember], input: Input<'_>) -> Result<Option<u64>, ReadError> {
    match input {
        Input::Null => Ok(None),
        Input::Int(number) => Ok(Some(number.cast_unsigned())),
        Input::UInt(bits) => Ok(Some(bits)),
        Input::Str(text) => {
            if let Some(index) = EnumMember::named_exactly(members, text) {
                return Ok(members.get(index).map(EnumMember::bits));
            }
            let mut parts = parts(text).peekable();
            if parts.peek().is_none() {
                return Ok(None);
            }
            Ok(Some(parts.filter_map(|part| part_bits(members, part)).fold(0, |bits, part| bits | part)))
        }
        Input::List(list) => {
            let mut names = Vec::<String>::new();
            names.read(Input::List(list))?;
            names.iter().try_fold(None, |all: Option<u64>, name| {
                let bits = read(members, Input::Str(name))?;
                Ok(all.map_or(bits, |all| Some(all | bits.unwrap_or_default())))
            })
        }
        other => match other.integer().and_then(bits_in_range) {
            Some(bits) => Ok(Some(bits)),
            None => Err(other.unexpected("a set of flags")),
        },
    }
}

/// Reads a map key like a value. Unknown names are ignored: the rest of the response matters more.
pub fn parse_key(members: &[EnumMember], text: &str) -> Result<u64, ReadError> {
    Ok(read(members, Input::Str(text))?.unwrap_or_default())
}

/// Parses a number, or names and numbers separated by commas or bars.
///
/// # Errors
///
/// If a name is unknown.
pub fn parse(members: &[EnumMember], text: &str) -> Result<u64, ReadError> {
    parts(text).try_fold(0, |bits, part| {
        let part = part_bits(members, part).ok_or_else(|| Input::Str(part).unexpected("the name of a flag"))?;
        Ok(bits | part)
    })
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', '|']).map(str::trim).filter(|part| !part.is_empty())
}

fn part_bits(members: &[EnumMember], part: &str) -> Option<u64> {
    match EnumMember::named(members, part) {
        Some(index) => members.get(index).map(EnumMember::bits),
        None => Input::Str(part).integer().and_then(bits_in_range),
    }
}

/// The bits of a number, if it fits into 64 bits.
fn bits_in_range(number: i128) -> Option<u64> {
    (i128::from(i64::MIN)..=i128::from(u64::MAX)).contains(&number).then(|| bits_of(number))
}

/// All bits that have a name.
#[must_use]
pub const fn all(members: &[EnumMember]) -> u64 {
    let mut bits = 0;
    let mut rest = members;
    while let [first, tail @ ..] = rest {
        bits |= first.bits();
        rest = tail;
    }
    bits
}

/// The C# names that make up a set, chosen as in .NET: the single name of the whole value if there is one, otherwise the names of the
/// largest parts, smallest first.
pub fn names(members: &'static [EnumMember], bits: u64) -> impl Iterator<Item = &'static str> {
    split(members, bits).0.into_iter()
}

fn split(members: &'static [EnumMember], bits: u64) -> (Vec<&'static str>, u64) {
    if let Some(member) = members.iter().find(|member| member.bits() == bits) {
        return (vec![member.name()], 0);
    }
    let mut by_size: Vec<&EnumMember> = members.iter().filter(|member| member.bits() != 0).collect();
    by_size.sort_by_key(|member| std::cmp::Reverse(member.bits()));
    let mut rest = bits;
    let mut names = Vec::new();
    for member in by_size {
        if rest & member.bits() == member.bits() {
            names.push(member.name());
            rest &= !member.bits();
        }
    }
    names.reverse();
    (names, rest)
}

/// Writes the names of a set, `Read, Write`, and the bits without a name as a number.
///
/// # Errors
///
/// If the formatter fails.
pub fn write_names(members: &'static [EnumMember], bits: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (names, rest) = split(members, bits);
    f.write_str(&names.join(", "))?;
    match (names.is_empty(), rest) {
        (false, 0) => Ok(()),
        (false, rest) => write!(f, ", {}", number_text(members, rest)),
        (true, rest) => f.write_str(&number_text(members, rest)),
    }
}
