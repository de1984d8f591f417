//! The meaning of changes: for each kind of change a pair of small documents, with everything that is reported about it.

mod operations;
mod settings;
mod types;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use evo_gen::diff::{Change, Diff, KINDS, Understood, compare};
use serde_json::Value;

use crate::made::read;

/// Compares two documents under settings as `evo-gen.toml` states them.
fn diff(old: &Value, new: &Value, settings: &str) -> Diff {
    let (old, new) =
        Understood::both(&read(old), &read(new), &crate::made::settings(settings), &BTreeMap::new()).unwrap();
    compare(old.side(), new.side())
}

/// A change in one line: class, kind, message, and the operations that it concerns.
fn line(change: &Change) -> String {
    let list = |names: &BTreeSet<String>| names.iter().cloned().collect::<Vec<_>>().join(", ");
    let mut line = format!("[{} {}] {change}", change.class.name(), change.kind);
    for (words, names) in [("sent by", &change.sent_by), ("received by", &change.received_by)] {
        if !names.is_empty() {
            write!(line, " ({words} {})", list(names)).unwrap();
        }
    }
    line
}

/// The report of a pair: the verdict, and a line for each change.
fn told(diff: &Diff) -> String {
    let bump = diff.verdict().bump.map_or("none", evo_gen::diff::Bump::name);
    let mut text = format!("  => {bump}\n");
    for change in &diff.changes {
        assert!(KINDS.iter().any(|(kind, _)| *kind == change.kind), "{} is not documented", change.kind);
        writeln!(text, "     {}", line(change)).unwrap();
    }
    text
}
