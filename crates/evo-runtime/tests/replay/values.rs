//! The values that a request carries, read as its operation's own type.

use evo_runtime::wire::{Input, Record, Wire, json, jsv};
use serde_json::{Map, Value};

use crate::find::Target;
use crate::recordings::Request;

/// The values of a request.
pub struct Values {
    pub record: Box<dyn Record>,
    /// The query's names and the names in the path that no member has, values that no member takes, and bodies that are no values.
    pub lost: Vec<String>,
    /// The indexes of the members that the query names.
    pub in_query: Vec<usize>,
    /// The indexes of the members that the path names.
    pub in_path: Vec<usize>,
    /// The members of the body, where it is JSON or JSV.
    pub body: Option<Map<String, Value>>,
}

/// The values of a request to an operation. Servers take a value in the query first, then that in the path, then that in the body.
pub fn of(request: &Request, target: &Target<'_>) -> Values {
    let record = (target.call.request)();
    let mut values = Values { record, lost: Vec::new(), in_query: Vec::new(), in_path: Vec::new(), body: None };
    if let Some(body) = &request.body
        && !body.is_empty()
    {
        values.take_body(body, request.header("content-type").unwrap_or_default());
    }
    for (name, text) in &target.variables {
        let index = values.take_text(name, text);
        values.in_path.extend(index);
    }
    for (name, text) in query(&request.path) {
        // What the client asks for by itself.
        if (name.as_str(), text.as_str()) == ("jsconfig", "dh:iso8601") {
            continue;
        }
        let index = values.take_text(&name, &text);
        values.in_query.extend(index);
    }
    values.in_query.sort_unstable();
    values
}

/// The names and values of a query; those of one name together.
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
    /// The values as text, to be compared.
    pub fn text(&self) -> String {
        json::to_string(&*self.record).unwrap_or_else(|error| format!("{error}"))
    }

    fn take_body(&mut self, body: &[u8], content_type: &str) {
        let mut value = Value::Null;
        let taken = if content_type.contains("jsv") {
            jsv::read_slice(body, &mut value).and_then(|()| jsv::read_slice(body, &mut *self.record))
        } else if content_type.contains("json") {
            json::read_slice(body, &mut value).and_then(|()| json::read_slice(body, &mut *self.record))
        } else {
            self.lost.push(format!("the body, {content_type}"));
            return;
        };
        match (taken, value) {
            (Ok(()), Value::Object(members)) => {
                let shape = self.record.shape();
                self.lost.extend(members.keys().filter(|name| shape.find(name).is_none()).cloned());
                self.body = Some(members);
            }
            (Ok(()), _) => self.lost.push("the body, which is no object".to_owned()),
            (Err(error), _) => self.lost.push(format!("the body: {error}")),
        }
    }

    /// Gives a text to the member of a name; answers which member that is.
    fn take_text(&mut self, name: &str, text: &str) -> Option<usize> {
        let Some(index) = self.record.shape().find(name) else {
            self.lost.push(name.to_owned());
            return None;
        };
        let mut taken = false;
        self.record.members_mut(&mut |members| taken = read_text(members[index], text));
        if !taken {
            self.lost.push(format!("{name}={text}"));
        }
        Some(index)
    }
}

/// A text in a query or path: as it stands, or JSV; lists may come without their brackets.
fn read_text(member: &mut dyn Wire, text: &str) -> bool {
    if text.is_empty() {
        return true;
    }
    let in_brackets = format!("[{text}]");
    let is_nested = text.starts_with(['[', '{']);
    (is_nested && jsv::read_slice(text.as_bytes(), member).is_ok())
        || member.read(Input::Str(text)).is_ok()
        || jsv::read_slice(text.as_bytes(), member).is_ok()
        || jsv::read_slice(in_brackets.as_bytes(), member).is_ok()
}
