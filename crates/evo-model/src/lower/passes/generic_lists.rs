//! Generic classes that are lists or maps: each mention is replaced by the list or map, which has the same wire form.

use std::collections::BTreeMap;

use crate::api::{IdVec, ItemId, Position, Ty};
use crate::diagnostics::Diagnostics;
use crate::lower::builtin;
use crate::lower::catalog::{Catalog, Entry};
use crate::lower::draft::{Item, ItemKind};
use crate::lower::items::bases::substitute;
use crate::lower::limits;
use crate::lower::type_expr::TYPE_NAMES;

/// The maximum depth of nested lists. Deeper lists contain themselves.
const DEPTH_LIMIT: usize = 8;

/// Whether all mentions of an item are replaced, so that the item is not emitted.
pub(crate) fn is_inlined(item: &Item, entry: &Entry<'_>) -> bool {
    matches!(item.kind, ItemKind::Collection(_)) && !entry.parameters.is_empty()
}

/// Replaces `Rows<Item>`, where `class Rows<T> : List<T>`, by a list of items.
pub(crate) fn inline_generic_lists(
    items: &mut IdVec<ItemId, Item>,
    catalog: &Catalog<'_>,
    diagnostics: &mut Diagnostics,
) {
    let mut lists: BTreeMap<ItemId, (Ty, Vec<String>)> = BTreeMap::new();
    for ((id, item), entry) in items.enumerate().zip(&catalog.entries) {
        if let ItemKind::Collection(collection) = &item.kind
            && is_inlined(item, entry)
        {
            lists.insert(id, (collection.inner.clone(), entry.parameters.clone()));
        }
    }
    if lists.is_empty() {
        return;
    }
    for (id, item) in items.enumerate_mut() {
        let dotnet = item.dotnet.clone();
        for (position, ty) in item.types_mut() {
            let mut left = TYPE_NAMES;
            replace(ty, &lists, 0, &mut left);
            if left == 0 {
                let what = match position {
                    Position::Member { name, .. } => format!("{dotnet}.{name}"),
                    Position::Collection => format!("{dotnet}'s items"),
                    Position::Answer => format!("{dotnet}'s answer"),
                };
                *ty = limits::too_large(&what, &catalog.entries[id].definition.pointer, diagnostics);
            }
        }
    }
}

/// `left` is the number of names that may still be inserted.
fn replace(ty: &mut Ty, lists: &BTreeMap<ItemId, (Ty, Vec<String>)>, depth: usize, left: &mut usize) {
    ty.each_mut(&mut |ty| {
        let Ty::Item(id, args) = &*ty else { return };
        let Some((inner_ty, parameters)) = lists.get(id) else { return };
        let mut args = args.clone();
        args.resize(parameters.len(), builtin::value());
        let names: Vec<usize> = args.iter().map(limits::names).collect();
        *left = left.saturating_sub(limits::names_with(inner_ty, parameters, &names));
        *ty = if depth < DEPTH_LIMIT && *left > 0 {
            let mut replaced = substitute(inner_ty, parameters, &args);
            replace(&mut replaced, lists, depth + 1, left);
            replaced
        } else {
            builtin::value()
        };
    });
}
