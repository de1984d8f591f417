//! Class hierarchies: where a value may be an instance of a derived class, its type becomes an enum over the known classes.

use std::collections::{BTreeMap, BTreeSet};

use crate::Error;
use crate::api::{Base, IdVec, ItemId, Position, Ty};
use crate::lower::catalog::Catalog;
use crate::lower::draft::{Item, ItemKind, Variant, Variants};
use crate::lower::limits;
use crate::lower::lookup::Lookup;
use crate::lower::passes::directions::Directions;
use crate::lower::reach::reachable;
use crate::lower::resolve::replace::Replacements;

/// Turns each abstract class that is mentioned, and each interface that a class implements, into an enum. Its members move into a companion
/// struct.
///
/// `typed` lists the classes whose values are sent with `__type`, `sealed` the classes whose values are never of a derived class.
///
/// # Errors
///
/// If the hierarchies together hold more classes than any real service.
pub(crate) fn make_enums_of_abstract_classes(
    items: &mut IdVec<ItemId, Item>,
    catalog: &Catalog<'_>,
    replacements: &Replacements<'_>,
    typed: &mut Lookup<'_, ()>,
    sealed: &mut Lookup<'_, ()>,
) -> Result<(), Error> {
    let mentioned: BTreeSet<ItemId> = items.iter().flat_map(Item::mentioned_items).collect();
    let mut classes = Classes::new(catalog);
    for id in mentioned {
        let entry = &catalog.entries[id];
        let is_abstract = entry.definition.is_abstract || entry.definition.is_interface;
        if !is_abstract || !entry.parameters.is_empty() {
            continue;
        }
        let base = items.next_id();
        let variants = classes.derived_variants(id, items, replacements)?;
        // Without known implementations, only its own members are known.
        if entry.definition.is_interface && variants.is_empty() {
            continue;
        }
        let item = &mut items[id];
        let ItemKind::Record(record) = &item.kind else { continue };
        if record.operation.is_some() || sealed.get(&item.dotnet).is_some() {
            continue;
        }
        let is_typed = typed.get(&item.dotnet).is_some();
        let base = Base { item: base, untyped: None };
        let kind = std::mem::replace(&mut item.kind, ItemKind::Variants(Variants::new(variants, base, is_typed)));
        let (simple_name, dotnet) = (format!("{}Base", item.simple_name), format!("{}#base", item.dotnet));
        let namespace = item.namespace.clone();
        items.push(Item::new(simple_name, namespace, dotnet, Vec::new(), kind));
    }
    Ok(())
}

/// Adds an enum `AnyX` for each concrete class X with known subclasses, and uses it wherever a received type holds an X. If values are sent
/// with `__type`, sent types use it too.
///
/// # Errors
///
/// If the hierarchies together hold more classes than any real service.
pub(crate) fn make_enums_of_concrete_bases(
    items: &mut IdVec<ItemId, Item>,
    catalog: &Catalog<'_>,
    replacements: &Replacements<'_>,
    typed: &mut Lookup<'_, ()>,
    sealed: &mut Lookup<'_, ()>,
) -> Result<(), Error> {
    let mut classes = Classes::new(catalog);
    let directions = Directions::with_derived(items, &classes.derived);
    let mut any: BTreeMap<ItemId, (ItemId, bool)> = BTreeMap::new();
    let mut held: BTreeSet<ItemId> = BTreeSet::new();
    let mut held_when_typed: BTreeSet<ItemId> = BTreeSet::new();
    for (id, item) in items.enumerate() {
        let inside = item.held_types().flat_map(Ty::items);
        if directions.is_received(id) {
            held.extend(inside);
        } else if directions.is_sent(id) {
            held_when_typed.extend(inside);
        }
    }
    held.extend(items.iter().filter_map(|item| item.operation()?.answer.ty()).flat_map(Ty::items));
    for id in held.union(&held_when_typed).copied() {
        let Some(entry) = catalog.get(id).filter(|entry| entry.parameters.is_empty()) else { continue };
        let Item { simple_name, kind: ItemKind::Record(_), .. } = &items[id] else { continue };
        let mut variants = classes.derived_variants(id, items, replacements)?;
        let dotnet = entry.key.dotnet();
        let is_held = held.contains(&id) || typed.find(&dotnet).is_some();
        if variants.is_empty() || !is_held || sealed.get(&dotnet).is_some() {
            continue;
        }
        let is_typed = typed.get(&dotnet).is_some();
        let own = Variant { name: (), accessor: (), dotnet: dotnet.clone(), item: id };
        variants.insert(0, own);
        let base = Base { item: id, untyped: Some(0) };
        any.insert(id, (items.next_id(), is_typed));
        let kind = ItemKind::Variants(Variants::new(variants, base, is_typed));
        let (name, dotnet) = (format!("Any{simple_name}"), format!("{dotnet}#any"));
        items.push(Item::new(name, entry.key.namespace.clone(), dotnet, Vec::new(), kind));
    }
    for (id, item) in items.enumerate_mut() {
        for (position, ty) in item.types_mut() {
            let is_received = position == Position::Answer || directions.is_received(id);
            ty.each_mut(&mut |ty| {
                if let Ty::Item(id, _) = ty
                    && let Some((any, _)) = any.get(id).filter(|(_, is_typed)| is_received || *is_typed)
                {
                    *ty = Ty::Item(*any, Vec::new());
                }
            });
        }
    }
    Ok(())
}

/// Checks the entries of `sealed` or `type_names` once all enums over classes exist.
///
/// # Errors
///
/// If an entry does not name a class, or names one that is not the base of an enum.
pub(crate) fn finish(mut lookup: Lookup<'_, ()>, catalog: &Catalog<'_>) -> Result<(), Error> {
    for entry in &catalog.entries {
        lookup.find(&entry.key.dotnet());
    }
    lookup.finish_with("name a class that others derive from, and whose values the service returns")
}

/// The classes that derive from each class.
struct Classes<'a> {
    catalog: &'a Catalog<'a>,
    /// For each class or interface, those that name it as their base or interface.
    derived: IdVec<ItemId, Vec<ItemId>>,
    /// The number of classes in all hierarchies.
    count: usize,
}

impl<'a> Classes<'a> {
    fn new(catalog: &'a Catalog<'a>) -> Self {
        let mut derived: IdVec<ItemId, Vec<ItemId>> = catalog.entries.map(|_| Vec::new());
        for (id, entry) in catalog.entries.enumerate() {
            let parents = entry.definition.inherits.iter().chain(&entry.definition.implements);
            for parent in parents.filter_map(|parent| catalog.find_base(parent)) {
                derived[parent].push(id);
            }
        }
        Self { catalog, derived, count: 0 }
    }

    /// Returns the concrete classes that derive from a class or implement an interface, except requests and classes that the settings
    /// replace.
    fn derived_variants(
        &mut self,
        base: ItemId,
        items: &IdVec<ItemId, Item>,
        replacements: &Replacements<'_>,
    ) -> Result<Vec<Variant>, Error> {
        let mut below = reachable([base], |at| self.derived[at].iter().copied());
        self.count += below.len();
        limits::check_hierarchies(self.count)?;
        below.remove(&base);
        let variants = below.into_iter().filter_map(|id| {
            let entry = &self.catalog.entries[id];
            let definition = &entry.definition;
            let is_concrete = !definition.is_abstract && !definition.is_interface && entry.parameters.is_empty();
            let is_record = matches!(items[id].kind, ItemKind::Record(_));
            let is_known = is_concrete && is_record && entry.operation.is_none() && !replacements.is_replaced(id);
            is_known.then(|| Variant { name: (), accessor: (), dotnet: entry.key.dotnet(), item: id })
        });
        Ok(variants.collect())
    }
}
