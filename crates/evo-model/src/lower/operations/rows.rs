//! The rows of an AutoQuery operation, whose members can be named in conditions.

use super::verbs::is_query_base;
use crate::api::{IdVec, ItemId, Ty};
use crate::diagnostics::Diagnostics;
use crate::lower::draft::{Item, ItemKind};
use crate::lower::items::bases::find_base_class;
use crate::lower::resolve::{Meaning, Resolver};
use crate::lower::type_expr::split_arity;
use crate::metadata::{Operation, TypeName};

/// Finds the rows of an operation: the arguments of the `QueryDb` or `QueryData` that its request derives from, directly or through other
/// classes. If a base class is not described, or its arguments are not classes, they are the operation's models as the document lists them.
pub(super) fn find_rows(operation: &Operation, resolver: &Resolver<'_>, diagnostics: &mut Diagnostics) -> Vec<ItemId> {
    let arguments = find_query_arguments(operation, resolver, diagnostics);
    let is_query = arguments.is_some() || returns_rows(operation);
    let mut rows = classes(arguments.unwrap_or_default());
    if rows.is_empty() && is_query {
        rows = classes(find_models(operation, resolver, diagnostics));
    }
    rows.dedup();
    rows
}

fn classes(rows: Vec<Ty>) -> Vec<ItemId> {
    let class = |row| match row {
        Ty::Item(id, args) if args.is_empty() => Some(id),
        _ => None,
    };
    rows.into_iter().filter_map(class).collect()
}

/// Finds the arguments of the base class that makes a request an AutoQuery. Each class in between may pass its own parameters on.
fn find_query_arguments(
    operation: &Operation,
    resolver: &Resolver<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Ty>> {
    let request = resolver.catalog.find(&operation.request.namespace, &operation.request.name, 0)?;
    let base = find_base_class(request, is_query_base, resolver, diagnostics)?;
    let pointer = resolver.catalog.entries[base.named_by].definition.pointer.as_str();
    let rows = resolver.resolve_arguments(base.name, pointer, Some(base.named_by), diagnostics);
    let what = format!("the rows of {}", operation.request.name);
    Some(rows.iter().map(|row| base.arguments.replace(row, &what, pointer, diagnostics)).collect())
}

/// Whether an operation returns the rows of a table.
fn returns_rows(operation: &Operation) -> bool {
    let returned = operation.return_type.as_ref().map(|name| name.name.as_str());
    let name = returned.or(operation.response.as_ref().map(|response| response.name.as_str()));
    name.is_some_and(|name| split_arity(name) == ("QueryResponse", Some(1)))
}

/// Finds the table and the rows derived from it, as the document names them.
fn find_models(operation: &Operation, resolver: &Resolver<'_>, diagnostics: &mut Diagnostics) -> Vec<Ty> {
    let request = resolver.catalog.find(&operation.request.namespace, &operation.request.name, 0);
    let mut find = |name: &TypeName| match resolver.resolve_name(name, &operation.pointer, request, diagnostics) {
        Meaning::Type(ty) => Some(ty),
        Meaning::Nothing | Meaning::File => None,
    };
    [&operation.data_model, &operation.view_model].into_iter().flatten().filter_map(&mut find).collect()
}

/// Drops the rows that have no members to name, because they became an enum over classes or a list.
pub(crate) fn drop_rows_without_members(items: &mut IdVec<ItemId, Item>) {
    let is_record = items.map(|item| matches!(item.kind, ItemKind::Record(_)));
    for operation in items.iter_mut().filter_map(Item::operation_mut) {
        operation.rows.retain(|row| is_record[*row]);
    }
}
