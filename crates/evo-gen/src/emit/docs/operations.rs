//! The paragraphs about a call: where it goes, who may make it, what comes back.

use super::types::describe;
use super::{rules, text};
use crate::api::{Answer, Operation};
use crate::emit::rust::Scope;

/// The paragraph about a call: where it goes, who may make it, what comes back.
pub(super) fn paragraphs(operation: &Operation, scope: &mut Scope<'_>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let declared: Vec<String> = operation.declared.iter().map(|route| text::code(&route.call)).collect();
    let call = if declared.is_empty() {
        format!("{}, no declared route", text::code(&format!("{} /api/{}", operation.verb.name(), operation.name)))
    } else {
        declared.join(", ")
    };
    let mut sentence = vec![call];
    if !operation.needs.is_empty() {
        sentence.push(format!("needs {}", text::printable(&operation.needs.join(" and "))));
    }
    sentence.push(match &operation.answer {
        Answer::Nothing => "answers nothing".to_owned(),
        Answer::Json(ty) => format!("answers {}", describe(ty, scope)),
        Answer::Text => "answers text".to_owned(),
        Answer::Bytes => "answers the body as it stands".to_owned(),
        Answer::Download => "answers a download".to_owned(),
    });
    sentence.extend(operation.table.as_deref().map(text::printable));
    sentence.extend(operation.checks.iter().map(rules::phrase));
    lines.push(format!("{}.", sentence.join("; ")));
    let told = operation.declared.iter().filter(|route| !route.docs.is_empty());
    let told: Vec<String> = told.map(|route| entry(&text::code(&route.call), &route.docs)).collect();
    if !told.is_empty() {
        lines.push(told.join("\n"));
    }
    let stated = [("Statuses", &operation.successes), ("Errors", &operation.errors)];
    for (what, statuses) in stated.into_iter().filter(|(_, statuses)| !statuses.is_empty()) {
        let statuses = statuses.iter().map(|stated| {
            let status = stated.status.as_deref().map_or_else(|| "any".to_owned(), text::code);
            entry(&status, std::slice::from_ref(&stated.description))
        });
        let statuses: Vec<String> = statuses.collect();
        lines.push(format!("{what} that the service states:\n{}", statuses.join("\n")));
    }
    if !operation.tags.is_empty() {
        let tags: Vec<String> = operation.tags.iter().map(|tag| text::code(tag)).collect();
        lines.push(format!("Tags: {}.", tags.join(", ")));
    }
    lines
}

/// An entry of a list, on one line.
fn entry(head: &str, texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| text::one_line(text)).filter(|text| !text.is_empty()).collect();
    let mut text = String::new();
    for next in &texts {
        if text.ends_with(char::is_alphanumeric) {
            text.push('.');
        }
        let space = if text.is_empty() { "" } else { " " };
        text.extend([space, next]);
    }
    if text.is_empty() { format!("- {head}") } else { format!("- {head}: {text}") }
}
