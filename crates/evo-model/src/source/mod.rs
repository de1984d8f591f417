//! Reads a [`Document`] from a URL, a file or standard input.
//!
//! | module | purpose |
//! |---|---|
//! | `encoding` | decodes UTF-8 and UTF-16 |
//! | `recognise` | detects the kind of a document and rejects unsupported ones |
//! | `html` | reads the page that a service returns to browsers |
//! | `file` | reads files, standard input, and the facts stored alongside a document |
//! | `http` | fetches documents over HTTP |
//! | `target`, `endpoints` | interpret the URL of a service |
//! | `access` | credentials and trusted certificates |
//! | `explain` | explains failed requests |
//! | `origin` | the label of a source in generated files |

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
#[cfg(feature = "http")]
pub use self::target::is_this_machine;

use crate::diagnostics::Diagnostics;
use crate::error::Error;
use crate::facts::Facts;

/// The code of the warning about missing facts.
pub const FACTS_UNKNOWN: &str = "EVO0001";

/// The unprocessed metadata of a service.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The metadata of types and operations (`/types/metadata`), with its original keys in their original order.
    pub types: serde_json::Value,
    /// The facts of the service (`/metadata/app.json`), if they could be read.
    pub facts: Option<Facts>,
    /// The source of the document.
    pub origin: Origin,
    /// Warnings from reading the document. Their `pointer` is the URL or path that was read.
    pub remarks: Diagnostics,
}

impl Document {
    /// Returns the string to store for [`Document::types`]: pretty-printed in the original order, with a trailing newline.
    #[must_use]
    pub fn stored_types(&self) -> String {
        format!("{:#}\n", self.types)
    }

    /// Returns the string to store at [`facts_path`], or `None` if the facts are unknown.
    #[must_use]
    pub fn stored_facts(&self) -> Option<String> {
        self.facts.as_ref().map(Facts::to_stored)
    }
}

/// Limits for reading a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The maximum size of a document, in bytes.
    pub bytes: u64,
    /// The maximum time for all requests of a run.
    pub time: Duration,
    /// The maximum number of redirects per document.
    pub redirects: u8,
}

impl Default for Limits {
    /// Returns limits of 64 MiB, 30 seconds and 5 redirects.
    fn default() -> Self {
        Self { bytes: 64 * 1024 * 1024, time: Duration::from_secs(30), redirects: 5 }
    }
}

impl Limits {
    /// Returns the error for a document that is too large.
    fn too_large(&self) -> Refusal {
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

/// An error about the content of a document, without its source.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Refusal {
    message: String,
    help: String,
    /// The line and column of the error, if known.
    position: Option<(usize, usize)>,
    /// Whether the service responded, but has no document at this address.
    is_wrong_address: bool,
}

impl Refusal {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into(), position: None, is_wrong_address: false }
    }

    /// Returns the message with the position, for input that is not a file.
    fn located(&self) -> String {
        match self.position {
            Some((line, column)) => format!("{} (line {line}, column {column})", self.message),
            None => self.message.clone(),
        }
    }

    /// Converts to an error for a server that returned no document.
    fn at(self, place: &str) -> Error {
        Error::source(self.located()).at(place).help(self.help)
    }

    /// Converts to an error for a file that is not a document.
    fn into_document_error(self, place: &str) -> Error {
        let place = match self.position {
            Some((line, column)) => format!("{place}:{line}:{column}"),
            None => place.to_owned(),
        };
        Error::document(self.message).coded("EVO0006").at(place).help(self.help)
    }
}
