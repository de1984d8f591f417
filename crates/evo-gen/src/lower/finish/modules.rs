//! Which items stand together: the setting `layout`.

use std::collections::{BTreeMap, BTreeSet};

use crate::Error;
use crate::api::Item;
use crate::config::{Layout, Settings, did_you_mean};
use crate::lower::select::mentions;

/// The group of each item, which becomes its module: the namespace, or the tag; empty for the root module.
///
/// # Errors
///
/// When `strip` is stated for modules that are not made of namespaces.
pub(crate) fn groups(items: &[Item], settings: &Settings) -> Result<Vec<String>, Error> {
    if settings.layout != Layout::Namespace && settings.strip.is_some() {
        let message = format!("`strip` does nothing with the layout `{}`", settings.layout.name());
        return Err(Error::usage(message)
            .setting("strip", None)
            .help("leave `strip` out: no module is called like a namespace"));
    }
    if let Some(strip) = &settings.strip {
        check_prefix(strip.trim_end_matches('.'), items)?;
    }
    Ok(match settings.layout {
        Layout::Namespace => items.iter().map(|item| item.namespace.clone()).collect(),
        Layout::File => vec![String::new(); items.len()],
        Layout::Tag => by_tag(items),
    })
}

/// Refuses a prefix that no namespace has: it would change nothing.
fn check_prefix(prefix: &str, items: &[Item]) -> Result<(), Error> {
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

/// An operation belongs to the first of its tags, by name, and a type to the tag of the operations that need it. What those of
/// several tags need, or one without a tag, belongs to the root module.
fn by_tag(items: &[Item]) -> Vec<String> {
    let mut operations: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, item) in items.iter().enumerate() {
        if let Some(operation) = item.operation() {
            let tag = operation.tags.iter().min().cloned().unwrap_or_default();
            // A dot would make a module within a module.
            operations.entry(tag.replace('.', "_")).or_default().push(index);
        }
    }
    let mut groups: Vec<Option<String>> = vec![None; items.len()];
    for (tag, operations) in operations {
        let mut reached = BTreeSet::new();
        let mut pending = operations.clone();
        while let Some(index) = pending.pop() {
            if reached.insert(index) {
                pending.extend(items.get(index).map(mentions).unwrap_or_default());
            }
        }
        for index in reached {
            let is_own = operations.contains(&index);
            let is_call = items.get(index).is_some_and(|item| item.operation().is_some());
            if let Some(group) = groups.get_mut(index).filter(|_| is_own || !is_call) {
                *group = Some(if group.is_none() { tag.clone() } else { String::new() });
            }
        }
    }
    groups.into_iter().map(Option::unwrap_or_default).collect()
}
