//! Why a value could not be read, and where.

use std::fmt;

/// How many bytes of a document are kept on either side of the offset of an error.
const AROUND: usize = 24;

/// The error of a value that could not be read: the reason, and the path to the value.
///
/// One pointer wide, because every read of a value returns a result.
#[derive(Clone, PartialEq, Eq)]
pub struct ReadError(Box<Inner>);

#[derive(Clone, PartialEq, Eq, Default)]
struct Inner {
    message: String,
    /// Innermost segment first, in the order in which the error propagates outwards.
    path: Vec<Segment>,
    offset: Option<usize>,
    near: Option<String>,
    cause: Cause,
}

/// The kind of error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Cause {
    /// A value does not fit its type.
    #[default]
    Value,
    /// The document is malformed.
    Document,
    /// A serde format failed; [`bridge`](super::bridge) holds its error.
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
    /// Creates an error about the value itself.
    pub fn new(message: impl Into<String>) -> Self {
        Self(Box::new(Inner { message: message.into(), ..Inner::default() }))
    }

    /// Creates an error about a malformed document.
    pub(super) fn broken(message: impl Into<String>, offset: usize) -> Self {
        let (message, offset) = (message.into(), Some(offset));
        Self(Box::new(Inner { message, offset, cause: Cause::Document, ..Inner::default() }))
    }

    /// Marks the failure of a serde format; [`bridge`](super::bridge) holds the format's error.
    pub(super) fn from_format(path: Vec<Segment>) -> Self {
        Self(Box::new(Inner { path, cause: Cause::Format, ..Inner::default() }))
    }

    /// Creates an error with its path, innermost segment first.
    pub(super) fn with_path(message: String, path: Vec<Segment>) -> Self {
        Self(Box::new(Inner { message, path, ..Inner::default() }))
    }

    /// Replaces the message and the offset.
    pub(super) fn with_message(mut self, message: impl Into<String>, offset: usize) -> Self {
        self.0.message = message.into();
        self.0.offset = Some(offset);
        self
    }

    /// Sets the offset in the document, unless a more deeply nested value has already set it.
    pub(crate) fn at(mut self, offset: usize) -> Self {
        self.0.offset.get_or_insert(offset);
        self
    }

    /// Translates the offset into one of the received document, and keeps the bytes around it.
    pub(super) fn in_document(mut self, document: &[u8], original: impl Fn(usize) -> usize) -> Self {
        if let Some(offset) = &mut self.0.offset {
            *offset = original(*offset).min(document.len());
            let around = offset.saturating_sub(AROUND)..offset.saturating_add(AROUND).min(document.len());
            self.0.near = document.get(around).map(|near| String::from_utf8_lossy(near).into_owned());
        }
        self
    }

    /// Shifts the offset by a number of bytes: the document is part of a larger one.
    pub(crate) fn after(mut self, bytes: usize) -> Self {
        self.0.offset = self.0.offset.map(|offset| offset.saturating_add(bytes));
        self
    }

    /// Whether the value itself is a list where none was expected.
    pub(super) fn is_unexpected_list(&self) -> bool {
        self.0.path.is_empty() && self.0.message.ends_with("found a list")
    }

    /// Appends to the message.
    pub(super) fn with_detail(mut self, more: &str) -> Self {
        self.0.message.push_str(": ");
        self.0.message.push_str(more);
        self
    }

    /// Whether the document is malformed, as opposed to a value that does not fit.
    pub(crate) fn is_broken(&self) -> bool {
        self.0.cause == Cause::Document
    }

    pub(super) fn into_path(self) -> Vec<Segment> {
        self.0.path
    }

    /// Adds the segment of the enclosing list, map or record to the path.
    #[must_use]
    pub fn within(mut self, segment: Segment) -> Self {
        self.0.path.push(segment);
        self
    }

    /// Returns what went wrong, without the location.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Returns the path to the value from the outermost one, such as `items[3].made`; empty for the outermost value itself.
    #[must_use]
    pub fn path(&self) -> String {
        path_text(&self.0.path)
    }

    /// Returns the byte offset in the document where the value that could not be read begins, if known.
    #[must_use]
    pub fn offset(&self) -> Option<usize> {
        self.0.offset
    }

    /// Returns the bytes of the document around [`offset`](Self::offset). They may be confidential: neither `Display` nor `Debug` shows
    /// them.
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

/// Does not show the bytes of the document.
impl fmt::Debug for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReadError({:?})", self.to_string())
    }
}

impl std::error::Error for ReadError {}

/// Formats a path that was collected from the inside out.
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
