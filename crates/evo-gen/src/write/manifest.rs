//! `.evo-gen.json`: which files of the output folder are ours, and which names were decided.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::Error;

use super::{disk, paths};

/// The name of the manifest in the output folder.
pub const MANIFEST_FILE: &str = ".evo-gen.json";

/// The form of the manifest and of its hashes that this version reads and writes.
const FORMAT: u32 = 1;

/// What an earlier run wrote down about its output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Manifest {
    /// The form of the manifest and of its hashes.
    pub format: u32,
    /// The version of evo-gen that wrote the output.
    pub generator: String,
    /// Our files: the path below the output folder, with `/` between its parts, and `sha256:` with the hash of the file,
    /// taken with `\n` at line ends.
    pub files: BTreeMap<String, String>,
    /// Every name that was decided: .NET name to Rust name.
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
        // First of all, because a manifest of another format may differ in everything else.
        match members.get("format").and_then(serde_json::Value::as_u64) {
            None => return Err("it does not say its format".into()),
            Some(format) if format != u64::from(FORMAT) => {
                return Err(format!("it has format {format}, this version of evo-gen reads format {FORMAT}").into());
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

/// Reads the manifest of an earlier run, or `None` when `out_dir` has none.
///
/// # Errors
///
/// When it cannot be read, is not a manifest, or was written by a version of evo-gen with another format.
pub fn read_manifest(out_dir: impl AsRef<Path>) -> Result<Option<Manifest>, Error> {
    let out_dir = out_dir.as_ref();
    let Some(bytes) = disk::read_below(out_dir, MANIFEST_FILE)? else { return Ok(None) };
    let manifest = Manifest::parse(&bytes).map_err(|error| {
        Error::write(format!("the manifest of the output folder cannot be used: {error}"))
            .at(out_dir.join(MANIFEST_FILE).display().to_string())
            .help(
                "restore it from version control (after a merge conflict, take either side), \
                 update evo-gen if a newer version wrote it, or delete it to decide all names anew",
            )
    })?;
    Ok(Some(manifest))
}
