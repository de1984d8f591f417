//! Attributes that allow lints, only where the generated code triggers them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::Module;
use crate::emit::rust::path;

/// For the root module: a program usually calls only some of the operations. In a library with a public client, this has no effect.
pub(in crate::emit) fn unused_code() -> TokenStream {
    quote!(allow(dead_code, reason = "not every program needs the whole service"))
}

/// For what a module re-exports from the runtime or from its own parts: a program need not use all of it.
pub(in crate::emit) fn unused_reexports() -> TokenStream {
    quote!(#[allow(unused_imports, reason = "not every program needs the whole service")])
}

/// For code that uses deprecated items.
pub(in crate::emit) fn deprecated() -> TokenStream {
    quote!(#[allow(deprecated, reason = "what is deprecated still has to travel")])
}

/// For a type with so many members that derives and macros make large arrays of them.
pub(super) fn large_arrays() -> TokenStream {
    quote!(#[allow(clippy::large_stack_arrays, reason = "the service's own number of members")])
}

/// For a module with the same name as its parent.
pub(in crate::emit) fn of_module(outer: &Module, inner: &Module) -> Option<TokenStream> {
    names((outer.path.last() == inner.path.last()).then_some("clippy::module_inception").as_slice())
}

/// For names and shapes that the service dictates.
pub(super) fn names(lints: &[&str]) -> Option<TokenStream> {
    let names = lints.iter().map(|lint| path(lint));
    (!lints.is_empty()).then(|| quote!(#[allow(#(#names,)* reason = "the service's own names")]))
}
