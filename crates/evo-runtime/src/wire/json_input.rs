//! Reading JSON from memory: what [`bridge`](super::bridge) reads with `serde_json`, without a deserializer between the bytes and the value.
//!
//! It gives up at whatever is not plain and right, and says nothing about it: `serde_json` reads the document once more then, and knows why.

use super::bridge::float_word;
use super::json_scan::{Number, number_at, plain_bytes, unescape};
use super::record::read_into_members;
use super::{Input, ListInput, MapInput, ReadError, Shape, UnknownMembers, View, Wanted, Wire};

/// How deep lists and maps may be nested, as in `serde_json`.
const DEPTH: usize = 127;

/// Reads a document; whether it could be read. Where it could not, the value holds a part of it, and is to be read once more.
pub(super) fn read(text: &str, into: &mut dyn Wire) -> bool {
    let mut document = Document { text, at: 0, depth: 0, scratch: String::new(), has_failed: false };
    let is_read = document.value(into).is_ok();
    is_read && !document.has_failed && document.peek().is_none()
}

struct Document<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    /// The text without its escapes.
    scratch: String,
    /// What failed does not become right where somebody does not care about it.
    has_failed: bool,
}

impl Document<'_> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The first byte that is no blank.
    fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = self.byte()?;
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    fn takes(&mut self, wanted: &[u8]) -> bool {
        let is_there = self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(wanted));
        if is_there {
            self.at += wanted.len();
        }
        is_there
    }

    #[cold]
    fn give_up<T>(&mut self) -> Result<T, ReadError> {
        self.has_failed = true;
        Err(ReadError::from_format(Vec::new()))
    }

    fn value(&mut self, into: &mut dyn Wire) -> Result<(), ReadError> {
        match self.peek() {
            Some(b'"') => {
                self.at += 1;
                match self.text_from_here() {
                    Some(Found::Plain(text)) => give_text(text, into),
                    Some(Found::Escaped) => give_text(&self.scratch, into),
                    None => self.give_up(),
                }
            }
            Some(b'{') => self.nested(into, |document, into| {
                let mut members = Members { document, is_first: true, is_over: false };
                let result = into.read(Input::Map(&mut members));
                let is_over = members.is_over;
                (result, is_over, b'}')
            }),
            Some(b'[') => self.nested(into, |document, into| {
                let mut items = Items { document, is_first: true, is_over: false };
                let result = into.read(Input::List(&mut items));
                let is_over = items.is_over;
                (result, is_over, b']')
            }),
            Some(b'-' | b'0'..=b'9') => {
                let Some((number, end)) = number_at(self.text, self.at) else { return self.give_up() };
                let digits = self.text.get(self.at..end).unwrap_or_default();
                self.at = end;
                into.read(match number {
                    _ if into.wanted() == Wanted::Digits => Input::Digits(digits),
                    Number::Int(value) => Input::Int(value),
                    Number::UInt(value) => Input::UInt(value),
                    Number::Float(value) => Input::Float(value),
                })
            }
            Some(b'n') if self.takes(b"null") => into.read(Input::Null),
            Some(b't') if self.takes(b"true") => into.read(Input::Bool(true)),
            Some(b'f') if self.takes(b"false") => into.read(Input::Bool(false)),
            _ => self.give_up(),
        }
    }

    /// Reads a list or a map, whose last bracket is taken here where the value did not ask for what comes after the last item.
    fn nested(
        &mut self,
        into: &mut dyn Wire,
        read: impl FnOnce(&mut Self, &mut dyn Wire) -> (Result<(), ReadError>, bool, u8),
    ) -> Result<(), ReadError> {
        if self.depth == DEPTH {
            return self.give_up();
        }
        self.at += 1;
        self.depth += 1;
        let (result, is_over, bracket) = read(self, into);
        self.depth -= 1;
        if result.is_ok() && !is_over {
            if self.peek() != Some(bracket) {
                return self.give_up();
            }
            self.at += 1;
        }
        result
    }

    /// The text after a quote, and the place after the quote at its end.
    fn text_from_here(&mut self) -> Option<Found<'_>> {
        let rest = self.text.get(self.at..)?;
        let length = plain_bytes(rest.as_bytes());
        match rest.as_bytes().get(length) {
            Some(b'"') => {
                self.at += length + 1;
                rest.get(..length).map(Found::Plain)
            }
            Some(b'\\') => {
                self.scratch.clear();
                self.at += unescape(rest, length, &mut self.scratch)?;
                Some(Found::Escaped)
            }
            _ => None,
        }
    }

    /// Goes to the next item or key; whether there is one.
    fn next(&mut self, is_first: bool, bracket: u8) -> Result<bool, ReadError> {
        match self.peek() {
            Some(byte) if byte == bracket => {
                self.at += 1;
                Ok(false)
            }
            Some(_) if is_first => Ok(true),
            Some(b',') => {
                self.at += 1;
                // No item is a bracket, and no key.
                Ok(true)
            }
            _ => self.give_up(),
        }
    }
}

enum Found<'a> {
    Plain(&'a str),
    /// It stands in the scratch.
    Escaped,
}

fn give_text(text: &str, into: &mut dyn Wire) -> Result<(), ReadError> {
    into.read(float_word(text).map_or(Input::Str(text), Input::Float))
}

struct Items<'a, 'b> {
    document: &'a mut Document<'b>,
    is_first: bool,
    is_over: bool,
}

impl ListInput for Items<'_, '_> {
    fn next(&mut self, item: &mut dyn Wire) -> Result<bool, ReadError> {
        if self.is_over {
            return Ok(false);
        }
        if !self.document.next(std::mem::take(&mut self.is_first), b']')? {
            self.is_over = true;
            return Ok(false);
        }
        match self.document.value(item) {
            Ok(()) => Ok(true),
            Err(_) => self.document.give_up(),
        }
    }
}

struct Members<'a, 'b> {
    document: &'a mut Document<'b>,
    is_first: bool,
    is_over: bool,
}

impl MapInput for Members<'_, '_> {
    fn key(&mut self, key: &mut dyn FnMut(&str)) -> Result<bool, ReadError> {
        if self.is_over {
            return Ok(false);
        }
        if !self.document.next(std::mem::take(&mut self.is_first), b'}')? {
            self.is_over = true;
            return Ok(false);
        }
        if self.document.peek() != Some(b'"') {
            return self.document.give_up();
        }
        self.document.at += 1;
        match self.document.text_from_here() {
            Some(Found::Plain(text)) => key(text),
            Some(Found::Escaped) => key(&self.document.scratch),
            None => return self.document.give_up(),
        }
        if self.document.peek() != Some(b':') {
            return self.document.give_up();
        }
        self.document.at += 1;
        Ok(true)
    }

    fn takes_key(&mut self, json: &[u8]) -> bool {
        let start = self.document.at;
        if (self.is_first || self.document.takes(b",")) && self.document.takes(json) {
            self.is_first = false;
            return true;
        }
        self.document.at = start;
        false
    }

    fn value(&mut self, into: &mut dyn Wire) -> Result<(), ReadError> {
        match self.document.value(into) {
            Ok(()) => Ok(()),
            Err(_) => self.document.give_up(),
        }
    }

    fn skip(&mut self) -> Result<(), ReadError> {
        self.value(&mut Skipped)
    }

    fn members(
        &mut self,
        shape: &'static Shape,
        members: &mut [&mut dyn Wire],
        unknown: UnknownMembers<'_>,
    ) -> Result<(), ReadError> {
        read_into_members(self, shape, members, unknown)
    }
}

/// Takes every value and keeps none.
struct Skipped;

impl Wire for Skipped {
    fn view(&self) -> View<'_> {
        View::Null
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        match input {
            Input::List(list) => while list.next(self)? {},
            Input::Map(map) => {
                while map.key(&mut |_| {})? {
                    map.value(self)?;
                }
            }
            _ => {}
        }
        Ok(())
    }
}
