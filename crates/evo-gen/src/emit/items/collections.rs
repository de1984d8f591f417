//! Newtypes over lists and maps.

use proc_macro2::TokenStream;
use quote::quote;

use super::{attributes, operations, visibility};
use crate::api::{Collection, Item};
use crate::emit::docs;
use crate::emit::rust::{Scope, ident};

/// Returns the newtype.
pub(super) fn definition(item: &Item, collection: &Collection, scope: &mut Scope<'_>) -> TokenStream {
    let docs = docs::for_item(item, scope);
    let attributes = attributes::for_item(item, false);
    let (vis, name, inner) = (visibility(scope.api), ident(&item.name), scope.ty(&collection.inner));
    quote! {
        #docs
        #attributes
        #vis struct #name(#vis #inner);
    }
}

/// Returns `collection!(request Names(Vec<String>));`, and the call for the operation.
pub(super) fn calls(item: &Item, collection: &Collection, scope: &mut Scope<'_>) -> TokenStream {
    scope.runtime_macro("collection");
    let (name, inner) = (ident(&item.name), scope.ty(&collection.inner));
    let request = collection.operation.is_some().then(|| quote!(request));
    let operation = collection.operation.as_deref().map(|operation| operations::call(item, operation, scope));
    quote! {
        collection!(#request #name(#inner));
        #operation
    }
}
