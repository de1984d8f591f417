//! Values in query strings and forms: text verbatim, and JSV for lists, maps and records, on every host.
//!
//! JSV in a query quotes all text, so no text can be mistaken for the end of its list. Member names are never quoted, because older hosts
//! silently drop quoted ones. Values that JSV cannot carry to every host are rejected here and sent in a body.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::bridge::{Floats, Written};
use super::names::eq_ignoring_case;
use super::object::content;
use super::{Encode, Shape, View};
use crate::error::{Error, ErrorKind};

/// All characters except the unreserved characters of a URL.
pub(crate) const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Characters that an unquoted name cannot contain.
const SPECIAL: [char; 9] = ['"', ':', ',', '{', '}', '[', ']', '\r', '\n'];

/// Whether servers reserve the parameter of this name.
pub(crate) fn is_reserved(name: &str) -> bool {
    const RESERVED: [&str; 4] = ["callback", "format", "jsconfig", "X-Http-Method-Override"];
    RESERVED.iter().any(|reserved| eq_ignoring_case(reserved, name))
}

/// The values of a call, as a query.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum QueryString {
    /// Percent-encoded, without `?`; may be empty.
    Text(String),
    /// A query cannot carry one of the values: which one, and why.
    NeedsBody(String),
}

/// Why JSV cannot carry a value.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Some hosts would lose or change it; a JSON body carries it.
    NeedsBody(&'static str),
    /// It cannot be written anywhere.
    Unwritable(String),
}

impl Refusal {
    /// The error for a member that cannot be sent in any other place.
    fn error(&self, name: &str) -> Error {
        let why = match self {
            Self::NeedsBody(why) => why,
            Self::Unwritable(why) => why.as_str(),
        };
        Error::new(ErrorKind::Request, format!("{name}: {why}"))
    }
}

/// Writes the members that are set, except those in the path. Empty text is omitted, because servers read it as not given.
pub(crate) fn query_string(shape: &Shape, members: &[&dyn Encode], in_path: &[usize]) -> Result<QueryString, Error> {
    let mut query = String::new();
    for (index, member) in members.iter().enumerate().filter(|(index, _)| !in_path.contains(index)) {
        let name = shape.written_name(index);
        let text = match query_text(member.view()) {
            Ok(Some(text)) if !text.is_empty() => text,
            Ok(_) => continue,
            Err(Refusal::NeedsBody(why)) => return Ok(QueryString::NeedsBody(format!("{name}: {why}"))),
            Err(refusal) => return Err(refusal.error(name)),
        };
        if is_reserved(name) {
            return Ok(QueryString::NeedsBody(format!("{name}: servers reserve a parameter of this name")));
        }
        let separator = if query.is_empty() { "" } else { "&" };
        let (name, text) = (utf8_percent_encode(name, ENCODED), utf8_percent_encode(&text, ENCODED));
        // Writing to a `String` cannot fail.
        let _ = write!(query, "{separator}{name}={text}");
    }
    Ok(QueryString::Text(query))
}

/// The members that are set, as form fields: names and unencoded text.
pub(crate) fn form_fields(shape: &Shape, members: &[&dyn Encode]) -> Result<Vec<(String, String)>, Error> {
    if shape.is_collection() {
        let message = format!("{} is a list or a map, which no form can carry", shape.name());
        return Err(Error::new(ErrorKind::Request, message).with_hint("send the files with a request that has members"));
    }
    let mut fields = Vec::new();
    for (index, member) in members.iter().enumerate() {
        let name = shape.written_name(index);
        let text = query_text(member.view()).map_err(|refusal| refusal.error(name))?;
        fields.extend(text.map(|text| (name.to_owned(), text)));
    }
    Ok(fields)
}

/// The value of a parameter before encoding; `None` if there is no value.
fn query_text(view: View<'_>) -> Result<Option<String>, Refusal> {
    if is_null(&view) {
        return Ok(None);
    }
    if let Some(refusal) = refusal(&view) {
        return Err(refusal);
    }
    jsv_text(view).map(Some).map_err(|error| Refusal::Unwritable(error.message().to_owned()))
}

/// A value as JSV, with NaN and the infinities as words.
pub(crate) fn jsv_text(view: View<'_>) -> Result<String, evo_jsv::Error> {
    evo_jsv::to_query_value(&Written { view, floats: Floats::All })
}

fn is_null(view: &View<'_>) -> bool {
    match view {
        View::Null | View::Untyped(Value::Null) => true,
        View::Made(value) => is_null(&value.view()),
        _ => false,
    }
}

/// Why JSV cannot carry a value to every host; `None` if it can.
pub(super) fn refusal(view: &View<'_>) -> Option<Refusal> {
    let mut found = None;
    match view {
        View::List(list) => list.each(&mut |item| {
            let view = item.view();
            found = if list.len() == 1 && is_null(&view) {
                Some(Refusal::NeedsBody("a list of one null arrives as an empty list"))
            } else {
                refusal(&view)
            };
            found.is_none()
        }),
        View::Map(map) => map.each(&mut |key, value| {
            let view = value.view();
            found = match () {
                () if is_null(&view) => Some(Refusal::NeedsBody("a pair whose value is null does not arrive")),
                () if key.contains('"') => Some(Refusal::NeedsBody("a key with quotes arrives with more of them")),
                () if map.has_members() && key.contains(SPECIAL) => Some(SPECIAL_NAME),
                // A member that the client does not know is not necessarily of type object.
                () => match &view {
                    View::Untyped(value) if map.has_members() => refusal(&content(value)),
                    view => refusal(view),
                },
            };
            found.is_none()
        }),
        View::Record(record) => record.members(&mut |members| {
            found = members.iter().enumerate().find_map(|(index, member)| match member.view() {
                View::Null => None,
                view if record.shape().is_collection() => refusal(&view),
                _ if record.shape().written_name(index).contains(SPECIAL) => Some(SPECIAL_NAME),
                view => refusal(&view),
            });
        }),
        View::Typed(_, content) | View::Made(content) => found = refusal(&content.view()),
        View::Untyped(Value::String(_) | Value::Null) => {}
        View::Untyped(value) => {
            found = refusal(&content(value)).or(Some(Refusal::NeedsBody("a value of type object arrives as text")));
        }
        View::Failed(why) => found = Some(Refusal::Unwritable(why.clone())),
        _ => {}
    }
    found
}

const SPECIAL_NAME: Refusal = Refusal::NeedsBody("a member whose name has to be quoted does not arrive on older hosts");

/// The text of a value that is not a list, map or record, for a path or a condition.
pub(crate) fn scalar_text(view: &View<'_>) -> Option<String> {
    Some(match view {
        View::Bool(value) => value.to_string(),
        View::Int(value) => value.to_string(),
        View::UInt(value) => value.to_string(),
        View::Single(value) => return evo_jsv::to_query_value(value).ok(),
        View::Double(value) => return evo_jsv::to_query_value(value).ok(),
        // Outside a JSON body, only text keeps its type in a value of type object.
        View::Digits(text) | View::Text(text) | View::Untyped(Value::String(text)) => text.clone(),
        View::Str(text) => (*text).to_owned(),
        View::Made(value) => return scalar_text(&value.view()),
        _ => return None,
    })
}
