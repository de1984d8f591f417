//! What stands above definitions: derived traits, the features of modules, deprecations with the matching `allow` for
//! generated code that mentions them, and other attributes of the settings.

use proc_macro2::TokenStream;
use quote::quote;

use super::lints;
use crate::api::{Api, Item, ItemId, ItemKind, Ty};
use crate::emit::rust::Scope;

/// All that stands above the definition of an item: what it derives, the features that it needs, what the settings say of
/// it, and the lints that it may set off.
pub(super) fn of_item(item: &Item, is_non_exhaustive: bool, lints: &[&str], api: &Api) -> TokenStream {
    // Their spelling was checked when the settings were read.
    let derives = item.derives.iter().map(|path| path.parse::<TokenStream>().unwrap_or_default());
    let non_exhaustive = is_non_exhaustive.then(|| quote!(#[non_exhaustive]));
    let features = only_with(item);
    let stated = stated(item.deprecated.as_ref(), &item.attributes);
    let lints = lints::allow(lints);
    let allow_deprecated = mentions_deprecated(item, api).then(allow_deprecated);
    quote!(#[derive(#(#derives),*)] #non_exhaustive #features #stated #lints #allow_deprecated)
}

/// The features without which an item is left out.
fn only_with(item: &Item) -> Option<TokenStream> {
    let features: Vec<_> = item.features.iter().map(|feature| quote!(feature = #feature)).collect();
    match features.as_slice() {
        [] => None,
        [feature] => Some(quote!(#[cfg(#feature)])),
        features => Some(quote!(#[cfg(all(#(#features),*))])),
    }
}

/// The attribute with the note, and the attributes that the settings add.
pub(super) fn stated(note: Option<&String>, stated: &[String]) -> TokenStream {
    let deprecated = note.map(|note| quote!(#[deprecated(note = #note)]));
    // Their spelling was checked when the settings were read.
    let stated = stated.iter().map(|attribute| attribute.parse::<TokenStream>().unwrap_or_default());
    quote!(#deprecated #(#stated)*)
}

/// For generated code that mentions what is deprecated.
pub(in crate::emit) fn allow_deprecated() -> TokenStream {
    quote!(#[allow(deprecated, reason = "what is deprecated still has to travel")])
}

/// The macro calls of an item: with the features that it needs, and allowed to mention what is deprecated.
pub(super) fn around_calls(calls: TokenStream, item: &Item, scope: &Scope<'_>) -> TokenStream {
    let features = only_with(item);
    let allow_deprecated = is_in_calls(item, scope.api).then(allow_deprecated);
    if features.is_none() && allow_deprecated.is_none() {
        return calls;
    }
    let imports = scope.own_macros();
    quote! {
        #features
        #allow_deprecated
        const _: () = {
            #imports
            #calls
        };
    }
}
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
pub(super) fn is_item(id: ItemId, api: &Api) -> bool {
    api.items[id].deprecated.is_some()
}
