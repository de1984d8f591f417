//! Formats changes in words and as JSON, for `evo-gen diff`, `--url`, `--check` and `--locked`.

use annotate_snippets::normalize_untrusted_str;
use serde_json::{Value, json};

use super::places::{ChangePlace, Places};
use crate::cli::report::{list_first, pluralize};
use crate::diff::{Bump, Change, Class, Diff};

/// The number of operations or changes that are listed on a line; the rest are counted.
const NAMED: usize = 5;

/// Formats a change on one line.
pub fn line(change: &Change) -> String {
    normalize_untrusted_str(&change.to_string())
}

/// Formats a change without its effect.
pub fn headline(change: &Change) -> String {
    normalize_untrusted_str(&change.headline())
}

/// Formats the operations that a change affects: `sent by AddPet; received by FindPets, GetPet and 3 more`. Empty if the change is about
/// the only operation.
pub fn operations(change: &Change) -> String {
    let is_own = change.what == "operation" && change.sent_by.len() == 1;
    let parts = [("sent by", &change.sent_by, is_own), ("received by", &change.received_by, false)];
    let parts = parts.into_iter().filter(|(_, names, is_own)| !names.is_empty() && !is_own);
    parts
        .map(|(words, names, _)| format!("{words} {}", list_first(names.iter().map(String::as_str), NAMED, " and ")))
        .collect::<Vec<_>>()
        .join("; ")
}

/// Formats the verdict on one line: `major: 2 changes break Rust code that compiled, 1 is additive`.
pub fn verdict(diff: &Diff) -> String {
    let Some(bump) = diff.verdict().bump else { return "nothing changed".to_owned() };
    let found = Class::ALL.into_iter().filter(|class| diff.count(*class) > 0);
    let clauses: Vec<String> = found
        .enumerate()
        .map(|(place, class)| {
            let count = diff.count(class);
            let subject = if place == 0 { pluralize(count, "change") } else { count.to_string() };
            let (s, is) = if count == 1 { ("s", "is") } else { ("", "are") };
            match class {
                Class::Breaking => format!("{subject} break{s} Rust code that compiled"),
                Class::Wire => format!("{subject} alter{s} what is sent or read"),
                Class::Attention => format!("{subject} need{s} attention"),
                Class::Additive => format!("{subject} {is} additive"),
                Class::Documentation => format!("{subject} {is} documentation only"),
            }
        })
        .collect();
    format!("{}: {}", bump.name(), clauses.join(", "))
}

/// Formats the required version of the client crate: the next version if the current one is known, otherwise the part to increment.
pub fn version(bump: Bump, version: Option<&str>) -> String {
    let rule = "below 1.0.0, the first number that is not zero counts as the major one";
    match version.and_then(|version| Some((version, bump.next(version)?))) {
        Some((version, next)) if version.starts_with("0.") => format!("{version} -> {next} ({rule})"),
        Some((version, next)) => format!("{version} -> {next}"),
        None => format!("a client crate needs a new {} version ({rule})", bump.name()),
    }
}

/// Formats the first reasons of the verdict.
pub fn reasons(diff: &Diff) -> String {
    let reasons = diff.verdict().reasons;
    normalize_untrusted_str(&list_first(reasons.iter().map(String::as_str), NAMED, ", and "))
}

/// Formats a change as JSON.
pub fn change_json(change: &Change, client: Option<&str>, places: Option<&Places>) -> Value {
    let mut value = json!({
        "kind": "change", "client": client, "class": change.class.name(), "change": change.kind, "what": change.what,
        "name": change.name, "message": change.message, "effect": change.effect, "old": change.old, "new": change.new,
        "sentBy": *change.sent_by, "receivedBy": *change.received_by,
    });
    let found = [
        ("old", change.old_pointer.as_deref(), places.and_then(|places| places.in_old(change))),
        ("new", change.new_pointer.as_deref(), places.and_then(|places| places.in_new(change))),
    ];
    if let Value::Object(members) = &mut value {
        for (side, pointer, place) in found {
            let mut insert = |name: &str, value: Value| members.insert(format!("{side}{name}"), value);
            insert("At", json!(pointer));
            if let Some(ChangePlace { place: Some(place), .. }) = place {
                insert("File", json!(place.file));
                if let Some((line, column)) = place.position {
                    insert("Line", json!(line));
                    insert("Column", json!(column));
                }
            }
        }
    }
    value
}

/// Formats the verdict as JSON.
pub fn verdict_json(diff: &Diff, client: Option<&str>, version: Option<&str>) -> Value {
    let verdict = diff.verdict();
    let mut value = json!({
        "kind": "verdict", "client": client, "bump": verdict.bump.map_or("none", Bump::name), "reasons": verdict.reasons,
        "version": version, "next": version.zip(verdict.bump).and_then(|(version, bump)| bump.next(version)),
    });
    if let Value::Object(members) = &mut value {
        members.extend(Class::ALL.map(|class| (class.name().to_owned(), json!(diff.count(class)))));
    }
    value
}
