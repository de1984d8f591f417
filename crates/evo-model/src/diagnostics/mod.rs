//! Diagnostics: warnings and notes about a document.
//!
//! Each kind of diagnostic has a stable code; [`codes`] lists them with their meaning.

mod allow;
pub mod codes;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

pub use self::codes::{CODES, Code};

/// The severity of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Additional information; the client is complete.
    Note,
    /// The document is inconsistent or incomplete: the client lacks something, or has less precise types than possible.
    Warning,
    /// The document cannot be used; the run fails with an [`Error`](crate::Error) that has the code.
    Error,
}

impl Severity {
    /// Returns the name of the severity in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A warning or note about a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// The severity.
    pub severity: Severity,
    /// The stable code, such as `EVO0012`.
    pub code: &'static str,
    /// A JSON pointer into the document. For a diagnostic about reading it, the URL or path that was read.
    pub pointer: String,
    /// The .NET name of the item at the pointer: `Shop.Pet`, `Shop.Pet.Name`, or the name of an operation. Empty if the item has no name,
    /// and before [`Diagnostics::identify`] is called.
    pub identity: String,
    /// A description of the problem.
    pub message: String,
    /// How the problem was handled, or how to fix it.
    pub help: String,
    /// The number of affected places. The pointer refers to the first one.
    pub places: usize,
}

impl Diagnostic {
    /// Returns the number of affected places in words, if there are several: `3 members`, or `3 places` if not all are members.
    #[must_use]
    pub fn extent(&self) -> Option<String> {
        let kind = if self.pointer.contains("/properties/") { "members" } else { "places" };
        (self.places > 1).then(|| format!("{} {kind}", self.places))
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} (at {}", self.code, self.message, self.pointer)?;
        if !self.identity.is_empty() {
            write!(f, ", {}", self.identity)?;
        }
        if let Some(extent) = self.extent() {
            write!(f, ", {extent}")?;
        }
        f.write_str(")")?;
        if self.help.is_empty() { Ok(()) } else { write!(f, "; {}", self.help) }
    }
}

/// The diagnostics of a run, without duplicates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    entries: Vec<Diagnostic>,
    /// The same diagnostics as originally added, for fast lookup; a document can cause any number of them.
    known: BTreeSet<Diagnostic>,
}

impl Diagnostics {
    /// Adds a warning, unless it was already added.
    pub fn warn(
        &mut self,
        code: &'static str,
        pointer: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(Severity::Warning, code, pointer.into(), message.into(), help.into());
    }

    /// Adds a note, unless it was already added.
    pub fn note(
        &mut self,
        code: &'static str,
        pointer: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(Severity::Note, code, pointer.into(), message.into(), help.into());
    }

    fn add(&mut self, severity: Severity, code: &'static str, pointer: String, message: String, help: String) {
        self.push(Diagnostic { severity, code, pointer, identity: String::new(), message, help, places: 1 });
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        if self.known.insert(Diagnostic { places: 1, ..diagnostic.clone() }) {
            self.entries.push(diagnostic);
        }
    }

    /// Adds the diagnostics of others. If an earlier diagnostic has the same text, its number of places is incremented instead. A member
    /// inherited by several classes counts as one place.
    pub fn extend<'a>(&mut self, others: impl IntoIterator<Item = &'a Self>) {
        let mut first = BTreeMap::new();
        let mut counted = BTreeSet::new();
        for (index, diagnostic) in self.entries.iter().enumerate() {
            first.entry(code_and_text(diagnostic)).or_insert(index);
            counted.insert((code_and_text(diagnostic), diagnostic.pointer.clone()));
        }
        for diagnostic in others.into_iter().flat_map(Self::as_slice) {
            if !counted.insert((code_and_text(diagnostic), diagnostic.pointer.clone())) {
                continue;
            }
            match first.get(&code_and_text(diagnostic)).and_then(|index| self.entries.get_mut(*index)) {
                Some(earlier) => earlier.places += diagnostic.places,
                None => {
                    first.insert(code_and_text(diagnostic), self.entries.len());
                    self.push(diagnostic.clone());
                }
            }
        }
    }

    /// Merges diagnostics with this code and the same text into the first one, and counts their places.
    pub fn keep_first(&mut self, code: &str) {
        let mut first = BTreeMap::new();
        let mut kept: Vec<Diagnostic> = Vec::with_capacity(self.entries.len());
        for diagnostic in std::mem::take(&mut self.entries) {
            let index = *first.entry(code_and_text(&diagnostic)).or_insert(kept.len());
            match kept.get_mut(index).filter(|_| diagnostic.code == code) {
                Some(earlier) => earlier.places += diagnostic.places,
                None => kept.push(diagnostic),
            }
        }
        self.entries = kept;
    }

    /// Sets the identity of each diagnostic. `identity` returns the .NET name for a pointer.
    pub fn identify(&mut self, identity: impl Fn(&str) -> String) {
        for diagnostic in &mut self.entries {
            diagnostic.identity = identity(&diagnostic.pointer);
        }
    }

    /// Returns all diagnostics in the order in which they were added.
    #[must_use]
    pub fn as_slice(&self) -> &[Diagnostic] {
        &self.entries
    }
}

/// Returns the code and the text of a diagnostic, regardless of its place.
fn code_and_text(diagnostic: &Diagnostic) -> (&'static str, String) {
    (diagnostic.code, diagnostic.message.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diagnostics(pointers: &[&str], message: &str) -> Diagnostics {
        let mut diagnostics = Diagnostics::default();
        for pointer in pointers {
            diagnostics.warn("EVO0024", *pointer, message, "");
        }
        diagnostics
    }

    #[test]
    fn repeated_diagnostics_are_counted() {
        let mut all = diagnostics(&["/types/0/properties/0", "/types/0/properties/1"], "a");
        all.extend([
            &diagnostics(&["/types/1/properties/0"], "a"),
            &diagnostics(&["/operations/0"], "b"),
            &diagnostics(&["/types/2"], "b"),
        ]);
        let told: Vec<String> = all.as_slice().iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "EVO0024: a (at /types/0/properties/0, 2 members)",
                "EVO0024: a (at /types/0/properties/1)",
                "EVO0024: b (at /operations/0, 2 places)"
            ]
        );
        all.keep_first("EVO0024");
        assert_eq!(all.as_slice().iter().map(|diagnostic| diagnostic.places).collect::<Vec<_>>(), [3, 2]);
    }
}
