//! Plans the changes to the output folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::Error;
use crate::emit::{Generated, GeneratedFile};

use super::content;
use super::disk::Entry;
use super::manifest::{MANIFEST_FILE, Manifest, read_manifest};
use super::{Options, disk, paths};

/// The changes that a run would make to the output folder, file by file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a plan changes nothing until it is applied"]
pub struct Plan {
    pub(super) root: PathBuf,
    pub(super) options: Options,
    /// Sorted by path; includes the manifest.
    pub(super) files: Vec<PlannedFile>,
}

/// The change that a run would make to one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedFile {
    pub(super) path: String,
    pub(super) action: Action,
    pub(super) conflict: Option<Conflict>,
    pub(super) old: Option<Vec<u8>>,
    pub(super) new: Option<String>,
}

/// The kind of change to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// The file does not exist yet.
    Create,
    /// The file on disk has different content.
    Change,
    /// The file on disk is up to date, ignoring line endings. It is not touched.
    Keep,
    /// An earlier run wrote the file, but it is no longer generated.
    Delete,
}

/// The reason why a file is not overwritten or deleted unless [`Options::force`] is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Conflict {
    /// The file was edited since evo-gen wrote it.
    Edited,
    /// The file is not in the manifest.
    Foreign,
}

impl Plan {
    /// Returns the files, sorted by path, including the manifest.
    #[must_use]
    pub fn files(&self) -> &[PlannedFile] {
        &self.files
    }

    /// Whether the output folder is up to date.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.files.iter().all(|file| file.action == Action::Keep)
    }

    /// Returns the files that would be overwritten or deleted although they were edited by hand or not written by evo-gen.
    pub fn conflicts(&self) -> impl Iterator<Item = (&PlannedFile, Conflict)> {
        self.files.iter().filter_map(|file| Some((file, file.conflict?)))
    }
}

impl PlannedFile {
    /// Returns the path below the output folder, separated by `/`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the kind of change.
    #[must_use]
    pub fn action(&self) -> Action {
        self.action
    }

    /// Returns the reason why the change needs [`Options::force`], if it does.
    #[must_use]
    pub fn conflict(&self) -> Option<Conflict> {
        self.conflict
    }

    /// Returns the current bytes of the file on disk.
    #[must_use]
    pub fn old_bytes(&self) -> Option<&[u8]> {
        self.old.as_deref()
    }

    /// Returns the generated text, or `None` if the file is to be deleted.
    #[must_use]
    pub fn new_text(&self) -> Option<&str> {
        self.new.as_deref()
    }
}

pub(super) fn compare(generated: &Generated, root: &Path, options: Options) -> Result<Plan, Error> {
    let root = if root.as_os_str().is_empty() { Path::new(".") } else { root };
    paths::check_paths(generated.files.iter().map(|file| file.path.as_str()))?;
    let earlier = read_manifest(root)?;
    let recorded = earlier.as_ref().map(|manifest| manifest.files.clone()).unwrap_or_default();

    let mut hashes = BTreeMap::new();
    let mut files = Vec::with_capacity(generated.files.len() + 1);
    for file in &generated.files {
        files.push(generated_file(root, file, recorded.get(&file.path))?);
        hashes.insert(file.path.clone(), content::hash(file.text.as_bytes()));
    }
    let by_lower_case: BTreeMap<String, &str> =
        hashes.keys().map(|path| (path.to_lowercase(), path.as_str())).collect();
    for (path, hash) in recorded.iter().filter(|(path, _)| !hashes.contains_key(*path)) {
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

fn generated_file(root: &Path, file: &GeneratedFile, recorded: Option<&String>) -> Result<PlannedFile, Error> {
    let old = disk::read_below(root, &file.path)?;
    let (action, conflict) = match &old {
        None => (Action::Create, None),
        Some(bytes) if content::eq_ignoring_line_endings(bytes, file.text.as_bytes()) => (Action::Keep, None),
        Some(bytes) => match recorded {
            Some(recorded) if content::hash(bytes) == *recorded => (Action::Change, None),
            Some(_) => (Action::Change, Some(Conflict::Edited)),
            None => (Action::Change, Some(Conflict::Foreign)),
        },
    };
    Ok(PlannedFile { path: file.path.clone(), action, conflict, old, new: Some(file.text.clone()) })
}

/// Plans the deletion of a file that is no longer generated. Returns `None` if the file is gone or was replaced by
/// something that is not a regular file, which evo-gen must not delete.
fn stale_file(root: &Path, path: &str, recorded: &str) -> Result<Option<PlannedFile>, Error> {
    if !matches!(disk::find(root, path)?, Entry::File(_)) {
        return Ok(None);
    }
    let Some(bytes) = disk::read_below(root, path)? else { return Ok(None) };
    let conflict = (content::hash(&bytes) != recorded).then_some(Conflict::Edited);
    Ok(Some(PlannedFile { path: path.to_owned(), action: Action::Delete, conflict, old: Some(bytes), new: None }))
}

/// Plans the manifest. It is compared by value, because an editor may have reformatted it.
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

/// Whether two paths that differ in case refer to the same file, which is then not stale.
fn same_file(root: &Path, path: &str, other: &str) -> bool {
    fs::canonicalize(root.join(path)).is_ok_and(|file| fs::canonicalize(root.join(other)).is_ok_and(|o| o == file))
}
