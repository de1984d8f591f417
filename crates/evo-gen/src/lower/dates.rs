//! Which answers hold dates: older hosts cut them unless they are asked not to.

use std::collections::BTreeSet;

use super::select::mentions;
use crate::api::{Item, ItemKind, Ty};

/// Marks the operations whose answer holds a `DateTime` or `DateTimeOffset`.
pub(super) fn mark_dates(items: &mut [Item]) {
    let own: Vec<bool> = items.iter().map(holds_date).collect();
    let marks: Vec<bool> = items
        .iter()
        .map(|item| {
            let answer = item.operation().and_then(|operation| operation.answer.ty());
            answer.is_some_and(|answer| is_date_inside(answer) || reaches_date(answer.items(), items, &own))
        })
        .collect();
    for (item, has_dates) in items.iter_mut().zip(marks) {
        if let Some(operation) = item.operation_mut() {
            operation.has_dates = has_dates;
        }
    }
}

fn reaches_date(mut pending: Vec<usize>, items: &[Item], own: &[bool]) -> bool {
    let mut visited = BTreeSet::new();
    while let Some(index) = pending.pop() {
        if own.get(index).copied().unwrap_or_default() {
            return true;
        }
        if visited.insert(index)
            && let Some(item) = items.get(index)
        {
            match &item.kind {
                ItemKind::Record(record) => pending.extend(record.members.iter().flat_map(|member| member.ty.items())),
                ItemKind::Collection(collection) => pending.extend(collection.inner.items()),
                _ => pending.extend(mentions(item)),
            }
        }
    }
    false
}

fn holds_date(item: &Item) -> bool {
    match &item.kind {
        ItemKind::Record(record) => record.members.iter().any(|member| is_date_inside(&member.ty)),
        ItemKind::Collection(collection) => is_date_inside(&collection.inner),
        ItemKind::Choice(_) | ItemKind::Flags(_) | ItemKind::Variants(_) => false,
    }
}

fn is_date_inside(ty: &Ty) -> bool {
    let mut found = false;
    ty.each(&mut |ty| {
        found |= matches!(ty, Ty::Runtime(name, _) if name == "DateTime" || name == "DateTimeOffset" || name == "dto::UserApiKey");
    });
    found
}
