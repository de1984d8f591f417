//! Rules and hints of members, in words.

use super::text::code;
use crate::api::{Check, Member, Operand, Rule};

/// Values to choose from beyond so many are counted.
const SHOWN: usize = 12;

/// What is asked of a member, as a sentence.
pub(super) fn of_member(member: &Member) -> Option<String> {
    let hints = &member.hints;
    let mut phrases: Vec<String> = Vec::new();
    if member.required {
        phrases.push("required".to_owned());
    }
    phrases.extend(member.rules.iter().map(phrase));
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
        phrases.push(format!("at most {max} characters"));
    }
    phrases.extend(hints.refers_to.as_ref().map(|model| format!("refers to {}", code(model))));
    if hints.is_computed {
        phrases.push("computed by the service".to_owned());
    }
    (!phrases.is_empty()).then(|| sentence(&phrases))
}

/// Phrases as a sentence.
pub(super) fn sentence(phrases: &[String]) -> String {
    let text = phrases.join("; ");
    let mut chars = text.chars();
    let first = chars.next().map(char::to_uppercase).into_iter().flatten();
    format!("{}{}.", first.collect::<String>(), chars.as_str())
}

/// A rule in words.
pub(super) fn phrase(rule: &Rule) -> String {
    let unit = if rule.counts_items { "item" } else { "character" };
    let characters = |count: &u32| if *count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") };
    match &rule.check {
        Check::NotNull => "not null".to_owned(),
        Check::NotEmpty => "not empty".to_owned(),
        Check::Null => "null".to_owned(),
        Check::Empty => "empty".to_owned(),
        Check::Email => "an e-mail address".to_owned(),
        Check::CreditCard => "the number of a credit card".to_owned(),
        Check::RegularExpression(pattern) => format!("matches {}", code(pattern)),
        Check::Length(min, max) => format!("{min} to {}", characters(max)),
        Check::ExactLength(length) => format!("exactly {}", characters(length)),
        Check::MinimumLength(min) => format!("at least {}", characters(min)),
        Check::MaximumLength(max) => format!("at most {}", characters(max)),
        Check::LessThan(value) => format!("less than {}", operand(value)),
        Check::LessThanOrEqual(value) => format!("at most {}", operand(value)),
        Check::GreaterThan(value) => format!("greater than {}", operand(value)),
        Check::GreaterThanOrEqual(value) => format!("at least {}", operand(value)),
        Check::Equal(value) => format!("equal to {}", operand(value)),
        Check::NotEqual(value) => format!("not equal to {}", operand(value)),
        Check::InclusiveBetween(from, to) => format!("from {} to {}", operand(from), operand(to)),
        Check::ExclusiveBetween(from, to) => format!("between {} and {}", operand(from), operand(to)),
        Check::ScalePrecision(scale, precision) => format!("at most {precision} digits, {scale} of them decimals"),
        Check::Other(text) => format!("the service checks {}", code(text)),
    }
}

fn operand(operand: &Operand) -> String {
    match operand {
        Operand::Integer(value) => value.to_string(),
        Operand::Fraction(digits) => digits.clone(),
        Operand::Text(text) => code(text),
        Operand::Boolean(value) => format!("`{value}`"),
    }
}

/// A number as it stands; what is none is no text to trust.
fn number(text: &str) -> String {
    if text.parse::<f64>().is_ok() { text.to_owned() } else { code(text) }
}
