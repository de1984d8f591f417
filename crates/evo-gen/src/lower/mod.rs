//! What a document means: passes, each a function with one job, from [`Types`] to [`Api`].

mod answers;
mod builtin;
mod catalog;
mod dates;
mod derives;
mod directions;
mod expansion;
mod generic_lists;
mod hierarchy;
pub(crate) mod identifiers;
mod items;
mod lookup;
mod members;
mod names;
mod operations;
mod parameters;
mod recursion;
mod reopen;
mod resolve;
mod routes;
mod select;
mod spelling;
mod traits;
mod verbs;

use std::collections::BTreeMap;

use self::catalog::Catalog;
use self::directions::Directions;
use self::resolve::Resolver;
use crate::Error;
use crate::api::{Api, Service};
use crate::config::Settings;
use crate::diagnostics::Diagnostics;
use crate::metadata::{Facts, Types};

/// Decides everything about the Rust that is written: types, names, optional members, routes, answers.
///
/// `earlier` holds the names that an earlier run decided; they are kept.
///
/// # Errors
///
/// When a pattern of the settings matches nothing.
pub fn lower(
    types: &Types,
    facts: Option<&Facts>,
    settings: &Settings,
    earlier: &BTreeMap<String, String>,
    diagnostics: &mut Diagnostics,
) -> Result<Api, Error> {
    let selected = select::operations(types, settings)?;
    let catalog = Catalog::new(types, diagnostics);
    let resolver = Resolver::new(&catalog, types);

    let (mut items, remarks) = items::items(&resolver);
    operations::operations(&mut items, types, &selected, &resolver, diagnostics);
    generic_lists::inline(&mut items, &catalog);
    parameters::drop_unused(&mut items);
    expansion::cut(&mut items, &catalog, diagnostics);
    // What was cut may have been the only use of a parameter.
    parameters::drop_unused(&mut items);
    hierarchy::abstract_classes(&mut items, &catalog);
    let directions = Directions::new(&items);
    hierarchy::concrete_bases(&mut items, &catalog, &directions);
    let directions = Directions::new(&items);
    members::optional_members(&mut items, &directions);
    dates::mark_dates(&mut items);
    recursion::box_recursive_members(&mut items);

    let (runtime_operations, runtime_answers) = operations::of_runtime(types, &selected);
    let mut api = Api {
        service: service(facts, types, settings),
        runtime_operations,
        runtime_answers,
        items,
        visibility: settings.visibility,
        ..Api::default()
    };
    let needed = select::drop_unneeded(&mut api, &catalog, settings);
    // A type that nobody gets needs no remarks.
    diagnostics.extend(needed.into_iter().filter_map(|index| remarks.get(index)));
    // A struct is the same unknown wherever it stands.
    diagnostics.keep_first("EVO0023");
    let namespaces: Vec<String> = api.items.iter().map(|item| item.namespace.clone()).collect();
    names::names(&mut api, &namespaces, settings, earlier);
    members::setters(&mut api.items);
    derives::derives(&mut api.items, &settings.derive)?;
    Ok(api)
}

fn service(facts: Option<&Facts>, types: &Types, settings: &Settings) -> Service {
    Service {
        name: facts.and_then(|facts| facts.name.clone()).unwrap_or_else(|| common_name(types)),
        facts: facts.cloned(),
        addresses: settings.address.clone(),
    }
}

/// A name for a service that states none: the first part of its namespaces.
fn common_name(types: &Types) -> String {
    let namespaces = types.operations.iter().map(|operation| operation.request.namespace.as_str());
    let own = namespaces.filter(|namespace| !builtin::is_service_stack(namespace)).min();
    own.and_then(|namespace| namespace.split('.').next()).unwrap_or_default().to_owned()
}
