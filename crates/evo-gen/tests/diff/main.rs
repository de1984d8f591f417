//! What changes of a document mean: for each kind of change a pair of small documents, with everything that is told about it.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod made;
mod operations;
mod programs;
mod settings;
mod types;
#[allow(dead_code, reason = "other tests build in other ways")]
#[path = "../documents/workspace.rs"]
mod workspace;

use std::fmt::Write as _;

use evo_gen::diff::{Diff, KINDS};
use made::line;

/// What is told about a pair: the verdict, and a line for each change.
fn told(diff: &Diff) -> String {
    let bump = diff.verdict().bump.map_or("none", evo_gen::diff::Bump::name);
    let mut text = format!("  => {bump}\n");
    for change in &diff.changes {
        assert!(KINDS.iter().any(|(kind, _)| *kind == change.kind), "{} is not documented", change.kind);
        writeln!(text, "     {}", line(change)).unwrap();
    }
    text
}
