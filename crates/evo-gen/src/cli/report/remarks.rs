//! What is reported about the document of one client.

use std::collections::BTreeMap;

use super::deny::Deny;
use super::excerpts::Excerpts;
use crate::diagnostics::{Diagnostic, Severity};
use crate::source::Document;

/// The remarks about the document of a client.
#[derive(Debug, Clone, Copy)]
pub struct Remarks<'a> {
    /// The client.
    pub client: &'a str,
    /// The document.
    pub document: &'a Document,
    /// Whether the document is, or is about to be, stored where its origin says.
    pub is_stored: bool,
    /// The remarks, in the order in which they are told.
    pub diagnostics: &'a [Diagnostic],
    /// The remarks that stop the run.
    pub deny: &'a Deny,
}

impl Remarks<'_> {
    /// How much a remark matters in this run: one that is denied is an error.
    pub fn severity(&self, diagnostic: &Diagnostic) -> Severity {
        if self.deny.covers(diagnostic) { Severity::Error } else { diagnostic.severity }
    }

    /// The remarks that are told: all, or no notes if only `warnings` are wanted.
    pub fn told(&self, warnings: bool) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(move |diagnostic| !warnings || self.severity(diagnostic) > Severity::Note)
    }

    /// Finds where the remarks that are told stand in the file of the document.
    pub fn places(&self, warnings: bool) -> Excerpts {
        Excerpts::new(self.document, self.is_stored, self.told(warnings).map(|diagnostic| diagnostic.pointer.as_str()))
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
