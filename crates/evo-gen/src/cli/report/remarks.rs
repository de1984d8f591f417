//! What is reported about the document of one client.

use std::collections::BTreeMap;

use super::deny::Deny;
use crate::diagnostics::{Diagnostic, Severity};
use crate::source::Document;

/// The remarks about the document of a client.
#[derive(Debug, Clone, Copy)]
pub struct Remarks<'a> {
    /// The client.
    pub client: &'a str,
    /// The document.
    pub document: &'a Document,
    /// The document stands, or is about to stand, where its origin says in the form in which documents are stored.
    pub is_stored: bool,
    /// What was found, in the order in which it is told.
    pub diagnostics: &'a [Diagnostic],
    /// What is not let pass.
    pub deny: &'a Deny,
}

impl Remarks<'_> {
    /// How much a remark matters in this run: one that is denied stops it.
    pub fn severity(&self, diagnostic: &Diagnostic) -> Severity {
        if self.deny.covers(diagnostic) { Severity::Error } else { diagnostic.severity }
    }

    /// What is told: all, and where only `warnings` are wanted no notes.
    pub fn told(&self, warnings: bool) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(move |diagnostic| !warnings || self.severity(diagnostic) > Severity::Note)
    }

    /// How many there are of each severity, the worst first.
    pub fn counts(&self) -> Vec<(Severity, usize)> {
        let mut counts: BTreeMap<Severity, usize> = BTreeMap::new();
        for diagnostic in self.diagnostics {
            *counts.entry(self.severity(diagnostic)).or_default() += 1;
        }
        counts.into_iter().rev().collect()
    }
}
