//! What a run has to say about a document that it can still use.

use std::collections::BTreeSet;
use std::fmt;

/// One remark: what, where and what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// The stable code, as `EVO0012`.
    pub code: &'static str,
    /// A JSON pointer into the document.
    pub pointer: String,
    /// What was found.
    pub message: String,
    /// What was done about it, or what to do.
    pub help: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} (at {})", self.code, self.message, self.pointer)?;
        if self.help.is_empty() { Ok(()) } else { write!(f, "; {}", self.help) }
    }
}

/// The remarks of a run, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    remarks: Vec<Diagnostic>,
    /// The same remarks, to be found: a document can set off as many as it likes.
    known: BTreeSet<Diagnostic>,
}

impl Diagnostics {
    /// Adds a remark; one that is there already is not repeated.
    pub fn warn(
        &mut self,
        code: &'static str,
        pointer: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let diagnostic = Diagnostic { code, pointer: pointer.into(), message: message.into(), help: help.into() };
        self.push(diagnostic);
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        if self.known.insert(diagnostic.clone()) {
            self.remarks.push(diagnostic);
        }
    }

    /// Adds the remarks of others; what has been said about one thing is not said again of another place that mentions it.
    pub fn extend<'a>(&mut self, others: impl IntoIterator<Item = &'a Self>) {
        let mut said: BTreeSet<(&str, String)> =
            self.remarks.iter().map(|diagnostic| (diagnostic.code, diagnostic.message.clone())).collect();
        for diagnostic in others.into_iter().flat_map(Self::as_slice) {
            if said.insert((diagnostic.code, diagnostic.message.clone())) {
                self.push(diagnostic.clone());
            }
        }
    }

    /// Keeps the first of the remarks with this code that say the same of several places.
    pub fn keep_first(&mut self, code: &str) {
        let mut said = BTreeSet::new();
        self.remarks.retain(|diagnostic| diagnostic.code != code || said.insert(diagnostic.message.clone()));
    }

    /// All remarks, in the order in which they were made.
    #[must_use]
    pub fn as_slice(&self) -> &[Diagnostic] {
        &self.remarks
    }
}
