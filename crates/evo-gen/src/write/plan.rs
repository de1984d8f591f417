//! What a run would do to the output folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::Error;
use crate::emit::{Generated, GeneratedFile};

use super::content;
use super::disk::Found;
use super::manifest::{MANIFEST_FILE, Manifest, read_manifest};
use super::{Options, disk, paths};

/// What a run would do to the output folder, file by file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a plan changes nothing until it is applied"]
pub struct Plan {
    pub(super) root: PathBuf,
    pub(super) options: Options,
    /// Ordered by path, the manifest among them.
    pub(super) files: Vec<PlannedFile>,
}

/// What a run would do to one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedFile {
    pub(super) path: String,
    pub(super) action: Action,
    pub(super) conflict: Option<Conflict>,
    pub(super) old: Option<Vec<u8>>,
    pub(super) new: Option<String>,
}

/// What happens to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// There is no such file yet.
    Create,
    /// The file on disk holds something else.
    Change,
    /// The file on disk holds the same, perhaps with other line ends; it is not touched.
    Keep,
    /// An earlier run wrote the file, and it is no longer part of the output.
    Delete,
}

/// Why a file must not be overwritten or deleted without force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Conflict {
    /// The file is ours, but does not hold what an earlier run wrote.
    Edited,
    /// The file is not in the manifest.
    NotOurs,
}

impl Plan {
    /// The files, ordered by path, the manifest among them.
    #[must_use]
    pub fn files(&self) -> &[PlannedFile] {
        &self.files
    }

    /// Whether the output folder already holds what was generated.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.files.iter().all(|file| file.action == Action::Keep)
    }

    /// The files that were edited by hand or were never ours, and that would be overwritten or deleted.
    pub fn conflicts(&self) -> impl Iterator<Item = (&PlannedFile, Conflict)> {
        self.files.iter().filter_map(|file| Some((file, file.conflict?)))
    }
}

impl PlannedFile {
    /// The path below the output folder, with `/` between its parts.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What happens to the file.
    #[must_use]
    pub fn action(&self) -> Action {
        self.action
    }

    /// Why that needs force.
    #[must_use]
    pub fn conflict(&self) -> Option<Conflict> {
        self.conflict
    }

    /// What is on disk, as it was read.
    #[must_use]
    pub fn old_bytes(&self) -> Option<&[u8]> {
        self.old.as_deref()
    }

    /// What was generated; `None` for a file to delete.
    #[must_use]
    pub fn new_text(&self) -> Option<&str> {
        self.new.as_deref()
    }
}

pub(super) fn compare(generated: &Generated, root: &Path, options: Options) -> Result<Plan, Error> {
    let root = if root.as_os_str().is_empty() { Path::new(".") } else { root };
    paths::check_paths(generated.files.iter().map(|file| file.path.as_str()))?;
    disk::check_root(root)?;
    let earlier = read_manifest(root)?;
    let ours = earlier.as_ref().map(|manifest| manifest.files.clone()).unwrap_or_default();

    let mut hashes = BTreeMap::new();
    let mut files = Vec::with_capacity(generated.files.len() + 1);
    for file in &generated.files {
        files.push(generated_file(root, file, ours.get(&file.path))?);
        hashes.insert(file.path.clone(), content::hash(file.text.as_bytes()));
    }
    let by_lower_case: BTreeMap<String, &str> =
        hashes.keys().map(|path| (path.to_lowercase(), path.as_str())).collect();
    for (path, hash) in ours.iter().filter(|(path, _)| !hashes.contains_key(*path)) {
        let other = by_lower_case.get(&path.to_lowercase());
        let still_needed = other.is_some_and(|other| same_file(root, path, other));
        if !still_needed && let Some(file) = stale_file(root, path, hash)? {
            files.push(file);
        }
    }
    files.push(manifest_file(root, earlier.as_ref(), &Manifest::new(hashes, generated.names.clone()))?);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Plan { root: root.to_path_buf(), options, files })
}

fn generated_file(root: &Path, file: &GeneratedFile, ours: Option<&String>) -> Result<PlannedFile, Error> {
    let old = disk::read_below(root, &file.path)?;
    let (action, conflict) = match &old {
        None => (Action::Create, None),
        Some(bytes) if content::is_same(bytes, file.text.as_bytes()) => (Action::Keep, None),
        Some(bytes) => match ours {
            Some(ours) if content::hash(bytes) == *ours => (Action::Change, None),
            Some(_) => (Action::Change, Some(Conflict::Edited)),
            None => (Action::Change, Some(Conflict::NotOurs)),
        },
    };
    Ok(PlannedFile { path: file.path.clone(), action, conflict, old, new: Some(file.text.clone()) })
}

/// A file that an earlier run wrote and this one would not. `None` when it is gone, also when something that is no plain
/// file took its place: that is not ours to delete.
fn stale_file(root: &Path, path: &str, ours: &str) -> Result<Option<PlannedFile>, Error> {
    if !matches!(disk::find(root, path)?, Found::File(_)) {
        return Ok(None);
    }
    let Some(bytes) = disk::read_below(root, path)? else { return Ok(None) };
    let conflict = (content::hash(&bytes) != ours).then_some(Conflict::Edited);
    Ok(Some(PlannedFile { path: path.to_owned(), action: Action::Delete, conflict, old: Some(bytes), new: None }))
}

/// The manifest is compared by what it says: an editor may have laid it out anew.
fn manifest_file(root: &Path, earlier: Option<&Manifest>, manifest: &Manifest) -> Result<PlannedFile, Error> {
    let action = match earlier {
        None => Action::Create,
        Some(earlier) if earlier == manifest => Action::Keep,
        Some(_) => Action::Change,
    };
    let old = disk::read_below(root, MANIFEST_FILE)?;
    let new = Some(manifest.to_text()?);
    Ok(PlannedFile { path: MANIFEST_FILE.to_owned(), action, conflict: None, old, new })
}

/// Whether two paths that differ by case lead to one file, which then is not stale.
fn same_file(root: &Path, path: &str, other: &str) -> bool {
    fs::canonicalize(root.join(path)).is_ok_and(|file| fs::canonicalize(root.join(other)).is_ok_and(|o| o == file))
}
