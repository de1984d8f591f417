//! Finds values in the text of a JSON document by JSON pointer.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The location of a value, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The key with its quotes, if the value is a member of an object.
    pub key: Option<Range<usize>>,
    /// The value with its quotes or brackets.
    pub value: Range<usize>,
}

/// Finds the values at the pointers in `wanted`; empty if the text is not JSON. The last of several equal keys wins, as in `serde_json`.
pub fn spans(text: &str, wanted: &BTreeSet<String>) -> BTreeMap<String, Span> {
    let mut search = Search { text, wanted, found: BTreeMap::new() };
    if let Ok(root) = serde_json::from_str(text) {
        search.visit("", None, root);
    }
    search.found
}

struct Search<'a> {
    text: &'a str,
    wanted: &'a BTreeSet<String>,
    found: BTreeMap<String, Span>,
}

impl<'a> Search<'a> {
    fn visit(&mut self, pointer: &str, key: Option<&'a RawValue>, value: &'a RawValue) {
        if self.wanted.contains(pointer) {
            let span = Span { key: key.map(|key| self.range(key)), value: self.range(value) };
            self.found.insert(pointer.to_owned(), span);
        }
        // Only values on the way to a wanted value are read.
        let below = format!("{pointer}/");
        if !self.wanted.range(below.clone()..).next().is_some_and(|next| next.starts_with(&below)) {
            return;
        }
        if let Ok(Members(members)) = serde_json::from_str(value.get()) {
            for (key, value) in members {
                let name: String = serde_json::from_str(key.get()).unwrap_or_default();
                self.visit(&format!("{below}{}", name.replace('~', "~0").replace('/', "~1")), Some(key), value);
            }
        } else if let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(value.get()) {
            for (index, value) in items.into_iter().enumerate() {
                self.visit(&format!("{below}{index}"), None, value);
            }
        }
    }

    /// Returns the range of a part of the text.
    fn range(&self, part: &RawValue) -> Range<usize> {
        let start = part.get().as_ptr().addr() - self.text.as_ptr().addr();
        start..start + part.get().len()
    }
}

/// The keys and values of an object.
struct Members<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MembersVisitor;

        impl<'de> Visitor<'de> for MembersVisitor {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(MembersVisitor)
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
    fn nothing_is_found_in_what_is_not_json() {
        for text in ["", " ", "{", "\"", "é", "{\"a\":1", "{\"a\":1,}", "{\"a\":1 2}", "{\"a\":1,\"\\", "{é:1}"] {
            assert_eq!(find(text, "/a"), None, "{text:?}");
        }
    }

    #[test]
    fn depth_is_no_problem() {
        let deep = format!("{{\"a\":1,\"b\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(find(&deep, "/a").map(|(_, value)| value).as_deref(), Some("1"));
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
