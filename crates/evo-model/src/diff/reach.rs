//! Determines which operations send and receive each type.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::api::{Api, IdVec, ItemId, Ty};
use crate::lower::{reachable, strongly_connected_components};

/// Which types of an API are sent, and which are received.
pub(super) struct Reach {
    sent: IdVec<ItemId, bool>,
    received: IdVec<ItemId, bool>,
    /// The items that contain each item.
    holders: IdVec<ItemId, Vec<ItemId>>,
    /// The operations whose response type mentions each item.
    answered: IdVec<ItemId, Vec<ItemId>>,
    /// The component of each item: types that contain each other affect the same operations.
    components: IdVec<ItemId, ItemId>,
}

/// The operations that send and receive a type.
#[derive(Debug, Clone, Default)]
pub(super) struct Usage {
    /// The names of the operations whose requests contain it.
    pub sent_by: Arc<BTreeSet<String>>,
    /// The names of the operations whose responses contain it.
    pub received_by: Arc<BTreeSet<String>>,
}

impl Usage {
    /// Merges the operations of two types.
    pub fn union(&self, other: &Self) -> Self {
        Self {
            sent_by: union(&self.sent_by, &other.sent_by),
            received_by: union(&self.received_by, &other.received_by),
        }
    }
}

/// Returns the union of two sets. Large sets are shared if possible.
pub(super) fn union(one: &Arc<BTreeSet<String>>, other: &Arc<BTreeSet<String>>) -> Arc<BTreeSet<String>> {
    if Arc::ptr_eq(one, other) || other.is_subset(one) {
        Arc::clone(one)
    } else if one.is_subset(other) {
        Arc::clone(other)
    } else {
        Arc::new(one.union(other).cloned().collect())
    }
}

impl Reach {
    pub fn new(api: &Api) -> Self {
        let items = &api.items;
        let held: IdVec<ItemId, Vec<ItemId>> = items.map(crate::api::Item::held_items);
        let requests = items.enumerate().filter(|(_, item)| item.operation().is_some()).map(|(id, _)| id);
        let sent = reachable(requests, |id| held[id].clone());
        let mut holders: IdVec<ItemId, Vec<ItemId>> = items.map(|_| Vec::new());
        for (holder, held) in held.enumerate() {
            for id in held {
                holders[*id].push(holder);
            }
        }
        let mut answered: IdVec<ItemId, Vec<ItemId>> = items.map(|_| Vec::new());
        for (id, item) in items.enumerate() {
            let answer = item.operation().and_then(|operation| operation.answer.ty());
            for inside in answer.map(Ty::items).unwrap_or_default() {
                answered[inside].push(id);
            }
        }
        let answers = answered.enumerate().filter(|(_, operations)| !operations.is_empty()).map(|(id, _)| id);
        let received = reachable(answers, |id| held[id].clone());
        Self {
            sent: items.ids().map(|id| sent.contains(&id)).collect(),
            received: items.ids().map(|id| received.contains(&id)).collect(),
            components: strongly_connected_components(&held),
            holders,
            answered,
        }
    }

    pub fn is_sent(&self, id: ItemId) -> bool {
        self.sent[id]
    }

    pub fn is_received(&self, id: ItemId) -> bool {
        self.received[id]
    }

    /// Returns the component of an item, which represents all types that contain each other.
    pub fn component(&self, id: ItemId) -> ItemId {
        self.components[id]
    }

    /// Returns the operations that a change of a type affects.
    pub fn usage(&self, id: ItemId, api: &Api) -> Usage {
        let (mut sent_by, mut received_by) = (BTreeSet::new(), BTreeSet::new());
        for above in reachable([id], |id| self.holders[id].iter().copied()) {
            let item = &api.items[above];
            sent_by.extend(item.operation().map(|operation| operation.name.clone()));
            let receivers = self.answered[above].iter().filter_map(|id| api.items[*id].operation());
            received_by.extend(receivers.map(|operation| operation.name.clone()));
        }
        Usage { sent_by: Arc::new(sent_by), received_by: Arc::new(received_by) }
    }
}
