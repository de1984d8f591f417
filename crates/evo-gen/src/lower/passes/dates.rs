//! Which answers hold dates: older hosts cut them unless they are asked not to.

use crate::api::{Item, ItemKind, Ty};
use crate::lower::select::mentions;

/// Marks the operations whose answer holds a `DateTime` or `DateTimeOffset`.
pub(crate) fn mark_dates(items: &mut [Item]) {
    let reaches = reach_dates(items);
    for item in items {
        if let Some(operation) = item.operation_mut() {
            operation.has_dates = operation.answer.ty().is_some_and(|answer| {
                let inside = answer.items();
                is_date_inside(answer) || inside.iter().any(|index| reaches.get(*index).copied().unwrap_or_default())
            });
        }
    }
}

/// Which items hold a date, themselves or in what they hold: from those that do, back to all that mention them.
fn reach_dates(items: &[Item]) -> Vec<bool> {
    let mut mentioned_by = vec![Vec::new(); items.len()];
    for (index, item) in items.iter().enumerate() {
        let held = match &item.kind {
            // The answer of a request does not travel with it.
            ItemKind::Record(record) => record.members.iter().flat_map(|member| member.ty.items()).collect(),
            ItemKind::Collection(collection) => collection.inner.items(),
            _ => mentions(item),
        };
        for held in held {
            if let Some(mentioned_by) = mentioned_by.get_mut(held) {
                mentioned_by.push(index);
            }
        }
    }
    let mut reaches = vec![false; items.len()];
    let holding = items.iter().enumerate().filter(|(_, item)| holds_date(item));
    let mut pending: Vec<usize> = holding.map(|(index, _)| index).collect();
    while let Some(index) = pending.pop() {
        if let Some(reaches) = reaches.get_mut(index)
            && !std::mem::replace(reaches, true)
        {
            pending.extend(mentioned_by.get(index).into_iter().flatten());
        }
    }
    reaches
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
