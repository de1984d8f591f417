//! Types that contain themselves: the member that closes the circle is boxed.

use crate::Error;
use crate::api::{Item, ItemKind, Ty};
use crate::lower::passes::members::{AlwaysThere, full_name};

/// Boxes each member whose type holds, in place, the type around it.
///
/// # Errors
///
/// When such a member shall be always there: the type would have no end.
pub(crate) fn box_recursive_members(items: &mut [Item], always_there: &AlwaysThere) -> Result<(), Error> {
    let edges: Vec<Vec<usize>> = items
        .iter()
        .map(|item| {
            let mut edges = Vec::new();
            if let ItemKind::Record(record) = &item.kind {
                record.members.iter().for_each(|member| member.ty.items_by_value(&mut |index| edges.push(index)));
            }
            edges
        })
        .collect();
    let circle = circles(&edges);
    let of = |index: usize| circle.get(index).copied().unwrap_or(usize::MAX);
    for (index, item) in items.iter_mut().enumerate() {
        let ItemKind::Record(record) = &mut item.kind else { continue };
        for (position, member) in record.members.iter_mut().enumerate() {
            let mut is_recursive = false;
            member.ty.items_by_value(&mut |inner| is_recursive |= of(inner) == of(index));
            if !is_recursive {
                continue;
            }
            if always_there.contains(&(index, position)) {
                let name = full_name(&item.dotnet, member);
                let message = format!(
                    "`optional` wants `{name}` to be always there, and it holds its own type: it would have no end"
                );
                return Err(Error::usage(message).setting("optional", Some(&name)).help("leave it an `Option`"));
            }
            // Without the `Option` the default value would have no end.
            let inner = match &member.ty {
                Ty::Option(inner) => (**inner).clone(),
                ty => ty.clone(),
            };
            member.ty = Ty::Option(Box::new(boxed(inner)));
        }
    }
    Ok(())
}

/// The type in a box; what travels in two forms holds the box, for it is no record itself.
fn boxed(ty: Ty) -> Ty {
    match ty {
        Ty::Runtime(name, args) if matches!(name.as_str(), "ValueTuple" | "TextOrObject") => {
            Ty::Runtime(name, args.into_iter().map(boxed).collect())
        }
        ty => Ty::Boxed(Box::new(ty)),
    }
}

/// For each node a number that it shares with the nodes it can reach and be reached from (Kosaraju's algorithm, without recursion:
/// a document may hold a chain of any length). A node alone shares its number with none.
pub(crate) fn circles(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut reversed = vec![Vec::new(); edges.len()];
    for (from, targets) in edges.iter().enumerate() {
        for target in targets {
            if let Some(sources) = reversed.get_mut(*target) {
                sources.push(from);
            }
        }
    }
    let mut order = Vec::with_capacity(edges.len());
    let mut visited = vec![false; edges.len()];
    for start in 0..edges.len() {
        visit(start, edges, &mut visited, &mut |node| order.push(node));
    }
    let mut circle = vec![usize::MAX; edges.len()];
    let mut visited = vec![false; edges.len()];
    for start in order.into_iter().rev() {
        visit(start, &reversed, &mut visited, &mut |node| {
            if let Some(circle) = circle.get_mut(node) {
                *circle = start;
            }
        });
    }
    circle
}

/// Visits what can be reached from `start`, in post-order.
fn visit(start: usize, edges: &[Vec<usize>], visited: &mut [bool], leave: &mut dyn FnMut(usize)) {
    let mut stack = vec![(start, 0)];
    let enter = |node: usize, visited: &mut [bool]| {
        visited.get_mut(node).is_some_and(|visited| !std::mem::replace(visited, true))
    };
    if !enter(start, visited) {
        return;
    }
    while let Some((node, next)) = stack.last_mut() {
        match edges.get(*node).and_then(|targets| targets.get(*next)) {
            Some(target) => {
                *next += 1;
                let target = *target;
                if enter(target, visited) {
                    stack.push((target, 0));
                }
            }
            None => {
                leave(*node);
                stack.pop();
            }
        }
    }
}
