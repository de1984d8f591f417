//! The tables behind an AutoQuery operation: what its conditions may name.

use std::collections::BTreeSet;

use super::verbs::is_query_base;
use crate::api::{ItemId, Ty};
use crate::diagnostics::Diagnostics;
use crate::lower::items::{Arguments, base_arguments};
use crate::lower::limits;
use crate::lower::resolve::{Meaning, Resolver};
use crate::lower::spelling::split_arity;
use crate::metadata::{Operation, TypeName};

/// The rows of an operation: the arguments of the `QueryDb` or `QueryData` that its request derives from, itself or through other
/// classes; else, if a base class is not described, what the document calls the models of the operation.
pub(super) fn rows(operation: &Operation, resolver: &Resolver<'_>, diagnostics: &mut Diagnostics) -> Vec<ItemId> {
    let rows = match query_arguments(operation, resolver, diagnostics) {
        Some(rows) => rows,
        None if answers_rows(operation) => models(operation, resolver, diagnostics),
        None => Vec::new(),
    };
    let mut rows: Vec<ItemId> = rows
        .into_iter()
        .filter_map(|row| match row {
            Ty::Item(id, args) if args.is_empty() => Some(id),
            _ => None,
        })
        .collect();
    rows.dedup();
    rows
}

/// The arguments of the base class that makes a request an AutoQuery. Each class on the way may name them by its own parameters.
fn query_arguments(operation: &Operation, resolver: &Resolver<'_>, diagnostics: &mut Diagnostics) -> Option<Vec<Ty>> {
    let request = resolver.catalog.find(&operation.request.namespace, &operation.request.name, 0)?;
    let mut visited = BTreeSet::new();
    let mut current = (request, Vec::new());
    loop {
        let (at, arguments) = current;
        if !visited.insert(at) || visited.len() > limits::BASES {
            return None;
        }
        let entry = &resolver.catalog.entries[at];
        let base = entry.definition.inherits.as_ref()?;
        let arguments = Arguments::new(&entry.parameters, arguments);
        if is_query_base(base) {
            let pointer = entry.definition.pointer.as_str();
            let rows = resolver.arguments(base, pointer, Some(at), diagnostics);
            let what = format!("the rows of {}", operation.request.name);
            return Some(rows.iter().map(|row| arguments.replace(row, &what, pointer, diagnostics)).collect());
        }
        let base_id = resolver.catalog.find_base(base)?;
        current = (base_id, base_arguments(base, base_id, &arguments, at, resolver, diagnostics));
    }
}

/// Whether an operation returns the rows of a table.
fn answers_rows(operation: &Operation) -> bool {
    let returned = operation.return_type.as_ref().map(|name| name.name.as_str());
    let name = returned.or(operation.response.as_ref().map(|response| response.name.as_str()));
    name.is_some_and(|name| split_arity(name) == ("QueryResponse", Some(1)))
}

/// The table and the rows that are made of it, as the document names them.
fn models(operation: &Operation, resolver: &Resolver<'_>, diagnostics: &mut Diagnostics) -> Vec<Ty> {
    let request = resolver.catalog.find(&operation.request.namespace, &operation.request.name, 0);
    let mut model = |name: &TypeName| match resolver.name(name, &operation.pointer, request, diagnostics) {
        Meaning::Type(ty) => Some(ty),
        Meaning::Nothing | Meaning::File => None,
    };
    let Some(table) = &operation.data_model else { return Vec::new() };
    [Some(table), operation.view_model.as_ref()].into_iter().flatten().filter_map(&mut model).collect()
}
