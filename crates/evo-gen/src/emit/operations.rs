//! Operations: one line that says how to call, and a paragraph that tells people.

use super::layout::{MacroCall, literal};
use super::scope::{Scope, spelled};
use super::{docs, rules};
use crate::api::{Answer, Item, ItemId, Operation, Ty};

/// `operation!(HoldSession: POST "/sessions/{SessionId}/hold" => SessionInfo);`
pub(super) fn call(item: &Item, operation: &Operation, scope: &mut Scope<'_>) -> String {
    scope.runtime_macro("operation");
    let mut head = spelled(&item.name).into_owned();
    if operation.name != item.name {
        head.extend([" as ", &literal(&operation.name)]);
    }
    head.extend([": ", &spelled(operation.verb.name())]);
    let routes: Vec<String> = operation.routes.iter().map(|route| literal(&route.template())).collect();
    if !routes.is_empty() {
        head.extend([" ", &routes.join(", ")]);
    }
    let answer = match &operation.answer {
        Answer::Nothing => "()".to_owned(),
        Answer::Json(ty) => scope.ty(ty),
        Answer::Text => "raw String".to_owned(),
        Answer::Bytes => format!("raw {}", scope.runtime("Bytes")),
        Answer::Download => format!("raw {}", scope.runtime("Download")),
    };
    head.extend([" => ", &answer]);
    if operation.has_dates {
        head.push_str(", dates");
    }
    // What is no record has no members to name.
    let rows: Vec<ItemId> = operation.rows.iter().copied().filter(|row| scope.is_record(*row)).collect();
    let rows: Vec<String> = rows.into_iter().map(|row| scope.item(row)).collect();
    if !rows.is_empty() {
        head.extend([", rows ", &rows.join(", ")]);
    }
    MacroCall { name: "operation", head, entries: None, tail: String::new() }.text()
}

/// The paragraph about a call: where it goes, who may make it, what comes back.
pub(super) fn docs(operation: &Operation, scope: &mut Scope<'_>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let declared: Vec<String> = operation.declared.iter().map(|route| docs::code(&route.call)).collect();
    let call = if declared.is_empty() {
        format!("{}, no declared route", docs::code(&format!("{} /api/{}", operation.verb.name(), operation.name)))
    } else {
        declared.join(", ")
    };
    let mut sentence = vec![call];
    if !operation.needs.is_empty() {
        sentence.push(format!("needs {}", docs::printable(&operation.needs.join(" and "))));
    }
    sentence.push(match &operation.answer {
        Answer::Nothing => "answers nothing".to_owned(),
        Answer::Json(ty) => format!("answers {}", describe(ty, scope)),
        Answer::Text => "answers text".to_owned(),
        Answer::Bytes => "answers the body as it stands".to_owned(),
        Answer::Download => "answers a download".to_owned(),
    });
    sentence.extend(operation.table.as_deref().map(docs::printable));
    sentence.extend(operation.checks.iter().map(rules::phrase));
    lines.push(format!("{}.", sentence.join("; ")));
    let told = operation.declared.iter().filter(|route| !route.docs.is_empty());
    let told: Vec<String> = told.map(|route| entry(&docs::code(&route.call), &route.docs)).collect();
    if !told.is_empty() {
        lines.push(told.join("\n"));
    }
    let errors = operation.errors.iter().map(|error| {
        let status = error.status.as_deref().map_or_else(|| "any".to_owned(), docs::code);
        entry(&status, std::slice::from_ref(&error.description))
    });
    let errors: Vec<String> = errors.collect();
    if !errors.is_empty() {
        lines.push(format!("Errors that the service states:\n{}", errors.join("\n")));
    }
    if !operation.tags.is_empty() {
        let tags: Vec<String> = operation.tags.iter().map(|tag| docs::code(tag)).collect();
        lines.push(format!("Tags: {}.", tags.join(", ")));
    }
    lines
}

/// An entry of a list, on one line.
fn entry(head: &str, texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| docs::one_line(text)).filter(|text| !text.is_empty()).collect();
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

/// The derive macros of Rust's prelude.
const DERIVES: [&str; 9] = ["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];

/// A type in words, with links to the items of the API.
fn describe(ty: &Ty, scope: &mut Scope<'_>) -> String {
    match ty {
        Ty::Std(name) => format!("`{name}`"),
        Ty::Parameter(name) => format!("`{name}`"),
        Ty::Runtime(name, args) if name == "Value" && args.is_empty() => "any JSON".to_owned(),
        Ty::Runtime(name, args) => {
            let simple = name.rsplit("::").next().unwrap_or(name);
            with_arguments(format!("`{simple}`"), args, scope)
        }
        Ty::Item(index, args) => {
            let path = scope.item(*index);
            let simple = path.rsplit("::").next().unwrap_or(&path).to_owned();
            // Without more, rustdoc does not know whether the type or the derive macro is meant.
            let kind = if DERIVES.contains(&path.as_str()) { "type@" } else { "" };
            let is_plain = path == simple && kind.is_empty();
            let link = if is_plain { format!("[`{simple}`]") } else { format!("[`{simple}`]({kind}{path})") };
            with_arguments(link, args, scope)
        }
        Ty::Foreign(foreign) => with_arguments(format!("`{}`", foreign.path), &foreign.args, scope),
        Ty::Option(inner) | Ty::Boxed(inner) => describe(inner, scope),
        Ty::List(inner) => format!("a list of {}", describe(inner, scope)),
        Ty::Map(_, value) => format!("a map of {}", describe(value, scope)),
    }
}

fn with_arguments(name: String, args: &[Ty], scope: &mut Scope<'_>) -> String {
    if args.is_empty() {
        return name;
    }
    let args: Vec<String> = args.iter().map(|arg| describe(arg, scope)).collect();
    format!("{name} of {}", args.join(", "))
}
