//! What is wrong with requests as the server lists them: names that several have, members that it hides.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::Diagnostics;
use crate::lower::builtin;
use crate::metadata::{Operation, Types};

/// So many requests are named in one remark.
const SHOWN: usize = 8;

/// The operations, by index, whose simple name is that of another one too, case aside: `/api/Find` runs the one that the server
/// registered last, which no document tells.
pub(super) fn find_same_names(types: &Types, diagnostics: &mut Diagnostics) -> BTreeSet<usize> {
    let mut by_name: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for (index, operation) in types.operations.iter().enumerate() {
        if !builtin::is_service_stack(&operation.request.namespace) {
            // What has the same namespace too is listed twice, and left out.
            by_name.entry(simple_name(operation)).or_default().entry(full_name(operation)).or_insert(index);
        }
    }
    let mut found = BTreeSet::new();
    for requests in by_name.into_values().filter(|requests| requests.len() > 1) {
        let pointer =
            requests.values().filter_map(|index| types.operations.get(*index)).map(|operation| &operation.pointer);
        let names: Vec<&str> = requests.keys().map(String::as_str).collect();
        let simple = names.first().and_then(|name| name.rsplit('.').next()).unwrap_or_default();
        diagnostics.warn(
            "EVO0013",
            pointer.max().map(String::as_str).unwrap_or_default(),
            format!("{} have one name: `/api/{simple}` runs the one that the server registered last", listed(&names)),
            "each is called by its declared routes alone; give one of them another name on the server",
        );
        found.extend(requests.into_values());
    }
    found
}

/// Remarks on requests that servers list without their members: they take what has no namespace, or one that begins with `System`, for
/// types of .NET.
pub(super) fn check_members(types: &Types, diagnostics: &mut Diagnostics) {
    let is_hidden = |operation: &&Operation| {
        let namespace = &operation.request.namespace;
        operation.request.properties.is_empty() && (namespace.is_empty() || namespace.starts_with("System"))
    };
    let hidden: Vec<&Operation> = types.operations.iter().filter(is_hidden).collect();
    let Some(first) = hidden.first() else { return };
    let mut names: Vec<String> = hidden.iter().map(|operation| full_name(operation)).collect();
    names.sort();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    diagnostics.warn(
        "EVO0014",
        &first.request.pointer,
        format!(
            "{} listed without members: servers hide those of requests without a namespace, or in one that begins with `System`",
            are_named(&names)
        ),
        "move the DTO into a namespace of its own on the server, as `Shop.Api`, and fetch the document again",
    );
}

fn are_named(names: &[&str]) -> String {
    match names {
        [name] => format!("the request {name} is"),
        names => format!("{} are", listed(names)),
    }
}

/// `the requests A, B and C`; of many the first.
fn listed(names: &[&str]) -> String {
    let mut shown: Vec<String> = names.iter().take(SHOWN).map(|name| (*name).to_owned()).collect();
    if names.len() > SHOWN {
        shown.push(format!("{} others", names.len() - SHOWN));
    }
    let last = shown.pop().unwrap_or_default();
    format!("the requests {} and {last}", shown.join(", "))
}

fn full_name(operation: &Operation) -> String {
    let dot = if operation.request.namespace.is_empty() { "" } else { "." };
    format!("{}{dot}{}", operation.request.namespace, operation.request.name)
}

fn simple_name(operation: &Operation) -> String {
    operation.request.name.rsplit(['.', '+']).next().unwrap_or_default().to_lowercase()
}
