//! What stands above definitions: what is derived, and what the settings put there: the features of modules, deprecations with the leave for generated code to mention them
//! all the same, and other attributes.

use proc_macro2::TokenStream;

use super::layout::{self, Attributes, literal};
use super::scope::Scope;
use crate::Error;
use crate::api::{Api, Item, ItemId, ItemKind, Ty};

/// The features without which an item is left out.
fn only_with(item: &Item) -> Option<String> {
    let features: Vec<_> = item.features.iter().map(|feature| format!("feature = {}", literal(feature))).collect();
    match features.as_slice() {
        [] => None,
        [feature] => Some(format!("#[cfg({feature})]")),
        features => Some(format!("#[cfg(all({}))]", features.join(", "))),
    }
}

/// All that stands above the definition of an item: what it derives, the features that it needs, what the settings say of it, and the
/// lints that it may set off.
pub(super) fn of_item(item: &Item, is_non_exhaustive: bool, lints: Option<String>, api: &Api) -> Attributes {
    let mut attributes = vec![format!("#[derive({})]", item.derives.join(", "))];
    attributes.extend(is_non_exhaustive.then(|| "#[non_exhaustive]".to_owned()));
    attributes.extend(only_with(item));
    attributes.extend(stated(item.deprecated.as_ref(), &item.attributes));
    attributes.extend(lints);
    attributes.extend(mentions_deprecated(item, api).then(|| ALLOW.to_owned()));
    attributes
}

/// The attribute with the note, and the attributes that the settings add.
pub(super) fn stated(note: Option<&String>, stated: &[String]) -> Attributes {
    let mut attributes: Attributes =
        note.map(|note| format!("#[deprecated(note = {})]", literal(note))).into_iter().collect();
    // They were checked where they were stated.
    let stated = stated.iter().map(|attribute| attribute.parse::<TokenStream>().unwrap_or_default());
    attributes.extend(stated.map(|attribute| layout::spell(&attribute)));
    attributes
}

/// The leave to mention what is deprecated.
pub(super) const ALLOW: &str = "#[allow(deprecated, reason = \"what is deprecated still has to travel\")]";

/// Whether the definition of an item, and what is derived from it, mention what is deprecated.
fn mentions_deprecated(item: &Item, api: &Api) -> bool {
    match &item.kind {
        ItemKind::Record(record) => record.members.iter().any(|member| is_in_type(&member.ty, api)),
        ItemKind::Collection(collection) => is_in_type(&collection.inner, api),
        ItemKind::Variants(variants) => {
            let classes = variants.variants.iter().map(|variant| variant.item);
            classes.chain([variants.base.item]).any(|index| is_item(index, api))
        }
        // The first is the default.
        ItemKind::Enum(choice) => choice.members.first().is_some_and(|member| member.deprecated.is_some()),
        ItemKind::Flags(_) => false,
    }
}

/// The macro calls of an item: with the features that it needs, and inside of a leave where they mention what is deprecated.
///
/// # Errors
///
/// When what was written is no Rust, which is a defect of ours.
pub(super) fn around_calls(calls: String, item: &Item, scope: &Scope<'_>) -> Result<String, Error> {
    let mut attributes: Attributes = only_with(item).into_iter().collect();
    attributes.extend(is_in_calls(item, scope.api).then(|| ALLOW.to_owned()));
    if attributes.is_empty() {
        return Ok(calls);
    }
    let attributes = attributes.join("\n");
    let lines: Vec<String> = [layout::imports(&scope.own_macros())?, calls]
        .concat()
        .lines()
        .map(|line| if line.is_empty() { String::new() } else { format!("    {line}") })
        .collect();
    Ok(format!("{attributes}\nconst _: () = {{\n{}\n}};\n", lines.join("\n")))
}

fn is_in_calls(item: &Item, api: &Api) -> bool {
    if item.deprecated.is_some() || mentions_deprecated(item, api) {
        return true;
    }
    match &item.kind {
        ItemKind::Record(record) => {
            let is_in_call = record.operation.as_ref().is_some_and(|operation| {
                let answer = operation.answer.ty().is_some_and(|ty| is_in_type(ty, api));
                answer || operation.rows.iter().any(|row| is_item(*row, api))
            });
            is_in_call || record.members.iter().any(|member| member.deprecated.is_some())
        }
        ItemKind::Enum(choice) => choice.members.iter().any(|member| member.deprecated.is_some()),
        // A flag is a constant that nothing else mentions.
        ItemKind::Flags(_) | ItemKind::Collection(_) | ItemKind::Variants(_) => false,
    }
}

fn is_in_type(ty: &Ty, api: &Api) -> bool {
    ty.items().into_iter().any(|index| is_item(index, api))
}

/// Whether an item is deprecated.
pub(super) fn is_item(index: ItemId, api: &Api) -> bool {
    api.items[index].deprecated.is_some()
}
