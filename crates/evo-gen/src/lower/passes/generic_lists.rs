//! Generic classes that are lists or maps: each mention becomes the list or map itself, which travels the same.

use crate::api::{Item, ItemKind, Ty};
use crate::diagnostics::Diagnostics;
use crate::lower::builtin;
use crate::lower::catalog::{Catalog, Entry};
use crate::lower::items::substitute;
use crate::lower::limits;

/// Lists inside lists deeper than this contain themselves.
const DEPTH_LIMIT: usize = 8;

/// Whether an item is written at its mentions alone.
pub(crate) fn is_inlined(item: &Item, entry: &Entry<'_>) -> bool {
    matches!(item.kind, ItemKind::Collection(_)) && !entry.parameters.is_empty()
}

/// Replaces `Rows<Item>`, where `class Rows<T> : List<T>`, by a list of items.
pub(crate) fn inline(items: &mut [Item], catalog: &Catalog<'_>, diagnostics: &mut Diagnostics) {
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
    for (index, item) in items.iter_mut().enumerate() {
        let pointer = catalog.get(index).map_or("", |entry| entry.definition.pointer.as_str());
        let dotnet = item.dotnet.clone();
        let mut replace = |ty: &mut Ty, member: &str| {
            let mut left = limits::TYPE_NAMES;
            replace(ty, &inner, 0, &mut left);
            if left == 0 {
                *ty = limits::too_large(&format!("{dotnet}{member}"), pointer, diagnostics);
            }
        };
        if let Some(ty) = item.operation_mut().and_then(|operation| operation.answer.ty_mut()) {
            replace(ty, "'s answer");
        }
        match &mut item.kind {
            ItemKind::Record(record) => {
                for member in &mut record.members {
                    replace(&mut member.ty, &format!(".{}", member.dotnet_name));
                }
            }
            ItemKind::Collection(collection) => replace(&mut collection.inner, "'s items"),
            ItemKind::Choice(_) | ItemKind::Flags(_) | ItemKind::Variants(_) => {}
        }
    }
}

/// `left` is how many names what is put in may have; at none nothing more is put in.
fn replace(ty: &mut Ty, inner: &[Option<(Ty, Vec<String>)>], depth: usize, left: &mut usize) {
    ty.each_mut(&mut |ty| {
        let Ty::Item(index, args) = &*ty else { return };
        let Some(Some((inner_ty, parameters))) = inner.get(*index) else { return };
        let mut args = args.clone();
        args.resize(parameters.len(), builtin::value());
        let names: Vec<usize> = args.iter().map(limits::names).collect();
        *left = left.saturating_sub(limits::names_with(inner_ty, parameters, &names));
        *ty = if depth < DEPTH_LIMIT && *left > 0 {
            let mut replaced = substitute(inner_ty, parameters, &args);
            replace(&mut replaced, inner, depth + 1, left);
            replaced
        } else {
            builtin::value()
        };
    });
}
