//! Finds the responses that hold dates: older hosts truncate dates unless a call asks for full precision.

use crate::api::{IdVec, ItemId, Ty};
use crate::lower::draft::Item;
use crate::lower::reach::reachable;

/// Marks the operations whose response holds a `DateTime` or `DateTimeOffset`.
pub(crate) fn mark_dates(items: &mut IdVec<ItemId, Item>) {
    let mut holders: IdVec<ItemId, Vec<ItemId>> = items.map(|_| Vec::new());
    for (id, item) in items.enumerate() {
        for held in item.held_items() {
            holders[held].push(id);
        }
    }
    let with_date = items.enumerate().filter(|(_, item)| item.held_types().any(is_date_inside));
    let reached = reachable(with_date.map(|(id, _)| id), |id| holders[id].iter().copied());
    for item in items {
        if let Some(operation) = item.operation_mut() {
            operation.has_dates = operation.answer.ty().is_some_and(|answer| {
                is_date_inside(answer) || answer.items().iter().any(|held| reached.contains(held))
            });
        }
    }
}

fn is_date_inside(ty: &Ty) -> bool {
    ty.any(|ty| matches!(ty, Ty::Runtime(name, _) if matches!(name.as_str(), "DateTime" | "DateTimeOffset" | "dto::AuthenticateResponse" | "dto::RegisterResponse")))
}
