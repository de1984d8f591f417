//! Checks that each type of the setting `supply` is complete, and that something mentions it.

use std::collections::BTreeSet;

use crate::Error;
use crate::api::{IdVec, ItemId};
use crate::diagnostics::Diagnostics;
use crate::lower::builtin;
use crate::lower::draft::Item;
use crate::lower::resolve::Resolver;
use crate::lower::type_expr::parse;
use crate::metadata::Property;

/// Checks that every member of a supplied type has a type, and that something mentions each supplied type.
///
/// # Errors
///
/// If a type is incomplete or not mentioned: a setting without effect is a mistake.
pub(crate) fn check(items: &IdVec<ItemId, Item>, resolver: &Resolver<'_>) -> Result<(), Error> {
    let catalog = resolver.catalog;
    let supplied = || catalog.entries.enumerate().filter(|(_, entry)| entry.is_supplied);
    if supplied().next().is_none() {
        return Ok(());
    }
    for (id, entry) in supplied() {
        let full = entry.key.plain();
        let reject = |message: String| Error::usage(message).setting("supply", Some(&full));
        let check = |what: &str, diagnostics: &Diagnostics| match diagnostics.as_slice().first() {
            Some(diagnostic) => Err(reject(format!("{what}: {}", diagnostic.message))
                .help("write names with their namespace; `supply` can describe that type too")),
            None => Ok(()),
        };
        if let Some(base) = &entry.definition.inherits {
            let mut diagnostics = Diagnostics::default();
            resolver.resolve_arguments(base, "", Some(id), &mut diagnostics);
            check(&format!("the base class of `{full}` in `supply`"), &diagnostics)?;
        }
        for property in &entry.definition.properties {
            let name = format!("`{full}.{}` of `supply`", property.name);
            let mut diagnostics = Diagnostics::default();
            resolver.resolve_property(property, id, &mut diagnostics);
            check(&name, &diagnostics)?;
            if let Some(missing) = find_missing(property, resolver) {
                return Err(reject(format!("{name}: no type is called `{missing}`")));
            }
        }
    }
    let others = items.enumerate().flat_map(|(from, item)| {
        let mentioned = item.mentioned_items();
        mentioned.into_iter().filter(move |id| *id != from)
    });
    let bases = catalog.entries.iter().flat_map(|entry| {
        let parents = entry.definition.inherits.iter().chain(&entry.definition.implements);
        parents.filter_map(|parent| catalog.find_base(parent))
    });
    // A value of a described class may be an instance of a supplied class derived from it.
    let derived = supplied().filter(|(_, entry)| {
        let base = entry.definition.inherits.as_ref();
        base.is_some_and(|base| catalog.find_base(base).is_some())
    });
    let mentioned: BTreeSet<ItemId> = others.chain(bases).chain(derived.map(|(id, _)| id)).collect();
    match supplied().find(|(id, _)| !mentioned.contains(id)) {
        Some((_, entry)) => Err(Error::usage(format!("`{}` of `supply` matches nothing", entry.key.plain()))
            .setting("supply", Some(&entry.key.plain()))
            .help("nothing in the document mentions it; a document names nested types without the class around them")),
        None => Ok(()),
    }
}

/// Finds a name with a namespace that no type has: without the namespace it would refer to another type.
fn find_missing(property: &Property, resolver: &Resolver<'_>) -> Option<String> {
    let mut missing = None;
    parse(&property.type_name, &[])?.each_name(&mut |name| {
        let Some(outer) = name.outer.as_deref().filter(|outer| !builtin::is_system(outer)) else { return };
        let candidates = resolver.catalog.candidates(&name.simple, name.argument_count()).iter();
        let mut entries = candidates.map(|id| &resolver.catalog.entries[*id]);
        let is_runtime_type =
            builtin::is_service_stack(outer) && builtin::runtime_dto(&name.simple, name.args.len()).is_some();
        if !is_runtime_type && !entries.any(|entry| entry.key.is_declared_in(outer)) {
            missing = Some(format!("{outer}.{}", name.simple));
        }
    });
    missing
}
