//! Documents a call: where it is sent, who may make it, and what it returns.

use super::types::describe;
use super::{rules, text};
use crate::api::{Access, Answer, ChangeKind, Operation, StatedStatus, TableChange};
use crate::emit::rust::Scope;

/// Returns the paragraphs about a call.
pub(super) fn paragraphs(operation: &Operation, scope: &mut Scope<'_>) -> Vec<String> {
    let mut sentences = vec![address(operation, scope)];
    sentences.extend(other_verbs(operation));
    sentences.extend(access(&operation.access));
    sentences.push(answer(&operation.answer, scope));
    sentences.extend(operation.table.as_ref().map(change));
    sentences.extend(operation.checks.iter().map(|rule| rules::join_phrases(&[rules::phrase(rule, false)])));
    let mut paragraphs = vec![sentences.join(" ")];

    let routes = operation.declared.iter().filter(|route| !route.docs.is_empty());
    let routes: Vec<String> = routes.map(|route| entry(&text::code(&route.to_string()), &route.docs)).collect();
    if !routes.is_empty() {
        paragraphs.push(routes.join("\n"));
    }
    for (heading, statuses) in [("Responses", &operation.successes), ("Errors", &operation.errors)] {
        let entries: Vec<String> = statuses.iter().map(status).collect();
        if !entries.is_empty() {
            paragraphs.push(format!("{heading}:"));
            paragraphs.push(entries.join("\n"));
        }
    }
    if !operation.tags.is_empty() {
        let tags: Vec<String> = operation.tags.iter().map(|tag| text::code(tag)).collect();
        paragraphs.push(format!("Tags: {}.", tags.join(", ")));
    }
    paragraphs
}

fn address(operation: &Operation, scope: &Scope<'_>) -> String {
    let declared: Vec<String> = operation.declared.iter().map(|route| text::code(&route.to_string())).collect();
    if operation.only_routes && operation.routes.is_empty() {
        let none = if declared.is_empty() { "has no routes" } else { "has no usable route" };
        let call = format!("Cannot be called: another request has the same name, and this one {none}");
        return if declared.is_empty() { format!("{call}.") } else { format!("{call}: {}.", declared.join(", ")) };
    }
    if declared.is_empty() {
        let call = text::code(&format!("{} {}/{}", operation.verb.name(), scope.api.folder_of_names(), operation.name));
        return format!("{call} (no declared route).");
    }
    let routes = format!("{}.", declared.join(", "));
    if !operation.only_routes {
        return routes;
    }
    format!("{routes} Called only by its routes, because another request has the same name.")
}

/// Describes how to choose between the verbs of the declared routes.
fn other_verbs(operation: &Operation) -> Option<String> {
    let verb = operation.verb.name();
    let others: Vec<String> =
        operation.other_verbs.iter().map(|other| format!("`.method(Method::{})`", other.name())).collect();
    (!others.is_empty()).then(|| format!("Sent with `{verb}`; a call can use another verb: {}.", others.join(", ")))
}

pub(in crate::emit) fn access(access: &[Access]) -> Option<String> {
    let phrases: Vec<String> = access.iter().map(|access| access.phrase(text::code)).collect();
    (!phrases.is_empty()).then(|| format!("Requires {}.", phrases.join(" and ")))
}

fn answer(answer: &Answer, scope: &mut Scope<'_>) -> String {
    match answer {
        Answer::Nothing => "Returns nothing.".to_owned(),
        Answer::Json(ty) => format!("Returns {}.", describe(ty, scope)),
        Answer::Text => "Returns text.".to_owned(),
        Answer::Bytes => "Returns the body as bytes.".to_owned(),
        Answer::Download => "Returns the body as a stream.".to_owned(),
    }
}

fn change(change: &TableChange) -> String {
    let table = text::code(&change.table);
    match change.kind {
        ChangeKind::Create => format!("Creates a row of {table}."),
        ChangeKind::Update => format!("Updates a row of {table}."),
        ChangeKind::Patch => format!("Updates the members of a row of {table} that are set."),
        ChangeKind::Delete => format!("Deletes rows of {table}."),
        ChangeKind::Save => format!("Creates or updates a row of {table}."),
    }
}

fn status(stated: &StatedStatus) -> String {
    let status = stated.status.as_deref().map_or_else(|| "any status".to_owned(), text::code);
    entry(&status, std::slice::from_ref(&stated.description))
}

/// Returns a list entry on one line.
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
