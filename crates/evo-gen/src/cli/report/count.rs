//! Formats counts with their nouns.

/// Formats a number with its noun: `1 file`, `3 files`.
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
