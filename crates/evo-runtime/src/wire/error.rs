//! Why a value could not be read, and where.

use std::fmt;

/// A value that could not be read: why, and the path to it.
///
/// One pointer wide: every value that is read hands over a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError(Box<Inner>);

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Inner {
    message: String,
    /// Innermost segment first, as it is found while the error travels outwards.
    path: Vec<Segment>,
    /// The message is known to the format's own error, which carries the position.
    from_format: bool,
    /// Where in the document, for formats that have one.
    position: Option<Position>,
}

/// A place in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Position {
    offset: usize,
    /// The bytes around it.
    near: String,
}

impl Position {
    /// How many bytes are shown on either side.
    const AROUND: usize = 24;

    pub(crate) fn new(document: &[u8], offset: usize) -> Self {
        let start = offset.saturating_sub(Self::AROUND);
        let end = offset.saturating_add(Self::AROUND).min(document.len());
        let around = document.get(start..end).unwrap_or_default();
        Self { offset, near: String::from_utf8_lossy(around).into_owned() }
    }
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

    /// The mark that the format itself failed; [`bridge`](super::bridge) holds the format's error.
    pub(crate) fn from_format(path: Vec<Segment>) -> Self {
        Self(Box::new(Inner { path, from_format: true, ..Inner::default() }))
    }

    /// An error at a place in a document.
    pub(crate) fn at(message: String, path: Vec<Segment>, position: Position) -> Self {
        Self(Box::new(Inner { message, path, from_format: false, position: Some(position) }))
    }

    pub(crate) fn is_from_format(&self) -> bool {
        self.0.from_format
    }

    pub(crate) fn into_path(self) -> Vec<Segment> {
        self.0.path
    }

    /// The same error, seen from the list or record around it.
    #[must_use]
    pub fn within(mut self, segment: Segment) -> Self {
        self.0.path.push(segment);
        self
    }

    /// What was wrong, without the path.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The path to the value from the outermost one, as `items[3].made`; empty at the outermost value itself.
    #[must_use]
    pub fn path(&self) -> String {
        path_text(&self.0.path)
    }

    /// The offset of the byte in the document at which the error was noticed, where it is known.
    #[must_use]
    pub fn offset(&self) -> Option<usize> {
        self.0.position.as_ref().map(|position| position.offset)
    }

    /// The bytes of the document around [`offset`](Self::offset).
    #[must_use]
    pub fn near(&self) -> Option<&str> {
        self.0.position.as_ref().map(|position| position.near.as_str())
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.path.is_empty() {
            write!(f, "{}: ", self.path())?;
        }
        f.write_str(&self.0.message)?;
        match &self.0.position {
            Some(position) => write!(f, ", at byte {} near {:?}", position.offset, position.near),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ReadError {}

/// Spells a path that was collected from the inside out.
pub(crate) fn path_text(innermost_first: &[Segment]) -> String {
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

/// The first 60 characters of a text, for messages.
pub(crate) fn excerpt(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}...", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
