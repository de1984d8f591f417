//! Finds the location of a diagnostic in the file of the document, and an excerpt: lines of the file if people can read it, otherwise of
//! the pretty-printed document.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

use serde_json::Value;

use super::place::{Place, shown_path};
use super::spans::{Span, spans};
use crate::source::{Document, Origin};

/// The number of lines that are shown before and after the line in question.
const BEFORE: usize = 2;
const AFTER: usize = 3;

/// The average line length in bytes above which a document is pretty-printed. Services write theirs in one line.
const READABLE: usize = 120;

/// A document and the locations of its diagnostics.
#[derive(Debug, Default)]
pub struct Excerpts {
    text: String,
    /// The byte offset of the start of each line.
    lines: Vec<usize>,
    /// The spans by pointer: of the values in question, of the values to underline, and of their parents.
    spans: BTreeMap<String, Span>,
    /// The pointer of the value to underline for a pointer, if they differ.
    focuses: BTreeMap<String, String>,
    path: String,
    /// The file that the document was read from, if `text` is not its content.
    file: Option<DocumentFile>,
    /// Whether `text` is the content of the file at `path`, or will be at the end of the run.
    is_file: bool,
}

/// The file that a document was read from, which may be a single long line.
#[derive(Debug)]
struct DocumentFile {
    text: String,
    /// The pointer to the document in the file. In an `AppMetadata` document, it is a member.
    prefix: &'static str,
    spans: BTreeMap<String, Span>,
}

/// A few lines of a document for a report.
#[derive(Debug, PartialEq, Eq)]
pub struct Excerpt<'a> {
    /// The name of the document.
    pub path: &'a str,
    /// The text of the lines.
    pub source: &'a str,
    /// The number of the first line, counted from 1.
    pub first_line: usize,
    /// The range to underline, in bytes from the start of `source`.
    pub focus: Range<usize>,
    /// Whether the lines come from the file at `path`, and not from the pretty-printed document.
    pub is_file: bool,
}

impl Excerpts {
    /// Finds the values at `pointers`. `is_stored` indicates whether the document is stored at its origin, or will be at the end of the
    /// run. The file is read only if there are pointers.
    pub fn new<'a>(document: &Document, is_stored: bool, pointers: impl IntoIterator<Item = &'a str>) -> Self {
        let (needed, focuses) = needed_pointers(document, pointers);
        if needed.is_empty() {
            return Self::default();
        }
        let file = if is_stored { None } else { DocumentFile::read(document) };
        let own = file.as_ref().filter(|file| file.is_readable()).map(|file| file.text.clone());
        let is_file = is_stored || own.is_some();
        let text = own.unwrap_or_else(|| document.stored_types());
        let file = file.filter(|_| !is_file).map(|file| file.with_spans(&needed));
        let spans = spans(&text, &needed);
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, lines, spans, focuses, path: called(&document.origin), file, is_file }
    }

    /// Finds the values in text that does not come from a file, such as that of a git revision. There are locations, but no excerpts.
    pub fn from_text<'a>(
        document: &Document,
        name: &str,
        text: &str,
        pointers: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let (needed, focuses) = needed_pointers(document, pointers);
        let file = DocumentFile::from_text(text.to_owned(), document).map(|file| file.with_spans(&needed));
        Self { focuses, path: name.to_owned(), file, ..Self::default() }
    }

    /// Returns the location in a file, or `None` if the document is not in a file or the pointer leads nowhere.
    pub fn place(&self, pointer: &str) -> Option<Place> {
        let (text, spans) = match &self.file {
            Some(file) if !self.is_file => (&file.text, &file.spans),
            None if !self.is_file => return Place::from_file(Path::new(pointer)),
            _ => (&self.text, &self.spans),
        };
        match self.focus(pointer, spans, text) {
            Some(focus) => Place::in_text(&self.path, text, focus.start),
            // A diagnostic about reading concerns the entire file.
            None => Place::from_file(Path::new(pointer)),
        }
    }

    /// Returns the range to underline for a pointer.
    fn focus(&self, pointer: &str, spans: &BTreeMap<String, Span>, text: &str) -> Option<Range<usize>> {
        let span = spans.get(pointer)?;
        let focus = self.focuses.get(pointer).and_then(|focus| spans.get(focus)).unwrap_or(span);
        let is_container = text.get(focus.value.start..).is_some_and(|text| text.starts_with(['{', '[']));
        Some(match &focus.key {
            // The key of a list or an object is clearer than its bracket.
            Some(key) if is_container => key.clone(),
            _ if is_container => focus.value.start..focus.value.start + 1,
            _ => focus.value.clone(),
        })
    }

    /// Returns the excerpt at a pointer, or `None` if the pointer leads nowhere.
    pub fn at(&self, pointer: &str) -> Option<Excerpt<'_>> {
        let span = self.spans.get(pointer)?;
        let focus = self.focus(pointer, &self.spans, &self.text)?;
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
            is_file: self.is_file,
        })
    }

    fn is_container(&self, value: &Range<usize>) -> bool {
        self.text.get(value.start..).is_some_and(|text| text.starts_with(['{', '[']))
    }

    /// Returns the line of a byte offset, counted from 0.
    fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// Returns the byte offset of the end of a line, without its line ending.
    fn end(&self, line: usize) -> usize {
        self.lines.get(line + 1).map_or(self.text.len(), |next| next.saturating_sub(1))
    }
}

impl DocumentFile {
    /// Reads the file of a document, if it still contains the document.
    fn read(document: &Document) -> Option<Self> {
        let Origin::File(path) = &document.origin else { return None };
        Self::from_text(std::fs::read_to_string(path).ok()?.replace("\r\n", "\n"), document)
    }

    /// Uses `text` if it contains the document.
    fn from_text(text: String, document: &Document) -> Option<Self> {
        let value: Value = serde_json::from_str(&text).ok()?;
        let prefix = ["", "/api", "/Api"].into_iter().find(|prefix| value.pointer(prefix) == Some(&document.types))?;
        Some(Self { text, prefix, spans: BTreeMap::new() })
    }

    /// Whether the file contains only the document, in a form that people can read.
    fn is_readable(&self) -> bool {
        self.prefix.is_empty() && self.text.len() <= self.text.lines().count() * READABLE
    }

    /// Finds the spans of the pointers.
    fn with_spans(mut self, needed: &BTreeSet<String>) -> Self {
        let prefix = self.prefix;
        let found = spans(&self.text, &needed.iter().map(|pointer| format!("{prefix}{pointer}")).collect());
        let own = |(pointer, span): (String, Span)| Some((pointer.strip_prefix(prefix)?.to_owned(), span));
        self.spans = found.into_iter().filter_map(own).collect();
        self
    }
}

/// Returns all pointers that are needed: the values, their parents, and the values to underline.
fn needed_pointers<'a>(
    document: &Document,
    pointers: impl IntoIterator<Item = &'a str>,
) -> (BTreeSet<String>, BTreeMap<String, String>) {
    let mut needed = BTreeSet::new();
    let mut focuses = BTreeMap::new();
    for pointer in pointers {
        needed.insert(pointer.to_owned());
        needed.extend(pointer.rsplit_once('/').map(|(parent, _)| parent.to_owned()));
        if let Some(focus) = focus(&document.types, pointer) {
            needed.insert(focus.clone());
            focuses.insert(pointer.to_owned(), focus);
        }
    }
    (needed, focuses)
}

/// Returns the pointer to the name in an object, which is clearer than its bracket: the name of a type or member, or of the request of
/// an operation.
fn focus(document: &Value, pointer: &str) -> Option<String> {
    let members = document.pointer(pointer)?.as_object()?;
    let named = |name: &str| members.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
    if let Some((key, Value::String(_))) = named("name").or_else(|| named("path")) {
        return Some(format!("{pointer}/{key}"));
    }
    let (key, Value::Object(_)) = named("request")? else { return None };
    focus(document, &format!("{pointer}/{key}"))
}

/// Returns the name of the document: the path in its display form, or the URL without secrets.
fn called(origin: &Origin) -> String {
    match origin {
        Origin::File(path) => shown_path(path),
        _ => origin.label(None),
    }
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
        Excerpts::new(document, is_stored, pointers.iter().copied())
    }

    #[test]
    fn excerpts_have_a_few_lines_and_a_range_to_underline() {
        let cases = [
            ("/types/0/properties/0/isEnum", 7, "7", ["\"name\": \"Name\",", "}"]),
            ("/types/0/properties/0", 6, "\"Name\"", ["{", "\"x\": 1,"]),
            ("/types/0", 3, "\"Pet\"", ["{", "\"name\": \"Name\","]),
            ("/types", 2, "\"types\"", ["\"types\": [", "\"properties\": ["]),
            ("/operations/0", 18, "\"Find\"", ["\"actions\": [],", "{"]),
            ("/operations/0/routes", 22, "\"routes\"", ["\"routes\": [", "\"path\": \"/a\""]),
            ("/operations/0/routes/0", 23, "\"/a\"", ["{", "}"]),
            ("/operations/1", 27, "5", ["]", "]"]),
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
    fn locations_are_found_in_files_of_any_form() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("metadata.json");
        let mut document = document();
        document.origin = Origin::File(path.clone());
        let one_line = document.types.to_string();
        for (text, position) in [
            (document.stored_types(), Some((7, 19))),
            (one_line.clone(), Some((1, 47))),
            (format!("\n  {one_line}"), Some((2, 49))),
            (format!("{{\"app\":\"\u{e4}\",\n\"api\":{one_line}}}"), Some((2, 53))),
            // The file has changed since.
            (one_line.replace("Find", "Seek"), None),
        ] {
            std::fs::write(&path, &text).unwrap();
            let place = excerpts(&document, false, &["/types/0/properties/0"]).place("/types/0/properties/0");
            let expected =
                position.map(|position| Place { file: path.display().to_string(), position: Some(position) });
            assert_eq!(place, expected, "{text}");
        }
        let whole = excerpts(&document, false, &[]).place(&path.display().to_string());
        assert_eq!(whole, Some(Place { file: path.display().to_string(), position: None }));
    }

    #[test]
    fn the_file_is_shown_if_people_can_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("metadata.json");
        let mut document = document();
        document.origin = Origin::File(path.clone());
        let stored = document.stored_types();
        let narrow = stored.replace("  ", " ");
        for (is_stored, text, line, expected) in [
            (false, stored.clone(), 4, "      \"name\": \"Pet\","),
            (false, stored.replace('\n', "\r\n"), 4, "      \"name\": \"Pet\","),
            (false, format!("\n{narrow}"), 5, "   \"name\": \"Pet\","),
            // The file differs from the document.
            (false, stored.replace("Find", "Seek"), 0, "      \"name\": \"Pet\","),
            (false, document.types.to_string(), 0, "      \"name\": \"Pet\","),
            // The document is about to replace the file.
            (true, narrow.replace("Find", "Seek"), 4, "      \"name\": \"Pet\","),
        ] {
            std::fs::write(&path, &text).unwrap();
            let excerpts = excerpts(&document, is_stored, &["/types/0"]);
            let excerpt = excerpts.at("/types/0").unwrap();
            let at = excerpt.source[..excerpt.focus.start].matches('\n').count();
            assert_eq!(excerpt.source.lines().nth(at), Some(expected), "{text}");
            assert_eq!(if excerpt.is_file { excerpt.first_line + at } else { 0 }, line, "{text}");
            if line > 0 {
                let place = excerpts.place("/types/0").unwrap();
                assert_eq!(place.position, Some((line, expected.find("\"Pet").unwrap() + 1)), "{text}");
            }
            if !is_stored && excerpt.is_file {
                assert_eq!(text.lines().nth(line - 1), Some(expected), "{text}");
            }
        }
    }
}
