//! Selects the operations to generate, and the types that they need.

use std::collections::BTreeSet;

use crate::api::{IdVec, ItemId};
use crate::config::{Settings, matches_pattern, suggest};
use crate::lower::catalog::Catalog;
use crate::lower::draft::Item;
use crate::lower::passes::generic_lists;
use crate::lower::reach::reachable;
use crate::lower::resolve::replace::Replacements;
use crate::lower::{builtin, dotnet_name};
use crate::metadata::{Operation, Types};
use crate::{Error, metadata};

/// Returns for each operation whether the settings select it.
///
/// A pattern is the name of an operation, exact or with `*`; `Namespace/*` for all operations in a namespace and below it; `{tag}`;
/// `role:Admin` for those that require a role (or one of several); or a route pattern such as `/pets/*`.
///
/// # Errors
///
/// If a pattern matches nothing; the message suggests the nearest name.
pub(super) fn select_operations(types: &Types, settings: &Settings) -> Result<Vec<bool>, Error> {
    let mut selected = vec![settings.include.is_empty(); types.operations.len()];
    for (patterns, value, setting) in [(&settings.include, true, "include"), (&settings.exclude, false, "exclude")] {
        for pattern in patterns {
            let (mut is_used, mut is_change) = (false, false);
            for (is_selected, operation) in selected.iter_mut().zip(&types.operations) {
                if matches(pattern, operation) {
                    is_used = true;
                    is_change |= *is_selected != value;
                    *is_selected = value;
                }
            }
            if !is_used {
                return Err(unused(pattern, setting, types));
            }
            if !is_change && !value {
                let message =
                    format!("the pattern `{pattern}` of `exclude` matches only operations that are left out already");
                return Err(Error::usage(message)
                    .setting(setting, Some(pattern))
                    .help("remove it, or let `include` select one of them"));
            }
        }
    }
    Ok(selected)
}

fn unused(pattern: &str, setting: &str, types: &Types) -> Error {
    let names: Vec<&str> = types.operations.iter().map(|operation| operation.request.name.as_str()).collect();
    let forms =
        "patterns are names of operations, `Get*`, `Namespace/*`, `{tag}`, `role:Admin` or a route such as `/pets/*`";
    Error::usage(format!("the pattern `{pattern}` of `{setting}` matches no operation"))
        .setting(setting, Some(pattern))
        .help(suggest(pattern, &names, forms))
}

fn matches(pattern: &str, operation: &Operation) -> bool {
    let request: &metadata::Type = &operation.request;
    if let Some(tag) = pattern.strip_prefix('{').and_then(|pattern| pattern.strip_suffix('}')) {
        return operation.tags.iter().any(|other| other == tag);
    }
    if let Some(role) = pattern.strip_prefix("role:") {
        let mut roles = operation.required_roles.iter().chain(&operation.requires_any_role);
        return roles.any(|name| matches_pattern(role, name));
    }
    if pattern.starts_with('/') {
        return operation.routes.iter().any(|route| matches_pattern(pattern, &route.path));
    }
    if let Some(namespace) = pattern.strip_suffix("/*") {
        let rest = request.namespace.strip_prefix(namespace);
        return rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    }
    matches_pattern(pattern, &request.name) || matches_pattern(pattern, &dotnet_name(request))
}

/// The items that are needed, by the ids that they had before the rest were dropped.
pub(super) struct Needed(BTreeSet<ItemId>);

impl Needed {
    /// Keeps what was decided about the items that are needed, under their new ids.
    pub fn keep<T>(&self, decided: IdVec<ItemId, T>) -> IdVec<ItemId, T> {
        decided.ids().zip(decided).filter(|(id, _)| self.0.contains(id)).map(|(_, value)| value).collect()
    }

    /// Returns the former ids.
    pub fn iter(&self) -> impl Iterator<Item = ItemId> {
        self.0.iter().copied()
    }
}

/// Drops the items that nothing needs. All types of the service are needed unless operations are selected. ServiceStack's types,
/// interfaces, replaced types, and types that only these mention, are needed if something mentions them.
pub(super) fn drop_unneeded(
    items: &mut IdVec<ItemId, Item>,
    catalog: &Catalog<'_>,
    replacements: &Replacements<'_>,
    settings: &Settings,
) -> Needed {
    let mentioned = |id: ItemId| items[id].mentioned_items();
    let mentioned_by_replaced = reachable(items.ids().filter(|id| replacements.is_replaced(*id)), mentioned);
    let is_filtered = !settings.include.is_empty() || !settings.exclude.is_empty();
    let is_root = |id: ItemId| {
        // An item that a pass added is needed only where something mentions it.
        let Some(entry) = catalog.get(id) else { return false };
        let is_wanted = !is_filtered
            && entry.operation.is_none()
            && !mentioned_by_replaced.contains(&id)
            && !builtin::is_service_stack(&entry.key.namespace)
            && !entry.definition.is_interface
            && !generic_lists::is_inlined(&items[id], entry);
        items[id].operation().is_some() || is_wanted
    };
    let needed = reachable(items.ids().filter(|id| is_root(*id)), mentioned);
    let mut count = 0;
    let new_ids: IdVec<ItemId, ItemId> = items
        .ids()
        .map(|id| {
            let new = ItemId::from(count);
            count += usize::from(needed.contains(&id));
            new
        })
        .collect();
    let needed = Needed(needed);
    *items = needed.keep(std::mem::take(items));
    for item in items {
        // Everything that a needed item mentions is needed too.
        item.each_id_mut(&mut |id| *id = new_ids[*id]);
    }
    needed
}
