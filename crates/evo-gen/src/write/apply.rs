//! Carries a plan out: prepares every new file, then puts them all in place, or leaves what was there.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::Error;

use super::disk::{self, NewFolders, unreadable, unwritable};
use super::manifest::MANIFEST_FILE;
use super::plan::{Action, Conflict, Plan, PlannedFile};

/// How many files a plan touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Files that are new.
    pub created: usize,
    /// Files that got another content.
    pub changed: usize,
    /// Files that went.
    pub deleted: usize,
    /// Files that were left alone.
    pub unchanged: usize,
}

impl Summary {
    /// The number of files that were created, changed or deleted.
    #[must_use]
    pub fn touched(&self) -> usize {
        self.created + self.changed + self.deleted
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { created, changed, deleted, unchanged } = self;
        write!(f, "{created} created, {changed} changed, {deleted} deleted, {unchanged} unchanged")
    }
}

impl Plan {
    /// How many files the plan touches.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let count = |action| self.files.iter().filter(|file| file.action == action).count();
        Summary {
            created: count(Action::Create),
            changed: count(Action::Change),
            deleted: count(Action::Delete),
            unchanged: count(Action::Keep),
        }
    }

    /// Carries the plan out. Files to keep are not touched; the manifest is written last.
    ///
    /// Each file is replaced by a rename, so that nobody ever reads half of one. When something fails, the files that were
    /// already replaced or deleted are put back.
    ///
    /// # Errors
    ///
    /// When there are [conflicts](Plan::conflicts) and no force, when a file changed since the plan was made, and when a
    /// file cannot be written.
    pub fn apply(&self) -> Result<Summary, Error> {
        self.refuse_conflicts()?;
        // Dropped last: by then the prepared files are out of the new folders.
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
        Ok(self.summary())
    }

    fn refuse_conflicts(&self) -> Result<(), Error> {
        if self.options.force || self.conflicts().next().is_none() {
            return Ok(());
        }
        let named: Vec<String> = self
            .conflicts()
            .map(|(file, conflict)| match (conflict, file.action) {
                (Conflict::Edited, Action::Delete) => format!("`{}` (edited by hand, no longer generated)", file.path),
                (Conflict::Edited, _) => format!("`{}` (edited by hand)", file.path),
                (Conflict::NotOurs, _) => format!("`{}` (not written by evo-gen)", file.path),
            })
            .collect();
        Err(Error::write(format!("files are not as evo-gen left them: {}", named.join(", ")))
            .at(self.root.display().to_string())
            .help(
                "move the edits to a file outside of this folder, then run again with --force to replace these files",
            ))
    }

    /// What is to do, deletions first and the manifest last, after a look that nothing changed since the comparison.
    fn steps(&self) -> Result<Vec<Step<'_>>, Error> {
        let mut steps = Vec::new();
        for file in self.files.iter().filter(|file| file.action != Action::Keep) {
            let place = self.root.join(&file.path);
            if disk::read_below(&self.root, &file.path)? != file.old {
                return Err(Error::write("a file changed while evo-gen was at work")
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
    /// Writes the new content beside its place.
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

    /// Puts back what was there, with its permissions and its time.
    fn undo(&self) -> io::Result<()> {
        let (Some(old), Some(before)) = (&self.file.old, &self.before) else { return fs::remove_file(&self.place) };
        let restored = disk::stage(&self.place, old, Some(before))?;
        // A file system without times still gets its content back.
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
    Err(Error::write(format!("could not write a file, nor put back {}", lost.join(", ")))
        .at(place.display().to_string())
        .help("restore the output folder from version control, and check that you may write to it")
        .caused_by(error))
}

/// Removes the folders above a deleted file that hold nothing any more, up to the output folder.
fn remove_empty_folders(root: &Path, deleted: &Path) {
    for folder in deleted.ancestors().skip(1).take_while(|folder| *folder != root) {
        // Fails for a folder that is not empty, which is how the walk ends.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
}
