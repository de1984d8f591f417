//! Turns what ServiceStack.Text writes into JSON where it is not JSON: holes, bare words for floats, doubled quotes around keys, and lone
//! surrogates.

use super::WORD_MARK;
use super::scan::escaped_unit;

/// A repaired body, and the original offsets of its bytes.
pub(super) struct Repaired {
    pub(super) bytes: Vec<u8>,
    /// The offsets after each repair: in the repaired body, in the original one.
    edits: Vec<(usize, usize)>,
}

impl Repaired {
    /// Converts an offset in this body to one in the original body.
    pub(super) fn original_offset(&self, offset: usize) -> usize {
        let edit = self.edits.iter().rev().find(|(repaired, _)| *repaired <= offset);
        edit.map_or(offset, |(repaired, original)| original + (offset - repaired))
    }
}

/// Repairs a body; `None` if there is nothing to repair.
///
/// A hole in a list or in place of a member's value becomes `null` (`[,1]`, `["a",,"b"]`, `["a",]`); the words `NaN`, `Infinity` and
/// `-Infinity` become texts that are read as floats; `{""key"":1}` loses the outer quotes. Within strings, only the escapes of lone
/// surrogates are replaced, by U+FFFD.
pub(super) fn repair(body: &[u8]) -> Option<Repaired> {
    let mut repair =
        Repair { rest: body, length: body.len(), bytes: Vec::new(), edits: Vec::new(), depth: Vec::new(), last: 0 };
    while repair.step().is_some() {}
    (!repair.edits.is_empty()).then_some(Repaired { bytes: repair.bytes, edits: repair.edits })
}

struct Repair<'a> {
    rest: &'a [u8],
    length: usize,
    bytes: Vec<u8>,
    edits: Vec<(usize, usize)>,
    /// The open brackets.
    depth: Vec<u8>,
    /// The last byte outside strings that is not white space; `"` after a string, `0` after a number or word.
    last: u8,
}

impl<'a> Repair<'a> {
    /// Processes the next byte, string or word.
    fn step(&mut self) -> Option<()> {
        let byte = *self.rest.first()?;
        let in_list = self.depth.last() == Some(&b'[');
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => self.copy(1),
            b'"' => self.string(),
            b'[' | b'{' => {
                self.depth.push(byte);
                self.copy_as(byte);
            }
            b',' | b']' | b'}' => {
                let hole = match self.last {
                    b':' => byte != b']',
                    b',' => in_list && byte != b'}',
                    b'[' => in_list && byte == b',',
                    _ => false,
                };
                if hole {
                    self.insert(b"null");
                }
                if byte != b',' {
                    self.depth.pop();
                }
                self.copy_as(byte);
            }
            b':' => self.copy_as(byte),
            _ => self.word(),
        }
        Some(())
    }

    /// Copies a string. A key in doubled quotes loses the outer ones.
    fn string(&mut self) {
        let is_key = self.depth.last() == Some(&b'{') && matches!(self.last, b'{' | b',');
        let doubled = self.rest.strip_prefix(b"\"\"").filter(|after| is_key && !starts_with_colon(after));
        match doubled.and_then(|after| end_of_doubled(after).and_then(|end| after.get(..end))) {
            Some(inner) => {
                self.bytes.push(b'"');
                self.drop_bytes(2);
                self.text(inner.len());
                self.bytes.push(b'"');
                self.drop_bytes(2);
            }
            None => self.text(end_of_string(self.rest)),
        }
        self.last = b'"';
    }

    /// Copies `count` bytes of a string, with U+FFFD for each lone surrogate.
    fn text(&mut self, count: usize) {
        let end = self.rest.len().saturating_sub(count);
        while self.rest.len() > end {
            let text = self.rest.get(..self.rest.len() - end).unwrap_or_default();
            match text.iter().position(|byte| *byte == b'\\') {
                None => self.copy(text.len()),
                Some(0) => match (escaped_unit(text), text.get(6..).and_then(escaped_unit)) {
                    (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => self.copy(12),
                    (Some(0xd800..=0xdfff), _) => {
                        self.bytes.extend_from_slice(br"\ufffd");
                        self.drop_bytes(6);
                    }
                    _ => self.copy(text.len().min(2)),
                },
                Some(plain) => self.copy(plain),
            }
        }
    }

    /// Copies a number or a word.
    fn word(&mut self) {
        let end = self.rest.iter().position(|byte| b",:[]{}\" \t\r\n".contains(byte)).unwrap_or(self.rest.len());
        let word = self.rest.get(..end).unwrap_or_default();
        if matches!(word, b"NaN" | b"Infinity" | b"-Infinity") {
            let text = format!("\"{WORD_MARK}{}\"", String::from_utf8_lossy(word));
            self.bytes.extend_from_slice(text.as_bytes());
            self.drop_bytes(end);
        } else {
            self.copy(end.max(1));
        }
        self.last = 0;
    }

    fn copy_as(&mut self, last: u8) {
        self.copy(1);
        self.last = last;
    }

    fn copy(&mut self, count: usize) {
        let (taken, rest) = self.rest.split_at_checked(count).unwrap_or((self.rest, &[]));
        self.bytes.extend_from_slice(taken);
        self.rest = rest;
    }

    fn insert(&mut self, text: &'a [u8]) {
        self.bytes.extend_from_slice(text);
        self.note_edit();
    }

    fn drop_bytes(&mut self, count: usize) {
        self.rest = self.rest.get(count..).unwrap_or_default();
        self.note_edit();
    }

    fn note_edit(&mut self) {
        self.edits.push((self.bytes.len(), self.length - self.rest.len()));
    }
}

/// The length of the string at the start, including its quotes; all that is left if it does not end.
fn end_of_string(text: &[u8]) -> usize {
    let mut escaped = false;
    for (index, byte) in text.iter().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return index + 1,
            _ => {}
        }
    }
    text.len()
}

/// The position of the `""` that ends a key; escapes are skipped.
fn end_of_doubled(text: &[u8]) -> Option<usize> {
    let mut escaped = false;
    for (index, byte) in text.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => {
                let after = text.get(index..)?.strip_prefix(b"\"\"")?;
                return starts_with_colon(after).then_some(index);
            }
            _ => {}
        }
    }
    None
}

fn starts_with_colon(text: &[u8]) -> bool {
    text.trim_ascii_start().first() == Some(&b':')
}
