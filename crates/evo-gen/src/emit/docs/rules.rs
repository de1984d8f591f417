//! Rules and hints of members, in words.

use super::text::code;
use crate::api::{Check, Member, Rule};

/// The number of allowed values that are listed; the rest are counted.
const SHOWN: usize = 12;

/// Returns the requirements on a member, as a sentence.
pub(super) fn for_member(member: &Member) -> Option<String> {
    let hints = &member.hints;
    let mut phrases: Vec<String> = Vec::new();
    if member.required {
        phrases.push("required".to_owned());
    }
    phrases.extend(member.rules.iter().map(|rule| phrase(rule, member.counts_items)));
    if !hints.allowed.is_empty() {
        let shown: Vec<String> = hints.allowed.iter().take(SHOWN).map(|value| code(value)).collect();
        let more = match hints.allowed.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        phrases.push(format!("one of {}{more}", shown.join(", ")));
    }
    phrases.extend(match (&hints.min, &hints.max) {
        (Some(min), Some(max)) => Some(format!("from {} to {}", number(min), number(max))),
        (Some(min), None) => Some(format!("at least {}", number(min))),
        (None, Some(max)) => Some(format!("at most {}", number(max))),
        (None, None) => None,
    });
    let has_length =
        |rule: &Rule| matches!(rule.check, Check::Length(..) | Check::MaximumLength(_) | Check::ExactLength(_));
    if let Some(max) = hints.max_length.filter(|_| !member.rules.iter().any(has_length)) {
        phrases.push(format!("at most {max} {}", if member.counts_items { "items" } else { "characters" }));
    }
    phrases.extend(hints.refers_to.as_ref().map(|model| format!("refers to {}", code(model))));
    if hints.is_computed {
        phrases.push("computed by the service".to_owned());
    }
    (!phrases.is_empty()).then(|| join_phrases(&phrases))
}

/// Joins phrases into a sentence.
pub(super) fn join_phrases(phrases: &[String]) -> String {
    let text = phrases.join("; ");
    let mut chars = text.chars();
    let first = chars.next().map(char::to_uppercase).into_iter().flatten();
    format!("{}{}.", first.collect::<String>(), chars.as_str())
}

/// Describes a rule. If `counts_items`, a length is a number of items.
pub(super) fn phrase(rule: &Rule, counts_items: bool) -> String {
    rule.phrase(counts_items, &code)
}

/// Shows a number as it is; any other text is marked as code.
fn number(text: &str) -> String {
    if text.parse::<f64>().is_ok() { text.to_owned() } else { code(text) }
}
