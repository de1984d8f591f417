//! Matches the items of the old API with those of the new one.

use std::collections::BTreeMap;

use crate::api::{Api, IdVec, Item, ItemId, ItemKind};

/// The items that both APIs have.
pub(super) struct Pairs {
    new_of: IdVec<ItemId, Option<ItemId>>,
    old_of: IdVec<ItemId, Option<ItemId>>,
}

impl Pairs {
    /// Pairs items with the same .NET name, then those that moved to another namespace, then renamed types with the same content.
    pub fn new(old: &Api, new: &Api) -> Self {
        let mut pairs = Self { new_of: old.items.map(|_| None), old_of: new.items.map(|_| None) };
        pairs.pair_by(old, new, |item| Some(item.dotnet.clone()));
        pairs.pair_by(old, new, |item| {
            let mark = item.dotnet.split_once('#').map(|(_, mark)| mark).unwrap_or_default();
            Some(format!("{} {mark} {}", item.simple_name, item.operation().is_some()))
        });
        pairs.pair_by(old, new, content);
        pairs
    }

    /// Pairs the remaining items whose key is unique in both APIs.
    fn pair_by(&mut self, old: &Api, new: &Api, key: impl Fn(&Item) -> Option<String>) {
        let old = by_key(old, &self.new_of, &key);
        let mut new = by_key(new, &self.old_of, &key);
        for (key, old) in old {
            if let ([old], Some([new])) = (old.as_slice(), new.remove(&key).as_deref()) {
                self.new_of[*old] = Some(*new);
                self.old_of[*new] = Some(*old);
            }
        }
    }

    /// Returns the new item of an old one.
    pub fn new_of(&self, old: ItemId) -> Option<ItemId> {
        self.new_of[old]
    }

    /// Returns the old item of a new one.
    pub fn old_of(&self, new: ItemId) -> Option<ItemId> {
        self.old_of[new]
    }
}

fn by_key(
    api: &Api,
    paired: &IdVec<ItemId, Option<ItemId>>,
    key: impl Fn(&Item) -> Option<String>,
) -> BTreeMap<String, Vec<ItemId>> {
    let mut found: BTreeMap<String, Vec<ItemId>> = BTreeMap::new();
    for (id, item) in api.items.enumerate().filter(|(id, _)| paired[*id].is_none()) {
        if let Some(key) = key(item) {
            found.entry(key).or_default().push(id);
        }
    }
    found
}

/// Describes the content of a type; `None` if it is too small to recognize the type under another name.
fn content(item: &Item) -> Option<String> {
    if item.operation().is_some() || item.dotnet.contains('#') {
        return None;
    }
    let parts: Vec<String> = match &item.kind {
        ItemKind::Record(record) => {
            record.members.iter().map(|member| format!("{} {}", member.dotnet_name, member.dotnet_type)).collect()
        }
        ItemKind::Enum(choice) => choice.members.iter().map(|member| format!("={}", member.dotnet_name)).collect(),
        ItemKind::Flags(flags) => flags.flags.iter().map(|flag| format!("|{}", flag.dotnet_name)).collect(),
        ItemKind::Collection(_) | ItemKind::Variants(_) => Vec::new(),
    };
    (parts.len() > 1).then(|| parts.join("\n"))
}
