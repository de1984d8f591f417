//! The documentation of modules.

use super::text;
use crate::api::{Api, Module, ModulePart};

/// The paragraphs of a module.
pub(super) fn paragraphs(api: &Api, module: &Module) -> Vec<String> {
    if module.path.is_empty() {
        return vec![root(api)];
    }
    let namespaces = namespaces(module);
    if namespaces.is_empty() {
        return vec!["The namespaces below.".to_owned()];
    }
    let feature = module.feature.as_ref().map(|feature| format!(" Needs the feature {}.", text::code(&feature.name)));
    vec![format!("{namespaces}.{}", feature.unwrap_or_default())]
}

fn root(api: &Api) -> String {
    let name = text::escape(&api.service.name).join(" ");
    let name = if name.is_empty() { "a `ServiceStack` service" } else { &name };
    let (operations, types) = api.count();
    if api.types_only {
        return format!("The {types} types of {name}.");
    }
    format!("Client for {name}: {operations} operations, {types} types.")
}

/// The paragraphs of a part of a module.
pub(super) fn of_part(module: &Module, part: &ModulePart) -> Vec<String> {
    let what = if part.are_operations { "Operations" } else { "Types" };
    let namespaces = namespaces(module);
    let of = if namespaces.is_empty() { "the module above" } else { &namespaces };
    vec![format!("{what} of {of}.")]
}

/// The namespaces of a module, as documentation lists them.
fn namespaces(module: &Module) -> String {
    module.namespaces.iter().map(|namespace| text::code(namespace)).collect::<Vec<_>>().join(", ")
}
