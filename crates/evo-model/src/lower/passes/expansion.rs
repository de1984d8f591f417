//! Generic classes that contain themselves with growing arguments. .NET creates such types at run time; Rust would need infinitely many at
//! compile time.

use crate::api::{IdVec, ItemId, Ty};
use crate::diagnostics::Diagnostics;
use crate::lower::builtin;
use crate::lower::catalog::Catalog;
use crate::lower::draft::{Item, ItemKind};
use crate::lower::passes::components::strongly_connected_components;

/// Replaces each use of a type that makes its arguments grow, such as a member of type `Grow<List<T>>` in `Grow<T>`, by a JSON value.
///
/// The parameters of all types are the nodes of a graph, with an edge from a parameter to each one that it is passed to, either as the
/// whole argument or as part of it. Arguments grow where an edge of the second kind is part of a cycle.
pub(crate) fn cut_growing_types(items: &mut IdVec<ItemId, Item>, catalog: &Catalog<'_>, diagnostics: &mut Diagnostics) {
    let mut edges: IdVec<usize, Vec<usize>> = IdVec::default();
    let first = items.map(|item| {
        let first = edges.next_id();
        item.parameters().iter().for_each(|_| _ = edges.push(Vec::new()));
        first
    });
    for (id, item) in items.enumerate() {
        for ty in item.held_types() {
            ty.each(&mut |ty| {
                for used in used_parameters(ty, item.parameters(), &first) {
                    edges[first[id] + used.parameter].push(used.target);
                }
            });
        }
    }
    let component = strongly_connected_components(&edges);
    for (id, item) in items.enumerate_mut() {
        let ItemKind::Record(record) = &mut item.kind else { continue };
        for member in &mut record.members {
            let mut is_cut = false;
            member.ty.each_mut(&mut |ty| {
                let grows = used_parameters(ty, &record.parameters, &first)
                    .into_iter()
                    .any(|used| used.is_part && component[first[id] + used.parameter] == component[used.target]);
                if grows {
                    *ty = builtin::value();
                    is_cut = true;
                }
            });
            if is_cut {
                diagnostics.warn(
                    "EVO0033",
                    &catalog.entries[id].definition.pointer,
                    format!("{}.{} contains its own class with larger arguments", item.dotnet, member.dotnet_name),
                    "it is read as any JSON",
                );
            }
        }
    }
}

/// A use of a parameter in the arguments of another item.
struct UsedParameter {
    /// Its position among the parameters of the item that contains the use.
    parameter: usize,
    /// The node of the parameter that the argument is for.
    target: usize,
    /// Whether it is only part of the argument.
    is_part: bool,
}

fn used_parameters(ty: &Ty, parameters: &[String], first: &IdVec<ItemId, usize>) -> Vec<UsedParameter> {
    let mut used = Vec::new();
    let Ty::Item(id, args) = ty else { return used };
    for (position, arg) in args.iter().enumerate() {
        let target = first[*id] + position;
        arg.each(&mut |part| {
            if let Ty::Parameter(name) = part
                && let Some(parameter) = parameters.iter().position(|parameter| parameter == name)
            {
                used.push(UsedParameter { parameter, target, is_part: part != arg });
            }
        });
    }
    used
}
