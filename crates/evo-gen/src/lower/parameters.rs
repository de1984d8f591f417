//! Type parameters: one that no member uses is dropped, from the type and from every mention of it.

use crate::api::{Foreign, Item, ItemKind, Ty};

/// Drops unused parameters: a class such as `ListRequest<T>` names its argument for the server's sake only.
pub(super) fn drop_unused(items: &mut [Item]) {
    let mut used: Vec<Vec<bool>> = items
        .iter()
        .map(|item| match &item.kind {
            ItemKind::Record(record) => vec![false; record.parameters.len()],
            _ => Vec::new(),
        })
        .collect();
    // Using a parameter can be no more than naming it in a type that drops it, so that this is repeated until nothing changes.
    loop {
        let mut changed = false;
        for (index, item) in items.iter().enumerate() {
            let ItemKind::Record(record) = &item.kind else { continue };
            for member in &record.members {
                mark(&member.ty, &record.parameters, index, &mut used, &mut changed);
            }
        }
        if !changed {
            break;
        }
    }
    let keep = |index: usize, position: usize| {
        used.get(index).and_then(|used| used.get(position)).copied().unwrap_or_default()
    };
    let shorten = |ty: &mut Ty| {
        ty.each_mut(&mut |ty| {
            if let Ty::Item(index, args) = ty {
                let mut position = 0;
                args.retain(|_| {
                    position += 1;
                    keep(*index, position - 1)
                });
            }
        });
    };
    for (index, item) in items.iter_mut().enumerate() {
        if let Some(ty) = item.operation_mut().and_then(|operation| operation.answer.ty_mut()) {
            shorten(ty);
        }
        match &mut item.kind {
            ItemKind::Record(record) => {
                let mut position = 0;
                record.parameters.retain(|_| {
                    position += 1;
                    keep(index, position - 1)
                });
                record.members.iter_mut().for_each(|member| shorten(&mut member.ty));
            }
            ItemKind::Collection(collection) => shorten(&mut collection.inner),
            ItemKind::Choice(_) | ItemKind::Flags(_) | ItemKind::Variants(_) => {}
        }
    }
}

/// Marks the parameters that a type uses.
fn mark(ty: &Ty, parameters: &[String], owner: usize, used: &mut [Vec<bool>], changed: &mut bool) {
    match ty {
        Ty::Parameter(name) => {
            let position = parameters.iter().position(|parameter| parameter == name);
            let slot = position.and_then(|position| used.get_mut(owner)?.get_mut(position));
            if let Some(slot) = slot.filter(|slot| !**slot) {
                *slot = true;
                *changed = true;
            }
        }
        Ty::Std(_) => {}
        Ty::Runtime(_, args) | Ty::Foreign(Foreign { args, .. }) => {
            args.iter().for_each(|arg| mark(arg, parameters, owner, used, changed));
        }
        Ty::Item(index, args) => {
            for (position, arg) in args.iter().enumerate() {
                let is_used = used.get(*index).and_then(|used| used.get(position)).copied().unwrap_or_default();
                if is_used {
                    mark(arg, parameters, owner, used, changed);
                }
            }
        }
        Ty::Option(inner) | Ty::List(inner) | Ty::Boxed(inner) => mark(inner, parameters, owner, used, changed),
        Ty::Map(key, value) => {
            mark(key, parameters, owner, used, changed);
            mark(value, parameters, owner, used, changed);
        }
    }
}
