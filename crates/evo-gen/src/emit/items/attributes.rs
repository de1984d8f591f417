//! The attributes of definitions: derives, features of modules, lints, and those that the settings add.

use proc_macro2::TokenStream;
use quote::quote;

use super::lints;
use crate::api::Item;
use crate::emit::rust::Scope;

/// Returns the attributes of the definition of an item.
pub(super) fn for_item(item: &Item, is_non_exhaustive: bool) -> TokenStream {
    // Their syntax was checked when the settings were read.
    let derives = item.derives.iter().map(|path| path.parse::<TokenStream>().unwrap_or_default());
    let non_exhaustive = is_non_exhaustive.then(|| quote!(#[non_exhaustive]));
    let features = only_with(item);
    let stated = from_settings(item.deprecated.as_ref(), &item.attributes);
    let names = lints::names(&item.allowed.lints);
    let large_arrays = item.allowed.large_arrays.then(lints::large_arrays);
    let deprecated = item.allowed.deprecated.then(lints::deprecated);
    quote!(#[derive(#(#derives),*)] #non_exhaustive #features #stated #names #large_arrays #deprecated)
}

/// Returns the `cfg` attribute of an item that is only compiled with some feature.
fn only_with(item: &Item) -> Option<TokenStream> {
    let features: Vec<_> = item.features.iter().map(|feature| quote!(feature = #feature)).collect();
    match features.as_slice() {
        [] => None,
        [feature] => Some(quote!(#[cfg(#feature)])),
        features => Some(quote!(#[cfg(all(#(#features),*))])),
    }
}

/// Returns the `deprecated` attribute, if there is a note, and the attributes that the settings add.
pub(super) fn from_settings(note: Option<&String>, stated: &[String]) -> TokenStream {
    let deprecated = note.map(|note| quote!(#[deprecated(note = #note)]));
    // Their syntax was checked when the settings were read.
    let stated = stated.iter().map(|attribute| attribute.parse::<TokenStream>().unwrap_or_default());
    quote!(#deprecated #(#stated)*)
}

/// Adds the features that an item needs and the lints that it allows to its macro calls.
pub(super) fn around_calls(calls: TokenStream, item: &Item, scope: &Scope<'_>) -> TokenStream {
    let features = only_with(item);
    let deprecated = item.allowed.deprecated_in_calls.then(lints::deprecated);
    let large_arrays = item.allowed.large_arrays.then(lints::large_arrays);
    if features.is_none() && deprecated.is_none() && large_arrays.is_none() {
        return calls;
    }
    let imports = scope.own_macros();
    quote! {
        #features
        #large_arrays
        #deprecated
        const _: () = {
            #imports
            #calls
        };
    }
}
