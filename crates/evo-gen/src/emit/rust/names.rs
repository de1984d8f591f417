//! Identifiers and paths.

use std::borrow::Cow;

use proc_macro2::{Ident, Literal, Span, TokenStream, TokenTree};
use quote::quote;

use crate::identifiers::{is_identifier, is_keyword};

/// The prefix of a keyword that is used as an identifier.
const RAW: &str = "r#";

/// Returns a name as it is written in Rust: keywords as raw identifiers.
pub(in crate::emit) fn escape_keyword(name: &str) -> Cow<'_, str> {
    if is_keyword(name) && !is_path_keyword(name) { format!("{RAW}{name}").into() } else { name.into() }
}

/// Returns a name as an identifier. A name that cannot be one becomes a string literal, and parsing the file then fails.
pub(in crate::emit) fn ident(name: &str) -> TokenTree {
    let span = Span::call_site();
    let plain = name.strip_prefix(RAW).unwrap_or(name);
    if is_keyword(plain) && !is_path_keyword(plain) {
        Ident::new_raw(plain, span).into()
    } else if is_identifier(plain) || is_path_keyword(plain) {
        Ident::new(plain, span).into()
    } else {
        Literal::string(name).into()
    }
}

/// Returns a path of names, such as `::evo_runtime::Value`.
pub(in crate::emit) fn path(path: &str) -> TokenStream {
    let (root, path) = match path.strip_prefix("::") {
        Some(path) => (Some(quote!(::)), path),
        None => (None, path),
    };
    let parts = path.split("::").map(ident);
    quote!(#root #(#parts)::*)
}

/// Whether a keyword can be part of a path, and therefore cannot be a raw identifier.
fn is_path_keyword(word: &str) -> bool {
    matches!(word, "self" | "super" | "crate" | "Self")
}
