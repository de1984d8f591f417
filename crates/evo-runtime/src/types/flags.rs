//! What is behind [`flags!`](crate::flags): enums with `[Flags]`, whose value is a set of bits.

use std::fmt;

use super::enum_member::EnumMember;
use crate::wire::{Input, ReadError, Wire};

/// Which bits there are in a set that was read.
///
/// # Errors
///
/// When the input is neither a number, nor names, nor a list of them. A name that is unknown adds nothing: the response
/// is worth more than one bit of it.
pub fn read(members: &[EnumMember], input: Input<'_>) -> Result<Option<i64>, ReadError> {
    match input {
        Input::Null | Input::Str("") => Ok(None),
        Input::Int(bits) => Ok(Some(bits)),
        Input::UInt(bits) => Ok(Some(bits.cast_signed())),
        Input::Str(text) | Input::Digits(text) => {
            Ok(Some(parts(text).filter_map(|part| part_bits(members, part)).fold(0, |bits, part| bits | part)))
        }
        Input::List(list) => {
            let mut names = Vec::<String>::new();
            names.read(Input::List(list))?;
            read(members, Input::Str(&names.join(",")))
        }
        other => Err(other.unexpected("a set of flags")),
    }
}

/// The bits of a text: a number, or names and numbers between commas.
///
/// # Errors
///
/// When a name is unknown.
pub fn parse(members: &[EnumMember], text: &str) -> Result<i64, ReadError> {
    parts(text).try_fold(0, |bits, part| {
        let part = part_bits(members, part).ok_or_else(|| Input::Str(part).unexpected("the name of a flag"))?;
        Ok(bits | part)
    })
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty())
}

fn part_bits(members: &[EnumMember], part: &str) -> Option<i64> {
    let number = || part.parse().ok().or_else(|| part.parse().ok().map(u64::cast_signed));
    match EnumMember::named(members, part) {
        Some(index) => members.get(index).map(EnumMember::number),
        None => number(),
    }
}

/// All bits that have a name.
#[must_use]
pub const fn all(members: &[EnumMember]) -> i64 {
    let mut bits = 0;
    let mut rest = members;
    while let [first, tail @ ..] = rest {
        bits |= first.number();
        rest = tail;
    }
    bits
}

/// The C# names that make up a set, as .NET finds them: the one name of the whole value where there is one, else the
/// names of the largest parts, smallest first.
pub fn names(members: &'static [EnumMember], bits: i64) -> impl Iterator<Item = &'static str> {
    split(members, bits).0.into_iter()
}

fn split(members: &'static [EnumMember], bits: i64) -> (Vec<&'static str>, i64) {
    if let Some(member) = members.iter().find(|member| member.number() == bits) {
        return (vec![member.name()], 0);
    }
    let mut by_size: Vec<&EnumMember> = members.iter().filter(|member| member.number() != 0).collect();
    by_size.sort_by_key(|member| std::cmp::Reverse(member.number().cast_unsigned()));
    let mut rest = bits;
    let mut names = Vec::new();
    for member in by_size {
        if rest & member.number() == member.number() {
            names.push(member.name());
            rest &= !member.number();
        }
    }
    names.reverse();
    (names, rest)
}

/// Writes the names of a set, `Read, Write`, and what has no name as a number.
///
/// # Errors
///
/// When the formatter fails.
pub fn write_names(members: &'static [EnumMember], bits: i64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (names, rest) = split(members, bits);
    f.write_str(&names.join(", "))?;
    match (names.is_empty(), rest) {
        (false, 0) => Ok(()),
        (false, rest) => write!(f, ", {rest}"),
        (true, rest) => write!(f, "{rest}"),
    }
}
