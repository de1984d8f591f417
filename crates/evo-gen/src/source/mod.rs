//! Bytes in: a URL, a file or standard input becomes a [`Document`].

use std::path::PathBuf;

/// What a service says about itself, as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The metadata of types and operations (`/types/metadata`).
    pub types: serde_json::Value,
    /// The facts of the service (`/metadata/app.json`), where they could be had.
    pub app: Option<serde_json::Value>,
    /// Where the document comes from.
    pub origin: Origin,
}

/// Where a document comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A URL, without user, password, query and fragment.
    Url(String),
    /// A file.
    File(PathBuf),
    /// Standard input.
    StandardInput,
}
