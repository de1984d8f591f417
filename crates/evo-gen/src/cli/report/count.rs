//! Formats counts with their nouns, and long lists by their first entries.

/// Formats a number with its noun: `1 file`, `3 files`.
pub fn pluralize(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// Lists the first entries and counts the rest: `a, b`, followed by `last` and `3 more`.
pub fn list_first<'a>(entries: impl ExactSizeIterator<Item = &'a str>, shown: usize, last: &str) -> String {
    let more = entries.len().saturating_sub(shown);
    let shown = entries.take(shown).collect::<Vec<_>>().join(", ");
    if more == 0 { shown } else { format!("{shown}{last}{more} more") }
}
