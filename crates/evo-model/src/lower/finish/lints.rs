//! Finds the lints that the code of each item would trigger, so that it can allow them: lints about the names and shapes that the service
//! uses, and uses of deprecated items.

use std::collections::BTreeSet;

use heck::ToSnakeCase;

use crate::api::{Allowed, IdVec, Item, ItemId, ItemKind, Record, Ty};

/// The largest array, in bytes, that clippy accepts on the stack.
const MAX_ARRAY_SIZE: usize = 16_384;

/// The bytes per member of a struct in the arrays that derives and macros create.
const MEMBER: usize = 16;

/// The bytes per member of an enum, class of a hierarchy, or member with rules in such an array.
const ENUM_MEMBER: usize = 64;

/// Facts about all items that the lints of one item depend on.
struct Known {
    deprecated: BTreeSet<ItemId>,
    /// The structs without members.
    empty: BTreeSet<ItemId>,
}

/// Decides for each item, and each member, which lints are allowed.
pub(crate) fn allow_lints(items: &mut IdVec<ItemId, Item>) {
    let is_empty = |item: &Item| matches!(&item.kind, ItemKind::Record(record) if record.members.is_empty());
    let ids_of = |is_wanted: &dyn Fn(&Item) -> bool| -> BTreeSet<ItemId> {
        items.enumerate().filter(|(_, item)| is_wanted(item)).map(|(id, _)| id).collect()
    };
    let known = Known { deprecated: ids_of(&|item| item.deprecated.is_some()), empty: ids_of(&is_empty) };
    for item in items {
        item.allowed = known.find_allowed(item);
        if let ItemKind::Record(record) = &mut item.kind {
            for member in &mut record.members {
                member.lints = known.lints_of_type(&member.ty);
            }
        }
    }
}

impl Known {
    fn find_allowed(&self, item: &Item) -> Allowed {
        let lints = match &item.kind {
            ItemKind::Record(record) => lints_of_record(item, record),
            ItemKind::Enum(own) => {
                lints_of_variant_names(own.members.iter().map(|member| &member.name).chain([&own.unknown]), item)
            }
            ItemKind::Variants(own) => {
                lints_of_variant_names(own.variants.iter().map(|variant| &variant.name).chain([&own.other]), item)
            }
            ItemKind::Collection(collection) => self.lints_of_type(&collection.inner),
            ItemKind::Flags(_) => Vec::new(),
        };
        let deprecated = self.is_deprecated_in_definition(item);
        let deprecated_in_calls = item.deprecated.is_some() || deprecated || self.is_deprecated_in_calls(item);
        let largest_array = match &item.kind {
            ItemKind::Record(record) => {
                let checked =
                    record.members.iter().filter(|member| record.validate.is_some() && !member.rules.is_empty());
                (record.members.len() * MEMBER).max(checked.count() * ENUM_MEMBER)
            }
            ItemKind::Enum(own) => own.members.len() * ENUM_MEMBER,
            ItemKind::Variants(variants) => variants.variants.len() * ENUM_MEMBER,
            ItemKind::Flags(_) | ItemKind::Collection(_) => 0,
        };
        let large_arrays = largest_array > MAX_ARRAY_SIZE;
        Allowed { lints, large_arrays, deprecated, deprecated_in_calls }
    }

    /// Whether the definition of an item, or anything derived from it, mentions a deprecated item.
    fn is_deprecated_in_definition(&self, item: &Item) -> bool {
        match &item.kind {
            ItemKind::Enum(own) => {
                let default = own.default_member().and_then(|index| own.members.get(index));
                default.is_some_and(|member| member.deprecated.is_some())
            }
            _ => item.held_items().iter().any(|id| self.deprecated.contains(id)),
        }
    }

    fn is_deprecated_in_calls(&self, item: &Item) -> bool {
        match &item.kind {
            ItemKind::Record(record) => {
                item.mentioned_items().iter().any(|id| self.deprecated.contains(id))
                    || record.members.iter().any(|member| member.deprecated.is_some())
            }
            ItemKind::Enum(own) => own.members.iter().any(|member| member.deprecated.is_some()),
            // Nothing else mentions a flag, which is a constant.
            ItemKind::Flags(_) | ItemKind::Collection(_) | ItemKind::Variants(_) => false,
        }
    }

    /// Returns the lints of a member or newtype: a complex type, or a map with zero-sized values.
    fn lints_of_type(&self, ty: &Ty) -> Vec<&'static str> {
        // Clippy scores each part ten times its depth.
        const LIMIT: usize = 250;
        let is_empty = |ty: &Ty| matches!(ty, Ty::Item(id, _) if self.empty.contains(id));
        let mut lints = Vec::new();
        if complexity(ty, 1) > LIMIT {
            lints.push("clippy::type_complexity");
        }
        if ty.any(|ty| matches!(ty, Ty::Map(_, value) if is_empty(value))) {
            lints.push("clippy::zero_sized_map_values");
        }
        lints
    }
}

fn complexity(ty: &Ty, depth: usize) -> usize {
    10 * depth + ty.inner().map(|inner| complexity(inner, depth + 1)).sum::<usize>()
}

/// Returns the lints of a struct: many booleans, or members that repeat a word.
fn lints_of_record(item: &Item, record: &Record) -> Vec<&'static str> {
    let flags = record.members.iter().filter(|member| member.ty == Ty::Std("bool")).count();
    let names: Vec<&str> = record.members.iter().map(|member| member.name.as_str()).collect();
    let mut lints = Vec::new();
    if flags > 3 {
        lints.push("clippy::struct_excessive_bools");
    }
    if repeats_a_word(&names, &item.name.to_snake_case()) {
        lints.push("clippy::struct_field_names");
    }
    lints
}

/// Returns the lints of an enum: variants that repeat a word.
fn lints_of_variant_names<'a>(names: impl Iterator<Item = &'a String>, item: &Item) -> Vec<&'static str> {
    let names: Vec<String> = names.map(|name| name.to_snake_case()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let repeats = repeats_a_word(&names, &item.name.to_snake_case());
    repeats.then_some("clippy::enum_variant_names").into_iter().collect()
}

/// Whether a name begins or ends with the type's name, or all share their first or last word.
fn repeats_a_word(names: &[&str], type_name: &str) -> bool {
    let like_type = names.iter().any(|name| {
        let (after, before) = (name.strip_prefix(type_name), name.strip_suffix(type_name));
        after.is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
            || before.is_some_and(|rest| rest.is_empty() || rest.ends_with('_'))
    });
    like_type
        || names.len() > 1
            && (are_same(names.iter().map(|name| name.split('_').next()))
                || are_same(names.iter().map(|name| name.rsplit('_').next())))
}

fn are_same<'name>(mut words: impl Iterator<Item = Option<&'name str>>) -> bool {
    words.next().is_some_and(|first| words.all(|word| word == first))
}
