//! Reachability in a graph.

use std::collections::BTreeSet;

/// Returns the nodes that can be reached from `start`, including `start` itself. `next` returns the direct successors of a node.
pub(crate) fn reachable<N: Copy + Ord, I: IntoIterator<Item = N>>(
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
