//! What the settings put before definitions: the features of modules, deprecations with the leave for generated code to mention them
//! all the same, and other attributes.

use proc_macro2::TokenStream;
use quote::quote;

use super::layout;
use super::scope::Scope;
use crate::Error;
use crate::api::{Api, Item, ItemKind, Ty};

/// The features without which an item is left out.
fn only_with(item: &Item) -> Option<TokenStream> {
    let features: Vec<_> = item.features.iter().map(|feature| quote!(feature = #feature)).collect();
    match features.as_slice() {
        [] => None,
        [feature] => Some(quote!(#[cfg(#feature)])),
        features => Some(quote!(#[cfg(all(#(#features),*))])),
    }
}

/// For the definition of an item: the features that it needs, and what the settings say of it.
pub(super) fn of_item(item: &Item) -> TokenStream {
    let features = only_with(item);
    let stated = stated(item.deprecated.as_ref(), &item.attributes);
    quote!(#features #stated)
}

/// The attribute with the note, and the attributes that the settings add.
pub(super) fn stated(note: Option<&String>, stated: &[String]) -> TokenStream {
    let deprecated = note.map(|note| quote!(#[deprecated(note = #note)]));
    // They were checked where they were stated.
    let stated = stated.iter().map(|attribute| attribute.parse::<TokenStream>().unwrap_or_default());
    quote!(#deprecated #(#stated)*)
}

/// The leave to mention what is deprecated.
pub(super) fn allow() -> TokenStream {
    quote!(#[allow(deprecated, reason = "what is deprecated still has to travel")])
}

/// For the definition of an item, and what is derived from it: they mention what is deprecated.
pub(super) fn of_definition(item: &Item, api: &Api) -> TokenStream {
    let mentions = match &item.kind {
        ItemKind::Record(record) => record.members.iter().any(|member| is_in_type(&member.ty, api)),
        ItemKind::Collection(collection) => is_in_type(&collection.inner, api),
        ItemKind::Variants(variants) => {
            let classes = variants.variants.iter().map(|variant| variant.item);
            classes.chain([variants.base.item]).any(|index| is_item(index, api))
        }
        // The first is the default.
        ItemKind::Choice(choice) => choice.members.first().is_some_and(|member| member.deprecated.is_some()),
        ItemKind::Flags(_) => false,
    };
    if mentions { allow() } else { TokenStream::new() }
}

/// The macro calls of an item: with the features that it needs, and inside of a leave where they mention what is deprecated.
///
/// # Errors
///
/// When what was written is no Rust, which is a defect of ours.
pub(super) fn around_calls(calls: String, item: &Item, scope: &Scope<'_>) -> Result<String, Error> {
    let leave = is_in_calls(item, scope.api).then(allow);
    let attributes: Vec<String> = only_with(item).iter().chain(&leave).map(layout::spell).collect();
    if attributes.is_empty() {
        return Ok(calls);
    }
    let attributes = attributes.join("\n");
    let lines: Vec<String> = [layout::items(scope.own_macros())?, calls]
        .concat()
        .lines()
        .map(|line| if line.is_empty() { String::new() } else { format!("    {line}") })
        .collect();
    Ok(format!("{attributes}\nconst _: () = {{\n{}\n}};\n", lines.join("\n")))
}

fn is_in_calls(item: &Item, api: &Api) -> bool {
    if item.deprecated.is_some() || !of_definition(item, api).is_empty() {
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
        ItemKind::Choice(choice) => choice.members.iter().any(|member| member.deprecated.is_some()),
        // A flag is a constant that nothing else mentions.
        ItemKind::Flags(_) | ItemKind::Collection(_) | ItemKind::Variants(_) => false,
    }
}

fn is_in_type(ty: &Ty, api: &Api) -> bool {
    ty.items().into_iter().any(|index| is_item(index, api))
}

/// Whether an item is deprecated.
pub(super) fn is_item(index: usize, api: &Api) -> bool {
    api.items.get(index).is_some_and(|item| item.deprecated.is_some())
}
