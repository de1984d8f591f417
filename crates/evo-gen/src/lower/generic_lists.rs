//! Generic classes that are lists or maps: each mention becomes the list or map itself, which travels the same.

use super::builtin;
use super::catalog::{Catalog, Entry};
use super::items::substitute;
use crate::api::{Item, ItemKind, Ty};

/// Lists inside lists deeper than this contain themselves.
const DEPTH_LIMIT: usize = 8;

/// Whether an item is written at its mentions alone.
pub(super) fn is_inlined(item: &Item, entry: &Entry<'_>) -> bool {
    matches!(item.kind, ItemKind::Collection(_)) && !entry.parameters.is_empty()
}

/// Replaces `Rows<Item>`, where `class Rows<T> : List<T>`, by a list of items.
pub(super) fn inline(items: &mut [Item], catalog: &Catalog<'_>) {
    let inner: Vec<Option<(Ty, Vec<String>)>> = items
        .iter()
        .zip(&catalog.entries)
        .map(|(item, entry)| match &item.kind {
            ItemKind::Collection(collection) if is_inlined(item, entry) => {
                Some((collection.inner.clone(), entry.parameters.clone()))
            }
            _ => None,
        })
        .collect();
    if inner.iter().all(Option::is_none) {
        return;
    }
    for item in items {
        if let Some(ty) = item.operation_mut().and_then(|operation| operation.answer.ty_mut()) {
            replace(ty, &inner, 0);
        }
        match &mut item.kind {
            ItemKind::Record(record) => {
                record.members.iter_mut().for_each(|member| replace(&mut member.ty, &inner, 0));
            }
            ItemKind::Collection(collection) => replace(&mut collection.inner, &inner, 0),
            ItemKind::Choice(_) | ItemKind::Flags(_) | ItemKind::Variants(_) => {}
        }
    }
}

fn replace(ty: &mut Ty, inner: &[Option<(Ty, Vec<String>)>], depth: usize) {
    ty.each_mut(&mut |ty| {
        let Ty::Item(index, args) = &*ty else { return };
        let Some(Some((inner_ty, parameters))) = inner.get(*index) else { return };
        *ty = if depth < DEPTH_LIMIT {
            let mut args = args.clone();
            args.resize(parameters.len(), builtin::value());
            let mut replaced = substitute(inner_ty, parameters, &args);
            replace(&mut replaced, inner, depth + 1);
            replaced
        } else {
            builtin::value()
        };
    });
}
