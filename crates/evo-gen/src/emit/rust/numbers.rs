//! Numbers in the form that clippy wants.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Returns an integer. If it is long, its digits are grouped by three with `_`.
pub(in crate::emit) fn integer(value: impl Into<i128>) -> TokenStream {
    suffixed(value.into(), "")
}

/// Returns an integer with an `_i64` suffix if it does not fit into an `i32`, the type that Rust would infer.
pub(in crate::emit) fn typed_integer(value: i64) -> TokenStream {
    suffixed(value.into(), if i32::try_from(value).is_ok() { "" } else { "_i64" })
}

fn suffixed(value: i128, suffix: &str) -> TokenStream {
    let sign = (value < 0).then(|| quote!(-));
    let text = grouped(&value.unsigned_abs().to_string()) + suffix;
    // Digits always parse as a literal.
    let literal = text.parse().unwrap_or_else(|_| Literal::u128_unsuffixed(value.unsigned_abs()));
    quote!(#sign #literal)
}

fn grouped(digits: &str) -> String {
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) && digits.len() > 5 {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    grouped
}
