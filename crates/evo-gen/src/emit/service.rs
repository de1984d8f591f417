//! The root module: what is known about the service, and its client.

use std::collections::BTreeSet;

use super::docs;
use super::files::visibility;
use super::layout::{self, MacroCall, literal};
use super::lints;
use super::scope::{Scope, spelled};
use crate::Error;
use crate::api::Api;
use crate::config::AddressKind;
use crate::facts::{Casing, Dialect};

/// The documentation of the root module.
pub(super) fn module_docs(api: &Api) -> Vec<String> {
    let name = docs::escape(&api.service.name).join(" ");
    let name = if name.is_empty() { "a ServiceStack service".replace("ServiceStack", "`ServiceStack`") } else { name };
    let (operations, types) = api.count();
    if api.types_only {
        return vec![format!("The {types} types of {name}.")];
    }
    vec![format!("Client for {name}: {operations} operations, {types} types.")]
}

/// The facts of the service, its client type, and the operations that the runtime brings.
pub(super) fn service(scope: &mut Scope<'_>) -> Result<String, Error> {
    let api = scope.api;
    let (visibility, service) = (visibility(api), scope.runtime("Service"));
    let (name, facts) = (literal(&api.service.name), facts(scope).concat());
    let constant = layout::items(&format!(
        "/// What the service says about itself, for the client to begin with.\n\
         {visibility} const SERVICE: {service} = {service}::new({name}){facts};"
    ))?;
    scope.runtime_macro("service");
    let head = format!("{visibility} Client: SERVICE");
    let client = MacroCall { name: "service", head, entries: None, tail: String::new() }.text();
    let own: Vec<_> = own_names(api).into_iter().map(spelled).collect();
    let reexports = if own.is_empty() {
        String::new()
    } else {
        let names = own.join(", ");
        layout::items(&format!(
            "{}#[doc(inline)] {visibility} use ::evo_runtime::dto::{{{names}}};",
            lints::OF_REEXPORTS
        ))?
    };
    Ok([constant, client, reexports].iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("\n"))
}

/// What the host stated, as calls that follow `Service::new(..)`.
fn facts(scope: &mut Scope<'_>) -> Vec<String> {
    let service = &scope.api.service;
    let mut facts = Vec::new();
    if !service.addresses.is_empty() {
        let address = scope.runtime("Address");
        let kinds = service.addresses.iter().map(|kind| match kind {
            AddressKind::Api => format!("{address}::Api"),
            AddressKind::Routes => format!("{address}::Routes"),
            AddressKind::Reply => format!("{address}::Reply"),
        });
        facts.push(format!(".addresses(&[{}])", kinds.collect::<Vec<_>>().join(", ")));
    }
    let Some(stated) = &service.facts else { return facts };
    let dialect = match stated.dialect {
        Dialect::ServiceStackText => Some("ServiceStackText"),
        Dialect::SystemTextJson => Some("SystemTextJson"),
        Dialect::Unknown => None,
    };
    facts.extend(dialect.map(|variant| format!(".dialect({}::{variant})", scope.runtime("Dialect"))));
    let casing = match stated.casing {
        Casing::Camel => Some("Camel"),
        Casing::Pascal => Some("Pascal"),
        Casing::Snake => Some("Snake"),
        Casing::Unknown => None,
    };
    facts.extend(casing.map(|variant| format!(".casing({}::{variant})", scope.runtime("Casing"))));
    facts.push(format!(".endpoint_routing({})", stated.endpoint_routing));
    facts.extend(stated.api.map(|api| format!(".api({api})")));
    facts.extend(stated.version.as_ref().map(|version| format!(".version({})", literal(version))));
    facts
}

/// The names of the operations that the runtime brings, and of their answers.
fn own_names(api: &Api) -> BTreeSet<&str> {
    let all = api.runtime_operations.iter().chain(&api.runtime_answers);
    all.filter_map(|name| name.rsplit("::").next()).collect()
}
