//! Which types are sent and received, and by which operations.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::api::{Api, IdVec, ItemId, Ty};
use crate::lower::{reachable, strongly_connected_components};

/// The directions in which the types of an API travel.
pub(super) struct Reach {
    sent: IdVec<ItemId, bool>,
    received: IdVec<ItemId, bool>,
    /// The items that hold each item.
    holders: IdVec<ItemId, Vec<ItemId>>,
    /// The operations whose response each item is, or is a part of the type of.
    answered: IdVec<ItemId, Vec<ItemId>>,
    /// The types that hold each other are concerned by the same operations.
    components: IdVec<ItemId, ItemId>,
}

/// How a type travels.
#[derive(Debug, Clone, Default)]
pub(super) struct Travel {
    /// The names of the operations whose requests hold it.
    pub sent_by: Arc<BTreeSet<String>>,
    /// The names of the operations whose responses hold it.
    pub received_by: Arc<BTreeSet<String>>,
}

impl Travel {
    /// How a type travels that travels in both ways.
    pub fn united(&self, other: &Self) -> Self {
        Self {
            sent_by: united(&self.sent_by, &other.sent_by),
            received_by: united(&self.received_by, &other.received_by),
        }
    }
}

/// The names in either set. Sets of thousands of names are shared where they can be.
pub(super) fn united(one: &Arc<BTreeSet<String>>, other: &Arc<BTreeSet<String>>) -> Arc<BTreeSet<String>> {
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

    /// What stands for all types that hold each other: the same operations are concerned.
    pub fn component(&self, id: ItemId) -> ItemId {
        self.components[id]
    }

    /// The operations that are concerned if a type changes.
    pub fn travel(&self, id: ItemId, api: &Api) -> Travel {
        let (mut sent_by, mut received_by) = (BTreeSet::new(), BTreeSet::new());
        for above in reachable([id], |id| self.holders[id].iter().copied()) {
            let item = &api.items[above];
            sent_by.extend(item.operation().map(|operation| operation.name.clone()));
            let receivers = self.answered[above].iter().filter_map(|id| api.items[*id].operation());
            received_by.extend(receivers.map(|operation| operation.name.clone()));
        }
        Travel { sent_by: Arc::new(sent_by), received_by: Arc::new(received_by) }
    }
}
