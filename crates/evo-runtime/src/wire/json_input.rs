//! Reading JSON from memory: what [`bridge`](super::bridge) reads with `serde_json`, without a deserializer between the bytes and the value.
//!
//! It gives up at whatever is not plain and right, and says nothing about it: `serde_json` reads the document once more then, and knows why.

use super::bridge::float_word;
use super::json_scan::{Number, number_at, plain_bytes, unescape};
use super::{Input, ListInput, MapInput, ReadError, View, Wanted, Wire};

/// How deep lists and maps may be nested, as in `serde_json`.
const DEPTH: usize = 127;

/// How many bytes there is room for at least where a text is written without its escapes, so that short ones need no more.
const SCRATCH: usize = 128;

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
                self.scratch.reserve(SCRATCH);
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
        if !self.is_over && (self.is_first || self.document.takes(b",")) && self.document.takes(json) {
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;
    use serde_json::Value;

    use super::super::bridge::{Trail, read_into};
    use super::*;
    use crate::{Decimal, record};

    #[derive(Debug, Clone, PartialEq, Default)]
    struct Row {
        id: i64,
        name: Option<String>,
        price: Decimal,
        score: f64,
        rows: Vec<Row>,
        more: BTreeMap<String, Option<Value>>,
        tag: Value,
    }
    record!(Row { id: "Id", name: "Name" => hides, price: "Price", score: "Score", rows: "Rows", more: "More", tag: "Tag" });

    /// What is read, and what `serde_json` makes of it; none where there is nothing.
    fn both<T: Wire + Default + std::fmt::Debug>(text: &str) -> (Option<String>, Option<String>) {
        let (mut own, mut by_serde) = (T::default(), T::default());
        let mut json = serde_json::Deserializer::from_str(text);
        let is_read = read_into(&mut by_serde, &mut json, &Trail::default()).and_then(|()| json.end()).is_ok();
        (read(text, &mut own).then(|| format!("{own:?}")), is_read.then(|| format!("{by_serde:?}")))
    }

    /// Whether there may be half of a surrogate pair or a number beyond all floats, which `serde_json` takes where nobody looks.
    fn is_odd(text: &str) -> bool {
        let mut numbers = text.split(|c: char| !(c.is_ascii_digit() || "+-.eE".contains(c)));
        text.contains("\\u") || numbers.any(|number| number.parse().is_ok_and(f64::is_infinite))
    }

    fn documents() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            Just("null".to_owned()),
            Just("true".to_owned()),
            Just("false".to_owned()),
            any::<i64>().prop_map(|number| number.to_string()),
            any::<u64>().prop_map(|number| number.to_string()),
            any::<f64>().prop_map(|number| Value::from(number).to_string()),
            "-?[0-9]{1,3}(\\.[0-9]{0,20})?([eE][+-]?[0-9]{0,3})?",
            "\\PC{0,20}".prop_map(|text| Value::from(text).to_string()),
            "\"[a-z\\\\u\"0d89e/ ]{0,12}\"",
        ];
        let blank = "[ \n\t\r]{0,2}";
        let item = leaf.prop_recursive(5, 40, 6, move |inner| {
            let name = "[iI]d|[nN]ame|price|Price|score|rows|more|tag|x|n\\\\u0061me";
            let member = (blank, name, blank, blank, inner.clone(), blank)
                .prop_map(|(a, name, b, c, value, d)| format!("{a}\"{name}\"{b}:{c}{value}{d}"));
            let item = (blank, inner).prop_map(|(blank, value)| format!("{blank}{value}"));
            prop_oneof![
                prop::collection::vec(member, 0..7).prop_map(|members| format!("{{{}}}", members.join(","))),
                prop::collection::vec(item, 0..4).prop_map(|items| format!("[{}]", items.join(","))),
            ]
        });
        // One character more, less, or another.
        (item, any::<prop::sample::Index>(), prop::option::weighted(0.3, "[\\[\\]{},:\"\\\\0x .-]?")).prop_map(
            |(document, at, change)| {
                let Some(change) = change else { return document };
                let at = at.index(document.chars().count());
                document
                    .chars()
                    .enumerate()
                    .flat_map(
                        |(index, c)| {
                            if index == at { change.chars().chain(None) } else { "".chars().chain(Some(c)) }
                        },
                    )
                    .collect()
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1024, rng_seed: RngSeed::Fixed(11), failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_read_is_what_serde_json_reads(text in documents()) {
            let is_odd = is_odd(&text);
            for (own, by_serde) in [both::<Row>(&text), both::<Vec<Row>>(&text), both::<Value>(&text)] {
                if own.is_some() || !is_odd {
                    prop_assert_eq!(own, by_serde);
                }
            }
        }
    }

    #[test]
    fn nesting_ends_where_it_does_in_serde_json() {
        for depth in [1, 100, 127, 128, 10_000] {
            let text = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
            let (own, by_serde) = both::<Value>(&text);
            assert_eq!(own, by_serde, "{depth}");
            let (own, by_serde) = both::<Row>(&format!("{{\"tag\":{text}}}"));
            assert_eq!(own, by_serde, "{depth} in a member");
        }
    }
}
