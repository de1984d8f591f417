//! The stored document of a client, and its renewal; files beside the generated code.

use std::path::{Path, PathBuf};

use similar::TextDiff;

use crate::source::{Document, Limits, facts_path, read_file};
use crate::{Error, write};

/// What a new document makes of the stored one.
#[derive(Debug)]
pub struct Renewal {
    files: Vec<StoredFile>,
}

/// The stored document, if there is one that can be read: a broken one is about to be replaced.
pub fn read_stored(path: &Path) -> Option<Document> {
    read_file(path, &Limits::default()).ok()
}

/// A file that is written beside the generated code.
#[derive(Debug)]
pub struct StoredFile {
    /// Where it is.
    pub path: PathBuf,
    /// What it held, with `\n` at line ends.
    old: Option<String>,
    new: String,
    /// The lines of the file end with `\r\n`.
    is_crlf: bool,
}

impl Renewal {
    /// What storing `document` at `path` changes.
    pub fn plan(path: &Path, document: &Document) -> Self {
        let mut files = vec![StoredFile::new(path.to_owned(), document.stored_types())];
        if let Some(facts) = document.stored_facts() {
            files.push(StoredFile::new(facts_path(path), facts));
        }
        Self { files }
    }

    /// The files that are not as they should be.
    pub fn changed(&self) -> impl Iterator<Item = &StoredFile> {
        self.files.iter().filter(|file| file.is_changed())
    }
}

impl StoredFile {
    /// A file that is to say `new`.
    pub fn new(path: PathBuf, new: String) -> Self {
        // Other line ends, as git may check them out, are no difference.
        let old = std::fs::read_to_string(&path).ok();
        let is_crlf = old.as_ref().is_some_and(|old| old.contains("\r\n"));
        Self { path, old: old.map(|old| old.replace("\r\n", "\n")), new, is_crlf }
    }

    /// Whether it does not say so yet.
    pub fn is_changed(&self) -> bool {
        self.old.as_ref() != Some(&self.new)
    }

    /// Writes it, with the line ends that it had.
    pub fn store(&self) -> Result<(), Error> {
        write::store(&self.path, &self.with_line_ends(&self.new)).map(drop)
    }

    /// Restores what it held before it was written.
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

    /// `create` or `change`.
    pub fn action(&self) -> &'static str {
        if self.old.is_some() { "change" } else { "create" }
    }

    /// The difference, as a unified diff.
    pub fn diff(&self) -> String {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let old = if self.old.is_some() { format!("a/{name}") } else { "/dev/null".to_owned() };
        let diff = TextDiff::from_lines(self.old.as_deref().unwrap_or_default(), self.new.as_str());
        diff.unified_diff().header(&old, &format!("b/{name}")).to_string()
    }
}
