//! Class hierarchies: where a value may be of a derived class, it becomes an enum over the classes that the document knows.

use std::collections::{BTreeMap, BTreeSet};

use crate::Error;
use crate::api::{Base, Item, ItemKind, Ty, Variant, Variants};
use crate::lower::catalog::Catalog;
use crate::lower::limits;
use crate::lower::lookup::Lookup;
use crate::lower::passes::directions::Directions;
use crate::lower::resolve::replace::Replacements;
use crate::lower::select::mentions;

/// Makes an enum of each abstract class and interface that a value can be of; its members move into a struct beside it.
///
/// `typed` names the classes whose values are sent with their `__type`.
///
/// # Errors
///
/// When the hierarchies hold more classes together than any service has.
pub(crate) fn abstract_classes(
    items: &mut Vec<Item>,
    catalog: &Catalog<'_>,
    replacements: &Replacements<'_>,
    typed: &mut Lookup<'_, ()>,
) -> Result<(), Error> {
    let mentioned: BTreeSet<usize> = items.iter().flat_map(mentions).collect();
    let mut classes = Classes::new(catalog);
    for index in mentioned {
        let Some(entry) = catalog.get(index) else { continue };
        let is_abstract = entry.definition.is_abstract || entry.definition.is_interface;
        if !is_abstract || !entry.parameters.is_empty() {
            continue;
        }
        let base = items.len();
        let variants = classes.below(index, items, replacements)?;
        let Some(item) = items.get_mut(index) else { continue };
        let ItemKind::Record(record) = &mut item.kind else { continue };
        if record.operation.is_some() {
            continue;
        }
        let record = std::mem::take(&mut **record);
        let docs = vec![format!("What every {} has.", item.name)];
        let is_typed = typed.get(&item.dotnet).is_some();
        let base = Base { item: base, untyped: None };
        item.kind = ItemKind::Variants(Variants { variants, base, other: String::new(), is_typed });
        let (name, dotnet) = (format!("{}Base", item.name), format!("{}#base", item.dotnet));
        let namespace = item.namespace.clone();
        let kind = ItemKind::Record(Box::new(record));
        items.push(Item {
            name,
            module: 0,
            namespace,
            dotnet,
            docs,
            deprecated: None,
            derives: Vec::new(),
            attributes: Vec::new(),
            features: BTreeSet::new(),
            kind,
        });
    }
    Ok(())
}

/// Makes an enum `AnyX` of each concrete class X that has known subclasses, and puts it where a type that comes back holds an X. Where
/// values are sent with their `__type`, a type that is sent holds it too.
///
/// # Errors
///
/// When the hierarchies hold more classes together than any service has.
pub(crate) fn concrete_bases(
    items: &mut Vec<Item>,
    catalog: &Catalog<'_>,
    replacements: &Replacements<'_>,
    directions: &Directions,
    typed: &mut Lookup<'_, ()>,
) -> Result<(), Error> {
    let mut any: BTreeMap<usize, (usize, bool)> = BTreeMap::new();
    let mut held: BTreeSet<usize> = BTreeSet::new();
    let mut held_when_typed: BTreeSet<usize> = BTreeSet::new();
    for (index, item) in items.iter().enumerate() {
        let inside = value_types(item).into_iter().flat_map(Ty::items);
        if directions.is_received(index) {
            held.extend(inside);
        } else if directions.is_sent(index) {
            held_when_typed.extend(inside);
        }
    }
    held.extend(answers(items).flat_map(Ty::items));
    let mut classes = Classes::new(catalog);
    for index in held.union(&held_when_typed).copied() {
        let Some(entry) = catalog.get(index).filter(|entry| entry.parameters.is_empty()) else { continue };
        let Some(Item { name, kind: ItemKind::Record(_), .. }) = items.get(index) else { continue };
        let mut variants = classes.below(index, items, replacements)?;
        if variants.is_empty() {
            continue;
        }
        let is_typed = typed.get(&entry.key.dotnet()).is_some();
        if !is_typed && !held.contains(&index) {
            continue;
        }
        let own = Variant { name: name.clone(), dotnet: entry.key.dotnet(), item: index };
        variants.insert(0, own);
        let base = Base { item: index, untyped: Some(0) };
        any.insert(index, (items.len(), is_typed));
        items.push(Item {
            name: format!("Any{name}"),
            module: 0,
            namespace: entry.key.namespace.clone(),
            dotnet: format!("{}#any", entry.key.dotnet()),
            docs: vec![format!("A {name} or a class that derives from it.")],
            deprecated: None,
            derives: Vec::new(),
            attributes: Vec::new(),
            features: BTreeSet::new(),
            kind: ItemKind::Variants(Variants { variants, base, other: String::new(), is_typed }),
        });
    }
    let replace = |ty: &mut Ty, is_received: bool| {
        ty.each_mut(&mut |ty| {
            if let Ty::Item(index, _) = ty
                && let Some((any, _)) = any.get(index).filter(|(_, is_typed)| is_received || *is_typed)
            {
                *ty = Ty::Item(*any, Vec::new());
            }
        });
    };
    for (index, item) in items.iter_mut().enumerate() {
        let is_received = directions.is_received(index);
        if let Some(ty) = item.operation_mut().and_then(|operation| operation.answer.ty_mut()) {
            replace(ty, true);
        }
        match &mut item.kind {
            ItemKind::Record(record) => {
                record.members.iter_mut().for_each(|member| replace(&mut member.ty, is_received));
            }
            ItemKind::Collection(collection) => replace(&mut collection.inner, is_received),
            _ => {}
        }
    }
    Ok(())
}

fn value_types(item: &Item) -> Vec<&Ty> {
    match &item.kind {
        ItemKind::Record(record) => record.members.iter().map(|member| &member.ty).collect(),
        ItemKind::Collection(collection) => vec![&collection.inner],
        ItemKind::Choice(_) | ItemKind::Flags(_) | ItemKind::Variants(_) => Vec::new(),
    }
}

fn answers(items: &[Item]) -> impl Iterator<Item = &Ty> {
    items.iter().filter_map(|item| item.operation()?.answer.ty())
}

/// Who derives from whom.
struct Classes<'a> {
    catalog: &'a Catalog<'a>,
    /// By the index of a class or interface, those that name it as their base or interface.
    derived: Vec<Vec<usize>>,
    /// How many classes all hierarchies hold together.
    count: usize,
}

impl<'a> Classes<'a> {
    fn new(catalog: &'a Catalog<'a>) -> Self {
        let mut derived = vec![Vec::new(); catalog.entries.len()];
        for (index, entry) in catalog.entries.iter().enumerate() {
            let parents = entry.definition.inherits.iter().chain(&entry.definition.implements);
            for parent in parents.filter_map(|parent| catalog.find_base(parent)) {
                if let Some(derived) = derived.get_mut(parent) {
                    derived.push(index);
                }
            }
        }
        Self { catalog, derived, count: 0 }
    }

    /// The concrete classes that derive from a class or implement an interface; requests, and classes that the user replaces, are
    /// none.
    fn below(&mut self, base: usize, items: &[Item], replacements: &Replacements<'_>) -> Result<Vec<Variant>, Error> {
        let mut visited = BTreeSet::new();
        let mut pending = vec![base];
        while let Some(at) = pending.pop() {
            if visited.insert(at) {
                self.count += 1;
                limits::check_hierarchies(self.count)?;
                pending.extend(self.derived.get(at).into_iter().flatten());
            }
        }
        visited.remove(&base);
        let variants = visited.into_iter().filter_map(|index| {
            let entry = self.catalog.get(index)?;
            let definition = &entry.definition;
            let is_concrete = !definition.is_abstract && !definition.is_interface && entry.parameters.is_empty();
            let is_record = matches!(items.get(index), Some(Item { kind: ItemKind::Record(_), .. }));
            let is_known = is_concrete && is_record && entry.operation.is_none() && !replacements.is_replaced(index);
            is_known.then(|| Variant { name: entry.key.simple().to_owned(), dotnet: entry.key.dotnet(), item: index })
        });
        Ok(variants.collect())
    }
}
