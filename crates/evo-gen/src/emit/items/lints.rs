//! Lints that the names of a service set off; each is allowed where it would, and nowhere else.

use heck::ToSnakeCase;
use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Api, Enum, Foreign, Item, ItemKind, Module, Record, Ty, Variants};
use crate::emit::rust::path;

/// For the root module: a program that holds a client calls some of its operations only. In a library that shows its client
/// this changes nothing.
pub(in crate::emit) fn unused_code() -> TokenStream {
    quote!(allow(dead_code, reason = "not every program needs the whole service"))
}

/// For what a module shows from elsewhere, of the runtime or of its own parts: a program need not use it.
pub(in crate::emit) fn unused_reexports() -> TokenStream {
    quote!(#[allow(unused_imports, reason = "not every program needs the whole service")])
}

/// For a module: one of the same name around it.
pub(in crate::emit) fn of_module(outer: &Module, inner: &Module) -> Option<TokenStream> {
    allow((outer.path.last() == inner.path.last()).then_some("clippy::module_inception").as_slice())
}

/// For a struct: many flags, and members that repeat a word.
pub(super) fn of_record(item: &Item, record: &Record) -> Vec<&'static str> {
    let flags = record.members.iter().filter(|member| member.ty == Ty::Std("bool")).count();
    let names: Vec<&str> = record.members.iter().map(|member| member.name.as_str()).collect();
    let mut lints = Vec::new();
    if flags > 3 {
        lints.push("clippy::struct_excessive_bools");
    }
    if repeats_a_word(&names, &item.name.to_snake_case()) {
        lints.push("clippy::struct_field_names");
    }
    lints
}

/// For an enum: variants that repeat a word.
pub(super) fn of_choice(item: &Item, choice: &Enum) -> Vec<&'static str> {
    let names = choice.members.iter().map(|member| member.name.to_snake_case());
    of_variant_names(&names.chain([choice.unknown.to_snake_case()]).collect::<Vec<_>>(), item)
}

/// For an enum over classes: variants that repeat a word.
pub(super) fn of_variants(item: &Item, variants: &Variants) -> Vec<&'static str> {
    let names = variants.variants.iter().map(|variant| variant.name.to_snake_case());
    of_variant_names(&names.chain([variants.other.to_snake_case()]).collect::<Vec<_>>(), item)
}

/// For a member or a newtype: a type of many parts, and a map whose values hold nothing.
pub(super) fn of_type(ty: &Ty, api: &Api) -> Vec<&'static str> {
    // Clippy counts ten for each part, times its depth.
    const LIMIT: usize = 250;
    let mut lints = Vec::new();
    if complexity(ty, 1) > LIMIT {
        lints.push("clippy::type_complexity");
    }
    let mut has_empty_values = false;
    ty.each(&mut |ty| has_empty_values |= matches!(ty, Ty::Map(_, value) if is_empty(value, api)));
    if has_empty_values {
        lints.push("clippy::zero_sized_map_values");
    }
    lints
}

/// Whether the type is a struct without members.
fn is_empty(ty: &Ty, api: &Api) -> bool {
    let Ty::Item(index, _) = ty else { return false };
    matches!(&api.items[*index].kind, ItemKind::Record(record) if record.members.is_empty())
}

fn complexity(ty: &Ty, depth: usize) -> usize {
    let inside = |ty: &Ty| complexity(ty, depth + 1);
    let parts: usize = match ty {
        Ty::Std(_) | Ty::Parameter(_) => 0,
        Ty::Runtime(_, args) | Ty::Item(_, args) | Ty::Foreign(Foreign { args, .. }) => args.iter().map(inside).sum(),
        Ty::Option(inner) | Ty::List(inner) | Ty::Boxed(inner) => inside(inner),
        Ty::Map(key, value) => inside(key) + inside(value),
    };
    10 * depth + parts
}

fn of_variant_names(names: &[String], item: &Item) -> Vec<&'static str> {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    repeats_a_word(&names, &item.name.to_snake_case()).then_some("clippy::enum_variant_names").into_iter().collect()
}

/// The attribute that allows lints.
pub(super) fn allow(lints: &[&str]) -> Option<TokenStream> {
    let names = lints.iter().map(|lint| path(lint));
    (!lints.is_empty()).then(|| quote!(#[allow(#(#names,)* reason = "the service's own names")]))
}

/// Whether a name begins or ends with the name of the type, or all share their first or last word.
fn repeats_a_word(names: &[&str], type_name: &str) -> bool {
    let like_type = names.iter().any(|name| {
        let (after, before) = (name.strip_prefix(type_name), name.strip_suffix(type_name));
        after.is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
            || before.is_some_and(|rest| rest.is_empty() || rest.ends_with('_'))
    });
    like_type
        || names.len() > 1
            && (are_same(names.iter().map(|name| name.split('_').next()))
                || are_same(names.iter().map(|name| name.rsplit('_').next())))
}

fn are_same<'name>(mut words: impl Iterator<Item = Option<&'name str>>) -> bool {
    words.next().is_some_and(|first| words.all(|word| word == first))
}
