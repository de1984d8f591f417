//! The manifest `.evo-gen.json`: the files that evo-gen wrote, and the Rust names that it chose.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::Error;

use super::{disk, paths};

/// The name of the manifest in the output folder.
pub const MANIFEST_FILE: &str = ".evo-gen.json";

/// The format version of the manifest and its hashes.
const FORMAT: u32 = 1;

/// The record that a run keeps about its output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Manifest {
    /// The format version of the manifest and its hashes.
    pub format: u32,
    /// The version of evo-gen that wrote the output.
    pub generator: String,
    /// The files that evo-gen wrote. Maps each path below the output folder, separated by `/`, to `sha256:` and the hash of the file with
    /// `\n` line endings.
    pub files: BTreeMap<String, String>,
    /// The Rust name that was chosen for each .NET name.
    pub names: BTreeMap<String, String>,
}

impl Manifest {
    pub(super) fn new(files: BTreeMap<String, String>, names: BTreeMap<String, String>) -> Self {
        Self { format: FORMAT, generator: env!("CARGO_PKG_VERSION").to_owned(), files, names }
    }

    pub(super) fn to_text(&self) -> Result<String, Error> {
        let text = serde_json::to_string_pretty(self)
            .map_err(|error| Error::write("could not write the manifest as JSON").at(MANIFEST_FILE).caused_by(error))?;
        Ok(text + "\n")
    }

    fn parse(bytes: &[u8]) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let members: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(bytes)?;
        // Checked first, because everything else may differ between formats.
        match members.get("format").and_then(serde_json::Value::as_u64) {
            None => return Err("it has no `format`".into()),
            Some(format) if format != u64::from(FORMAT) => {
                return Err(format!("it has format {format}, but this version of evo-gen reads format {FORMAT}").into());
            }
            Some(_) => {}
        }
        let manifest: Self = serde_json::from_value(members.into())?;
        for path in manifest.files.keys() {
            paths::check_path(path).map_err(|reason| format!("the path `{path}` {reason}"))?;
        }
        Ok(manifest)
    }
}

/// Reads the manifest of an earlier run. Returns `None` if `out_dir` has none.
///
/// # Errors
///
/// Fails if the manifest cannot be read, is malformed, or has a format that this version of evo-gen does not support.
pub fn read_manifest(out_dir: impl AsRef<Path>) -> Result<Option<Manifest>, Error> {
    let out_dir = out_dir.as_ref();
    disk::check_root(out_dir)?;
    let Some(bytes) = disk::read_below(out_dir, MANIFEST_FILE)? else { return Ok(None) };
    let manifest = Manifest::parse(&bytes).map_err(|error| {
        Error::write(format!("the manifest of the output folder cannot be used: {error}"))
            .at(out_dir.join(MANIFEST_FILE).display().to_string())
            .help(
                "restore it from version control (after a merge conflict, take either side), \
                 update evo-gen if a newer version wrote it, or delete it to choose all names again",
            )
    })?;
    Ok(Some(manifest))
}
