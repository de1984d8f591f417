//! Groups items into modules: the setting `layout`.

use std::collections::{BTreeMap, BTreeSet};

use crate::Error;
use crate::api::{IdVec, ItemId};
use crate::config::{Layout, Settings, did_you_mean};
use crate::lower::draft::Item;
use crate::lower::reach::reachable;

/// Returns the group of each item, which becomes its module: its namespace or tag. The group of the root module is empty.
///
/// # Errors
///
/// If `strip` is set and modules are not named after namespaces, or if no namespace has this prefix.
pub(crate) fn group_items(items: &IdVec<ItemId, Item>, settings: &Settings) -> Result<IdVec<ItemId, String>, Error> {
    if settings.layout != Layout::Namespace && settings.strip.is_some() {
        let message = format!("`strip` does nothing with the layout `{}`", settings.layout.name());
        return Err(Error::usage(message)
            .setting("strip", None)
            .help("leave `strip` out: no module is named after a namespace"));
    }
    if let Some(strip) = &settings.strip {
        check_prefix(strip.trim_end_matches('.'), items)?;
    }
    Ok(match settings.layout {
        Layout::Namespace => items.map(|item| item.namespace.clone()),
        Layout::File => items.map(|_| String::new()),
        Layout::Tag => group_by_tag(items),
    })
}

/// Rejects a prefix that no namespace has: it would change nothing.
fn check_prefix(prefix: &str, items: &IdVec<ItemId, Item>) -> Result<(), Error> {
    let namespaces: BTreeSet<&str> = items.iter().map(|item| item.namespace.as_str()).collect();
    let begins =
        |namespace: &str| namespace.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    if prefix.is_empty() || namespaces.iter().any(|namespace| begins(namespace)) {
        return Ok(());
    }
    let known: Vec<&str> = namespaces.into_iter().filter(|namespace| !namespace.is_empty()).collect();
    Err(Error::usage(format!("no namespace begins with `{prefix}` of `strip`"))
        .setting("strip", None)
        .help(did_you_mean(prefix, &known)))
}

/// Groups an operation under the first of its tags, by name, and a type under the tag of the operations that need it. What operations with
/// several tags need, or one without a tag, belongs to the root module.
fn group_by_tag(items: &IdVec<ItemId, Item>) -> IdVec<ItemId, String> {
    let mut operations: BTreeMap<String, Vec<ItemId>> = BTreeMap::new();
    for (id, item) in items.enumerate() {
        if let Some(operation) = item.operation() {
            let tag = operation.tags.iter().min().cloned().unwrap_or_default();
            // A dot would create a module within a module.
            operations.entry(tag.replace('.', "_")).or_default().push(id);
        }
    }
    let mut groups: IdVec<ItemId, Option<String>> = items.map(|_| None);
    for (tag, operations) in operations {
        for id in reachable(operations.iter().copied(), |id| items[id].mentioned_items()) {
            let is_own = operations.contains(&id);
            if is_own || items[id].operation().is_none() {
                let group = &mut groups[id];
                *group = Some(if group.is_none() { tag.clone() } else { String::new() });
            }
        }
    }
    groups.into_iter().map(Option::unwrap_or_default).collect()
}
