//! Reads a [`Document`] from a URL, a file or standard input.
//!
//! | module | what it does |
//! |---|---|
//! | `encoding` | decodes UTF-8 and UTF-16 |
//! | `recognise` | finds out which document a text is, and what to say if it is another one |
//! | `html` | reads the page that a service shows to browsers |
//! | `file` | reads files, standard input, and the facts stored beside a document |
//! | `http` | asks services |
//! | `target`, `endpoints` | understand the URL that a user gives |
//! | `access` | credentials, and the certificates that are trusted |
//! | `explain` | says what a failed request means |
//! | `origin` | names a source in generated files |

use std::time::Duration;

#[cfg(feature = "http")]
mod access;
mod encoding;
mod endpoints;
#[cfg(feature = "http")]
mod explain;
mod file;
mod html;
#[cfg(feature = "http")]
mod http;
mod origin;
mod recognise;
#[cfg(feature = "http")]
mod target;

#[cfg(feature = "http")]
pub use self::access::Access;
pub use self::file::{facts_path, read_file, read_standard_input};
#[cfg(feature = "http")]
pub use self::http::fetch;
pub use self::origin::Origin;

use crate::diagnostics::Diagnostics;
use crate::error::Error;
use crate::facts::Facts;

/// The code of the remark that the facts of a service are not known.
pub const FACTS_UNKNOWN: &str = "EVO0001";

/// The metadata of a service, as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The metadata of types and operations (`/types/metadata`), with its own keys in their own order.
    pub types: serde_json::Value,
    /// The facts of the service (`/metadata/app.json`), if they could be read.
    pub facts: Option<Facts>,
    /// Where the document comes from.
    pub origin: Origin,
    /// Remarks about reading it. Their pointers hold what was read: a URL or a path.
    pub remarks: Diagnostics,
}

impl Document {
    /// Returns the text to store for [`Document::types`]: pretty-printed in its own order, with a line end.
    #[must_use]
    pub fn stored_types(&self) -> String {
        format!("{:#}\n", self.types)
    }

    /// Returns the text to store beside it as [`facts_path`]; `None` if the facts are not known.
    #[must_use]
    pub fn stored_facts(&self) -> Option<String> {
        self.facts.as_ref().map(Facts::to_stored)
    }
}

/// Limits for reading a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The size of one document, in bytes.
    pub bytes: u64,
    /// The time for all requests of one run together.
    pub time: Duration,
    /// The redirects that are followed for one document.
    pub redirects: u8,
}

impl Default for Limits {
    /// 64 MiB, 30 seconds, 5 redirects.
    fn default() -> Self {
        Self { bytes: 64 * 1024 * 1024, time: Duration::from_secs(30), redirects: 5 }
    }
}

impl Limits {
    /// The refusal of a document that is too large.
    fn exceeded(&self) -> Refusal {
        let size = match self.bytes / (1024 * 1024) {
            0 => format!("{} bytes", self.bytes),
            mebibytes => format!("{mebibytes} MiB"),
        };
        Refusal::new(
            format!("the document is larger than {size}"),
            "metadata is a few megabytes at most: check that this is /types/metadata.json of the service",
        )
    }
}

/// Why bytes are not a document: the part of an error that does not depend on where they come from.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Refusal {
    message: String,
    help: String,
    /// The line and the column, if a place in the text is wrong.
    position: Option<(usize, usize)>,
}

impl Refusal {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into(), position: None }
    }

    /// The message with the position, for a text that is in no file.
    fn located(&self) -> String {
        match self.position {
            Some((line, column)) => format!("{} (line {line}, column {column})", self.message),
            None => self.message.clone(),
        }
    }

    /// The error of a server that gave no document.
    fn at(self, place: &str) -> Error {
        Error::source(self.located()).at(place).help(self.help)
    }

    /// The error of a file that is not a document.
    fn of_document(self, place: &str) -> Error {
        let place = match self.position {
            Some((line, column)) => format!("{place}:{line}:{column}"),
            None => place.to_owned(),
        };
        Error::document(self.message).coded("EVO0006").at(place).help(self.help)
    }
}
