//! Strongly connected components of a graph.

use crate::api::IdVec;

/// Returns for each node a representative of its component, which is the same for all nodes that reach each other.
///
/// This is Kosaraju's algorithm without recursion, since a document may hold a chain of any length.
pub(crate) fn strongly_connected_components<N>(edges: &IdVec<N, Vec<N>>) -> IdVec<N, N>
where
    N: Copy + From<usize> + Into<usize>,
{
    let mut reversed: IdVec<N, Vec<N>> = edges.map(|_| Vec::new());
    for (from, targets) in edges.enumerate() {
        for target in targets {
            reversed[*target].push(from);
        }
    }
    let mut order = Vec::with_capacity(edges.len());
    let mut visited: IdVec<N, bool> = edges.map(|_| false);
    for start in edges.ids() {
        visit_in_post_order(start, edges, &mut visited, &mut |node| order.push(node));
    }
    let mut component: IdVec<N, N> = edges.ids().collect();
    let mut visited: IdVec<N, bool> = edges.map(|_| false);
    for start in order.into_iter().rev() {
        visit_in_post_order(start, &reversed, &mut visited, &mut |node| component[node] = start);
    }
    component
}

/// Visits the unvisited nodes that can be reached from `start`.
fn visit_in_post_order<N>(start: N, edges: &IdVec<N, Vec<N>>, visited: &mut IdVec<N, bool>, leave: &mut dyn FnMut(N))
where
    N: Copy + From<usize> + Into<usize>,
{
    if std::mem::replace(&mut visited[start], true) {
        return;
    }
    let mut stack = vec![(start, edges[start].iter())];
    while let Some((node, targets)) = stack.last_mut() {
        match targets.next() {
            Some(target) if !std::mem::replace(&mut visited[*target], true) => {
                stack.push((*target, edges[*target].iter()));
            }
            Some(_) => {}
            None => {
                leave(*node);
                stack.pop();
            }
        }
    }
}
