//! What can go wrong, and where.

use std::fmt;
use std::io;

/// Why a document could not be read, or a value not be written.
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
    /// The document is well formed, but does not hold what the Rust type needs; or the type's own code refused the value.
    Data,
    /// The bytes are not UTF-8.
    InvalidUtf8,
    /// A text that began with `"` has no closing `"`.
    UnclosedQuote,
    /// A map has no closing `}`.
    UnclosedMap,
    /// A list has no closing `]`.
    UnclosedList,
    /// A name or key in a map has no `:` and value.
    MissingColon,
    /// Something other than `,` or the closing bracket follows a value.
    UnexpectedText,
    /// Something other than white space follows the document.
    TrailingText,
    /// Maps and lists are nested deeper than [`MAX_DEPTH`](crate::MAX_DEPTH).
    TooDeep,
    /// A map key that is neither text nor a number, a boolean or a plain enum variant.
    UnsupportedKey,
    /// The writer failed.
    Io,
}

impl ErrorKind {
    fn description(self) -> &'static str {
        match self {
            Self::Data => "the value does not fit the type",
            Self::InvalidUtf8 => "the document is not UTF-8",
            Self::UnclosedQuote => {
                "a quoted text is not closed: write `\"` after it, and `\"\"` for each `\"` inside it"
            }
            Self::UnclosedMap => "a map is not closed: expected `,` or `}`",
            Self::UnclosedList => "a list is not closed: expected `,` or `]`",
            Self::MissingColon => "expected `:` after the name or key",
            Self::UnexpectedText => "expected `,` or the closing bracket: quote a text that holds special characters",
            Self::TrailingText => "the document ends here, yet text follows",
            Self::TooDeep => "maps and lists are nested too deep",
            Self::UnsupportedKey => "a map key must be text, a number, a boolean or an enum variant without content",
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

    /// Names the place, unless a place further inside is named already.
    pub(crate) fn at(mut self, offset: usize) -> Self {
        self.offset.get_or_insert(offset);
        self
    }

    /// What kind of error this is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// What was wrong, without the place.
    #[must_use]
    pub fn message(&self) -> &str {
        self.message.as_deref().unwrap_or(self.kind.description())
    }

    /// Where in the document, in bytes from its beginning. For a value that does not fit: where the value begins. `None` when
    /// writing.
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
