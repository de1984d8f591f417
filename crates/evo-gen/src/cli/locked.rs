//! `--locked`: rejects an API that differs from that of the last run.

use std::path::Path;

use super::diff::words;
use super::report::list_first;
use super::stored::Renewal;
use crate::Error;
use crate::diff::Diff;

/// The number of changes that a message lists; the rest are counted.
const NAMED: usize = 3;

/// Fails if there are changes since the run that wrote the manifest, or since the stored document. `is_locked` indicates whether there is a
/// manifest.
///
/// # Errors
///
/// Fails if something was added, removed, renamed or changed.
pub fn reject_changes(is_locked: bool, diff: &Diff, renewal: Option<&Renewal>, output: &Path) -> Result<(), Error> {
    if !is_locked {
        return Err(Error::document("--locked needs the manifest of an earlier run, and the output folder has none")
            .at(output.display().to_string())
            .help("run `evo-gen` once without --locked, and commit what it writes"));
    }
    let changed_file = renewal.and_then(|renewal| renewal.changed().next());
    let changes = &diff.changes;
    let message = match changed_file {
        _ if !changes.is_empty() => {
            let headlines: Vec<String> = changes.iter().map(words::headline).collect();
            let named = list_first(headlines.iter().map(String::as_str), NAMED, ", and ");
            format!("--locked refuses the document: {named}")
        }
        Some(file) => {
            format!("--locked refuses the document: the API is the same, but {} would change", file.path.display())
        }
        None => return Ok(()),
    };
    Err(Error::document(message)
        .at(output.display().to_string())
        .help("to accept the change, run `evo-gen` without --locked, and commit what it writes"))
}
