//! Finds the places of changes in the documents.

use super::documents::Documents;
use crate::cli::report::{Excerpts, Place};
use crate::diff::{Change, Diff};

/// The places of changes in both documents.
#[derive(Debug)]
pub struct Places {
    old: Excerpts,
    new: Excerpts,
}

/// The place of a change in one of the documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangePlace<'a> {
    /// The JSON pointer.
    pub pointer: &'a str,
    /// The place in a file, if the document is a file.
    pub place: Option<Place>,
}

impl Places {
    /// Finds all places of `diff`.
    pub fn find(diff: &Diff, documents: &Documents) -> Self {
        let old = diff.changes.iter().filter_map(|change| change.old_pointer.as_deref());
        let new = diff.changes.iter().filter_map(|change| change.new_pointer.as_deref());
        let Documents { old: old_read, new: new_read, .. } = documents;
        let excerpts = |read: &super::documents::Read, pointers: &mut dyn Iterator<Item = &str>| match &read.revision {
            Some((name, text)) => Excerpts::from_text(&read.document, name, text, pointers),
            None => Excerpts::new(&read.document, false, pointers),
        };
        Self { old: excerpts(old_read, &mut { old }), new: excerpts(new_read, &mut { new }) }
    }

    /// Returns the place in the old document, if the change has one.
    pub fn in_old<'a>(&self, change: &'a Change) -> Option<ChangePlace<'a>> {
        let pointer = change.old_pointer.as_deref()?;
        Some(ChangePlace { pointer, place: self.old.place(pointer) })
    }

    /// Returns the place in the new document, if the change has one.
    pub fn in_new<'a>(&self, change: &'a Change) -> Option<ChangePlace<'a>> {
        let pointer = change.new_pointer.as_deref()?;
        Some(ChangePlace { pointer, place: self.new.place(pointer) })
    }
}

/// Formats the place in the file with its position, otherwise the pointer.
impl std::fmt::Display for ChangePlace<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.place {
            Some(Place { file, position: Some((line, column)) }) => write!(f, "{file}:{line}:{column}"),
            Some(Place { file, position: None }) => write!(f, "{file} {}", self.pointer),
            None => f.write_str(self.pointer),
        }
    }
}
