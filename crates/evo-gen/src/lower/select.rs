//! Which operations are wanted, and which types they need.

use std::collections::BTreeSet;

use crate::api::{Api, Item, ItemKind, Ty};
use crate::config::{Settings, matches_pattern};
use crate::lower::builtin;
use crate::lower::catalog::Catalog;
use crate::lower::passes::generic_lists;
use crate::lower::resolve::replace::Replacements;
use crate::metadata::{Operation, Types};
use crate::{Error, metadata};

/// Which operations the settings ask for.
///
/// A pattern is the name of an operation, exact or with `*`; `Namespace/*` for all operations of a namespace and those below
/// it; `{tag}`; `role:Admin` for those that need a role (or one of several); or the pattern of a route, as `/pets/*`.
///
/// # Errors
///
/// When a pattern matches nothing; the message suggests the nearest name.
pub(super) fn operations(types: &Types, settings: &Settings) -> Result<Vec<bool>, Error> {
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
    let names = types.operations.iter().map(|operation| operation.request.name.as_str());
    let nearest = names
        .map(|name| {
            (similar::TextDiff::from_chars(pattern.to_lowercase().as_str(), name.to_lowercase().as_str()).ratio(), name)
        })
        .filter(|(likeness, _)| *likeness > 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let error = Error::usage(format!("the pattern `{pattern}` of `{setting}` matches no operation"));
    let error = error.setting(setting, Some(pattern));
    match nearest {
        Some((_, name)) => error.help(format!("did you mean `{name}`?")),
        None => error.help(
            "patterns are names of operations, `Get*`, `Namespace/*`, `{tag}`, `role:Admin` or a route as `/pets/*`",
        ),
    }
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
    matches_pattern(pattern, &request.name)
}

/// Drops the items that nothing needs. All types of the API are needed unless operations were selected; types of ServiceStack's
/// and interfaces only where something mentions them, as are types that are replaced and what those alone mention. Answers the old
/// index of each item that stays.
pub(super) fn drop_unneeded(
    api: &mut Api,
    catalog: &Catalog<'_>,
    replacements: &Replacements<'_>,
    settings: &Settings,
) -> BTreeSet<usize> {
    let replaced = (0..api.items.len()).filter(|index| replacements.is_replaced(*index));
    let behind_replaced = reached(replaced.collect(), &api.items);
    let is_filtered = !settings.include.is_empty() || !settings.exclude.is_empty();
    let is_root = |index: usize, item: &Item| {
        let is_call = item.operation().is_some();
        let Some(entry) = catalog.get(index) else { return false };
        let is_wanted = !is_filtered
            && entry.operation.is_none()
            && !behind_replaced.contains(&index)
            && !builtin::is_service_stack(&entry.key.namespace)
            && !entry.definition.is_interface
            && !generic_lists::is_inlined(item, entry);
        is_call || is_wanted
    };
    let roots = api.items.iter().enumerate().filter(|(index, item)| is_root(*index, item)).map(|(index, _)| index);
    let needed = reached(roots.collect(), &api.items);
    let mut new_index = vec![usize::MAX; api.items.len()];
    for (position, index) in needed.iter().enumerate() {
        if let Some(slot) = new_index.get_mut(*index) {
            *slot = position;
        }
    }
    let mut index = 0;
    api.items.retain(|_| {
        index += 1;
        needed.contains(&(index - 1))
    });
    for item in &mut api.items {
        reindex(item, &new_index);
    }
    needed
}

/// These items and all that they mention.
fn reached(mut pending: Vec<usize>, items: &[Item]) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    while let Some(index) = pending.pop() {
        if reached.insert(index)
            && let Some(item) = items.get(index)
        {
            pending.extend(mentions(item));
        }
    }
    reached
}

/// The items that an item mentions.
pub(super) fn mentions(item: &Item) -> Vec<usize> {
    let answer = item.operation().and_then(|operation| operation.answer.ty());
    let rows = item.operation().into_iter().flat_map(|operation| operation.rows.iter().copied());
    match &item.kind {
        ItemKind::Record(record) => {
            record.members.iter().map(|member| &member.ty).chain(answer).flat_map(Ty::items).chain(rows).collect()
        }
        ItemKind::Collection(collection) => {
            [&collection.inner].into_iter().chain(answer).flat_map(Ty::items).chain(rows).collect()
        }
        ItemKind::Variants(variants) => {
            variants.variants.iter().map(|variant| variant.item).chain([variants.base.item]).collect()
        }
        ItemKind::Choice(_) | ItemKind::Flags(_) => Vec::new(),
    }
}

fn reindex(item: &mut Item, new_index: &[usize]) {
    let moved = |index: &mut usize| *index = new_index.get(*index).copied().unwrap_or(usize::MAX);
    let in_type = |ty: &mut Ty| {
        ty.each_mut(&mut |ty| {
            if let Ty::Item(index, _) = ty {
                moved(index);
            }
        });
    };
    if let Some(operation) = item.operation_mut() {
        operation.rows.iter_mut().for_each(moved);
        if let Some(ty) = operation.answer.ty_mut() {
            in_type(ty);
        }
    }
    match &mut item.kind {
        ItemKind::Record(record) => {
            for member in &mut record.members {
                in_type(&mut member.ty);
                if let Some(setter) = &mut member.setter {
                    in_type(&mut setter.ty);
                }
            }
        }
        ItemKind::Collection(collection) => in_type(&mut collection.inner),
        ItemKind::Variants(variants) => {
            moved(&mut variants.base.item);
            variants.variants.iter_mut().for_each(|variant| moved(&mut variant.item));
        }
        ItemKind::Choice(_) | ItemKind::Flags(_) => {}
    }
}
