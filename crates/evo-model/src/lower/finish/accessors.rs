//! Methods of enums over classes: one for each class, and one for each member that all classes share.

use std::collections::BTreeSet;

use super::setters::METHODS;
use crate::api::{Accessor, IdVec, Item, ItemId, ItemKind, Member, Ty, Variants};
use crate::identifiers::member_name;

/// Returns the names of the methods that return the class of a variant: `as_car` for `Car`.
pub(super) fn name_accessors(variants: &[String]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let name = |variant: &String| {
        let mut name = format!("as_{}", member_name(variant).trim_start_matches('_'));
        // Two variants may differ only in case.
        while !taken.insert(name.clone()) {
            name.push_str("_class");
        }
        name
    };
    variants.iter().map(name).collect()
}

/// Adds to each enum over classes a method for each member that all classes have under the same name and with the same type.
pub(crate) fn add_accessors(items: &mut IdVec<ItemId, Item>) {
    let found = items.map(|item| match &item.kind {
        ItemKind::Variants(variants) => find_accessors(variants, items),
        _ => Vec::new(),
    });
    for (item, accessors) in items.iter_mut().zip(found) {
        if let ItemKind::Variants(variants) = &mut item.kind {
            variants.accessors = accessors;
        }
    }
}

fn find_accessors(variants: &Variants, items: &IdVec<ItemId, Item>) -> Vec<Accessor> {
    let members = |id: ItemId| match &items[id].kind {
        ItemKind::Record(record) => record.members.as_slice(),
        _ => &[],
    };
    let has = |id: ItemId, wanted: &Member| {
        members(id).iter().any(|member| {
            let is_same =
                member.name == wanted.name && member.dotnet_name == wanted.dotnet_name && member.ty == wanted.ty;
            // Deprecated members get no method.
            is_same && member.deprecated.is_none()
        })
    };
    let is_shared = |member: &&Member| {
        member.deprecated.is_none() && variants.variants.iter().all(|variant| has(variant.item, member))
    };
    let mut taken: BTreeSet<String> = variants.variants.iter().map(|variant| variant.accessor.clone()).collect();
    let accessor = |member: &Member| {
        let mut method = member.name.clone();
        // A method with this name would hide a method of the enum.
        while METHODS.contains(&method.as_str()) || !taken.insert(method.clone()) {
            method.insert_str(0, "get_");
        }
        Accessor { method, field: member.name.clone(), ty: member.ty.clone(), is_copied: is_copied(&member.ty) }
    };
    members(variants.base.item).iter().filter(is_shared).map(accessor).collect()
}

/// Whether a type is a primitive or an optional primitive.
fn is_copied(ty: &Ty) -> bool {
    matches!(ty.without_option(), Ty::Std(name) if *name != "String")
}
