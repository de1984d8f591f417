//! `evo-gen list` and `evo-gen show`: the operations and types of a service, as the generator understands them.

mod list;
mod show;

pub use self::list::{ListArgs, list};
pub use self::show::{ShowArgs, show};
use crate::api::{Api, Operation};
use crate::config::suggest;
use crate::emit;

/// Returns the preferred path of an operation: the first usable route, otherwise its name, unless another operation has the same one.
fn address(api: &Api, operation: &Operation) -> String {
    match operation.routes.first() {
        Some(route) => route.template(),
        None if operation.only_routes => "-".to_owned(),
        None => format!("{}/{}", api.folder_of_names(), operation.name),
    }
}

/// Finds an entry by its name, in any case, or by its full .NET name. `names` returns both.
///
/// # Errors
///
/// Returns a suggestion for the help of an error.
pub fn find<'e, T>(
    entries: &'e [T],
    names: impl Fn(&'e T) -> (&'e str, &'e str),
    wanted: &str,
) -> Result<&'e T, String> {
    let by_name = entries.iter().find(|entry| names(entry).0.eq_ignore_ascii_case(wanted));
    let found = by_name.or_else(|| entries.iter().find(|entry| names(entry).1.eq_ignore_ascii_case(wanted)));
    found.ok_or_else(|| suggest_name(wanted, &entries.iter().map(|entry| names(entry).0).collect::<Vec<_>>()))
}

/// Suggests the most similar name for an unknown one, otherwise the names that contain it.
fn suggest_name(unknown: &str, names: &[&str]) -> String {
    let lower = unknown.to_lowercase();
    let containing: Vec<&str> = names.iter().filter(|name| name.to_lowercase().contains(&lower)).copied().collect();
    let otherwise = match containing.len() {
        1..=10 => format!("did you mean `{}`?", containing.join("`, `")),
        _ => "`evo-gen list` lists the operations, and `evo-gen list --types` the types".to_owned(),
    };
    suggest(unknown, names, &otherwise)
}

/// Returns all declared routes, in the order of the document.
fn routes(operation: &Operation) -> Vec<String> {
    operation.declared.iter().map(ToString::to_string).collect()
}

/// Describes who may call an operation in plain text; empty if everybody may.
fn access(operation: &Operation) -> String {
    emit::access(operation).unwrap_or_default().replace('`', "")
}

/// Returns the operations of a model, sorted by name.
fn operations(api: &Api) -> Vec<(&crate::api::Item, &Operation)> {
    let mut operations: Vec<_> = api.operations().map(|(item, _, operation)| (item, operation)).collect();
    operations.sort_by(|a, b| a.1.name.cmp(&b.1.name));
    operations
}
