//! Compares the names and the content of items.

use super::change::Class;
use super::comparison::{Comparison, Finding};
use super::subject::{Pair, Subject};
use super::{enums, hierarchies, operations, records};
use crate::api::{Api, Item, ItemId, ItemKind};

/// Compares the items of both APIs.
pub(super) fn compare_items(comparison: &mut Comparison<'_>) {
    let (old, new) = (comparison.old.api, comparison.new.api);
    for (id, item) in old.items.enumerate() {
        match comparison.pairs.new_of(id) {
            Some(new) => compare_item(comparison, (id, new)),
            None if is_companion(item, new) => {}
            None => report_removed(comparison, id, item),
        }
    }
    for (id, item) in new.items.enumerate() {
        if comparison.pairs.old_of(id).is_none() && !is_companion(item, old) {
            report_added(comparison, id, item);
        }
    }
}

/// Whether an item accompanies a class that exists in `other`. In that case its addition or removal is part of the change of the class.
fn is_companion(item: &Item, other: &Api) -> bool {
    item.class_name() != item.dotnet && other.items.iter().any(|other| other.dotnet == item.class_name())
}

fn report_removed(comparison: &mut Comparison<'_>, id: ItemId, item: &Item) {
    let kind = if item.operation().is_some() { "operation-removed" } else { "type-removed" };
    let finding = Finding::new(kind, Class::Breaking, "was removed")
        .because(format!("code that uses `{}` does not compile", item.name))
        .because_if(item.operation().is_some(), "the service no longer knows it");
    comparison.report(&Subject::removed(id), finding);
}

fn report_added(comparison: &mut Comparison<'_>, id: ItemId, item: &Item) {
    let kind = if item.operation().is_some() { "operation-added" } else { "type-added" };
    comparison.report(&Subject::added(id), Finding::new(kind, Class::Additive, "was added"));
}

fn compare_item(comparison: &mut Comparison<'_>, pair: Pair) {
    compare_name(comparison, pair);
    let (old, new) = (comparison.old.item(pair.0), comparison.new.item(pair.1));
    match (&old.kind, &new.kind) {
        (ItemKind::Record(old), ItemKind::Record(new)) => records::compare_records(comparison, pair, old, new),
        (ItemKind::Enum(old), ItemKind::Enum(new)) => enums::compare_enums(comparison, pair, old, new),
        (ItemKind::Flags(old), ItemKind::Flags(new)) => enums::compare_flags(comparison, pair, old, new),
        (ItemKind::Variants(old), ItemKind::Variants(new)) => {
            hierarchies::compare_hierarchies(comparison, pair, old, new);
        }
        (ItemKind::Collection(old), ItemKind::Collection(new)) => {
            if !comparison.is_same_type(&old.inner, &new.inner, [&[], &[]]) {
                let (old, new) = (comparison.old.api.spell(&old.inner), comparison.new.api.spell(&new.inner));
                comparison.report(
                    &Subject::item(pair),
                    Finding::replaced("type-items", Class::Breaking, "is a", old, new)
                        .because("code that uses its items does not compile"),
                );
            }
        }
        (before, now) => {
            let finding =
                Finding::new("type-form", Class::Breaking, format!("is {} instead of {}", form(now), form(before)))
                    .because(format!("code that uses `{}` does not compile", old.name))
                    .because_if(comparison.was_sent(pair), "it is sent in a different form")
                    .because_if(comparison.was_received(pair), "it is read in a different form");
            comparison.report(&Subject::item(pair), finding);
        }
    }
    operations::compare_operations(comparison, pair);
    if form(&old.kind) == form(&new.kind) {
        compare_traits(comparison, pair);
    }
    compare_texts(comparison, pair);
}

fn form(kind: &ItemKind) -> &'static str {
    match kind {
        ItemKind::Record(_) => "a class",
        ItemKind::Enum(_) => "an enum",
        ItemKind::Flags(_) => "a set of flags",
        ItemKind::Collection(_) => "a list or a map",
        ItemKind::Variants(_) => "an abstract class",
    }
}

/// Compares the .NET name and the Rust path. Moving a request does not affect calls, since services find it by its simple name.
fn compare_name(comparison: &mut Comparison<'_>, pair: Pair) {
    let (old, new) = (comparison.old.item(pair.0), comparison.new.item(pair.1));
    let (old_path, new_path) = (comparison.old.path(pair.0), comparison.new.path(pair.1));
    let is_operation = old.operation().is_some();
    let is_same_class = old.dotnet == new.dotnet;
    // The number of parameters is compared elsewhere.
    let is_same_name = is_same_class || (&old.simple_name, &old.namespace) == (&new.simple_name, &new.namespace);
    if is_same_name && old_path == new_path {
        return;
    }
    let is_moved = !is_same_class && old.simple_name == new.simple_name && old.namespace != new.namespace;
    let kind = match (is_moved, is_operation) {
        (true, true) => "operation-moved",
        (true, false) => "type-moved",
        (false, true) => "operation-renamed",
        (false, false) => "type-renamed",
    };
    let class = if old_path == new_path { Class::Documentation } else { Class::Breaking };
    let message = match (is_moved, is_same_class) {
        (true, _) => format!("was moved to {}", new.namespace),
        (false, true) => format!("is called `{new_path}` instead of `{old_path}`"),
        (false, false) => format!("was renamed to {}", new.dotnet),
    };
    let effect = if old_path == new_path {
        "the path in Rust is the same".to_owned()
    } else if is_same_class {
        format!("code that uses `{old_path}` does not compile")
    } else {
        format!("code that uses `{old_path}` does not compile: it is `{new_path}` now")
    };
    comparison.report(
        &Subject::item(pair),
        Finding::new(kind, class, message).because(effect).values(Some(old_path), Some(new_path)),
    );
}

fn compare_traits(comparison: &mut Comparison<'_>, pair: Pair) {
    let (old, new) = (comparison.old.item(pair.0), comparison.new.item(pair.1));
    let missing = |from: &[String], of: &[String]| {
        // Every type implements these two: types that do not derive them get them from their macro.
        let derived = of.iter().filter(|name| !matches!(name.as_str(), "Debug" | "Default"));
        let missing: Vec<String> =
            derived.filter(|name| !from.contains(name)).map(|name| format!("`{name}`")).collect();
        missing.join(", ")
    };
    let (removed, added) = (missing(&new.derives, &old.derives), missing(&old.derives, &new.derives));
    if !removed.is_empty() {
        let finding = Finding::new("type-traits", Class::Breaking, format!("no longer implements {removed}"))
            .because("code that needs the trait does not compile");
        comparison.report(&Subject::item(pair), finding);
    }
    if !added.is_empty() {
        let finding = Finding::new("type-traits", Class::Additive, format!("also implements {added}"));
        comparison.report(&Subject::item(pair), finding);
    }
}

fn compare_texts(comparison: &mut Comparison<'_>, pair: Pair) {
    let (old, new) = (comparison.old.item(pair.0), comparison.new.item(pair.1));
    let is_companion_item = old.dotnet.contains('#');
    if old.docs != new.docs && !is_companion_item {
        comparison.report(&Subject::item(pair), docs());
    }
    if let Some(finding) = deprecated(old.deprecated.as_ref(), new.deprecated.as_ref()) {
        comparison.report(&Subject::item(pair), finding);
    }
}

/// Returns the finding of a changed description.
pub(super) fn docs() -> Finding {
    Finding::new("documentation", Class::Documentation, "has a different description")
}

/// Compares notes of deprecation.
pub(super) fn deprecated(old: Option<&String>, new: Option<&String>) -> Option<Finding> {
    let finding = match (old, new) {
        (None, Some(_)) => {
            Finding::new("deprecated", Class::Attention, "is deprecated").because("code that uses it gets a warning")
        }
        (Some(_), None) => Finding::new("deprecated", Class::Documentation, "is no longer deprecated"),
        (Some(old), Some(new)) if old != new => {
            Finding::new("deprecated", Class::Documentation, "is deprecated with a different note")
        }
        _ => return None,
    };
    Some(finding)
}
