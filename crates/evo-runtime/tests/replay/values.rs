//! The values of a request, read as the type of its operation.

use evo_runtime::wire::{Decode, Input, Record, Shape, json, jsv};
use serde_json::{Map, Value};

use crate::find::Target;
use crate::recordings::Request;

/// The values of a request.
pub struct Values {
    /// The names of the operation's members.
    pub shape: &'static Shape,
    /// The values as JSON, to be compared.
    pub text: String,
    /// Unknown names in path and body, values of the wrong type, and invalid bodies.
    pub lost: Vec<String>,
    /// Parameters of the query that are not members.
    pub unknown: Vec<(String, String)>,
    /// The indexes of the members that the query names.
    pub in_query: Vec<usize>,
    /// The indexes of the members that the path names.
    pub in_path: Vec<usize>,
    /// The members of the body, if it is JSON or JSV.
    pub body: Option<Map<String, Value>>,
}

/// Reads the values of a request to an operation.
pub fn of(request: &Request, target: &Target<'_>) -> Values {
    read(request, target, &mut *(target.call.request)())
}

/// Reads the values of a request into a record. Servers prefer the query, then the path, then the body.
pub fn read(request: &Request, target: &Target<'_>, record: &mut dyn Record) -> Values {
    let (in_query, in_path) = (Vec::new(), Vec::new());
    let (lost, unknown) = (Vec::new(), Vec::new());
    let mut values =
        Values { shape: record.shape(), text: String::new(), lost, unknown, in_query, in_path, body: None };
    if let Some(body) = request.body.as_deref().filter(|body| !body.is_empty()) {
        values.take_body(record, body, request.header("content-type").unwrap_or_default());
    }
    for (name, text) in &target.variables {
        match values.shape.find(name) {
            Some(index) => {
                values.take_text(record, index, name, text);
                values.in_path.push(index);
            }
            None => values.lost.push(name.clone()),
        }
    }
    for (name, text) in query(&request.path) {
        match values.shape.find(&name) {
            Some(index) => {
                values.take_text(record, index, &name, &text);
                values.in_query.push(index);
            }
            // Parameters that clients add themselves.
            None if (name.as_str(), text.as_str()) == ("jsconfig", "dh:iso8601") => {}
            None => values.unknown.push((name, text)),
        }
    }
    values.in_query.sort_unstable();
    values.unknown.sort_unstable();
    values.text = json::to_string(&(&*record as &dyn Record)).unwrap_or_else(|error| error.to_string());
    values
}

/// Returns the names of a query with all values of each name.
pub fn query(path: &str) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let query = path.split_once('?').map_or("", |(_, query)| query);
    for (name, text) in url::form_urlencoded::parse(query.as_bytes()) {
        match pairs.iter_mut().find(|(known, _)| *known == name) {
            Some((_, before)) => *before = format!("{before},{text}"),
            None => pairs.push((name.into_owned(), text.into_owned())),
        }
    }
    pairs
}

impl Values {
    fn take_body(&mut self, mut record: &mut dyn Record, body: &[u8], content_type: &str) {
        let mut value = Value::Null;
        let taken = if content_type.contains("jsv") {
            jsv::read_slice(body, &mut value).and_then(|_| jsv::read_slice(body, &mut record))
        } else if content_type.contains("json") {
            json::read_slice(body, &mut value).and_then(|_| json::read_slice(body, &mut record))
        } else {
            self.lost.push(format!("the body, {content_type}"));
            return;
        };
        match (taken, value) {
            (Ok(_), Value::Object(members)) => {
                self.lost.extend(members.keys().filter(|name| self.shape.find(name).is_none()).cloned());
                self.body = Some(members);
            }
            (Ok(_), _) => self.lost.push("the body, which is no object".to_owned()),
            (Err(error), _) => self.lost.push(format!("the body: {error}")),
        }
    }

    fn take_text(&mut self, record: &mut dyn Record, index: usize, name: &str, text: &str) {
        let mut taken = false;
        record.members_mut(&mut |members| taken = read_text(members[index], text));
        if !taken {
            self.lost.push(format!("{name}={text}"));
        }
    }
}

/// Reads a text in a query or path: plain text or JSV, in which lists can omit their brackets.
fn read_text(member: &mut dyn Decode, text: &str) -> bool {
    if text.is_empty() {
        return true;
    }
    // Servers split such a list differently than it appears.
    if text.starts_with('[') && !text.ends_with(']') {
        return false;
    }
    let in_brackets = format!("[{text}]");
    let is_nested = text.starts_with(['[', '{']);
    (is_nested && jsv::read_slice(text.as_bytes(), member).is_ok())
        || member.read(Input::Str(text)).is_ok()
        || jsv::read_slice(text.as_bytes(), member).is_ok()
        || jsv::read_slice(in_brackets.as_bytes(), member).is_ok()
}
