//! What can be reached from something, over any number of steps.

use std::collections::BTreeSet;

/// These, and all that can be reached from them: `next` tells where one step leads.
pub(super) fn reachable<N: Copy + Ord, I: IntoIterator<Item = N>>(
    start: impl IntoIterator<Item = N>,
    next: impl Fn(N) -> I,
) -> BTreeSet<N> {
    let mut pending: Vec<N> = start.into_iter().collect();
    let mut reached = BTreeSet::new();
    while let Some(node) = pending.pop() {
        if reached.insert(node) {
            pending.extend(next(node));
        }
    }
    reached
}
