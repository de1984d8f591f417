//! Updates the stored document of a client, and other files next to the generated code.

use std::path::{Path, PathBuf};

use similar::TextDiff;

use crate::source::{Document, Limits, facts_path, read_file};
use crate::{Error, write};

/// The changes that storing a new document makes.
#[derive(Debug)]
pub struct Renewal {
    files: Vec<StoredFile>,
}

/// Reads the stored document, if it exists and can be read. A broken one is about to be replaced anyway.
pub fn read_stored(path: &Path) -> Option<Document> {
    read_file(path, &Limits::default()).ok()
}

/// A file that is written in addition to the generated code.
#[derive(Debug)]
pub struct StoredFile {
    /// The path of the file.
    pub path: PathBuf,
    /// The old content with `\n` line endings.
    old: Option<String>,
    new: String,
    /// Whether the line endings of the file are `\r\n`.
    is_crlf: bool,
}

impl Renewal {
    /// Plans the changes of storing `document` at `path`.
    pub fn plan(path: &Path, document: &Document) -> Self {
        let mut files = vec![StoredFile::new(path.to_owned(), document.stored_types())];
        if let Some(facts) = document.stored_facts() {
            files.push(StoredFile::new(facts_path(path), facts));
        }
        Self { files }
    }

    /// Returns the files that are out of date.
    pub fn changed(&self) -> impl Iterator<Item = &StoredFile> {
        self.files.iter().filter(|file| file.is_changed())
    }
}

impl StoredFile {
    /// Creates a file whose content should be `new`.
    pub fn new(path: PathBuf, new: String) -> Self {
        // Line endings are ignored, because git may change them on checkout.
        let old = std::fs::read_to_string(&path).ok();
        let is_crlf = old.as_ref().is_some_and(|old| old.contains("\r\n"));
        Self { path, old: old.map(|old| old.replace("\r\n", "\n")), new, is_crlf }
    }

    /// Whether the file on disk is out of date.
    pub fn is_changed(&self) -> bool {
        self.old.as_ref() != Some(&self.new)
    }

    /// Writes the file with its previous line endings.
    pub fn store(&self) -> Result<(), Error> {
        write::store(&self.path, &self.with_line_ends(&self.new)).map(drop)
    }

    /// Restores the old content, or removes the file if it did not exist.
    pub fn restore(&self) -> Result<(), Error> {
        match &self.old {
            Some(old) => write::store(&self.path, &self.with_line_ends(old)).map(drop),
            None => std::fs::remove_file(&self.path).map_err(|error| {
                Error::write("the file cannot be removed").at(self.path.display().to_string()).caused_by(error)
            }),
        }
    }

    fn with_line_ends(&self, text: &str) -> String {
        if self.is_crlf { text.replace('\n', "\r\n") } else { text.to_owned() }
    }

    /// Returns `create` or `change`.
    pub fn action(&self) -> &'static str {
        if self.old.is_some() { "change" } else { "create" }
    }

    /// Returns the change as a unified diff.
    pub fn diff(&self) -> String {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let old = if self.old.is_some() { format!("a/{name}") } else { "/dev/null".to_owned() };
        let diff = TextDiff::from_lines(self.old.as_deref().unwrap_or_default(), self.new.as_str());
        diff.unified_diff().header(&old, &format!("b/{name}")).to_string()
    }
}
