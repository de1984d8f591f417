//! Writing JSON into memory, byte for byte as `serde_json` would, without a serializer between the value and the bytes. Member names are
//! escaped once, not at each use.

use serde::Serialize as _;
use serde::ser::Error as _;

use super::scan::plain_bytes;
use crate::wire::bridge::{Floats, Written};
use crate::wire::encode::no_object;
use crate::wire::object::{TYPE_MEMBER, content};
use crate::wire::{Encode, Map, Record, Shape, View};

/// Appends the JSON of a value.
pub(super) fn write(view: &View<'_>, text: &mut Vec<u8>) -> Result<(), serde_json::Error> {
    match view {
        View::Null => text.extend_from_slice(b"null"),
        View::Bool(value) => text.extend_from_slice(if *value { b"true" } else { b"false" }),
        View::Digits(digits) => text.extend_from_slice(digits.as_bytes()),
        View::Str(value) => write_str(value, text)?,
        View::Text(value) => write_str(value, text)?,
        View::Int(value) => write_number(View::Int(*value), text)?,
        View::UInt(value) => write_number(View::UInt(*value), text)?,
        View::Single(value) => write_number(View::Single(*value), text)?,
        View::Double(value) => write_number(View::Double(*value), text)?,
        View::List(list) => {
            text.push(b'[');
            let (start, mut result) = (text.len(), Ok(()));
            list.each(&mut |item| {
                separate(text, start);
                result = write(&item.view(), text);
                result.is_ok()
            });
            result?;
            text.push(b']');
        }
        View::Map(pairs) => write_pairs(None, *pairs, text)?,
        View::Record(record) => write_record(None, *record, text)?,
        View::Typed(class, content) => write_typed(class, &content.view(), text)?,
        View::Untyped(value) => write(&content(value), text)?,
        View::Made(value) => write(&value.view(), text)?,
        View::Failed(why) => return Err(serde_json::Error::custom(why)),
    }
    Ok(())
}

fn write_number(view: View<'_>, text: &mut Vec<u8>) -> Result<(), serde_json::Error> {
    Written { view, floats: Floats::Finite }.serialize(&mut serde_json::Serializer::new(text))
}

fn write_typed(class: &str, content: &View<'_>, text: &mut Vec<u8>) -> Result<(), serde_json::Error> {
    match content {
        View::Map(pairs) => write_pairs(Some(class), *pairs, text),
        View::Record(record) => write_record(Some(class), *record, text),
        View::Made(content) => write_typed(class, &content.view(), text),
        _ => Err(serde_json::Error::custom(no_object(class))),
    }
}

/// Writes a string. Few strings contain anything to escape, and checking this takes an eighth of the steps of writing byte by byte.
fn write_str(value: &str, text: &mut Vec<u8>) -> Result<(), serde_json::Error> {
    if plain_bytes(value.as_bytes()) < value.len() {
        return serde_json::to_writer(text, value);
    }
    text.reserve(value.len() + 2);
    text.push(b'"');
    text.extend_from_slice(value.as_bytes());
    text.push(b'"');
    Ok(())
}

/// Opens an object, with the name of its class if that is written. Returns the position where its members begin.
fn open(class: Option<&str>, text: &mut Vec<u8>) -> Result<usize, serde_json::Error> {
    text.push(b'{');
    let start = text.len();
    if let Some(class) = class {
        write_pair(TYPE_MEMBER, &View::Str(class), start, text)?;
    }
    Ok(start)
}

fn write_pair(key: &str, value: &View<'_>, start: usize, text: &mut Vec<u8>) -> Result<(), serde_json::Error> {
    separate(text, start);
    write_str(key, text)?;
    text.push(b':');
    write(value, text)
}

fn write_pairs(class: Option<&str>, pairs: &dyn Map, text: &mut Vec<u8>) -> Result<(), serde_json::Error> {
    let start = open(class, text)?;
    let mut result = Ok(());
    pairs.each(&mut |key, value| {
        result = write_pair(key, &value.view(), start, text);
        result.is_ok()
    });
    text.push(b'}');
    result
}

fn write_record(class: Option<&str>, record: &dyn Record, text: &mut Vec<u8>) -> Result<(), serde_json::Error> {
    let mut result = Ok(());
    if record.shape().is_collection() {
        record.members(&mut |members| {
            result = members.first().map_or(Ok(()), |content| write(&content.view(), text));
        });
        return result;
    }
    let start = open(class, text)?;
    record.members(&mut |members| result = write_members(record.shape(), members, start, text));
    text.push(b'}');
    result
}

fn write_members(
    shape: &Shape,
    members: &[&dyn Encode],
    start: usize,
    text: &mut Vec<u8>,
) -> Result<(), serde_json::Error> {
    for (name, member) in shape.json_names().zip(members) {
        let view = member.view();
        if !matches!(view, View::Null) || !member.is_unset() {
            separate(text, start);
            text.extend_from_slice(name);
            write(&view, text)?;
        }
    }
    Ok(())
}

fn separate(text: &mut Vec<u8>, start: usize) {
    if text.len() > start {
        text.push(b',');
    }
}
