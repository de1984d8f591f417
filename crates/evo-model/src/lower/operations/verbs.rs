//! Chooses the verb of an operation.

use crate::api::Verb;
use crate::lower::catalog::Catalog;
use crate::lower::type_expr::split_arity;
use crate::lower::{builtin, limits};
use crate::metadata::{Operation, Type, TypeName};

/// Chooses the verb that the server prefers: the one in the document since v5.14, and before that by the server's rule
/// (`ServiceStack/Host/ServiceMetadata.cs: Add`).
pub(super) fn choose_verb(operation: &Operation, catalog: &Catalog<'_>) -> Verb {
    operation
        .method
        .as_deref()
        .and_then(Verb::parse_prefix)
        .or_else(|| find_by_marker(&operation.request, catalog))
        .or_else(|| find_by_route(operation))
        .or_else(|| find_by_auto_query(&operation.request, catalog))
        .or_else(|| operation.actions.iter().find_map(|action| Verb::parse_prefix(action)))
        .unwrap_or(Verb::Post)
}

/// Finds the verb of a marker interface, in the server's order, on the request or its base classes.
fn find_by_marker(request: &Type, catalog: &Catalog<'_>) -> Option<Verb> {
    const MARKERS: [(&str, Verb); 6] = [
        ("IGet", Verb::Get),
        ("IPost", Verb::Post),
        ("IPut", Verb::Put),
        ("IPatch", Verb::Patch),
        ("IDelete", Verb::Delete),
        ("IOptions", Verb::Options),
    ];
    for definition in with_bases(request, catalog) {
        let implements = |marker: &str| {
            definition.implements.iter().any(|name| name.name == marker && builtin::is_service_stack(&name.namespace))
        };
        if let Some((_, verb)) = MARKERS.into_iter().find(|(marker, _)| implements(marker)) {
            return Some(verb);
        }
    }
    None
}

/// Iterates over a request and its base classes, as far as they are described.
pub(super) fn with_bases<'a>(request: &'a Type, catalog: &'a Catalog<'_>) -> impl Iterator<Item = &'a Type> {
    let base = |definition: &&'a Type| {
        let base = definition.inherits.as_ref().and_then(|base| catalog.find_base(base))?;
        Some(&*catalog.entries[base].definition)
    };
    // A longer chain is a loop.
    std::iter::successors(Some(request), base).take(limits::BASES)
}

/// Finds the only verb among the routes; routes with several verbs do not count.
fn find_by_route(operation: &Operation) -> Option<Verb> {
    let mut verbs: Vec<Verb> =
        operation.routes.iter().filter_map(|route| Verb::parse(route.verbs.as_deref()?.trim())).collect();
    verbs.sort_unstable();
    verbs.dedup();
    match verbs.as_slice() {
        [verb] => Some(*verb),
        _ => None,
    }
}

/// Finds the verb of an AutoQuery or CRUD operation.
fn find_by_auto_query(request: &Type, catalog: &Catalog<'_>) -> Option<Verb> {
    let mut markers = with_bases(request, catalog)
        .flat_map(|class| &class.implements)
        .filter(|name| builtin::is_service_stack(&name.namespace));
    let implemented = markers.find_map(|name| {
        Some(match split_arity(&name.name).0 {
            "ICreateDb" | "ISaveDb" => Verb::Post,
            "IUpdateDb" => Verb::Put,
            "IDeleteDb" => Verb::Delete,
            "IPatchDb" => Verb::Patch,
            "IQuery" => Verb::Get,
            _ => return None,
        })
    });
    implemented.or_else(|| is_query(request, catalog).then_some(Verb::Get))
}

/// Whether a request is an AutoQuery: it derives from `QueryDb` or `QueryData`, directly or through classes of the service.
fn is_query(request: &Type, catalog: &Catalog<'_>) -> bool {
    with_bases(request, catalog).filter_map(|definition| definition.inherits.as_ref()).any(is_query_base)
}

/// Whether a request is an AutoQuery of a database: it derives from `QueryDb`, directly or through classes of the service.
pub(super) fn queries_database(request: &Type, catalog: &Catalog<'_>) -> bool {
    let mut bases = with_bases(request, catalog).filter_map(|definition| definition.inherits.as_ref());
    bases.any(|base| is_query_base(base) && split_arity(&base.name).0 == "QueryDb")
}

/// Whether a base class makes a request an AutoQuery.
pub(super) fn is_query_base(base: &TypeName) -> bool {
    builtin::is_service_stack(&base.namespace) && matches!(split_arity(&base.name).0, "QueryDb" | "QueryData")
}
