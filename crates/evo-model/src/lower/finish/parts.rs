//! Splits large modules into several files. The module re-exports the items, so that their paths stay the same.

use std::collections::BTreeSet;

use crate::api::{Api, Enum, Flags, Item, ItemId, ItemKind, Member, Module, ModulePart};

/// The maximum number of lines of a file. A longer module is split.
const LIMIT: usize = 1_000;

/// The lines that are reserved for the header, the documentation and the imports of a file.
const HEAD: usize = 60;

/// Splits the modules that are too long for one file into operations and types, with several files of each if necessary.
pub(crate) fn split_modules(api: &mut Api) {
    if api.is_one_file {
        return;
    }
    let parts: Vec<_> = api.modules.iter().map(|module| find_parts(api, module)).collect();
    for (module, parts) in api.modules.iter_mut().zip(parts) {
        module.parts = parts;
    }
}

/// Returns the parts of a module. A module that is short, or that has only one item, has no parts.
fn find_parts(api: &Api, module: &Module) -> Vec<ModulePart> {
    let lengths: Vec<usize> = module.items.iter().map(|id| estimate_length(&api.items[*id], api)).collect();
    if HEAD + lengths.iter().sum::<usize>() <= LIMIT {
        return Vec::new();
    }
    // Clippy warns about a module inside a module with the same name.
    let others = api.children(module).chain([module]);
    let mut taken: BTreeSet<String> = others.filter_map(|other| other.path.last().cloned()).collect();
    let mut parts = Vec::new();
    for are_operations in [true, false] {
        let of_kind = |id: ItemId| api.items[id].operation().is_some() == are_operations;
        let mut length = HEAD;
        let mut items = Vec::new();
        for (id, lines) in module.items.iter().copied().zip(&lengths).filter(|(id, _)| of_kind(*id)) {
            if length + lines > LIMIT && !items.is_empty() {
                parts.push(name_part(std::mem::take(&mut items), are_operations, &mut taken));
                length = HEAD;
            }
            length += lines;
            items.push(id);
        }
        if !items.is_empty() {
            parts.push(name_part(items, are_operations, &mut taken));
        }
    }
    if parts.len() == 1 { Vec::new() } else { parts }
}

/// Creates a part with the first free name: `types`, `types_2`, `types_3`.
fn name_part(items: Vec<ItemId>, are_operations: bool, taken: &mut BTreeSet<String>) -> ModulePart {
    let word = if are_operations { "operations" } else { "types" };
    let mut name = word.to_owned();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{word}_{number}");
        number += 1;
    }
    ModulePart { name, are_operations, items }
}

/// Estimates the number of lines of an item, erring on the high side.
fn estimate_length(item: &Item, api: &Api) -> usize {
    // Blank lines, derives, attributes and braces.
    let around = 6 + item.attributes.len();
    let call = item.operation().map_or(0, |operation| {
        let example = if api.examples.is_some() { 10 } else { 0 };
        let routes =
            operation.declared.iter().map(|route| width_in_lines(route.to_string().len()) + estimate_docs(&route.docs));
        4 + example
            + routes.sum::<usize>()
            + operation.errors.len()
            + operation.successes.len()
            + operation.checks.len()
    });
    let definition = match &item.kind {
        ItemKind::Record(record) => {
            let names = record.members.iter().map(|member| member.name.len() + member.dotnet_name.len() + 12);
            let setters = record.members.iter().filter(|member| member.setter.is_some());
            let setters = setters.map(|member| member.name.len() + 24);
            let fields = record.members.iter().map(estimate_field).sum::<usize>();
            fields + width_in_lines(names.sum()) + width_in_lines(setters.sum())
        }
        ItemKind::Enum(Enum { members, .. }) | ItemKind::Flags(Flags { flags: members }) => {
            let names = members.iter().map(|member| member.name.len() + member.dotnet_name.len() + 16);
            let variants = members.iter().map(|member| estimate_docs(&member.docs) + 1 + member.attributes.len());
            variants.sum::<usize>() + width_in_lines(names.sum()) + 3
        }
        ItemKind::Variants(variants) => 3 * variants.variants.len() + 3,
        ItemKind::Collection(_) => 1,
    };
    estimate_docs(&item.docs) + call + definition + around
}

fn estimate_field(member: &Member) -> usize {
    let rules = if member.rules.is_empty() && !member.required { 0 } else { 2 };
    estimate_docs(&member.docs) + rules + usize::from(member.deprecated.is_some()) + member.attributes.len() + 1
}

/// Estimates the lines of a doc comment. An item without a description has one line with its name.
fn estimate_docs(paragraphs: &[String]) -> usize {
    let lines = paragraphs.iter().map(|text| 1 + text.lines().map(|line| width_in_lines(line.len())).sum::<usize>());
    lines.sum::<usize>().saturating_sub(1).max(1)
}

/// Estimates the number of lines that a string of this width wraps to.
fn width_in_lines(width: usize) -> usize {
    width / 80 + 1
}
