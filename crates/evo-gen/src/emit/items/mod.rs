//! Emits items: a file for each kind, and what all of them share.

mod attributes;
mod collections;
mod enums;
pub(super) mod lints;
mod operations;
mod records;
mod rules;
pub(super) mod service;
mod variants;

use proc_macro2::TokenStream;
use quote::quote;

use super::rust::Scope;
use crate::api::{Api, Item, ItemKind};
use crate::config::Visibility;

/// Returns an item: its definition, and the calls of the runtime's macros that implement its traits.
pub(super) fn item(item: &Item, scope: &mut Scope<'_>) -> TokenStream {
    scope.begin(item);
    let (definition, calls) = match &item.kind {
        ItemKind::Record(record) => (records::definition(item, record, scope), records::calls(item, record, scope)),
        ItemKind::Enum(choice) => (enums::choice(item, choice, scope), enums::choice_call(item, choice, scope)),
        ItemKind::Flags(flags) => (enums::flags(item, scope), enums::flags_call(item, flags, scope)),
        ItemKind::Collection(collection) => {
            (collections::definition(item, collection, scope), collections::calls(item, collection, scope))
        }
        ItemKind::Variants(variants) => {
            (variants::definition(item, variants, scope), variants::call(item, variants, scope))
        }
    };
    let calls = attributes::around_calls(calls, item, scope);
    quote!(#definition #calls)
}

/// Returns `pub` or `pub(crate)`.
pub(super) fn visibility(api: &Api) -> TokenStream {
    match api.visibility {
        Visibility::Public => quote!(pub),
        Visibility::Crate => quote!(pub(crate)),
    }
}
