//! Generic classes that contain themselves with arguments that grow: .NET makes the types as it meets them, Rust has to make
//! all of them at once, and there is no end to them.

use crate::api::{Item, ItemKind, Ty};
use crate::diagnostics::Diagnostics;
use crate::lower::builtin;
use crate::lower::catalog::Catalog;
use crate::lower::passes::recursion::circles;

/// Reads as any JSON each mention that makes arguments grow: in `Grow<T>` a member of type `Grow<List<T>>`.
///
/// The parameters of all types are the nodes of a graph, with an edge from a parameter to each one that it becomes the
/// argument of, or a part of the argument. Arguments grow where an edge of the second kind is part of a circle.
pub(crate) fn cut(items: &mut [Item], catalog: &Catalog<'_>, diagnostics: &mut Diagnostics) {
    let mut first = Vec::with_capacity(items.len());
    let mut count = 0;
    for item in items.iter() {
        first.push(count);
        if let ItemKind::Record(record) = &item.kind {
            count += record.parameters.len();
        }
    }
    let mut edges = vec![Vec::new(); count];
    for (item, from) in items.iter().zip(&first) {
        let ItemKind::Record(record) = &item.kind else { continue };
        for member in &record.members {
            member.ty.each(&mut |ty| {
                for (parameter, target, _) in uses(ty, &record.parameters, &first) {
                    if let Some(edges) = edges.get_mut(from + parameter) {
                        edges.push(target);
                    }
                }
            });
        }
    }
    let circle = circles(&edges);
    for (index, item) in items.iter_mut().enumerate() {
        let from = first.get(index).copied().unwrap_or_default();
        let ItemKind::Record(record) = &mut item.kind else { continue };
        let parameters = record.parameters.clone();
        for member in &mut record.members {
            let mut is_cut = false;
            member.ty.each_mut(&mut |ty| {
                let grows = uses(ty, &parameters, &first).into_iter().any(|(parameter, target, is_part)| {
                    is_part && circle.get(from + parameter).is_some_and(|own| circle.get(target) == Some(own))
                });
                if grows {
                    *ty = builtin::value();
                    is_cut = true;
                }
            });
            if is_cut {
                diagnostics.warn(
                    "EVO0033",
                    catalog.get(index).map_or("", |entry| entry.definition.pointer.as_str()),
                    format!("{}.{} contains its own class with larger arguments", item.dotnet, member.dotnet_name),
                    "it is read as any JSON",
                );
            }
        }
    }
}

/// The parameters in the arguments of a mention: which, the parameter that it is for, and whether it is but a part of the
/// argument.
fn uses(ty: &Ty, parameters: &[String], first: &[usize]) -> Vec<(usize, usize, bool)> {
    let mut uses = Vec::new();
    let Ty::Item(index, args) = ty else { return uses };
    let Some(target) = first.get(*index) else { return uses };
    for (position, arg) in args.iter().enumerate() {
        arg.each(&mut |part| {
            if let Ty::Parameter(name) = part
                && let Some(parameter) = parameters.iter().position(|parameter| parameter == name)
            {
                uses.push((parameter, target + position, part != arg));
            }
        });
    }
    uses
}
