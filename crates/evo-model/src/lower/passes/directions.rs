//! Finds the types that are sent and the types that are received.

use std::collections::BTreeSet;

use crate::api::{IdVec, ItemId, Ty};
use crate::lower::draft::Item;
use crate::lower::reach::reachable;

/// Which items are sent, and which are received.
pub(crate) struct Directions {
    sent: BTreeSet<ItemId>,
    received: BTreeSet<ItemId>,
}

impl Directions {
    /// Follows the members of every request, and the response of every operation.
    pub fn new(items: &IdVec<ItemId, Item>) -> Self {
        Self::with_derived(items, &IdVec::default())
    }

    /// Does the same, but takes into account that a value may be an instance of a class derived from the stated one. `derived` holds the
    /// classes derived from each class.
    pub fn with_derived(items: &IdVec<ItemId, Item>, derived: &IdVec<ItemId, Vec<ItemId>>) -> Self {
        let requests = items.enumerate().filter(|(_, item)| item.operation().is_some()).map(|(id, _)| id);
        let answers = items.iter().filter_map(|item| item.operation()?.answer.ty()).flat_map(Ty::items);
        // The response of a request that is contained elsewhere is not part of it.
        let held =
            |id: ItemId| items[id].held_items().into_iter().chain(derived.find(id).into_iter().flatten().copied());
        Self { sent: reachable(requests, held), received: reachable(answers, held) }
    }

    pub fn is_sent(&self, id: ItemId) -> bool {
        self.sent.contains(&id)
    }

    pub fn is_received(&self, id: ItemId) -> bool {
        self.received.contains(&id)
    }
}
