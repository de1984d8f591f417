//! Writing JSON into memory: what [`bridge`](super::bridge) writes with `serde_json`, byte for byte, without a serializer between the
//! value and the bytes. Names of members are escaped once, not at each use.

use serde::Serialize as _;

use super::{Shape, View, Wire};

/// Appends the JSON of a value.
///
/// # Errors
///
/// When a number is NaN or infinite.
pub(super) fn write(view: &View<'_>, text: &mut Vec<u8>) -> Result<(), serde_json::Error> {
    match view {
        View::Null => text.extend_from_slice(b"null"),
        View::Bool(value) => text.extend_from_slice(if *value { b"true" } else { b"false" }),
        View::Digits(digits) => text.extend_from_slice(digits.as_bytes()),
        View::Int(_) | View::UInt(_) | View::Single(_) | View::Double(_) | View::Str(_) | View::Text(_) => {
            view.serialize(&mut serde_json::Serializer::new(text))?;
        }
        View::List(list) => {
            text.push(b'[');
            for index in 0..list.len() {
                if index > 0 {
                    text.push(b',');
                }
                if let Some(item) = list.item(index) {
                    write(&item.view(), text)?;
                }
            }
            text.push(b']');
        }
        View::Map(pairs) => {
            text.push(b'{');
            let start = text.len();
            let mut result = Ok(());
            pairs.each(&mut |key, value| {
                separate(text, start);
                result = write(&View::Str(key), text).and_then(|()| {
                    text.push(b':');
                    write(&value.view(), text)
                });
                result.is_ok()
            });
            result?;
            text.push(b'}');
        }
        View::Record(record) => {
            let mut result = Ok(());
            record.members(&mut |members| result = write_members(record.shape(), members, text));
            result?;
        }
    }
    Ok(())
}

fn write_members(shape: &Shape, members: &[&dyn Wire], text: &mut Vec<u8>) -> Result<(), serde_json::Error> {
    text.push(b'{');
    let start = text.len();
    for (name, member) in shape.json_names().zip(members) {
        let view = member.view();
        if !matches!(view, View::Null) || !member.is_unset() {
            separate(text, start);
            text.extend_from_slice(name);
            write(&view, text)?;
        }
    }
    text.push(b'}');
    Ok(())
}

fn separate(text: &mut Vec<u8>, start: usize) {
    if text.len() > start {
        text.push(b',');
    }
}
