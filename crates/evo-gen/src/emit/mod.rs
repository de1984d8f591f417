//! [`Api`](crate::api::Api) becomes Rust source text.

/// What was generated, in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generated {
    /// The files, ordered by path.
    pub files: Vec<GeneratedFile>,
    /// Every name that was decided, for the manifest: .NET name to Rust name.
    pub names: std::collections::BTreeMap<String, String>,
}

/// One file of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratedFile {
    /// The path below the output folder, with `/` between its parts.
    pub path: String,
    /// The text, with `\n` at line ends.
    pub text: String,
}
