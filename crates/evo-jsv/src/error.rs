//! Errors of serialization and deserialization.

use std::fmt;
use std::io;

/// An error of serialization or deserialization.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    offset: Option<usize>,
    message: Option<String>,
    source: Option<io::Error>,
}

/// A `Result` with this crate's [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// The kinds of [`Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The document is well formed, but does not match the Rust type, or the implementation of the type rejected the value.
    Data,
    /// The bytes are not UTF-8.
    InvalidUtf8,
    /// A string that begins with `"` has no closing `"`.
    UnclosedQuote,
    /// A map has no closing `}`.
    UnclosedMap,
    /// A list has no closing `]`.
    UnclosedList,
    /// A name or key in a map has no `:` and value.
    MissingColon,
    /// Text other than `,` or the closing bracket follows a value.
    UnexpectedText,
    /// Text other than white space follows the document.
    TrailingText,
    /// The nesting is deeper than [`MAX_DEPTH`](crate::MAX_DEPTH).
    TooDeep,
    /// A map key is not a string, number, boolean or unit variant.
    UnsupportedKey,
    /// The writer failed.
    Io,
}

impl ErrorKind {
    fn description(self) -> &'static str {
        match self {
            Self::Data => "the value does not match the type",
            Self::InvalidUtf8 => "the document is not UTF-8",
            Self::UnclosedQuote => {
                "a quoted text is not closed: add `\"` at its end, and write `\"\"` for each `\"` inside it"
            }
            Self::UnclosedMap => "a map is not closed: expected `,` or `}`",
            Self::UnclosedList => "a list is not closed: expected `,` or `]`",
            Self::MissingColon => "expected `:` after the name or key",
            Self::UnexpectedText => "expected `,` or the closing bracket: quote text that contains special characters",
            Self::TrailingText => "unexpected text after the end of the document",
            Self::TooDeep => "maps and lists are nested too deeply",
            Self::UnsupportedKey => "a map key must be a text, number, boolean or unit variant",
            Self::Io => "the writer failed",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.description())
    }
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, offset: usize) -> Self {
        Self { kind, offset: Some(offset), message: None, source: None }
    }

    pub(crate) fn unsupported_key() -> Self {
        Self { kind: ErrorKind::UnsupportedKey, offset: None, message: None, source: None }
    }

    pub(crate) fn data(message: impl fmt::Display) -> Self {
        Self { kind: ErrorKind::Data, offset: None, message: Some(message.to_string()), source: None }
    }

    /// Sets the offset, unless it is already set.
    pub(crate) fn at(mut self, offset: usize) -> Self {
        self.offset.get_or_insert(offset);
        self
    }

    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Returns the message without the offset.
    #[must_use]
    pub fn message(&self) -> &str {
        self.message.as_deref().unwrap_or(self.kind.description())
    }

    /// Returns the byte offset in the document, which is the start of the value if it does not match the type. `None` for serialization
    /// errors.
    #[must_use]
    pub fn offset(&self) -> Option<usize> {
        self.offset
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())?;
        match self.offset {
            Some(offset) => write!(f, " at byte {offset}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}

impl From<io::Error> for Error {
    fn from(source: io::Error) -> Self {
        Self { kind: ErrorKind::Io, offset: None, message: None, source: Some(source) }
    }
}

impl serde::ser::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::data(message)
    }
}

impl serde::de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::data(message)
    }
}
