//! The setting `required`: finds the members that the document marks as required.

use std::collections::BTreeSet;

use crate::Error;
use crate::api::{IdVec, ItemId};
use crate::lower::builtin;
use crate::lower::catalog::{Catalog, Entry};
use crate::lower::draft::{Item, ItemKind, MemberIds};
use crate::lower::reach::reachable;
use crate::lower::type_expr::{TypeExpr, parse};
use crate::metadata::TypeName;

/// Returns the members that the document marks as required, and the primary keys of requests that change a row.
///
/// # Errors
///
/// If there are none, since the setting would have no effect.
pub(crate) fn find_required(items: &IdVec<ItemId, Item>, catalog: &Catalog<'_>) -> Result<MemberIds, Error> {
    let mut required = MemberIds::new();
    for (id, item) in items.enumerate() {
        let ItemKind::Record(record) = &item.kind else { continue };
        let keys = if record.operation.is_some() { find_primary_key(id, catalog) } else { BTreeSet::new() };
        for (position, member) in record.members.iter().enumerate() {
            if member.required || keys.contains(&member.dotnet_name) {
                required.insert((id, position));
            }
        }
    }
    if required.is_empty() {
        return Err(Error::usage("the document marks no member as required, so `required` does nothing")
            .setting("required", None)
            .help("leave `required` out; `optional` sets single members"));
    }
    Ok(required)
}

/// Returns the members that form the primary key of the row that a request changes: those marked in the request or in the class of the row,
/// or `Id` if none is. The result is empty if the request does not change a row.
fn find_primary_key(request: ItemId, catalog: &Catalog<'_>) -> BTreeSet<String> {
    let base = |id: ItemId| catalog.get(id).and_then(|entry| catalog.find_base(entry.definition.inherits.as_ref()?));
    let classes = reachable([request], base);
    let Some(row) = classes.iter().filter_map(|id| catalog.get(*id)).find_map(changed_row) else {
        return BTreeSet::new();
    };
    let namespace = &catalog.entries[request].key.namespace;
    let row = find_class(row, namespace, catalog).into_iter().flat_map(|row| reachable([row], base));
    let marked = classes.iter().copied().chain(row).filter_map(|id| catalog.get(id)).flat_map(|entry| {
        let keys = entry.definition.properties.iter().filter(|property| property.is_primary_key);
        keys.map(|property| property.name.clone())
    });
    let marked: BTreeSet<String> = marked.collect();
    if marked.is_empty() { BTreeSet::from(["Id".to_owned()]) } else { marked }
}

/// Finds the marker interface that names the row changed by a request.
fn changed_row<'a>(entry: &'a Entry<'_>) -> Option<&'a TypeName> {
    entry.definition.implements.iter().find(|marker| {
        matches!(marker.name.as_str(), "IUpdateDb`1" | "IPatchDb`1") && builtin::is_service_stack(&marker.namespace)
    })
}

/// Finds the class that is the argument of a marker interface: the only one of its name, or the one in this namespace.
fn find_class(marker: &TypeName, namespace: &str, catalog: &Catalog<'_>) -> Option<ItemId> {
    let Some(TypeExpr::Name(name)) = parse(marker.generic_args.first()?, &[]) else { return None };
    match catalog.candidates(&name.simple, 0) {
        [class] => Some(*class),
        several => several.iter().copied().find(|id| catalog.entries[*id].key.namespace == namespace),
    }
}
