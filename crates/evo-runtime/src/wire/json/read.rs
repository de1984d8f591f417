//! Reading JSON from memory, without a deserializer between the bytes and the value.

use super::WORD_MARK;
use super::scan::{Number, number_at, plain_bytes, unescape};
use crate::wire::decode::Skipped;
use crate::wire::{Decode, Input, ListInput, MapInput, ReadError, Segment};

/// The maximum nesting depth of lists and maps, as in `serde_json`.
const DEPTH: usize = 127;

/// The minimum capacity for unescaped strings, so that short ones need no further allocation.
const SCRATCH: usize = 128;

/// Reads a document. Returns whether there was a value.
pub(in crate::wire) fn read_text(text: &str, into: &mut dyn Decode) -> Result<bool, ReadError> {
    let mut document = Document { text, at: 0, depth: 0, scratch: String::new() };
    let is_there = document.value(into)?;
    match document.peek() {
        None => Ok(is_there),
        Some(_) => document.broken("text follows the end of the document"),
    }
}

struct Document<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    /// Unescaped text.
    scratch: String,
}

impl Document<'_> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The first byte that is not white space.
    fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = self.byte()?;
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    fn eat(&mut self, wanted: &[u8]) -> bool {
        let is_there = self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(wanted));
        if is_there {
            self.at += wanted.len();
        }
        is_there
    }

    /// The error for a document that is not JSON from here on.
    #[cold]
    fn broken<T>(&self, message: &str) -> Result<T, ReadError> {
        let message = if self.byte().is_none() { "the document breaks off" } else { message };
        Err(ReadError::broken(message, self.at))
    }

    fn value(&mut self, into: &mut dyn Decode) -> Result<bool, ReadError> {
        let first = self.peek();
        let start = self.at;
        let result = match first {
            Some(b'"') => {
                self.at += 1;
                match self.text_from_here() {
                    Some(Text::Plain(text)) => pass_text(text, into),
                    Some(Text::Escaped) => pass_text(&self.scratch, into),
                    None => self.broken("the string is not closed, or has an invalid escape"),
                }
            }
            Some(b'{') => self.nested(into, |document, into| {
                let mut members = JsonMap { document, is_first: true, is_over: false };
                let result = into.read(Input::Map(&mut members));
                // Skip what the value did not read.
                while result.is_ok() && members.key(&mut |_| {})? {
                    members.skip()?;
                }
                result
            }),
            Some(b'[') => self.nested(into, |document, into| {
                let mut items = JsonList { document, index: 0, is_over: false };
                let result = into.read(Input::List(&mut items));
                while result.is_ok() && items.next(&mut Skipped)? {}
                result
            }),
            Some(b'-' | b'0'..=b'9') => {
                let Some((number, end)) = number_at(self.text, start) else { return self.broken("expected a number") };
                self.at = end;
                into.read(match number {
                    Number::Int(value) => Input::Int(value),
                    Number::UInt(value) => Input::UInt(value),
                    Number::Other => Input::Digits(self.text.get(start..end).unwrap_or_default()),
                })
            }
            Some(b'n') if self.eat(b"null") => into.read(Input::Null),
            Some(b't') if self.eat(b"true") => into.read(Input::Bool(true)),
            Some(b'f') if self.eat(b"false") => into.read(Input::Bool(false)),
            _ => self.broken("expected a value"),
        };
        result.map_err(|error| error.at(start))
    }

    /// Reads the content of a list or a map.
    fn nested(
        &mut self,
        into: &mut dyn Decode,
        read: impl FnOnce(&mut Self, &mut dyn Decode) -> Result<bool, ReadError>,
    ) -> Result<bool, ReadError> {
        if self.depth == DEPTH {
            return self.broken("lists and objects are nested too deep");
        }
        self.at += 1;
        self.depth += 1;
        let result = read(self, into);
        self.depth -= 1;
        result
    }

    /// The text after the opening quote. Moves past the closing quote.
    fn text_from_here(&mut self) -> Option<Text<'_>> {
        let rest = self.text.get(self.at..)?;
        let length = plain_bytes(rest.as_bytes());
        match rest.as_bytes().get(length) {
            Some(b'"') => {
                self.at += length + 1;
                rest.get(..length).map(Text::Plain)
            }
            Some(b'\\') => {
                self.scratch.clear();
                self.scratch.reserve(SCRATCH);
                self.at += unescape(rest, length, &mut self.scratch)?;
                Some(Text::Escaped)
            }
            Some(_) => None,
            None => {
                self.at = self.text.len();
                None
            }
        }
    }

    /// Moves to the next item or key. Returns whether there is one.
    fn next(&mut self, is_first: bool, bracket: u8) -> Result<bool, ReadError> {
        match self.peek() {
            Some(byte) if byte == bracket => {
                self.at += 1;
                Ok(false)
            }
            Some(_) if is_first => Ok(true),
            Some(b',') => {
                self.at += 1;
                // A bracket after the comma is rejected as an item or key.
                Ok(true)
            }
            _ => self.broken("expected a comma or the closing bracket"),
        }
    }
}

enum Text<'a> {
    Plain(&'a str),
    /// The text is in `scratch`.
    Escaped,
}

fn pass_text(text: &str, into: &mut dyn Decode) -> Result<bool, ReadError> {
    into.read(float_word(text).map_or(Input::Str(text), Input::Float))
}

/// The float that a marked string represents.
fn float_word(text: &str) -> Option<f64> {
    // All text passes through here; the first byte rules out most of it.
    if text.as_bytes().first() != Some(&0xef) {
        return None;
    }
    text.strip_prefix(WORD_MARK)?.parse().ok()
}

struct JsonList<'a, 'b> {
    document: &'a mut Document<'b>,
    index: usize,
    is_over: bool,
}

impl ListInput for JsonList<'_, '_> {
    fn next(&mut self, item: &mut dyn Decode) -> Result<bool, ReadError> {
        let within = |error: ReadError| error.within(Segment::Item(self.index));
        if self.is_over || !self.document.next(self.index == 0, b']').map_err(within)? {
            self.is_over = true;
            return Ok(false);
        }
        self.document.value(item).map_err(within)?;
        self.index += 1;
        Ok(true)
    }
}

struct JsonMap<'a, 'b> {
    document: &'a mut Document<'b>,
    is_first: bool,
    is_over: bool,
}

impl MapInput for JsonMap<'_, '_> {
    fn key(&mut self, key: &mut dyn FnMut(&str)) -> Result<bool, ReadError> {
        if self.is_over || !self.document.next(std::mem::take(&mut self.is_first), b'}')? {
            self.is_over = true;
            return Ok(false);
        }
        if self.document.peek() != Some(b'"') {
            return self.document.broken("expected the name of a member in quotes");
        }
        self.document.at += 1;
        match self.document.text_from_here() {
            Some(Text::Plain(text)) => key(text),
            Some(Text::Escaped) => key(&self.document.scratch),
            None => return self.document.broken("the name is not closed, or has an invalid escape"),
        }
        if self.document.peek() != Some(b':') {
            return self.document.broken("expected a colon");
        }
        self.document.at += 1;
        Ok(true)
    }

    fn takes_key(&mut self, json: &[u8]) -> bool {
        let start = self.document.at;
        if !self.is_over && (self.is_first || self.document.eat(b",")) && self.document.eat(json) {
            self.is_first = false;
            return true;
        }
        self.document.at = start;
        false
    }

    fn value(&mut self, into: &mut dyn Decode) -> Result<(), ReadError> {
        self.document.value(into).map(drop)
    }
}
