//! Attributes that allow lints, only where the generated code triggers them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::Module;
use crate::emit::rust::path;

/// Allows unused code in the root module: a program usually calls only some of the operations. In a library with a public client, this has
/// no effect.
pub(in crate::emit) fn unused_code() -> TokenStream {
    quote!(allow(dead_code, reason = "not every program needs the whole service"))
}

/// Allows unused re-exports from the runtime or from the module's own parts: a program need not use all of them.
pub(in crate::emit) fn unused_reexports() -> TokenStream {
    quote!(#[allow(unused_imports, reason = "not every program needs the whole service")])
}

/// Allows code that uses deprecated items.
pub(in crate::emit) fn deprecated() -> TokenStream {
    quote!(#[allow(deprecated, reason = "deprecated members are still sent and received")])
}

/// Allows large arrays for a type with so many members that derives and macros create them.
pub(super) fn large_arrays() -> TokenStream {
    quote!(#[allow(clippy::large_stack_arrays, reason = "the service's own number of members")])
}

/// Allows a module to have the same name as its parent.
pub(in crate::emit) fn for_module(outer: &Module, inner: &Module) -> Option<TokenStream> {
    names((outer.path.last() == inner.path.last()).then_some("clippy::module_inception").as_slice())
}

/// Allows names and shapes that the service dictates.
pub(super) fn names(lints: &[&str]) -> Option<TokenStream> {
    let names = lints.iter().map(|lint| path(lint));
    (!lints.is_empty()).then(|| quote!(#[allow(#(#names,)* reason = "the service's own names")]))
}
