//! What a document means: passes from [`Types`] to [`Api`], each a function with one job.
//!
//! [`lower`] calls them in order. The modules, each of which uses only those above it:
//!
//! - `builtin`, `limits`, `spelling`, `lookup`, `reach`: types that are known by name, limits of documents, spelled types, settings by
//!   name, and reachability;
//! - `draft`: the items that the passes work on, which have no Rust names yet;
//! - `catalog`: the types that the document describes and the settings supply, each once;
//! - `resolve`: the type that a name means;
//! - `items` and `operations`: what becomes of each described type, and of each request;
//! - `passes`: what Rust expresses differently from C#;
//! - `select`: the operations to generate, and the types that they need;
//! - `finish`: modules, names, derives, attributes and features.

mod builtin;
mod catalog;
mod draft;
mod finish;
mod items;
mod limits;
mod lookup;
mod operations;
mod passes;
mod reach;
mod resolve;
mod select;
mod spelling;

use std::collections::{BTreeMap, BTreeSet};

use self::catalog::{Catalog, Key, service_stack};
use self::finish::{
    accessors, attributes, calls, deprecated, derives, module_features, modules, names, parts, recursion_limit,
    runtime_features, secrets, validation,
};
use self::items::supplied;
use self::lookup::Lookup;
pub(crate) use self::passes::components::strongly_connected_components;
use self::passes::directions::Directions;
use self::passes::{
    dates, expansion, generic_lists, hierarchy, members, null_items, parameters, recursion, representation, required,
};
pub(crate) use self::reach::reachable;
use self::resolve::Resolver;
use self::resolve::replace::Replacements;
use crate::Error;
use crate::api::{Api, Service};
use crate::config::{Layout, Settings};
use crate::diagnostics::Diagnostics;
use crate::facts::Facts;
use crate::metadata::{Type, Types};

/// Decides everything about the generated code: types, names, optional members, routes, responses.
///
/// `earlier` holds the names that an earlier run decided; they are kept.
///
/// # Errors
///
/// If a setting matches nothing or cannot be applied, or if the document exceeds a limit.
pub fn lower(
    types: &Types,
    facts: Option<&Facts>,
    settings: &Settings,
    earlier: &BTreeMap<String, String>,
    diagnostics: &mut Diagnostics,
) -> Result<Api, Error> {
    // What there is, and what each name in it means.
    limits::check(types)?;
    let mut selected = select::select_operations(types, settings)?;
    let types = &*service_stack::with_operations(types, &settings.service_stack)?;
    selected.resize(types.operations.len(), true);
    let catalog = Catalog::new(types, &settings.supply, diagnostics)?;
    let replacements = Replacements::new(&settings.replace, &catalog, &selected)?;
    let resolver = Resolver::new(&catalog, &replacements, types, settings)?;
    let (mut items, remarks) = items::make_items(&resolver)?;
    operations::add_operations(&mut items, types, &selected, &resolver, diagnostics);
    supplied::check(&items, &resolver)?;
    resolver.check_same_as()?;

    // What Rust says in another way: generics, hierarchies, null, recursion.
    generic_lists::inline_generic_lists(&mut items, &catalog, diagnostics);
    parameters::drop_unused_parameters(&mut items);
    expansion::cut_growing_types(&mut items, &catalog, diagnostics);
    // What was cut may have been the only use of a parameter.
    parameters::drop_unused_parameters(&mut items);
    let mut type_names = Lookup::of_list("type_names", &settings.type_names);
    let mut sealed = Lookup::of_list("sealed", &settings.sealed);
    hierarchy::make_enums_of_abstract_classes(&mut items, &catalog, &replacements, &mut type_names, &mut sealed)?;
    let directions = Directions::new(&items);
    hierarchy::make_enums_of_concrete_bases(
        &mut items,
        &catalog,
        &replacements,
        &directions,
        &mut type_names,
        &mut sealed,
    )?;
    type_names.finish()?;
    sealed.finish()?;
    let directions = Directions::new(&items);
    null_items::keep_nulls(&mut items, &settings.null_items)?;
    dates::mark_dates(&mut items);
    representation::represent(&mut items, settings);
    let required = if settings.required { required::find_required(&items, &catalog)? } else { BTreeSet::new() };
    let always_there = members::decide_optional_members(&mut items, &directions, &required, &settings.optional)?;
    recursion::box_recursive_members(&mut items, &always_there)?;
    deprecated::mark_deprecated(&mut items, &settings.deprecated)?;

    // What is wanted of it, and how it is called.
    let (runtime_operations, runtime_answers) = operations::of_runtime(types, &selected);
    let needed = select::drop_unneeded(&mut items, &catalog, &replacements, settings);
    replacements.finish()?;
    // A type that nobody gets needs no remarks.
    diagnostics.extend(needed.into_iter().filter_map(|id| remarks.find(id)));
    // A struct is the same unknown wherever it stands.
    diagnostics.keep_first("EVO0023");
    let groups = modules::group_items(&items, settings)?;
    attributes::add_attributes(&mut items, &settings.attributes)?;
    secrets::mark_secrets(&mut items, &settings.secret)?;
    let derives = derives::decide_derives(&items, &settings.derive, settings.maps)?;
    let named = names::assign_names(items, derives, &groups, settings, earlier, diagnostics)?;
    let mut api = Api {
        service: describe_service(facts, types, settings),
        modules: named.modules,
        items: named.items,
        runtime_operations,
        runtime_answers,
        examples: calls::examples(settings)?,
        types_only: settings.types_only,
        is_one_file: settings.layout == Layout::File,
        visibility: settings.visibility,
        maps: settings.maps,
        runtime_features: BTreeSet::new(),
        recursion_limit: None,
        names: named.names,
    };
    accessors::add_accessors(&mut api.items);
    if settings.validate {
        validation::add_validation(&mut api.items)?;
    }
    if settings.types_only {
        calls::drop_calls(&mut api, settings)?;
    }
    if settings.features {
        module_features::add_module_features(&mut api, settings)?;
    }
    parts::split_modules(&mut api);
    api.recursion_limit = recursion_limit::find_recursion_limit(&api, diagnostics);
    api.runtime_features = runtime_features::find_runtime_features(&api);
    Ok(api)
}

/// The .NET name of a described type: ``Voice.Api.ListResponse`1``.
pub(crate) fn dotnet_name(definition: &Type) -> String {
    Key::of(definition).dotnet()
}

fn describe_service(facts: Option<&Facts>, types: &Types, settings: &Settings) -> Service {
    Service {
        name: facts.and_then(|facts| facts.name.clone()).unwrap_or_else(|| common_name(types)),
        facts: facts.cloned(),
        addresses: settings.address.clone(),
    }
}

/// A name for a service that states none: the first part of its namespaces, that of most operations where they differ.
fn common_name(types: &Types) -> String {
    let namespaces = types.operations.iter().map(|operation| operation.request.namespace.as_str());
    let own = namespaces.filter(|namespace| !builtin::is_service_stack(namespace) && !builtin::is_system(namespace));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for first in own.filter_map(|namespace| namespace.split('.').next()).filter(|first| !first.is_empty()) {
        *counts.entry(first).or_default() += 1;
    }
    // The last of equal ones is the greatest: reversed, the first by name.
    let common = counts.into_iter().rev().max_by_key(|(_, count)| *count);
    common.map(|(first, _)| first.to_owned()).unwrap_or_default()
}
