//! Large modules: their items stand in files of their own, and the module shows them under the paths that they had.

use std::collections::BTreeSet;

use crate::api::{Api, Module};

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
    pub items: Vec<usize>,
}

/// The parts of a module whose file would be too long: operations, types, and more files of each where one is not enough.
/// Nothing where the module is short, or where it is one item that no split makes shorter. `texts` holds the code of each item.
pub(super) fn parts(api: &Api, module: &Module, texts: &[String]) -> Vec<Part> {
    let lines = |text: &String| text.lines().count() + 1;
    if texts.iter().map(lines).sum::<usize>() + HEAD <= LIMIT {
        return Vec::new();
    }
    // A module inside of one of the same name confuses, and clippy says so.
    let others = api.children(module).chain([module]);
    let mut taken: BTreeSet<String> = others.filter_map(|other| other.path.last().cloned()).collect();
    let mut parts = Vec::new();
    for are_operations in [true, false] {
        let of_kind =
            |index: usize| api.items.get(index).is_some_and(|item| item.operation().is_some() == are_operations);
        let mut length = HEAD;
        let mut items = Vec::new();
        for (index, text) in module.items.iter().copied().zip(texts).filter(|(index, _)| of_kind(*index)) {
            if length + lines(text) > LIMIT && !items.is_empty() {
                parts.push(part(std::mem::take(&mut items), are_operations, &mut taken));
                length = HEAD;
            }
            length += lines(text);
            items.push(index);
        }
        if !items.is_empty() {
            parts.push(part(items, are_operations, &mut taken));
        }
    }
    if parts.len() == 1 { Vec::new() } else { parts }
}

/// A part under the first free name: `types`, `types_2`, `types_3`.
fn part(items: Vec<usize>, are_operations: bool, taken: &mut BTreeSet<String>) -> Part {
    let word = if are_operations { "operations" } else { "types" };
    let mut name = word.to_owned();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{word}_{number}");
        number += 1;
    }
    Part { name, are_operations, items }
}
