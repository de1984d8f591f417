//! Structs with named members.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use super::{attributes, lints, operations, rules, visibility};
use crate::api::{Item, Member, Record, Setter, Ty};
use crate::emit::docs;
use crate::emit::rust::{Scope, ident};

/// Returns the struct.
pub(super) fn definition(item: &Item, record: &Record, scope: &mut Scope<'_>) -> TokenStream {
    let docs = docs::for_item(item, scope);
    let attributes = attributes::for_item(item, record.new.is_none());
    let (vis, name, generics) = (visibility(scope.api), ident(&item.name), generics(record));
    let fields = record.members.iter().map(|member| field(member, scope));
    quote! {
        #docs
        #attributes
        #vis struct #name #generics {
            #(#fields,)*
        }
    }
}

fn field(member: &Member, scope: &mut Scope<'_>) -> TokenStream {
    let docs = docs::for_member(member);
    let stated = attributes::from_settings(member.deprecated.as_ref(), &member.attributes);
    let lints = lints::names(&member.lints);
    let (vis, name, ty) = (visibility(scope.api), ident(&member.name), scope.ty(&member.ty));
    quote!(#docs #stated #lints #vis #name: #ty)
}

/// Returns `<T, U>`, if there are type parameters.
fn generics(record: &Record) -> Option<TokenStream> {
    let names = record.parameters.iter().map(|name| ident(name));
    (!record.parameters.is_empty()).then(|| quote!(<#(#names),*>))
}

/// Returns the macro calls for a struct: its wire names, its setters, and its operation.
pub(super) fn calls(item: &Item, record: &Record, scope: &mut Scope<'_>) -> TokenStream {
    let names = names(item, record, scope);
    let setters = record.new.as_ref().map(|new| setters(item, record, new, scope));
    let operation = record.operation.as_ref().map(|operation| operations::call(item, operation, scope));
    let rules = record.operation.as_ref().and_then(|_| rules::call(item, record, scope));
    quote!(#names #setters #operation #rules)
}

/// Returns `record!(Album { id: "Id", title: "Title" as "albumTitle" => required });`.
fn names(item: &Item, record: &Record, scope: &mut Scope<'_>) -> TokenStream {
    scope.runtime_macro("record");
    let (name, generics) = (ident(&item.name), generics(record));
    let members = record.members.iter().map(|member| {
        let (field, dotnet) = (ident(&member.name), &member.dotnet_name);
        let wire = member.wire_name.as_ref().map(|wire| quote!(as #wire));
        let hides = member.hides.then(|| quote!(hides));
        let required = (member.required && record.new.is_some()).then(|| quote!(required));
        let arrow = (hides.is_some() || required.is_some()).then(|| quote!(=>));
        let secret = member.secret.then(|| quote!(secret));
        quote!(#field: #secret #dotnet #wire #arrow #hides #required)
    });
    quote!(record!(#name #generics { #(#members),* });)
}

/// Returns `setters!(Find(id: String) { page: i32, default as with_default: String });`.
fn setters(item: &Item, record: &Record, new: &[usize], scope: &mut Scope<'_>) -> TokenStream {
    scope.runtime_macro("setters");
    let (name, generics) = (ident(&item.name), generics(record));
    let arguments = new.iter().filter_map(|index| {
        let member = record.members.get(*index)?;
        let (field, value) = (ident(&member.name), setter_value(member, member.setter.as_ref()?, scope));
        Some(quote!(#field: #value))
    });
    let arguments: Vec<TokenStream> = arguments.collect();
    let mut setters = Vec::new();
    let mut deprecated = Vec::new();
    for (index, member) in record.members.iter().enumerate() {
        let Some(setter) = member.setter.as_ref().filter(|_| !new.contains(&index)) else { continue };
        let (field, alias, value) = (ident(&member.name), alias(member, setter), setter_value(member, setter, scope));
        match &member.deprecated {
            Some(note) => deprecated.push(quote!(#field #alias: #value => #note)),
            None => setters.push(quote!(#field #alias: #value)),
        }
    }
    let deprecated = (!deprecated.is_empty()).then(|| {
        scope.runtime_macro("deprecated_setters");
        quote!(deprecated_setters!(#name #generics { #(#deprecated),* });)
    });
    quote! {
        setters!(#name #generics(#(#arguments),*) { #(#setters),* });
        #deprecated
    }
}

/// Returns `as with_default`, if the setter and its member have different names.
fn alias(member: &Member, setter: &Setter) -> Option<TokenStream> {
    let method: TokenTree = ident(&setter.method);
    (setter.method != member.name).then(|| quote!(as #method))
}

/// Returns the type that a setter takes, followed by `= plain` if the member has this type rather than an `Option` of it.
fn setter_value(member: &Member, setter: &Setter, scope: &mut Scope<'_>) -> TokenStream {
    let ty = scope.ty(&setter.ty);
    let plain = (!matches!(member.ty, Ty::Option(_))).then(|| quote!(= plain));
    quote!(#ty #plain)
}
