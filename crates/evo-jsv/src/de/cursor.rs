//! A cursor over the document that reads tokens.

use std::borrow::Cow;

use super::date_key::date_key_length;
use crate::error::{Error, ErrorKind, Result};

/// A position in a document. It is always at a character boundary, because tokens end at ASCII characters.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'de> {
    document: &'de str,
    position: usize,
}

impl<'de> Cursor<'de> {
    pub(super) fn new(document: &'de str) -> Self {
        Self { document, position: 0 }
    }

    pub(super) fn position(&self) -> usize {
        self.position
    }

    pub(super) fn rest(&self) -> &'de str {
        self.document.get(self.position..).unwrap_or_default()
    }

    /// Returns the text from an earlier position to the current one.
    pub(super) fn since(&self, start: usize) -> &'de str {
        self.document.get(start..self.position).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.document.as_bytes().get(self.position).copied()
    }

    pub(super) fn advance(&mut self, bytes: usize) {
        self.position += bytes;
    }

    pub(super) fn skip_blanks(&mut self) {
        self.position += blanks(self.rest());
    }

    /// Skips white space if a map or list follows; otherwise it is part of the value.
    pub(super) fn skip_blanks_before_bracket(&mut self) {
        let rest = self.rest();
        let blanks = blanks(rest);
        if matches!(rest.as_bytes().get(blanks), Some(b'{' | b'[')) {
            self.position += blanks;
        }
    }

    /// Reads the text up to the first byte that ends it, or up to the end of the document.
    pub(super) fn until(&mut self, ends: impl Fn(u8) -> bool) -> &'de str {
        let start = self.position;
        let rest = self.rest().as_bytes();
        self.position += rest.iter().position(|&byte| ends(byte)).unwrap_or(rest.len());
        self.since(start)
    }

    /// Reads a quoted string that begins here.
    pub(super) fn quoted(&mut self) -> Result<Cow<'de, str>> {
        let start = self.position;
        let mut end = start + 1;
        let mut has_doubled = false;
        loop {
            let Some(quote) = self.document.get(end..).and_then(|rest| rest.find('"')) else {
                return Err(Error::new(ErrorKind::UnclosedQuote, start));
            };
            end += quote;
            if self.document.as_bytes().get(end + 1) != Some(&b'"') {
                break;
            }
            has_doubled = true;
            end += 2;
        }
        self.position = end + 1;
        let text = self.document.get(start + 1..end).unwrap_or_default();
        Ok(if has_doubled { Cow::Owned(text.replace("\"\"", "\"")) } else { Cow::Borrowed(text) })
    }

    /// Reads the name or key of a pair in a map, and the colon after it.
    pub(super) fn key(&mut self) -> Result<Cow<'de, str>> {
        let key = if self.peek() == Some(b'"') {
            let key = self.quoted()?;
            self.skip_blanks();
            key
        } else if let Some(length) = date_key_length(self.rest()) {
            let start = self.position;
            self.advance(length);
            Cow::Borrowed(self.since(start))
        } else {
            // Writers quote a key that contains any of these.
            Cow::Borrowed(self.until(|byte| matches!(byte, b':' | b',' | b'{' | b'}' | b'[' | b'"')))
        };
        match self.peek() {
            Some(b':') => {
                self.advance(1);
                Ok(key)
            }
            Some(_) => Err(Error::new(ErrorKind::MissingColon, self.position)),
            None => Err(Error::new(ErrorKind::UnclosedMap, self.position)),
        }
    }
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t', '\r', '\n']).len()
}
