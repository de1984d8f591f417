//! `--locked`: refuses an API that is not the one of the last run, in the words of the API.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::changes::ChangeKind;
use super::renames::kind;
use super::stored::Renewal;
use crate::Error;

/// The changes that a message names; the others are counted.
const NAMED: usize = 3;

/// Refuses what differs from the run that wrote the manifest with the names `locked`, or from the stored document. `operations` are the
/// .NET names of the requests.
///
/// # Errors
///
/// When something was added, removed or renamed.
pub fn refuse_changes(
    locked: Option<&BTreeMap<String, String>>,
    names: &BTreeMap<String, String>,
    operations: &BTreeSet<&str>,
    renewal: Option<&Renewal>,
    output: &Path,
) -> Result<(), Error> {
    let Some(locked) = locked else {
        return Err(Error::document("--locked needs the manifest of an earlier run, and the output folder has none")
            .at(output.display().to_string())
            .help("run `evo-gen` once without --locked, and commit what it writes"));
    };
    let mut changes = renewal.map(changes_of_document).unwrap_or_default();
    if changes.is_empty() {
        changes = changes_of_names(locked, names, operations);
    }
    let changed_file = renewal.and_then(|renewal| renewal.changed().next());
    let message = match changed_file {
        _ if !changes.is_empty() => {
            let more = changes.len().saturating_sub(NAMED);
            changes.truncate(NAMED);
            let more = if more == 0 { String::new() } else { format!(", and {more} more") };
            format!("--locked refuses the document: {}{more}", changes.join(", "))
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

fn changes_of_document(renewal: &Renewal) -> Vec<String> {
    let changes = renewal.changes.iter().map(|change| {
        let verb = match change.kind {
            ChangeKind::Added => "was added",
            ChangeKind::Removed => "was removed",
            ChangeKind::Changed => "was changed",
        };
        format!("{} {} {verb}", change.what, change.name)
    });
    changes.collect()
}

fn changes_of_names(
    locked: &BTreeMap<String, String>,
    names: &BTreeMap<String, String>,
    operations: &BTreeSet<&str>,
) -> Vec<String> {
    let added = names.keys().filter(|key| !locked.contains_key(*key)).filter_map(|key| {
        let (what, name) = kind(key)?;
        let what = if what == "type" && operations.contains(name) { "operation" } else { what };
        (!is_inside(key, names, locked)).then(|| format!("{what} {name} was added"))
    });
    let removed = locked.keys().filter(|key| !names.contains_key(*key)).filter_map(|key| {
        let (what, name) = kind(key)?;
        // The manifest does not say which types are requests.
        let what = if what == "type" { "operation or type" } else { what };
        (!is_inside(key, locked, names)).then(|| format!("{what} {name} was removed"))
    });
    let renamed = locked.iter().filter_map(|(key, old)| {
        let new = names.get(key).filter(|new| *new != old)?;
        let (what, name) = kind(key)?;
        Some(format!("{what} {name} is called `{new}` and no longer `{old}`"))
    });
    added.chain(removed).chain(renamed).collect()
}

/// Whether a member, a variant or a module came with the type that only `there` has, and not `elsewhere`.
fn is_inside(key: &str, there: &BTreeMap<String, String>, elsewhere: &BTreeMap<String, String>) -> bool {
    match kind(key) {
        Some(("member" | "variant", name)) => name.rsplit_once('.').is_some_and(|(owner, _)| {
            let owner = format!("T:{owner}");
            there.contains_key(&owner) && !elsewhere.contains_key(&owner)
        }),
        // A module comes with its types.
        Some(("module", _)) => true,
        _ => false,
    }
}
