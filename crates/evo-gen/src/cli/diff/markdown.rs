//! Formats changes as a changelog entry.

use std::fmt::Write as _;

use super::words;
use crate::cli::report::plain;
use crate::diff::{Change, Class, Diff};

/// Formats all changes as a section: the verdict, then a heading for each class.
pub fn entry(diff: &Diff, version: Option<&str>) -> String {
    let next = diff.verdict().bump.zip(version).and_then(|(bump, version)| bump.next(version));
    let mut text = format!("## [{}]\n\n", next.as_deref().unwrap_or("Unreleased"));
    // Writing to a `String` cannot fail.
    let _ = writeln!(text, "{}.", capitalised(&words::verdict(diff)));
    for class in Class::ALL.into_iter().filter(|class| diff.count(*class) > 0) {
        let _ = write!(text, "\n### {}\n\n", class.title());
        for change in diff.of(class) {
            text.push_str(&item(change));
        }
    }
    text
}

fn item(change: &Change) -> String {
    let operations = words::operations(change);
    let message = marked(&change.message);
    let name = if change.name.is_empty() { String::new() } else { format!(" `{}`", change.name.replace('`', "'")) };
    let effect = if change.effect.is_empty() { String::new() } else { format!(": {}", marked(&change.effect)) };
    let operations = if operations.is_empty() { String::new() } else { format!(" ({})", plain(&operations)) };
    format!("- {}{name} {message}{effect}{operations}.\n", capitalised(change.what))
}

/// Escapes a sentence for Markdown, except for the code between backticks.
fn marked(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    // With an odd number of backticks, it is unclear which text is code.
    if parts.len().is_multiple_of(2) {
        return plain(text);
    }
    let parts = parts.into_iter().enumerate().map(|(place, part)| {
        if place.is_multiple_of(2) { plain(part) } else { format!("`{}`", part.replace(['\n', '\r'], " ")) }
    });
    parts.collect()
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
