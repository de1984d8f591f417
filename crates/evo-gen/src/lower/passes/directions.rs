//! Which types are sent and which come back.

use crate::api::{Item, ItemKind, Ty};
use crate::lower::select::mentions;

/// The directions in which each item travels, by index.
pub(crate) struct Directions {
    sent: Vec<bool>,
    received: Vec<bool>,
}

impl Directions {
    /// Follows the members of every request, and the answer of every operation.
    pub fn new(items: &[Item]) -> Self {
        let mut directions = Self { sent: vec![false; items.len()], received: vec![false; items.len()] };
        for (index, item) in items.iter().enumerate() {
            if let Some(operation) = item.operation() {
                spread(vec![index], items, &mut directions.sent);
                let answer = operation.answer.ty().map(Ty::items).unwrap_or_default();
                spread(answer, items, &mut directions.received);
            }
        }
        directions
    }

    pub fn is_sent(&self, index: usize) -> bool {
        self.sent.get(index).copied().unwrap_or_default()
    }

    pub fn is_received(&self, index: usize) -> bool {
        self.received.get(index).copied().unwrap_or_default()
    }
}

fn spread(mut pending: Vec<usize>, items: &[Item], reached: &mut [bool]) {
    while let Some(index) = pending.pop() {
        let Some(item) = items.get(index) else { continue };
        if let Some(reached) = reached.get_mut(index)
            && !*reached
        {
            *reached = true;
            match &item.kind {
                // The answer of a request that is contained elsewhere does not travel with it.
                ItemKind::Record(record) => {
                    pending.extend(record.members.iter().flat_map(|member| member.ty.items()));
                }
                ItemKind::Collection(collection) => pending.extend(collection.inner.items()),
                _ => pending.extend(mentions(item)),
            }
        }
    }
}
