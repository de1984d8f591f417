//! Applies a plan: stages every new file, then renames them all into place. If a step fails, the earlier files are restored.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::Error;

use super::disk::{self, NewFolders, unreadable, unwritable};
use super::manifest::MANIFEST_FILE;
use super::plan::{Action, Conflict, Plan, PlannedFile};

/// The number of files that a plan creates, changes, deletes and keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FileCounts {
    /// The number of files that did not exist before.
    pub created: usize,
    /// The number of files whose content changed.
    pub changed: usize,
    /// The number of files that were deleted.
    pub deleted: usize,
    /// The number of files that were up to date.
    pub unchanged: usize,
}

impl FileCounts {
    /// Returns the number of files that were created, changed or deleted.
    #[must_use]
    pub fn touched(&self) -> usize {
        self.created + self.changed + self.deleted
    }
}

impl fmt::Display for FileCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { created, changed, deleted, unchanged } = self;
        write!(f, "{created} created, {changed} changed, {deleted} deleted, {unchanged} unchanged")
    }
}

impl Plan {
    /// Returns the number of files that the plan creates, changes, deletes and keeps.
    #[must_use]
    pub fn count_files(&self) -> FileCounts {
        let count = |action| self.files.iter().filter(|file| file.action == action).count();
        FileCounts {
            created: count(Action::Create),
            changed: count(Action::Change),
            deleted: count(Action::Delete),
            unchanged: count(Action::Keep),
        }
    }

    /// Applies the plan. Unchanged files are not touched; the manifest is written last.
    ///
    /// Each file is replaced by a rename, so no other process sees a partly written file. If an error occurs, the files that
    /// were already replaced or deleted are restored.
    ///
    /// # Errors
    ///
    /// Fails if there are [conflicts](Plan::conflicts) and [`Options::force`](super::Options::force) is not set, if a file
    /// changed after the plan was made, or if a file cannot be written.
    pub fn apply(&self) -> Result<FileCounts, Error> {
        self.check_conflicts()?;
        disk::remove_leftovers_below(&self.root);
        // Dropped after `steps`, so that the folders contain no staged files when they are removed.
        let mut folders = NewFolders::default();
        let mut steps = self.steps()?;
        for step in &mut steps {
            step.prepare(&mut folders).map_err(|error| unwritable(&step.place, error))?;
        }
        commit(&mut steps)?;
        folders.keep();
        for step in steps.iter().filter(|step| step.file.action == Action::Delete) {
            remove_empty_folders(&self.root, &step.place);
        }
        Ok(self.count_files())
    }

    fn check_conflicts(&self) -> Result<(), Error> {
        if self.options.force || self.conflicts().next().is_none() {
            return Ok(());
        }
        let named: Vec<String> = self
            .conflicts()
            .map(|(file, conflict)| match (conflict, file.action) {
                (Conflict::Edited, Action::Delete) => format!("`{}` (edited by hand, no longer generated)", file.path),
                (Conflict::Edited, _) => format!("`{}` (edited by hand)", file.path),
                (Conflict::Foreign, _) => format!("`{}` (not written by evo-gen)", file.path),
            })
            .collect();
        Err(Error::write(format!("files are not as evo-gen left them: {}", named.join(", ")))
            .at(self.root.display().to_string())
            .help(
                "move the edits to a file outside of this folder, then run again with --force to replace these files",
            ))
    }

    /// Returns the files to write or delete, deletions first and the manifest last. Fails if a file changed since the
    /// comparison.
    fn steps(&self) -> Result<Vec<Step<'_>>, Error> {
        let mut steps = Vec::new();
        for file in self.files.iter().filter(|file| file.action != Action::Keep) {
            let place = self.root.join(&file.path);
            if disk::read_below(&self.root, &file.path)? != file.old {
                return Err(Error::write("a file changed while evo-gen was running")
                    .at(place.display().to_string())
                    .help("run again"));
            }
            let before = match &file.old {
                Some(_) => Some(fs::metadata(&place).map_err(|error| unreadable(&place, error))?),
                None => None,
            };
            steps.push(Step { file, place, before, prepared: None });
        }
        steps.sort_by_key(|step| (step.file.path == MANIFEST_FILE, step.file.action != Action::Delete));
        Ok(steps)
    }
}

/// One file to create, change or delete.
struct Step<'plan> {
    file: &'plan PlannedFile,
    place: PathBuf,
    before: Option<fs::Metadata>,
    prepared: Option<NamedTempFile>,
}

impl Step<'_> {
    /// Writes the new content to a temporary file in the same folder.
    fn prepare(&mut self, folders: &mut NewFolders) -> io::Result<()> {
        if let Some(text) = &self.file.new {
            if let Some(folder) = self.place.parent() {
                folders.create(folder)?;
            }
            self.prepared = Some(disk::stage(&self.place, text.as_bytes(), self.before.as_ref())?);
        }
        Ok(())
    }

    fn commit(&mut self) -> io::Result<()> {
        match self.prepared.take() {
            Some(prepared) => {
                prepared.persist(&self.place)?;
                Ok(())
            }
            None => fs::remove_file(&self.place),
        }
    }

    /// Restores the old content with its permissions and modification time.
    fn undo(&self) -> io::Result<()> {
        let (Some(old), Some(before)) = (&self.file.old, &self.before) else { return fs::remove_file(&self.place) };
        let restored = disk::stage(&self.place, old, Some(before))?;
        // The content is restored even if the file system does not support modification times.
        let _ = before.modified().and_then(|time| restored.as_file().set_modified(time));
        restored.persist(&self.place)?;
        Ok(())
    }
}

fn commit(steps: &mut [Step<'_>]) -> Result<(), Error> {
    let failure =
        steps.iter_mut().enumerate().find_map(|(at, step)| Some((at, step.place.clone(), step.commit().err()?)));
    let Some((at, place, error)) = failure else { return Ok(()) };
    let lost: Vec<String> = steps
        .iter()
        .take(at)
        .rev()
        .filter(|step| step.undo().is_err())
        .map(|step| format!("`{}`", step.file.path))
        .collect();
    if lost.is_empty() {
        return Err(unwritable(&place, error));
    }
    Err(Error::write(format!("could not write a file, and could not restore {}", lost.join(", ")))
        .at(place.display().to_string())
        .help("restore the output folder from version control, and check that you may write to it")
        .caused_by(error))
}

/// Removes the parent folders of a deleted file that are empty now, up to the output folder.
fn remove_empty_folders(root: &Path, deleted: &Path) {
    for folder in deleted.ancestors().skip(1).take_while(|folder| *folder != root) {
        // Fails if the folder is not empty, which ends the walk.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::{Duration, SystemTime};

    use super::*;
    use crate::emit::{Generated, GeneratedFile};
    use crate::write::{self, Options};

    fn plan(root: &Path, files: &[(&str, &str)]) -> Plan {
        let files =
            files.iter().map(|(path, text)| GeneratedFile { path: (*path).to_owned(), text: (*text).to_owned() });
        let generated = Generated { files: files.collect(), names: BTreeMap::new(), features: BTreeMap::new() };
        write::plan(&generated, root, Options::default()).unwrap()
    }

    /// Returns the content and the modification time of each file, by path.
    fn tree(root: &Path) -> BTreeMap<PathBuf, (String, SystemTime)> {
        let mut tree = BTreeMap::new();
        let mut folders = vec![root.to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let modified = fs::metadata(&path).unwrap().modified().unwrap();
                    tree.insert(path.clone(), (fs::read_to_string(&path).unwrap(), modified));
                }
            }
        }
        tree
    }

    /// The last file turns out to be a folder after all others were renamed into place.
    #[test]
    fn a_failure_half_way_restores_all_files() {
        let root = tempfile::tempdir().unwrap();
        let old = [("a.rs", "struct A;\n"), ("gone/old.rs", "struct Old;\n"), ("z.rs", "struct Z;\n")];
        plan(root.path(), &old).apply().unwrap();
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        for path in tree(root.path()).keys() {
            fs::File::options().write(true).open(path).unwrap().set_modified(long_ago).unwrap();
        }
        let last = root.path().join("z.rs");
        let mut before = tree(root.path());
        before.remove(&last);

        let new = [("a.rs", "struct NewA;\n"), ("b/new.rs", "struct B;\n"), ("z.rs", "struct NewZ;\n")];
        let plan = plan(root.path(), &new);
        let mut folders = NewFolders::default();
        let mut steps = plan.steps().unwrap();
        for step in &mut steps {
            step.prepare(&mut folders).unwrap();
        }
        fs::remove_file(&last).unwrap();
        fs::create_dir(&last).unwrap();
        let error = commit(&mut steps).unwrap_err();
        drop(steps);
        drop(folders);

        assert_eq!((error.message(), error.place()), ("could not write a file", last.to_str()));
        assert_eq!(tree(root.path()), before);
        assert!(!root.path().join("b").exists());
    }

    /// A file whose old content is unknown cannot be restored; the error mentions it.
    #[test]
    fn a_failure_to_restore_is_reported() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("a.rs"), "struct A;\n").unwrap();
        let files = ["a.rs", "missing.rs"].map(|path| PlannedFile {
            path: path.to_owned(),
            action: Action::Delete,
            conflict: None,
            old: None,
            new: None,
        });
        let mut steps = files.each_ref().map(|file| Step {
            file,
            place: root.path().join(&file.path),
            before: None,
            prepared: None,
        });
        let error = commit(&mut steps).unwrap_err();
        let place = root.path().join("missing.rs");
        assert_eq!(error.message(), "could not write a file, and could not restore `a.rs`");
        assert_eq!(error.place(), place.to_str());
    }
}
