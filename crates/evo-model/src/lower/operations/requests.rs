//! Problems with requests as servers list them: shared names, and hidden members.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::Diagnostics;
use crate::metadata::{Operation, Types};

/// The maximum number of requests that a message lists.
const SHOWN: usize = 8;

/// Finds the operations, by index, that share their simple name with another one, ignoring case: `/api/Find` runs the one that the server
/// registered last, and documents do not reveal which one that is. One of them may be an operation of ServiceStack itself.
pub(super) fn find_same_names(types: &Types, diagnostics: &mut Diagnostics) -> BTreeSet<usize> {
    let mut by_name: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for (index, operation) in types.operations.iter().enumerate() {
        // A request with the same full name is a duplicate, and was dropped already.
        by_name.entry(simple_name(operation)).or_default().entry(full_name(operation)).or_insert(index);
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
            format!(
                "{} have the same name: `/api/{simple}` calls the one that the server registered last",
                list_requests(&names)
            ),
            "each is called only by its declared routes; rename one of them on the server",
        );
        found.extend(requests.into_values());
    }
    found
}

/// Warns about requests that servers list without their members: servers take a class without a namespace, or with one that begins with
/// `System`, for a .NET type.
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
            name_requests(&names)
        ),
        "move the DTO into a namespace on the server, such as `Shop.Api`, and fetch the document again",
    );
}

/// `the request A is`, `the requests A and B are`.
fn name_requests(names: &[&str]) -> String {
    match names {
        [name] => format!("the request {name} is"),
        names => format!("{} are", list_requests(names)),
    }
}

/// `the requests A, B and C`; only the first few if there are many.
fn list_requests(names: &[&str]) -> String {
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
