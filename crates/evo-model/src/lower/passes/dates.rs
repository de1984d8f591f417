//! Finds the responses that hold dates: older hosts truncate dates unless a call requests full precision.

use crate::api::{IdVec, ItemId, Ty};
use crate::lower::draft::Item;
use crate::lower::reach::reachable;

/// Finds the operations whose response holds a `DateTime` or `DateTimeOffset`.
pub(crate) fn find_dates_in_responses(items: &IdVec<ItemId, Item>) -> IdVec<ItemId, bool> {
    let mut holders: IdVec<ItemId, Vec<ItemId>> = items.map(|_| Vec::new());
    for (id, item) in items.enumerate() {
        for held in item.held_items() {
            holders[held].push(id);
        }
    }
    let with_date = items.enumerate().filter(|(_, item)| item.held_types().any(is_date_inside));
    let reached = reachable(with_date.map(|(id, _)| id), |id| holders[id].iter().copied());
    items.map(|item| {
        let answer = item.operation().and_then(|operation| operation.answer.ty());
        answer.is_some_and(|ty| is_date_inside(ty) || ty.items().iter().any(|held| reached.contains(held)))
    })
}

fn is_date_inside(ty: &Ty) -> bool {
    const DATES: [&str; 4] = ["DateTime", "DateTimeOffset", "dto::AuthenticateResponse", "dto::RegisterResponse"];
    ty.any(|ty| matches!(ty, Ty::Runtime(name, _) if DATES.contains(&name.as_str())))
}
