//! Writes an [`Api`](crate::api::Api) as Rust source text: a file for each module, or one file for all.
//!
//! Nothing is decided here. `items` has a file for each shape of code, `docs` writes documentation, `rust` spells and prints code.

mod docs;
mod files;
mod items;
mod rust;

use std::collections::{BTreeMap, BTreeSet};

pub use self::files::{emit, emit_single};

/// A name as documentation shows it: what looks like code is marked as such.
#[cfg(feature = "cli")]
pub(crate) fn documented(name: &str) -> String {
    docs::text::escape(name).join(" ")
}

/// Who may call an operation, as a sentence; `None` if everybody may.
#[cfg(feature = "cli")]
pub(crate) fn access(operation: &crate::api::Operation) -> Option<String> {
    docs::operations::access(&operation.access)
}

/// A description on one line, for a terminal.
#[cfg(feature = "cli")]
pub(crate) fn plain_line(text: &str) -> String {
    docs::text::plain_line(text)
}

/// What was generated, in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generated {
    /// The files, ordered by path.
    pub files: Vec<GeneratedFile>,
    /// Every name that was decided, for the manifest: .NET name to Rust name.
    pub names: BTreeMap<String, String>,
    /// The Cargo features of the modules, each with those that it needs, for the `Cargo.toml` of the crate.
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

/// What stands at the top of each file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Where the document came from: a URL without secrets, or a relative path.
    pub source: String,
    /// How to write the files again.
    pub command: String,
}
