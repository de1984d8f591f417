//! Compares everything outside of items: facts about the service, runtime operations, Cargo features.

use std::collections::BTreeSet;

use super::change::Class;
use super::comparison::{Comparison, Finding};
use crate::facts::{Casing, Dialect, Facts};

/// Compares the services as a whole.
pub(super) fn compare_services(comparison: &mut Comparison<'_>) {
    let (old, new) = (comparison.old.api, comparison.new.api);
    // A document without facts states nothing about them.
    if let (Some(before), Some(now)) = (&old.service.facts, &new.service.facts) {
        compare_facts(comparison, before, now);
    }
    let names = |operations: &[String], answers: &[String]| -> BTreeSet<String> {
        operations.iter().chain(answers).cloned().collect()
    };
    let old_names = names(&old.runtime_operations, &old.runtime_answers);
    let new_names = names(&new.runtime_operations, &new.runtime_answers);
    let own =
        |name: &str, operations: &[String]| if operations.iter().any(|own| own == name) { "operation" } else { "type" };
    for name in old_names.difference(&new_names) {
        let what = own(name, &old.runtime_operations);
        let kind = if what == "operation" { "operation-removed" } else { "type-removed" };
        let finding = Finding::new(kind, Class::Breaking, "was removed")
            .because("the client no longer re-exports it from the runtime");
        comparison.add(finding.about(what, last_segment(name)));
    }
    for name in new_names.difference(&old_names) {
        let what = own(name, &new.runtime_operations);
        let kind = if what == "operation" { "operation-added" } else { "type-added" };
        comparison.add(Finding::new(kind, Class::Additive, "was added").about(what, last_segment(name)));
    }
    compare_features(comparison);
    compare_requirements(comparison);
}

/// Returns the name without the module of the runtime.
fn last_segment(name: &str) -> String {
    name.rsplit("::").next().unwrap_or(name).to_owned()
}

fn compare_facts(comparison: &mut Comparison<'_>, old: &Facts, new: &Facts) {
    let flag = |value: bool| if value { "yes" } else { "no" }.to_owned();
    let api = |value: Option<bool>| value.map_or_else(|| "unknown".to_owned(), flag);
    let facts = [
        (
            "has the name",
            Class::Documentation,
            old.name.clone().unwrap_or_default(),
            new.name.clone().unwrap_or_default(),
        ),
        (
            "runs ServiceStack",
            Class::Documentation,
            old.version.clone().unwrap_or_default(),
            new.version.clone().unwrap_or_default(),
        ),
        ("uses the serializer", Class::Wire, dialect(old.dialect), dialect(new.dialect)),
        ("spells keys as", Class::Wire, casing(old.casing), casing(new.casing)),
        ("uses endpoint routing:", Class::Wire, flag(old.endpoint_routing), flag(new.endpoint_routing)),
        ("has `/api`:", Class::Wire, api(old.api), api(new.api)),
    ];
    for (words, class, old, new) in facts.into_iter().filter(|(.., old, new)| old != new) {
        let finding = Finding::replaced("service-changed", class, words, old, new);
        comparison.add(finding.about("service", String::new()));
    }
}

fn dialect(dialect: Dialect) -> String {
    match dialect {
        Dialect::ServiceStackText => "ServiceStack.Text",
        Dialect::SystemTextJson => "System.Text.Json",
        Dialect::Unknown => "unknown",
    }
    .to_owned()
}

fn casing(casing: Casing) -> String {
    match casing {
        Casing::Camel => "camelCase",
        Casing::Pascal => "PascalCase",
        Casing::Snake => "snake_case",
        Casing::Unknown => "unknown",
    }
    .to_owned()
}

fn compare_features(comparison: &mut Comparison<'_>) {
    let (old, new) = (comparison.old.api.features(), comparison.new.api.features());
    for name in old.keys().filter(|name| !new.contains_key(*name)) {
        let finding = Finding::new("feature-removed", Class::Breaking, "was removed")
            .because("crates that enable it do not build");
        comparison.add(finding.about("feature", name.clone()));
    }
    for name in new.keys().filter(|name| !old.contains_key(*name)) {
        comparison.add(Finding::new("feature-added", Class::Additive, "was added").about("feature", name.clone()));
    }
}

/// Compares the requirements for the crate of the client.
fn compare_requirements(comparison: &mut Comparison<'_>) {
    let (old, new) = (comparison.old.api, comparison.new.api);
    for feature in new.runtime_features.difference(&old.runtime_features) {
        let message = format!("needs the feature `{feature}` of evo-runtime");
        comparison.add(requirement(message));
    }
    if let Some(limit) = new.recursion_limit.filter(|limit| old.recursion_limit.is_none_or(|old| old < *limit)) {
        comparison.add(requirement(format!("needs a `recursion_limit` of {limit} in crates that use its types")));
    }
}

fn requirement(message: String) -> super::Change {
    Finding::new("requirement-changed", Class::Attention, message).about("client", String::new())
}
