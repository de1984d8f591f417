//! The diagnostics of one client.

use std::collections::BTreeMap;

use super::deny::Deny;
use crate::diagnostics::{Diagnostic, Severity};
use crate::places::Excerpts;
use crate::source::Document;

/// The diagnostics of a client and its document.
#[derive(Debug, Clone, Copy)]
pub struct Remarks<'a> {
    /// The name of the client.
    pub client: &'a str,
    /// The document of the client.
    pub document: &'a Document,
    /// Whether the document is stored at its origin, or is about to be.
    pub is_stored: bool,
    /// The diagnostics in the order in which they are reported.
    pub diagnostics: &'a [Diagnostic],
    /// The diagnostics that fail the run.
    pub deny: &'a Deny,
}

impl Remarks<'_> {
    /// Returns the severity of a diagnostic in this run: a denied one is an error.
    pub fn severity(&self, diagnostic: &Diagnostic) -> Severity {
        if self.deny.covers(diagnostic) { Severity::Error } else { diagnostic.severity }
    }

    /// Returns the diagnostics to report, without notes if `warnings` is set.
    pub fn reported(&self, warnings: bool) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(move |diagnostic| !warnings || self.severity(diagnostic) > Severity::Note)
    }

    /// Finds the locations of the reported diagnostics in the file of the document.
    pub fn places(&self, warnings: bool) -> Excerpts {
        Excerpts::new(
            self.document,
            self.is_stored,
            self.reported(warnings).map(|diagnostic| diagnostic.pointer.as_str()),
        )
    }

    /// Returns the number of diagnostics by severity, errors first.
    pub fn counts(&self) -> Vec<(Severity, usize)> {
        let mut counts: BTreeMap<Severity, usize> = BTreeMap::new();
        for diagnostic in self.diagnostics {
            *counts.entry(self.severity(diagnostic)).or_default() += 1;
        }
        counts.into_iter().rev().collect()
    }
}
