//! Finds values in the text of a JSON document by JSON pointer.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The maximum nesting depth; deeper values are not found.
const DEPTH_LIMIT: usize = 256;

/// The location of a value, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The key with its quotes, if the value is a member of an object.
    pub key: Option<Range<usize>>,
    /// The value with its quotes or brackets.
    pub value: Range<usize>,
}

/// Finds the values at the pointers in `wanted`, in one pass over `text`.
///
/// The last of several equal keys wins, as in `serde_json`. The search ends at the first syntax error.
pub fn spans(text: &str, wanted: &BTreeSet<String>) -> BTreeMap<String, Span> {
    let mut scanner = Scanner { text, at: 0, depth: 0, pointer: String::new(), wanted, found: BTreeMap::new() };
    // If the text is truncated, the values found so far are still correct.
    let _ = scanner.value(None);
    scanner.found
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    /// The pointer to the value that is being read.
    pointer: String,
    wanted: &'a BTreeSet<String>,
    found: BTreeMap<String, Span>,
}

impl<'a> Scanner<'a> {
    fn value(&mut self, key: Option<Range<usize>>) -> Option<()> {
        self.skip_blanks();
        let start = self.at;
        match self.next()? {
            b'{' => self.members()?,
            b'[' => self.items()?,
            b'"' => {
                self.string()?;
            }
            _ => self.at += self.rest().find([',', '}', ']', ' ', '\t', '\r', '\n']).unwrap_or(self.rest().len()),
        }
        if self.wanted.contains(&self.pointer) {
            self.found.insert(self.pointer.clone(), Span { key, value: start..self.at });
        }
        Some(())
    }

    fn members(&mut self) -> Option<()> {
        self.each(b'}', |scanner, _| {
            let start = scanner.at;
            if scanner.next()? != b'"' {
                return None;
            }
            let text = scanner.string()?;
            let key: String = serde_json::from_str(text).ok()?;
            let span = start..scanner.at;
            scanner.skip_blanks();
            if scanner.next()? != b':' {
                return None;
            }
            scanner.below(&key.replace('~', "~0").replace('/', "~1"), Some(span))
        })
    }

    fn items(&mut self) -> Option<()> {
        self.each(b']', |scanner, index| scanner.below(&index.to_string(), None))
    }

    /// Reads the items between commas up to the closing bracket.
    fn each(&mut self, end: u8, mut read: impl FnMut(&mut Self, usize) -> Option<()>) -> Option<()> {
        self.depth += 1;
        if self.depth > DEPTH_LIMIT {
            return None;
        }
        self.skip_blanks();
        if self.peek()? == end {
            self.at += 1;
        } else {
            for index in 0.. {
                self.skip_blanks();
                read(self, index)?;
                self.skip_blanks();
                match self.next()? {
                    b',' => {}
                    byte if byte == end => break,
                    _ => return None,
                }
            }
        }
        self.depth -= 1;
        Some(())
    }

    fn below(&mut self, step: &str, key: Option<Range<usize>>) -> Option<()> {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(step);
        self.value(key)?;
        self.pointer.truncate(length);
        Some(())
    }

    /// Reads the rest of a string after its first quote. Returns the string with both quotes.
    fn string(&mut self) -> Option<&'a str> {
        let start = self.at.checked_sub(1)?;
        loop {
            self.at += self.rest().find(['"', '\\'])?;
            match self.next()? {
                b'"' => return self.text.get(start..self.at),
                _ => self.at += self.rest().chars().next()?.len_utf8(),
            }
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Consumes and returns the next byte. Callers match ASCII only, so multi-byte characters are never split.
    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += self.rest().chars().next()?.len_utf8();
        Some(byte)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn find(text: &str, pointer: &str) -> Option<(Option<String>, String)> {
        let spans = spans(text, &BTreeSet::from([pointer.to_owned()]));
        spans
            .get(pointer)
            .map(|span| (span.key.clone().map(|key| text[key].to_owned()), text[span.value.clone()].to_owned()))
    }

    #[test]
    fn values_are_found_by_pointer() {
        let text = "{ \"a\" : [1, -2.5e3 ,{\"b\":true}, [] , {}],\r\n\t\"c\": null, \"\": \"x\", \"ä\": \"ö€🎉\"}\n";
        for (pointer, key, value) in [
            ("", None, text.trim_end()),
            ("/a", Some("\"a\""), "[1, -2.5e3 ,{\"b\":true}, [] , {}]"),
            ("/a/0", None, "1"),
            ("/a/1", None, "-2.5e3"),
            ("/a/2", None, "{\"b\":true}"),
            ("/a/2/b", Some("\"b\""), "true"),
            ("/a/3", None, "[]"),
            ("/a/4", None, "{}"),
            ("/c", Some("\"c\""), "null"),
            ("/", Some("\"\""), "\"x\""),
            ("/ä", Some("\"ä\""), "\"ö€🎉\""),
        ] {
            assert_eq!(find(text, pointer), Some((key.map(str::to_owned), value.to_owned())), "{pointer:?}");
        }
        for pointer in ["/a/5", "/a/-1", "/b", "/c/0", "a", "/a/"] {
            assert_eq!(find(text, pointer), None, "{pointer:?}");
        }
    }

    #[test]
    fn escapes_are_read() {
        let text = r#"{"a\"}\\":{"b":"\\"},"x\/~y":1,"\u0041\n":[",]}","\""],"z":2}"#;
        for (pointer, value) in
            [("/a\"}\\/b", r#""\\""#), ("/x~1~0y", "1"), ("/A\n/0", r#"",]}""#), ("/A\n/1", r#""\"""#), ("/z", "2")]
        {
            assert_eq!(find(text, pointer).map(|(_, value)| value).as_deref(), Some(value), "{pointer:?}");
        }
    }

    #[test]
    fn the_last_of_two_equal_keys_wins() {
        let text = r#"{"a":{"b":1},"a":{"b":2},"c":3}"#;
        let parsed: Value = serde_json::from_str(text).unwrap();
        assert_eq!(
            (find(text, "/a/b").unwrap().1, parsed.pointer("/a/b").unwrap().to_string()),
            ("2".into(), "2".into())
        );
    }

    #[test]
    fn a_syntax_error_ends_the_search() {
        let deep = format!("{{\"a\":1,\"b\":{}", "[".repeat(100_000));
        for text in
            ["{\"a\":1", "{\"a\":1,}", "{\"a\":1,\"b\"", "{\"a\":1 2}", "{\"a\":1,\"\\", "{\"a\":1,\"b\":[ü]]", &deep]
        {
            assert_eq!(find(text, "/a").map(|(_, value)| value).as_deref(), Some("1"), "{text:.40}");
        }
        for text in ["", " ", "{", "[", "\"", "\\", "é", "{\"a\"", "{\"a\":", "{é:1}"] {
            assert_eq!(find(text, "/a"), None, "{text:?}");
        }
    }

    /// Checks every value of every fixture, pretty-printed and in one line, against `Value::pointer`.
    #[test]
    fn every_value_of_the_fixtures_is_found() {
        fn pointers(value: &Value, at: &str, found: &mut BTreeSet<String>) {
            found.insert(at.to_owned());
            match value {
                Value::Object(members) => members.iter().for_each(|(key, value)| {
                    pointers(value, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), found);
                }),
                Value::Array(items) => {
                    items.iter().enumerate().for_each(|(index, item)| pointers(item, &format!("{at}/{index}"), found));
                }
                _ => {}
            }
        }
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
        let cases = root.join("cases").read_dir().unwrap();
        let paths: Vec<_> = cases.map(|case| case.unwrap().path().join("metadata.json")).collect();
        assert!(paths.len() > 20, "the fixtures were not found");
        for path in paths {
            let document: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            let mut all = BTreeSet::new();
            pointers(&document, "", &mut all);
            for text in [format!("{document:#}"), document.to_string()] {
                let found = spans(&text, &all);
                assert_eq!(found.len(), all.len(), "{}", path.display());
                // Parsing large values again and again is slow; the small ones are enough.
                for (pointer, span) in found.iter().filter(|(_, span)| span.value.len() < 200) {
                    let value: Value = serde_json::from_str(&text[span.value.clone()]).unwrap();
                    assert_eq!(Some(&value), document.pointer(pointer), "{}: {pointer}", path.display());
                }
            }
        }
    }
}
