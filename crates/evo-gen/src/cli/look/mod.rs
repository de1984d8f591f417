//! `evo-gen list` and `evo-gen show`: what a service has, as `lower` understood it.

mod list;
mod show;

pub use self::list::{ListArgs, list};
pub use self::show::{ShowArgs, show};
use super::subject::Subject;
use crate::api::{Api, Operation};
use crate::config::Settings;
use crate::emit;

/// The settings that decide what the document means and which names it has in Rust. `include` is the caller's.
fn settings_of(subject: &Subject, include: Vec<String>) -> Settings {
    let mut settings = Settings::default();
    settings.include = include;
    settings.address.clone_from(&subject.settings.address);
    settings.supply.clone_from(&subject.settings.supply);
    settings.resolve.clone_from(&subject.settings.resolve);
    settings.rename.clone_from(&subject.settings.rename);
    settings.service_stack.clone_from(&subject.settings.service_stack);
    settings
}

/// The path that an operation is best called by: the first usable route, else its name.
fn address(api: &Api, operation: &Operation) -> String {
    match operation.routes.first() {
        Some(route) => route.template(),
        None => format!("{}/{}", api.folder_of_names(), operation.name),
    }
}

/// The name by which people find an item: without namespace and arity.
pub fn find<'a>(names: impl Iterator<Item = &'a str>, wanted: &str) -> Result<usize, Vec<&'a str>> {
    let names: Vec<&str> = names.collect();
    names.iter().position(|name| name.eq_ignore_ascii_case(wanted)).ok_or(names)
}

/// All declared routes, as the document lists them.
fn routes(operation: &Operation) -> Vec<String> {
    operation.declared.iter().map(ToString::to_string).collect()
}

/// Who may call, as a sentence without marks; empty if everybody may.
fn access(operation: &Operation) -> String {
    emit::access(operation).unwrap_or_default().replace('`', "")
}

/// The operations of a model by their names.
fn operations(api: &Api) -> Vec<(&crate::api::Item, &Operation)> {
    let mut operations: Vec<_> = api.operations().map(|(item, _, operation)| (item, operation)).collect();
    operations.sort_by(|a, b| a.1.name.cmp(&b.1.name));
    operations
}
