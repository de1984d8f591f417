//! The macro call that checks the rules of a request before it is sent.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::api::{Check, Item, Operand, Record, Rule};
use crate::emit::rust::{Scope, ident, integer, typed_integer};

/// `rules!(CreateAlbum { title: "Title" [not_empty, length(1, 20)] });`
pub(super) fn call(item: &Item, record: &Record, scope: &mut Scope<'_>) -> Option<TokenStream> {
    let method = record.validate.as_ref()?;
    scope.runtime_macro("rules");
    let members = record.members.iter().filter_map(|member| {
        let rules: Vec<TokenStream> = member.rules.iter().filter_map(rule).collect();
        let (field, name) = (ident(&member.name), &member.dotnet_name);
        let value = member.is_value.then(|| quote!(value));
        (!rules.is_empty()).then(|| quote!(#field: #name #value [#(#rules),*]))
    });
    let (name, method_name) = (ident(&item.name), ident(method));
    let alias = (method != "validate").then(|| quote!(as #method_name));
    Some(quote!(rules!(#name #alias { #(#members),* });))
}

/// A rule as the macro spells it; `None` if only the service can check it.
fn rule(rule: &Rule) -> Option<TokenStream> {
    let check = check(&rule.check)?;
    let code = rule.error_code.as_ref().map(|code| quote!(code #code));
    let message = rule.message.as_ref().map(|message| quote!(message #message));
    Some(quote!(#check #code #message))
}

fn check(check: &Check) -> Option<TokenStream> {
    Some(match check {
        Check::NotNull => quote!(not_null),
        Check::NotEmpty => quote!(not_empty),
        Check::Null => quote!(null),
        Check::Empty => quote!(empty),
        Check::Email => quote!(email),
        Check::CreditCard => quote!(credit_card),
        Check::RegularExpression(pattern) => quote!(regular_expression(#pattern)),
        Check::Length(min, max) => with("length", &[count(*min), count(*max)]),
        Check::ExactLength(length) => with("exact_length", &[count(*length)]),
        Check::MinimumLength(min) => with("minimum_length", &[count(*min)]),
        Check::MaximumLength(max) => with("maximum_length", &[count(*max)]),
        Check::LessThan(value) => with("less_than", &[operand(value)]),
        Check::LessThanOrEqual(value) => with("less_than_or_equal", &[operand(value)]),
        Check::GreaterThan(value) => with("greater_than", &[operand(value)]),
        Check::GreaterThanOrEqual(value) => with("greater_than_or_equal", &[operand(value)]),
        Check::Equal(value) => with("equal", &[operand(value)]),
        Check::NotEqual(value) => with("not_equal", &[operand(value)]),
        Check::InclusiveBetween(from, to) => with("inclusive_between", &[operand(from), operand(to)]),
        Check::ExclusiveBetween(from, to) => with("exclusive_between", &[operand(from), operand(to)]),
        Check::ScalePrecision(scale, precision) => with("scale_precision", &[count(*scale), count(*precision)]),
        Check::Other(_) => return None,
    })
}

fn with(word: &str, arguments: &[TokenStream]) -> TokenStream {
    let word = ident(word);
    quote!(#word(#(#arguments),*))
}

fn count(number: u32) -> TokenStream {
    integer(number)
}

fn operand(operand: &Operand) -> TokenStream {
    match operand {
        Operand::Integer(value) => typed_integer(*value),
        // What Rust does not read as a number must not get into the code.
        Operand::Fraction(digits) => {
            let number: Literal = digits.parse().unwrap_or_else(|_| Literal::f64_unsuffixed(0.0));
            quote!(#number)
        }
        Operand::Text(text) => quote!(#text),
        Operand::Boolean(value) => quote!(#value),
    }
}
