//! Works out what a document means: passes from [`Types`] to [`Api`], each a function with one job.
//!
//! [`lower`] runs them in order. Each of these modules uses only the ones above it:
//!
//! - `builtin`, `limits`, `type_expr`, `csharp`, `lookup`, `reach`: types that are known by name, limits of documents, type names as
//!   documents and C# write them, settings by name, and reachability;
//! - `draft`: the items that the passes work on, which have no Rust names yet;
//! - `catalog`: the types that the document describes and the settings supply, each once;
//! - `resolve`: the type that a name refers to;
//! - `items` and `operations`: what each described type, and each request, turns into;
//! - `passes`: what Rust expresses differently from C#;
//! - `select`: the operations to generate, and the types that they need;
//! - `finish`: modules, names, derives, attributes and features.

mod builtin;
mod catalog;
mod csharp;
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
mod type_expr;

use std::collections::{BTreeMap, BTreeSet};

pub use self::catalog::service_stack::service_stack_operation;
use self::catalog::{Catalog, Key, service_stack};
use self::finish::annotations::Annotations;
use self::finish::name_items::Decisions;
use self::finish::{
    accessors, calls, derives, lints, module_features, modules, names, parts, recursion_limit, runtime_features,
    secrets, validation,
};
use self::items::supplied;
use self::lookup::Lookup;
use self::operations::rows;
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
/// `earlier` holds the names chosen by an earlier run; they are kept.
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
    // The types and operations that the document describes, and the meaning of each name in them.
    limits::check(types)?;
    let mut selected = select::select_operations(types, settings)?;
    let types = &*service_stack::with_operations(types, &settings.service_stack)?;
    selected.resize(types.operations.len(), true);
    let catalog = Catalog::new(types, settings, diagnostics)?;
    let replacements = Replacements::new(&settings.replace, &catalog, &selected)?;
    let resolver = Resolver::new(&catalog, &replacements, types, settings)?;
    let (mut items, item_diagnostics) = items::make_items(&resolver)?;
    operations::add_operations(&mut items, types, &selected, &settings.address, &resolver, diagnostics);
    supplied::check(&items, &resolver)?;
    resolver.check_aliases()?;

    // What Rust expresses differently from C#: generics, hierarchies, null, recursion.
    generic_lists::inline_generic_lists(&mut items, &catalog, diagnostics);
    parameters::drop_unused_parameters(&mut items);
    expansion::cut_growing_types(&mut items, &catalog, diagnostics);
    // What was cut may have been the only use of a parameter.
    parameters::drop_unused_parameters(&mut items);
    let mut type_names = Lookup::from_list("type_names", &settings.type_names);
    let mut sealed = Lookup::from_list("sealed", &settings.sealed);
    hierarchy::make_enums_of_abstract_classes(&mut items, &catalog, &replacements, &mut type_names, &mut sealed)?;
    hierarchy::make_enums_of_concrete_bases(&mut items, &catalog, &replacements, &mut type_names, &mut sealed)?;
    hierarchy::finish(type_names, &catalog)?;
    hierarchy::finish(sealed, &catalog)?;
    rows::drop_rows_without_members(&mut items);
    let directions = Directions::new(&items);
    null_items::keep_nulls(&mut items, &settings.null_items)?;
    let has_dates = dates::find_dates_in_responses(&items);
    representation::represent(&mut items, settings);
    let required = if settings.required { required::find_required(&items, &catalog)? } else { BTreeSet::new() };
    let members = members::decide_optional_members(&mut items, &directions, &required, settings)?;
    recursion::box_recursive_members(&mut items, &members.always_there)?;
    let annotations = Annotations::new(&items, settings)?;

    // Which items are needed, and what they are called.
    let (runtime_operations, runtime_answers) = if settings.describe_runtime_operations {
        (Vec::new(), Vec::new())
    } else {
        operations::find_runtime_operations(types, &selected)
    };
    let needed = select::drop_unneeded(&mut items, &catalog, &replacements, settings);
    replacements.finish()?;
    // Types that are dropped need no remarks.
    diagnostics.extend(needed.iter().filter_map(|id| item_diagnostics.find(id)));
    // A struct is reported once, however many members mention it.
    diagnostics.keep_first("EVO0023");
    let groups = modules::group_items(&items, settings)?;
    let (new, has_dates) = (needed.keep(members.new), needed.keep(has_dates));
    let secrets = secrets::find_secrets(&items, &settings.secret)?;
    let derives = derives::decide_derives(&items, &new, &secrets, settings)?;
    let decisions = Decisions { derives, new, has_dates, secrets, annotations };
    let named = names::assign_names(items, decisions, &groups, settings, earlier, diagnostics)?;
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
    lints::allow_lints(&mut api.items);
    parts::split_modules(&mut api);
    api.recursion_limit = recursion_limit::find_recursion_limit(&api, diagnostics);
    api.runtime_features = runtime_features::find_runtime_features(&api);
    Ok(api)
}

/// Returns the .NET name of a described type: ``Voice.Api.ListResponse`1``.
pub(crate) fn dotnet_name(definition: &Type) -> String {
    Key::for_type(definition).dotnet()
}

fn describe_service(facts: Option<&Facts>, types: &Types, settings: &Settings) -> Service {
    Service {
        name: facts.and_then(|facts| facts.name.clone()).unwrap_or_else(|| common_name(types)),
        facts: facts.cloned(),
        addresses: settings.address.clone(),
    }
}

/// Finds a name for a service that states none: the first part of the namespace that most operations share.
fn common_name(types: &Types) -> String {
    let namespaces = types.operations.iter().map(|operation| operation.request.namespace.as_str());
    let own = namespaces.filter(|namespace| !builtin::is_service_stack(namespace) && !builtin::is_system(namespace));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for first in own.filter_map(|namespace| namespace.split('.').next()).filter(|first| !first.is_empty()) {
        *counts.entry(first).or_default() += 1;
    }
    // `max_by_key` returns the last maximum: reversed, that is the first by name.
    let common = counts.into_iter().rev().max_by_key(|(_, count)| *count);
    common.map(|(first, _)| first.to_owned()).unwrap_or_default()
}
