//! The places that remarks are about: a few lines of the document as it is stored, pretty-printed in its own order.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde_json::Value;

use super::spans::{Span, spans};
use crate::config::tidy;
use crate::diagnostics::Diagnostic;
use crate::source::{Document, Origin};

/// The lines that are shown before and after the one that matters.
const BEFORE: usize = 2;
const AFTER: usize = 3;

/// A document and where the remarks about it are.
#[derive(Debug)]
pub struct Excerpts {
    /// The document as it is stored.
    text: String,
    /// Where each of its lines begins, in bytes.
    lines: Vec<usize>,
    /// The spans of what remarks point to, of what is underlined there, and of what stands around it.
    spans: BTreeMap<String, Span>,
    /// What is underlined for a pointer, where it is something inside.
    focuses: BTreeMap<String, String>,
    path: String,
    numbering: Numbering,
}

/// Whose lines are counted.
#[derive(Debug)]
enum Numbering {
    /// Those of the file that is called so, or that is about to be written.
    Stored,
    /// This is in that file: its lines may be other ones.
    File(String),
    /// There is no file.
    Nowhere,
}

/// A few lines of a document.
#[derive(Debug, PartialEq, Eq)]
pub struct Excerpt<'a> {
    /// What the document is called.
    pub path: &'a str,
    /// The lines.
    pub source: &'a str,
    /// The number of the first one, from 1.
    pub first_line: usize,
    /// What is to be underlined, in bytes from the start of `source`.
    pub focus: Range<usize>,
    /// Whether the file that `path` names has the same lines with the same numbers.
    pub is_as_in_file: bool,
}

impl Excerpts {
    /// Finds what `remarks` point to. `is_stored`: the document stands where its origin says in the form in which documents are
    /// stored, or will when the run is over.
    pub fn new<'a>(document: &Document, is_stored: bool, remarks: impl IntoIterator<Item = &'a Diagnostic>) -> Self {
        let text = document.stored_types();
        let mut wanted = BTreeSet::new();
        let mut focuses = BTreeMap::new();
        for pointer in remarks.into_iter().map(|remark| &remark.pointer) {
            wanted.insert(pointer.clone());
            wanted.extend(pointer.rsplit_once('/').map(|(parent, _)| parent.to_owned()));
            if let Some(focus) = focus(&document.types, pointer) {
                wanted.insert(focus.clone());
                focuses.insert(pointer.clone(), focus);
            }
        }
        let spans = spans(&text, &wanted);
        let numbering = match &document.origin {
            Origin::File(_) if is_stored => Numbering::Stored,
            Origin::File(path) => std::fs::read_to_string(path).map_or(Numbering::Nowhere, Numbering::File),
            Origin::Url(_) | Origin::StandardInput => Numbering::Nowhere,
        };
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, lines, spans, focuses, path: called(&document.origin), numbering }
    }

    /// What stands at a pointer; nothing where it leads nowhere.
    pub fn at(&self, pointer: &str) -> Option<Excerpt<'_>> {
        let span = self.spans.get(pointer)?;
        let focus = self.focuses.get(pointer).and_then(|focus| self.spans.get(focus)).unwrap_or(span);
        let focus = match &focus.key {
            // Of a list or object the key says more than the bracket does.
            Some(key) if self.is_container(&focus.value) => key.clone(),
            _ if self.is_container(&focus.value) => focus.value.start..focus.value.start + 1,
            _ => focus.value.clone(),
        };
        let parent = pointer.rsplit_once('/').and_then(|(parent, _)| self.spans.get(parent));
        let around = if self.is_container(&span.value) { span } else { parent.unwrap_or(span) };
        let line = self.line(focus.start);
        let first = line.saturating_sub(BEFORE).max(self.line(around.value.start));
        let last = (line + AFTER).min(self.line(around.value.end.saturating_sub(1)));
        let start = self.lines.get(first).copied()?;
        let source = self.text.get(start..self.end(last))?;
        Some(Excerpt {
            path: &self.path,
            source,
            first_line: first + 1,
            focus: focus.start.checked_sub(start)?..focus.end.checked_sub(start)?,
            is_as_in_file: self.is_as_in_file(first, source),
        })
    }

    fn is_container(&self, value: &Range<usize>) -> bool {
        self.text.get(value.start..).is_some_and(|text| text.starts_with(['{', '[']))
    }

    /// The line that a byte is in, from 0.
    fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// Where a line ends, without its line end.
    fn end(&self, line: usize) -> usize {
        self.lines.get(line + 1).map_or(self.text.len(), |next| next.saturating_sub(1))
    }

    fn is_as_in_file(&self, first: usize, source: &str) -> bool {
        match &self.numbering {
            Numbering::Stored => true,
            Numbering::File(text) => source.lines().eq(text.lines().skip(first).take(source.lines().count())),
            Numbering::Nowhere => false,
        }
    }
}

/// The name inside an object, which tells more than its bracket: of a type or member its own, of an operation that of its request.
fn focus(document: &Value, pointer: &str) -> Option<String> {
    let members = document.pointer(pointer)?.as_object()?;
    let named = |name: &str| members.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
    if let Some((key, Value::String(_))) = named("name").or_else(|| named("path")) {
        return Some(format!("{pointer}/{key}"));
    }
    let (key, Value::Object(_)) = named("request")? else { return None };
    focus(document, &format!("{pointer}/{key}"))
}

/// What people call the document: a path from the current folder where it lies below, a URL without secrets.
fn called(origin: &Origin) -> String {
    let Origin::File(path) = origin else { return origin.label(None) };
    let below = || {
        let whole = tidy(&std::path::absolute(path).ok()?);
        Some(whole.strip_prefix(std::env::current_dir().ok()?).ok()?.display().to_string())
    };
    below().unwrap_or_else(|| path.display().to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::diagnostics::Diagnostics;

    fn document() -> Document {
        let types = json!({
            "types": [{ "name": "Pet", "properties": [{ "name": "Name", "type": "String", "isEnum": 7, "x": 1, "y": 2 }] }],
            "operations": [{ "actions": [], "request": { "Name": "Find" }, "routes": [{ "verbs": "GET", "path": "/a" }] }, 5],
        });
        Document { types, facts: None, origin: Origin::StandardInput, remarks: Diagnostics::default() }
    }

    fn excerpts(document: &Document, is_stored: bool, pointers: &[&str]) -> Excerpts {
        let mut remarks = Diagnostics::default();
        for pointer in pointers {
            remarks.warn("EVO0005", *pointer, "", "");
        }
        Excerpts::new(document, is_stored, remarks.as_slice())
    }

    #[test]
    fn a_few_lines_and_what_is_underlined() {
        let cases = [
            ("/types/0/properties/0/isEnum", 7, "7", ["\"name\": \"Name\",", "\"y\": 2"]),
            ("/types/0/properties/0", 6, "\"Name\"", ["{", "\"x\": 1,"]),
            ("/types/0", 3, "\"Pet\"", ["{", "\"name\": \"Name\","]),
            ("/types", 2, "\"types\"", ["\"types\": [", "\"properties\": ["]),
            ("/operations/0", 18, "\"Find\"", ["\"actions\": [],", "{"]),
            ("/operations/0/routes", 20, "\"routes\"", ["\"routes\": [", "\"path\": \"/a\""]),
            ("/operations/0/routes/0", 21, "\"/a\"", ["{", "}"]),
            ("/operations/1", 25, "5", ["]", "]"]),
            ("", 1, "{", ["{", "\"name\": \"Pet\","]),
        ];
        let pointers = cases.map(|(pointer, ..)| pointer);
        let document = document();
        let excerpts = excerpts(&document, false, &pointers);
        for (pointer, first_line, focus, [first, last]) in cases {
            let excerpt = excerpts.at(pointer).unwrap();
            let lines: Vec<&str> = excerpt.source.lines().map(str::trim).collect();
            let found = (excerpt.first_line, &excerpt.source[excerpt.focus.clone()], lines[0], lines[lines.len() - 1]);
            assert_eq!(found, (first_line, focus, first, last), "{pointer}:\n{}", excerpt.source);
            let stored = document.stored_types();
            let same: Vec<&str> = stored.lines().skip(first_line - 1).take(lines.len()).collect();
            assert_eq!(excerpt.source.lines().collect::<Vec<_>>(), same, "{pointer}");
        }
        for pointer in ["/types/1", "https://x.org", "/operations/1/request"] {
            assert_eq!(excerpts.at(pointer), None, "{pointer}");
        }
    }

    #[test]
    fn numbers_are_those_of_the_file_where_it_has_the_same_lines() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("metadata.json");
        let mut document = document();
        let stored = document.stored_types();
        for (is_stored, text, expected) in [
            (false, Some(stored.clone()), true),
            (false, Some(stored.replace('\n', "\r\n")), true),
            (false, Some(document.types.to_string()), false),
            (false, Some(format!("\n{stored}")), false),
            (false, None, false),
            // What is about to be stored need not be there yet.
            (true, None, true),
        ] {
            let _ = std::fs::remove_file(&path);
            if let Some(text) = &text {
                std::fs::write(&path, text).unwrap();
            }
            document.origin = Origin::File(path.clone());
            let excerpts = excerpts(&document, is_stored, &["/types/0"]);
            assert_eq!(excerpts.at("/types/0").unwrap().is_as_in_file, expected, "{is_stored}, {text:?}");
        }
    }
}
