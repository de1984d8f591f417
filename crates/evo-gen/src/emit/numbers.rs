//! Numbers as clippy wants them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// An integer with `_` between groups of three digits, where it is long.
pub(super) fn integer(value: i64) -> TokenStream {
    spelled(value, "")
}

/// An integer that a literal alone would take for an `i32`.
pub(super) fn typed(value: i64) -> TokenStream {
    spelled(value, if i32::try_from(value).is_ok() { "" } else { "_i64" })
}

fn spelled(value: i64, suffix: &str) -> TokenStream {
    let digits = value.unsigned_abs().to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) && digits.len() > 5 {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    grouped.push_str(suffix);
    let sign = (value < 0).then(|| quote!(-));
    let literal: Literal = grouped.parse().unwrap_or_else(|_| Literal::u64_unsuffixed(value.unsigned_abs()));
    quote!(#sign #literal)
}
