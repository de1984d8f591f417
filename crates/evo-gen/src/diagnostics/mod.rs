//! What a run has to say about a document that it can still use.
//!
//! Each kind of remark has a code that does not change; [`codes`] lists them with what they mean.

pub mod codes;

use std::collections::BTreeSet;
use std::fmt;

pub use self::codes::{CODES, Code};

/// How much a remark matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something worth knowing; the client lacks nothing.
    Note,
    /// The document contradicts itself or does not tell all: the client lacks something or is typed less well than it could be.
    Warning,
    /// The document cannot be used; the run stops with an [`Error`](crate::Error) that carries the code.
    Error,
}

impl Severity {
    /// The word for it in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One remark: what, where and what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// The stable code, as `EVO0012`.
    pub code: &'static str,
    /// A JSON pointer into the document; of a remark about the reading of it, the URL or path that was read.
    pub pointer: String,
    /// What stands there, by its .NET name: `Shop.Pet`, `Shop.Pet.Name`, or the name of an operation. Empty where nothing
    /// there has a name, and until [`Diagnostics::identify`] has looked.
    pub identity: String,
    /// What was found.
    pub message: String,
    /// What was done about it, or what to do.
    pub help: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} (at {}", self.code, self.message, self.pointer)?;
        if !self.identity.is_empty() {
            write!(f, ", {}", self.identity)?;
        }
        f.write_str(")")?;
        if self.help.is_empty() { Ok(()) } else { write!(f, "; {}", self.help) }
    }
}

/// The remarks of a run, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    remarks: Vec<Diagnostic>,
    /// The same remarks as they were made, to be found: a document can set off as many as it likes.
    known: BTreeSet<Diagnostic>,
}

impl Diagnostics {
    /// Adds a warning; one that is there already is not repeated.
    pub fn warn(
        &mut self,
        code: &'static str,
        pointer: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(Severity::Warning, code, pointer.into(), message.into(), help.into());
    }

    /// Adds a note; one that is there already is not repeated.
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
        self.push(Diagnostic { severity, code, pointer, identity: String::new(), message, help });
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        if self.known.insert(diagnostic.clone()) {
            self.remarks.push(diagnostic);
        }
    }

    /// Adds the remarks that were made elsewhere, as if they had been made here.
    pub(crate) fn append(&mut self, others: Self) {
        for diagnostic in others.remarks {
            self.push(diagnostic);
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

    /// Gives each remark the .NET name of what it is about: `identity` answers that of a pointer.
    pub fn identify(&mut self, identity: impl Fn(&str) -> String) {
        for remark in &mut self.remarks {
            remark.identity = identity(&remark.pointer);
        }
    }

    /// All remarks, in the order in which they were made.
    #[must_use]
    pub fn as_slice(&self) -> &[Diagnostic] {
        &self.remarks
    }
}
