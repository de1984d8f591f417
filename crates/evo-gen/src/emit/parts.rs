//! Large modules: their items stand in files of their own, and the module shows them under the paths that they had.

use std::collections::BTreeSet;

use crate::api::{Api, Item, ItemId, ItemKind, Member, Module};

/// How many lines a file of a module may have before the module is split.
const LIMIT: usize = 1_000;

/// What the header, the docs and the imports of a file may take of them.
const HEAD: usize = 60;

/// Items of a module that stand in a file of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// The name of the private module.
    pub name: String,
    /// They are operations, not types.
    pub are_operations: bool,
    /// The items, by index into [`Api::items`].
    pub items: Vec<ItemId>,
}

/// The parts of a module whose file would be too long: operations, types, and more files of each where one is not enough.
/// Nothing where the module is short, or where it is one item that no split makes shorter. `lengths` holds the lines of each item.
pub(super) fn parts(api: &Api, module: &Module, lengths: &[usize]) -> Vec<Part> {
    if api.is_one_file || !are_too_long(lengths) {
        return Vec::new();
    }
    // A module inside of one of the same name confuses, and clippy says so.
    let others = api.children(module).chain([module]);
    let mut taken: BTreeSet<String> = others.filter_map(|other| other.path.last().cloned()).collect();
    let mut parts = Vec::new();
    for are_operations in [true, false] {
        let of_kind = |index: ItemId| api.items[index].operation().is_some() == are_operations;
        let mut length = HEAD;
        let mut items = Vec::new();
        for (index, lines) in module.items.iter().copied().zip(lengths).filter(|(index, _)| of_kind(*index)) {
            if length + lines > LIMIT && !items.is_empty() {
                parts.push(part(std::mem::take(&mut items), are_operations, &mut taken));
                length = HEAD;
            }
            length += lines;
            items.push(index);
        }
        if !items.is_empty() {
            parts.push(part(items, are_operations, &mut taken));
        }
    }
    if parts.len() == 1 { Vec::new() } else { parts }
}

/// Whether items of so many lines are too many for one file.
pub(super) fn are_too_long(lengths: &[usize]) -> bool {
    lengths.iter().sum::<usize>() + HEAD > LIMIT
}

/// A part under the first free name: `types`, `types_2`, `types_3`.
fn part(items: Vec<ItemId>, are_operations: bool, taken: &mut BTreeSet<String>) -> Part {
    let word = if are_operations { "operations" } else { "types" };
    let mut name = word.to_owned();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{word}_{number}");
        number += 1;
    }
    Part { name, are_operations, items }
}

/// About how many lines the items of a module will have, before they are written: rather too many than too few.
pub(super) fn estimated_lengths(api: &Api, module: &Module) -> Vec<usize> {
    module.items.iter().map(|id| estimated_length(&api.items[*id], api)).collect()
}

fn estimated_length(item: &Item, api: &Api) -> usize {
    let docs =
        |texts: &[String]| texts.iter().map(|text| text.lines().map(doc_lines).sum::<usize>() + 1).sum::<usize>();
    let call = item.operation().map_or(0, |operation| {
        let example = if api.examples.is_some() { 10 } else { 0 };
        let routes: usize = operation.declared.iter().map(|route| doc_lines(&route.call) + docs(&route.docs)).sum();
        8 + example + routes + operation.errors.len() + operation.checks.len()
    });
    let kind = match &item.kind {
        ItemKind::Record(record) => {
            let member = |member: &Member| {
                let rules = if member.rules.is_empty() { 1 } else { 3 };
                docs(&member.docs) + rules + usize::from(member.deprecated.is_some()) + member.attributes.len()
            };
            // Names stand about three in a line of each macro.
            record.members.iter().map(member).sum::<usize>() + record.members.len() + 8
        }
        ItemKind::Enum(choice) => choice.members.iter().map(|member| docs(&member.docs) + 3).sum::<usize>() + 6,
        ItemKind::Flags(flags) => flags.flags.iter().map(|flag| docs(&flag.docs) + 3).sum::<usize>() + 4,
        ItemKind::Variants(variants) => 3 * variants.variants.len() + 8,
        ItemKind::Collection(_) => 4,
    };
    docs(&item.docs) + call + kind + 6
}

fn doc_lines(text: &str) -> usize {
    text.len() / 80 + 1
}
