//! The documentation of modules.

use super::text;
use crate::api::{Api, Module, ModulePart};

/// Returns the documentation of a module.
pub(super) fn paragraphs(api: &Api, module: &Module) -> Vec<String> {
    if module.path.is_empty() {
        return std::iter::once(root(api)).chain(api.recursion_limit.map(recursion_limit)).collect();
    }
    let feature = module.feature.as_ref().map(|feature| format!(" Needs the feature {}.", text::code(&feature.name)));
    let feature = feature.unwrap_or_default();
    let operations = module.items.iter().filter(|id| api.items[**id].operation().is_some()).count();
    let content = content(operations, module.items.len() - operations);
    match namespaces(module).as_str() {
        "" => vec![format!("Parent of the modules below.{feature}")],
        namespaces => vec![format!("{namespaces}: {content}.{feature}")],
    }
}

fn root(api: &Api) -> String {
    let name = text::escape(&api.service.name).join(" ");
    let name = if name.is_empty() { "a `ServiceStack` service" } else { &name };
    let (operations, types) = api.count();
    if api.types_only {
        return format!("Types of {name}: {}.", content(0, types));
    }
    format!("Client for {name}: {}.", content(operations, types))
}

/// Describes the attribute that the crate and its users have to add.
fn recursion_limit(limit: usize) -> String {
    format!(
        "Its types refer to each other deeper than rustc follows by default. The root of the crate, and of each program that \
         uses it, needs the line `#![recursion_limit = \"{limit}\"]`."
    )
}

/// Counts the operations and types of a module.
fn content(operations: usize, types: usize) -> String {
    let count = |count: usize, word: &str| match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        many => Some(format!("{many} {word}s")),
    };
    let parts: Vec<String> = [count(operations, "operation"), count(types, "type")].into_iter().flatten().collect();
    if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") }
}

/// Returns the documentation of a part of a module.
pub(super) fn for_part(module: &Module, part: &ModulePart) -> Vec<String> {
    let what = if part.are_operations { "Operations" } else { "Types" };
    let namespaces = namespaces(module);
    let of = if namespaces.is_empty() { "the module above" } else { &namespaces };
    vec![format!("{what} of {of}.")]
}

/// Lists the namespaces of a module.
fn namespaces(module: &Module) -> String {
    module.namespaces.iter().map(|namespace| text::code(namespace)).collect::<Vec<_>>().join(", ")
}
