//! Computes the `recursion_limit` that a crate with the generated types needs.
//!
//! rustc walks the types inside a type to determine its drop glue and whether it is `Send`. It follows one path at a time, so every type in
//! a chain or cycle adds to the depth.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Api, Item, ItemId, ItemKind, Ty};
use crate::diagnostics::Diagnostics;
use crate::lower::passes::components::strongly_connected_components;

/// rustc's default limit.
const DEFAULT: usize = 128;

/// The depth of the types around one of the service's types when it is sent: a request, a future, a task.
const AROUND: usize = 40;

/// Returns the limit that crates with these types need, or `None` if the default suffices. A higher limit is reported.
pub(crate) fn find_recursion_limit(api: &Api, diagnostics: &mut Diagnostics) -> Option<usize> {
    let (start, depth) = deepest(api)?;
    if depth + AROUND <= DEFAULT {
        return None;
    }
    let limit = (depth + AROUND).next_power_of_two();
    diagnostics.warn(
        "EVO0067",
        "",
        format!("types refer to each other {depth} levels deep, from {} on", api.items[start].dotnet),
        format!(
            "rustc follows {DEFAULT} levels: write `#![recursion_limit = \"{limit}\"]` at the top of the crate root, and of \
             each program that uses the client"
        ),
    );
    Some(limit)
}

/// Returns the length of the longest chain of types, and its first item. All types of a cycle count, since the walk may pass through each
/// of them.
fn deepest(api: &Api) -> Option<(ItemId, usize)> {
    let edges = api.items.map(references);
    let targets = edges.map(|edges| edges.iter().map(|(target, _)| *target).collect::<Vec<_>>());
    let component = strongly_connected_components(&targets);

    // Each item counts once and, in a cycle, also with its longest reference inside the cycle.
    let mut depths: BTreeMap<ItemId, usize> = BTreeMap::new();
    let mut outside: BTreeMap<ItemId, BTreeMap<ItemId, usize>> = BTreeMap::new();
    for (id, edges) in edges.enumerate() {
        let mut inside = 0;
        for (target, weight) in edges {
            if component[*target] == component[id] {
                inside = inside.max(*weight);
            } else {
                let weights = outside.entry(component[id]).or_default().entry(component[*target]).or_default();
                *weights = (*weights).max(*weight);
            }
        }
        *depths.entry(component[id]).or_default() += 1 + inside;
    }
    walk(&depths, &outside)
}

/// Returns the longest path through the graph of components, which has no cycles, in topological order.
fn walk(
    depths: &BTreeMap<ItemId, usize>,
    outside: &BTreeMap<ItemId, BTreeMap<ItemId, usize>>,
) -> Option<(ItemId, usize)> {
    let mut incoming: BTreeMap<ItemId, usize> = BTreeMap::new();
    for target in outside.values().flat_map(BTreeMap::keys) {
        *incoming.entry(*target).or_default() += 1;
    }
    let mut ready: Vec<ItemId> = depths.keys().copied().filter(|id| !incoming.contains_key(id)).collect();
    // For each component, the greatest depth above it, and the item where that path starts.
    let mut around: BTreeMap<ItemId, (usize, ItemId)> = ready.iter().map(|id| (*id, (0, *id))).collect();
    let mut longest: Option<(ItemId, usize)> = None;
    while let Some(id) = ready.pop() {
        let (before, start) = around.get(&id).copied().unwrap_or((0, id));
        let depth = before + depths.get(&id).copied().unwrap_or_default();
        if longest.is_none_or(|(_, longest)| depth > longest) {
            longest = Some((start, depth));
        }
        for (target, weight) in outside.get(&id).into_iter().flatten() {
            let there = around.entry(*target).or_insert((0, *target));
            *there = (*there).max((depth + weight, start));
            if let Some(count) = incoming.get_mut(target) {
                *count -= 1;
                if *count == 0 {
                    ready.push(*target);
                }
            }
        }
    }
    longest
}

/// Returns the items that an item refers to, each with the number of levels in between, as counted by rustc 1.95 for `Option`, `Vec`, maps
/// and boxes.
fn references(item: &Item) -> BTreeSet<(ItemId, usize)> {
    let mut found = BTreeSet::new();
    match &item.kind {
        ItemKind::Record(record) => record.members.iter().for_each(|member| collect(&member.ty, 0, &mut found)),
        ItemKind::Collection(collection) => collect(&collection.inner, 0, &mut found),
        ItemKind::Variants(variants) => {
            let classes = variants.variants.iter().map(|variant| variant.item).chain([variants.base.item]);
            found.extend(classes.map(|class| (class, BOX)));
        }
        ItemKind::Enum(_) | ItemKind::Flags(_) => {}
    }
    found
}

/// The levels of a `Box`, a runtime type or a user type.
const BOX: usize = 2;

fn collect(ty: &Ty, levels: usize, found: &mut BTreeSet<(ItemId, usize)>) {
    if let Ty::Item(id, _) = ty {
        found.insert((*id, levels));
    }
    let own = match ty {
        Ty::Std(_) | Ty::Parameter(_) => 0,
        Ty::Option(_) | Ty::Item(..) => 1,
        Ty::Boxed(_) | Ty::Runtime(..) | Ty::Foreign(_) => BOX,
        Ty::List(_) | Ty::Map(..) => 3,
    };
    ty.inner().for_each(|inner| collect(inner, levels + own, found));
}
