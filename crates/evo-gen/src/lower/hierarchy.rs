//! Class hierarchies: where a value may be of a derived class, it becomes an enum over the classes that the document knows.

use std::collections::{BTreeMap, BTreeSet};

use super::catalog::Catalog;
use super::directions::Directions;
use super::items::described_base;
use super::select::mentions;
use crate::api::{Base, Item, ItemKind, Ty, Variant, Variants};

/// Makes an enum of each abstract class and interface that a value can be of; its members move into a struct beside it.
pub(super) fn abstract_classes(items: &mut Vec<Item>, catalog: &Catalog<'_>) {
    let mentioned: BTreeSet<usize> = items.iter().flat_map(mentions).collect();
    for index in mentioned {
        let Some(entry) = catalog.get(index) else { continue };
        let is_abstract = entry.definition.is_abstract || entry.definition.is_interface;
        if !is_abstract || !entry.parameters.is_empty() {
            continue;
        }
        let base = items.len();
        let variants = subclasses(index, items, catalog);
        let Some(item) = items.get_mut(index) else { continue };
        let ItemKind::Record(record) = &mut item.kind else { continue };
        if record.operation.is_some() {
            continue;
        }
        let record = std::mem::take(&mut **record);
        let docs = vec![format!("What every {} has.", item.name)];
        item.kind =
            ItemKind::Variants(Variants { variants, base: Base { item: base, untyped: None }, other: String::new() });
        let (name, dotnet) = (format!("{}Base", item.name), format!("{}#base", item.dotnet));
        let namespace = item.namespace.clone();
        let kind = ItemKind::Record(Box::new(record));
        items.push(Item { name, module: 0, namespace, dotnet, docs, derives: Vec::new(), kind });
    }
}

/// Makes an enum `AnyX` of each concrete class X that has known subclasses, and puts it where a type that comes back holds an X.
pub(super) fn concrete_bases(items: &mut Vec<Item>, catalog: &Catalog<'_>, directions: &Directions) {
    let mut any: BTreeMap<usize, usize> = BTreeMap::new();
    let received: Vec<usize> = (0..items.len()).filter(|index| directions.is_received(*index)).collect();
    let mut held: BTreeSet<usize> = BTreeSet::new();
    for item in received.iter().filter_map(|index| items.get(*index)) {
        held.extend(value_types(item).into_iter().flat_map(Ty::items));
    }
    held.extend(answers(items).flat_map(Ty::items));
    for index in held {
        let Some(entry) = catalog.get(index).filter(|entry| entry.parameters.is_empty()) else { continue };
        let Some(Item { name, kind: ItemKind::Record(_), .. }) = items.get(index) else { continue };
        let mut variants = subclasses(index, items, catalog);
        if variants.is_empty() {
            continue;
        }
        let own = Variant { name: name.clone(), dotnet: entry.key.dotnet(), item: index };
        variants.insert(0, own);
        let base = Base { item: index, untyped: Some(0) };
        any.insert(index, items.len());
        items.push(Item {
            name: format!("Any{name}"),
            module: 0,
            namespace: entry.key.namespace.clone(),
            dotnet: format!("{}#any", entry.key.dotnet()),
            docs: vec![format!("A {name} or a class that derives from it.")],
            derives: Vec::new(),
            kind: ItemKind::Variants(Variants { variants, base, other: String::new() }),
        });
    }
    let replace = |ty: &mut Ty| {
        ty.each_mut(&mut |ty| {
            if let Ty::Item(index, _) = ty
                && let Some(any) = any.get(index)
            {
                *ty = Ty::Item(*any, Vec::new());
            }
        });
    };
    for (index, item) in items.iter_mut().enumerate() {
        let is_received = received.contains(&index);
        match &mut item.kind {
            ItemKind::Record(record) => {
                if is_received {
                    record.members.iter_mut().for_each(|member| replace(&mut member.ty));
                }
                if let Some(ty) = record.operation.as_mut().and_then(|operation| operation.answer.ty_mut()) {
                    replace(ty);
                }
            }
            ItemKind::Collection(collection) if is_received => replace(&mut collection.inner),
            _ => {}
        }
    }
}

fn value_types(item: &Item) -> Vec<&Ty> {
    match &item.kind {
        ItemKind::Record(record) => record.members.iter().map(|member| &member.ty).collect(),
        ItemKind::Collection(collection) => vec![&collection.inner],
        ItemKind::Choice(_) | ItemKind::Flags(_) | ItemKind::Variants(_) => Vec::new(),
    }
}

fn answers(items: &[Item]) -> impl Iterator<Item = &Ty> {
    items.iter().filter_map(|item| match &item.kind {
        ItemKind::Record(record) => record.operation.as_ref().and_then(|operation| operation.answer.ty()),
        _ => None,
    })
}

/// The concrete classes that derive from a class or implement an interface; requests are none.
fn subclasses(base: usize, items: &[Item], catalog: &Catalog<'_>) -> Vec<Variant> {
    let mut variants: Vec<Variant> = Vec::new();
    for (index, entry) in catalog.entries.iter().enumerate() {
        let definition = &entry.definition;
        let is_concrete = !definition.is_abstract && !definition.is_interface && entry.parameters.is_empty();
        let is_record = matches!(items.get(index), Some(Item { kind: ItemKind::Record(_), .. }));
        if index != base && is_concrete && is_record && entry.operation.is_none() && derives(index, base, catalog) {
            variants.push(Variant { name: entry.key.simple().to_owned(), dotnet: entry.key.dotnet(), item: index });
        }
    }
    variants
}

fn derives(index: usize, base: usize, catalog: &Catalog<'_>) -> bool {
    let mut visited = BTreeSet::new();
    let mut pending = vec![index];
    while let Some(at) = pending.pop() {
        let Some(entry) = catalog.get(at).filter(|_| visited.insert(at)) else { continue };
        let parents = entry.definition.inherits.iter().chain(&entry.definition.implements);
        for parent in parents.filter_map(|parent| described_base(catalog, parent)) {
            if parent == base {
                return true;
            }
            pending.push(parent);
        }
    }
    false
}
