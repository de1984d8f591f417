//! The macro call that checks the rules of a request before it is sent.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::api::{Check, Item, Operand, Record, Rule};
use crate::emit::rust::{Scope, ident, integer, typed_integer};

/// Returns `rules!(CreateAlbum { title: "Title" [NotEmpty, Length(1, 20)] });`.
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

/// Returns a rule in the syntax of the macro, or `None` if only the service can check it.
fn rule(rule: &Rule) -> Option<TokenStream> {
    let check = check(&rule.check)?;
    let code = rule.error_code.as_ref().map(|code| quote!(code #code));
    let message = rule.message.as_ref().map(|message| quote!(message #message));
    Some(quote!(#check #code #message))
}

fn check(check: &Check) -> Option<TokenStream> {
    Some(match check {
        Check::NotNull => quote!(NotNull),
        Check::NotEmpty => quote!(NotEmpty),
        Check::Null => quote!(Null),
        Check::Empty => quote!(Empty),
        Check::Email => quote!(Email),
        Check::CreditCard => quote!(CreditCard),
        Check::RegularExpression(pattern) => quote!(RegularExpression(#pattern)),
        Check::Length(min, max) => with("Length", &[count(*min), count(*max)]),
        Check::ExactLength(length) => with("ExactLength", &[count(*length)]),
        Check::MinimumLength(min) => with("MinimumLength", &[count(*min)]),
        Check::MaximumLength(max) => with("MaximumLength", &[count(*max)]),
        Check::LessThan(value) => with("LessThan", &[operand(value)]),
        Check::LessThanOrEqual(value) => with("LessThanOrEqual", &[operand(value)]),
        Check::GreaterThan(value) => with("GreaterThan", &[operand(value)]),
        Check::GreaterThanOrEqual(value) => with("GreaterThanOrEqual", &[operand(value)]),
        Check::Equal(value) => with("Equal", &[operand(value)]),
        Check::NotEqual(value) => with("NotEqual", &[operand(value)]),
        Check::InclusiveBetween(from, to) => with("InclusiveBetween", &[operand(from), operand(to)]),
        Check::ExclusiveBetween(from, to) => with("ExclusiveBetween", &[operand(from), operand(to)]),
        Check::ScalePrecision(scale, precision) => with("ScalePrecision", &[count(*scale), count(*precision)]),
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
        // Anything that is not a Rust number must not get into the code.
        Operand::Fraction(digits) => {
            let number: Literal = digits.parse().unwrap_or_else(|_| Literal::f64_unsuffixed(0.0));
            quote!(#number)
        }
        Operand::Text(text) => quote!(#text),
        Operand::Boolean(value) => quote!(#value),
    }
}
