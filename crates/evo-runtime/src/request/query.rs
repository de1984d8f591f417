//! Values in a query: text as it stands, and JSV for lists, maps and records, on every host.
//!
//! JSV in a query quotes every text, so that no text can be taken for the end of its list; names of members are never quoted, for older
//! hosts drop quoted ones without an error.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::error::{Error, ErrorKind};
use crate::wire::names::eq_ignoring_case;
use crate::wire::value::TYPE_MEMBER;
use crate::wire::{Map, Record, Shape, View, Wire, no_object};

/// Everything but the unreserved characters of a URL.
pub(super) const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// What a name that is not quoted cannot hold.
const SPECIAL: [char; 9] = ['"', ':', ',', '{', '}', '[', ']', '\r', '\n'];

/// Whether servers take a parameter of this name for themselves.
pub(crate) fn is_reserved(name: &str) -> bool {
    const RESERVED: [&str; 4] = ["callback", "format", "jsconfig", "X-Http-Method-Override"];
    RESERVED.iter().any(|reserved| eq_ignoring_case(reserved, name))
}

/// The values of a call as a query.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum QueryString {
    /// Encoded, without `?`; perhaps empty.
    Text(String),
    /// A query cannot carry one of the values.
    NeedsBody,
}

/// Why a value is not written.
enum Refusal {
    NeedsBody,
    NotFinite,
    /// It cannot be written anywhere.
    Unwritable(String),
}

impl Refusal {
    /// The error of a member for which there is no other place.
    fn error(self, name: &str, no_body: &str) -> Error {
        let why = match &self {
            Self::NeedsBody => no_body,
            Self::NotFinite => "NaN and infinite numbers cannot be sent: servers refuse or lose them",
            Self::Unwritable(why) => why,
        };
        Error::new(ErrorKind::Request, format!("{name}: {why}"))
    }
}

/// Writes the members that are set, but for those in the path.
pub(super) fn query_string(shape: &Shape, members: &[&dyn Wire], in_path: &[usize]) -> Result<QueryString, Error> {
    let mut query = String::new();
    for (index, member) in members.iter().enumerate() {
        if member.is_unset() || in_path.contains(&index) {
            continue;
        }
        let name = shape.written_name(index);
        let mut text = String::new();
        match write_outermost(member.view(), &mut text) {
            Ok(true) if is_reserved(name) => return Ok(QueryString::NeedsBody),
            Ok(true) => {
                let separator = if query.is_empty() { "" } else { "&" };
                let (name, text) = (utf8_percent_encode(name, ENCODED), utf8_percent_encode(&text, ENCODED));
                // Writing to a `String` does not fail.
                let _ = write!(query, "{separator}{name}={text}");
            }
            Ok(false) => {}
            Err(Refusal::NeedsBody) => return Ok(QueryString::NeedsBody),
            Err(refusal) => return Err(refusal.error(name, "")),
        }
    }
    Ok(QueryString::Text(query))
}

/// The members that are set as the fields of a form: names, and texts that are not encoded.
pub(crate) fn form_fields(shape: &Shape, members: &[&dyn Wire]) -> Result<Vec<(String, String)>, Error> {
    if shape.is_collection() {
        let message = format!("{} is a list or a map, which no form can carry", shape.name());
        return Err(Error::new(ErrorKind::Request, message).with_hint("send the files with a request that has members"));
    }
    let mut fields = Vec::new();
    for (index, member) in members.iter().enumerate().filter(|(_, member)| !member.is_unset()) {
        let name = shape.written_name(index);
        let mut text = String::new();
        let is_there = match member.view() {
            // Arrives as null, as it would if it were left out.
            View::Str("") => Ok(true),
            view => write_outermost(view, &mut text),
        };
        let no_body = "a form cannot carry nulls in a map or alone in a list, nor keys with quotes";
        match is_there {
            Ok(true) => fields.push((name.to_owned(), text)),
            Ok(false) => {}
            Err(refusal) => return Err(refusal.error(name, no_body)),
        }
    }
    Ok(fields)
}

/// Writes the value of a member; answers whether there was one.
fn write_outermost(view: View<'_>, out: &mut String) -> Result<bool, Refusal> {
    match view {
        View::Null => return Ok(false),
        // An empty text arrives as null.
        View::Str("") => return Err(Refusal::NeedsBody),
        View::Text(text) if text.is_empty() => return Err(Refusal::NeedsBody),
        View::Str(text) => out.push_str(text),
        View::Text(text) => out.push_str(&text),
        View::Made(value) => return write_outermost(value.view(), out),
        nested => write_nested(nested, out)?,
    }
    Ok(true)
}

fn write_nested(view: View<'_>, out: &mut String) -> Result<(), Refusal> {
    match view {
        View::Null => {}
        View::Str(text) => quote(text, out),
        View::Text(text) => quote(&text, out),
        View::List(list) => {
            out.push('[');
            let (mut is_first, mut result) = (true, Ok(()));
            list.each(&mut |item| {
                if !std::mem::take(&mut is_first) {
                    out.push(',');
                }
                result = match item.view() {
                    // `[]` is the empty list.
                    View::Null if list.len() == 1 => Err(Refusal::NeedsBody),
                    item => write_nested(item, out),
                };
                result.is_ok()
            });
            result?;
            out.push(']');
        }
        View::Map(map) => write_map(None, map, out)?,
        View::Record(record) => write_record(None, record, out)?,
        View::Typed(class, content) => write_typed(&class, &content.view(), out)?,
        View::Made(value) => write_nested(value.view(), out)?,
        View::Failed(why) => return Err(Refusal::Unwritable(why)),
        scalar => out.push_str(&scalar_text(&scalar).ok_or(Refusal::NotFinite)?),
    }
    Ok(())
}

fn write_typed(class: &str, content: &View<'_>, out: &mut String) -> Result<(), Refusal> {
    match content {
        View::Map(map) => write_map(Some(class), *map, out),
        View::Record(record) => write_record(Some(class), *record, out),
        View::Made(content) => write_typed(class, &content.view(), out),
        _ => Err(Refusal::Unwritable(no_object(class))),
    }
}

/// Begins an object, with the name of its class where that is written; answers where its members begin.
fn open(class: Option<&str>, out: &mut String) -> usize {
    out.push('{');
    let start = out.len();
    if let Some(class) = class {
        out.push_str(TYPE_MEMBER);
        out.push(':');
        quote(class, out);
    }
    start
}

fn separate(out: &mut String, start: usize) {
    if out.len() > start {
        out.push(',');
    }
}

fn write_map(class: Option<&str>, map: &dyn Map, out: &mut String) -> Result<(), Refusal> {
    let start = open(class, out);
    let mut result = Ok(());
    map.each(&mut |key, value| {
        let view = value.view();
        // Null values are dropped, and the doubled quotes of a key are kept by some hosts.
        if matches!(view, View::Null) || key.contains('"') {
            result = Err(Refusal::NeedsBody);
            return false;
        }
        separate(out, start);
        if map.has_members() && key.contains(SPECIAL) {
            result = Err(Refusal::NeedsBody);
            return false;
        }
        if map.has_members() {
            out.push_str(key);
        } else {
            quote(key, out);
        }
        out.push(':');
        result = write_nested(view, out);
        result.is_ok()
    });
    out.push('}');
    result
}

fn write_record(class: Option<&str>, record: &dyn Record, out: &mut String) -> Result<(), Refusal> {
    if record.shape().is_collection() {
        let mut result = Ok(());
        record.members(&mut |members| {
            result = members.first().map_or(Ok(()), |content| write_nested(content.view(), out));
        });
        return result;
    }
    let start = open(class, out);
    let mut result = Ok(());
    record.members(&mut |members| result = write_members(record.shape(), members, start, out));
    out.push('}');
    result
}

fn write_members(shape: &Shape, members: &[&dyn Wire], start: usize, out: &mut String) -> Result<(), Refusal> {
    for (index, member) in members.iter().enumerate() {
        let view = member.view();
        if member.is_unset() || matches!(view, View::Null) {
            continue;
        }
        let name = shape.written_name(index);
        if name.contains(SPECIAL) {
            return Err(Refusal::NeedsBody);
        }
        separate(out, start);
        out.push_str(name);
        out.push(':');
        write_nested(view, out)?;
    }
    Ok(())
}

fn quote(text: &str, out: &mut String) {
    out.push('"');
    for (index, part) in text.split('"').enumerate() {
        if index > 0 {
            out.push_str("\"\"");
        }
        out.push_str(part);
    }
    out.push('"');
}

/// The text of a value that is no list, map or record; none also for numbers that cannot be sent.
pub(crate) fn scalar_text(view: &View<'_>) -> Option<String> {
    Some(match view {
        View::Bool(value) => value.to_string(),
        View::Int(value) => value.to_string(),
        View::UInt(value) => value.to_string(),
        View::Single(value) if value.is_finite() => value.to_string(),
        View::Double(value) if value.is_finite() => value.to_string(),
        View::Digits(text) | View::Text(text) => text.clone(),
        View::Str(text) => (*text).to_owned(),
        View::Made(value) => return scalar_text(&value.view()),
        View::Null
        | View::Single(_)
        | View::Double(_)
        | View::List(_)
        | View::Map(_)
        | View::Record(_)
        | View::Typed(..)
        | View::Failed(_) => return None,
    })
}
