//! Why a value could not be read, and where.

use std::fmt;

/// How many bytes of a document are kept on either side of the place where it could not be read.
const AROUND: usize = 24;

/// A value that could not be read: why, and the path to it.
///
/// One pointer wide: every value that is read returns a result.
#[derive(Clone, PartialEq, Eq)]
pub struct ReadError(Box<Inner>);

#[derive(Clone, PartialEq, Eq, Default)]
struct Inner {
    message: String,
    /// Innermost segment first, as it is found while the error travels outwards.
    path: Vec<Segment>,
    offset: Option<usize>,
    near: Option<String>,
    cause: Cause,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Cause {
    /// A value does not fit.
    #[default]
    Value,
    /// The document is not in its format.
    Document,
    /// The same, known to a serde format, whose error [`bridge`](super::bridge) holds.
    Format,
}

/// One step of the path to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// A member of a record or a key of a map.
    Member(String),
    /// An item of a list, counted from 0.
    Item(usize),
}

impl ReadError {
    /// An error at this very value.
    pub fn new(message: impl Into<String>) -> Self {
        Self(Box::new(Inner { message: message.into(), ..Inner::default() }))
    }

    /// A document that is not in its format.
    pub(super) fn broken(message: impl Into<String>, offset: usize) -> Self {
        let (message, offset) = (message.into(), Some(offset));
        Self(Box::new(Inner { message, offset, cause: Cause::Document, ..Inner::default() }))
    }

    /// The mark that a serde format failed; [`bridge`](super::bridge) holds the format's error.
    pub(super) fn from_format(path: Vec<Segment>) -> Self {
        Self(Box::new(Inner { path, cause: Cause::Format, ..Inner::default() }))
    }

    /// An error with its path, innermost segment first.
    pub(super) fn with_path(message: String, path: Vec<Segment>) -> Self {
        Self(Box::new(Inner { message, path, ..Inner::default() }))
    }

    /// The same error with this message in place of its own.
    pub(super) fn saying(mut self, message: impl Into<String>, offset: usize) -> Self {
        self.0.message = message.into();
        self.0.offset = Some(offset);
        self
    }

    /// Names the place in the document, unless a place further inside is named already.
    pub(crate) fn at(mut self, offset: usize) -> Self {
        self.0.offset.get_or_insert(offset);
        self
    }

    /// Translates the offset into one of the document that was received, and keeps the bytes around it.
    pub(super) fn in_document(mut self, document: &[u8], original: impl Fn(usize) -> usize) -> Self {
        if let Some(offset) = &mut self.0.offset {
            *offset = original(*offset).min(document.len());
            let around = offset.saturating_sub(AROUND)..offset.saturating_add(AROUND).min(document.len());
            self.0.near = document.get(around).map(|near| String::from_utf8_lossy(near).into_owned());
        }
        self
    }

    /// Moves the place by so many bytes: the document is a part of a larger one.
    pub(crate) fn after(mut self, bytes: usize) -> Self {
        self.0.offset = self.0.offset.map(|offset| offset.saturating_add(bytes));
        self
    }

    /// Whether this very value is a list and should be none.
    pub(super) fn is_unexpected_list(&self) -> bool {
        self.0.path.is_empty() && self.0.message.ends_with("found a list")
    }

    /// The same error, with more to its message.
    pub(super) fn adding(mut self, more: &str) -> Self {
        self.0.message.push_str(": ");
        self.0.message.push_str(more);
        self
    }

    /// Whether the document is not in its format, rather than a value that does not fit.
    pub(crate) fn is_broken(&self) -> bool {
        self.0.cause == Cause::Document
    }

    pub(super) fn into_path(self) -> Vec<Segment> {
        self.0.path
    }

    /// The same error, seen from the list or record around it.
    #[must_use]
    pub fn within(mut self, segment: Segment) -> Self {
        self.0.path.push(segment);
        self
    }

    /// What was wrong, without the place.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The path to the value from the outermost one, as `items[3].made`; empty at the outermost value itself.
    #[must_use]
    pub fn path(&self) -> String {
        path_text(&self.0.path)
    }

    /// The offset of the byte in the document at which the value that could not be read begins, if it is known.
    #[must_use]
    pub fn offset(&self) -> Option<usize> {
        self.0.offset
    }

    /// The bytes of the document around [`offset`](Self::offset), which may be confidential: no other text of the error shows them.
    #[must_use]
    pub fn near(&self) -> Option<&str> {
        self.0.near.as_deref()
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.path.is_empty() {
            write!(f, "{}: ", self.path())?;
        }
        f.write_str(&self.0.message)?;
        match self.0.offset {
            Some(offset) => write!(f, ", at byte {offset}"),
            None => Ok(()),
        }
    }
}

/// Without the bytes of the document.
impl fmt::Debug for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReadError({:?})", self.to_string())
    }
}

impl std::error::Error for ReadError {}

/// Spells a path that was collected from the inside out.
pub(super) fn path_text(innermost_first: &[Segment]) -> String {
    let mut text = String::new();
    for segment in innermost_first.iter().rev() {
        match segment {
            Segment::Member(name) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(name);
            }
            Segment::Item(index) => {
                text.push('[');
                text.push_str(&index.to_string());
                text.push(']');
            }
        }
    }
    text
}
