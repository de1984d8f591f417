//! Bytes in: a URL, a file or standard input becomes a [`Document`].
//!
//! | module | what it knows |
//! |---|---|
//! | `encoding` | UTF-8 and UTF-16 |
//! | `recognise` | which document a text is, and what to say when it is another |
//! | `html` | the page that a service shows to browsers |
//! | `file` | files, standard input, and the facts stored beside a document |
//! | `http` | services |
//! | `origin` | how a source is named in generated files |

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

/// What a service says about itself, as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The metadata of types and operations (`/types/metadata`), with its own keys in their own order.
    pub types: serde_json::Value,
    /// The facts of the service (`/metadata/app.json`), where they could be had.
    pub facts: Option<Facts>,
    /// Where the document comes from.
    pub origin: Origin,
    /// What is to be said about the way it was read. A pointer holds the place that was asked: a URL or a path.
    pub remarks: Diagnostics,
}

impl Document {
    /// The text to store for [`Document::types`]: pretty-printed in its own order, with a line end.
    #[must_use]
    pub fn stored_types(&self) -> String {
        format!("{:#}\n", self.types)
    }

    /// The text to store beside it as [`facts_path`]; nothing when the facts are not known.
    #[must_use]
    pub fn stored_facts(&self) -> Option<String> {
        self.facts.as_ref().map(Facts::to_stored)
    }
}

/// How much a source may give, and how long it may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The size of one document, in bytes.
    pub bytes: u64,
    /// The time for everything that is fetched in one run.
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
    /// What is said about a document that is too large.
    fn exceeded(&self) -> Refusal {
        let size = match self.bytes / (1024 * 1024) {
            0 => format!("{} bytes", self.bytes),
            mebibytes => format!("{mebibytes} MiB"),
        };
        Refusal {
            message: format!("the document is larger than {size}"),
            help: "metadata is a few megabytes at most: check that this is /types/metadata.json of the service"
                .to_owned(),
        }
    }
}

/// Why bytes are not a document: the part of an error that does not depend on where they come from.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Refusal {
    message: String,
    help: String,
}

impl Refusal {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }

    /// The source gave no document.
    fn at(self, place: &str) -> Error {
        Error::source(self.message).at(place).help(self.help)
    }

    /// The source gave something, and it is no document.
    fn of_document(self, place: &str) -> Error {
        Error::document(self.message).coded("EVO0006").at(place).help(self.help)
    }
}
