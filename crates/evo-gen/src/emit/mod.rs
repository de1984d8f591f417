//! Emits an [`Api`](crate::api::Api) as Rust source code: a file for each module, or one file for all.
//!
//! All decisions were made by `lower`. `items` has a file for each kind of item, `docs` writes documentation, `rust` prints code.

mod docs;
mod files;
mod items;
mod rust;

use std::collections::{BTreeMap, BTreeSet};

pub use self::files::{emit, emit_single};

/// Returns a name as documentation shows it: anything that looks like code is marked as code.
#[cfg(feature = "cli")]
pub(crate) fn documented(name: &str) -> String {
    docs::text::escape(name).join(" ")
}

/// Returns a sentence about who may call an operation, or `None` if everybody may.
#[cfg(feature = "cli")]
pub(crate) fn access(operation: &crate::api::Operation) -> Option<String> {
    docs::operations::access(&operation.access)
}

/// Returns a description on one line, for a terminal.
#[cfg(feature = "cli")]
pub(crate) fn plain_line(text: &str) -> String {
    docs::text::plain_line(text)
}

/// The generated code, in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generated {
    /// The files, ordered by path.
    pub files: Vec<GeneratedFile>,
    /// Every name that was chosen, for the manifest: .NET name to Rust name.
    pub names: BTreeMap<String, String>,
    /// The Cargo features of the modules, each with the features that it enables, for the `Cargo.toml` of the crate.
    pub features: BTreeMap<String, BTreeSet<String>>,
}

/// One file of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratedFile {
    /// The path below the output folder, with `/` between its parts.
    pub path: String,
    /// The text, with `\n` at line ends.
    pub text: String,
}

/// The comment at the top of each file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Where the document came from: a URL without secrets, or a relative path.
    pub source: String,
    /// The command that regenerates the files.
    pub command: String,
}
