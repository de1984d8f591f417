//! Structs, and newtypes over lists and maps.

use proc_macro2::TokenStream;
use quote::quote;

use super::files::visibility;
use super::layout::{self, Entry, MacroCall};
use super::scope::{Scope, ident};
use super::{docs, lints, operations};
use crate::Error;
use crate::api::{Collection, Item, Member, Record, Ty};

/// The struct.
pub(super) fn definition(item: &Item, record: &Record, scope: &mut Scope<'_>) -> Result<String, Error> {
    let visibility = visibility(scope.api);
    let name = ident(&item.name);
    let parameters = parameters(record);
    let fields: Vec<TokenStream> = record.members.iter().map(|member| field(member, scope)).collect();
    let mut paragraphs = item_docs(item);
    if let Some(operation) = &record.operation {
        paragraphs.extend(operations::docs(operation, scope));
    }
    let docs = docs::attributes(&paragraphs);
    let lints = lints::of_record(item, record);
    let derives = derives(item);
    let non_exhaustive = if record.only_received { quote!(#[non_exhaustive]) } else { TokenStream::new() };
    layout::items(quote! {
        #docs
        #derives
        #non_exhaustive
        #lints
        #visibility struct #name #parameters {
            #(#fields)*
        }
    })
}

/// The traits that a type derives.
pub(super) fn derives(item: &Item) -> TokenStream {
    // The spelling was checked where it was stated.
    let derives = item.derives.iter().map(|path| path.parse::<TokenStream>().unwrap_or_default());
    quote!(#[derive(#(#derives),*)])
}

/// What the service says about a type, else its .NET name.
pub(super) fn item_docs(item: &Item) -> Vec<String> {
    let paragraphs: Vec<String> = item.docs.iter().flat_map(|text| docs::escape(text)).collect();
    if paragraphs.is_empty() {
        let dotnet = item.dotnet.split('#').next().unwrap_or_default();
        return vec![dotnet_name(dotnet)];
    }
    paragraphs
}

/// A .NET name as code.
pub(super) fn dotnet_name(name: &str) -> String {
    format!("{}.", docs::code(name))
}

fn field(member: &Member, scope: &mut Scope<'_>) -> TokenStream {
    let paragraphs: Vec<String> = member.docs.iter().flat_map(|text| docs::escape(text)).collect();
    let paragraphs = if paragraphs.is_empty() { vec![dotnet_name(&member.dotnet_name)] } else { paragraphs };
    let docs = docs::attributes(&paragraphs);
    let visibility = visibility(scope.api);
    let (name, ty) = (ident(&member.name), scope.ty(&member.ty));
    let lints = lints::of_type(&member.ty, scope.api);
    quote! {
        #docs
        #lints
        #visibility #name: #ty,
    }
}

fn parameters(record: &Record) -> TokenStream {
    if record.parameters.is_empty() {
        return TokenStream::new();
    }
    let names = record.parameters.iter().map(|name| ident(name));
    quote!(<#(#names),*>)
}

/// The macro calls of a struct: its names on the wire, and its setters.
pub(super) fn calls(item: &Item, record: &Record, scope: &mut Scope<'_>) -> String {
    let (name, parameters) = (ident(&item.name), parameters(record));
    scope.runtime_macro("record");
    let entries = record.members.iter().map(|member| {
        let (field, dotnet) = (ident(&member.name), &member.dotnet_name);
        let wire = member.wire_name.as_ref().map(|wire| quote!(as #wire));
        let marks: Vec<_> = [(member.hides, "hides"), (member.required && record.new.is_some(), "required")]
            .into_iter()
            .filter(|(is_set, _)| *is_set)
            .map(|(_, mark)| ident(mark))
            .collect();
        let marks = (!marks.is_empty()).then(|| quote!(=> #(#marks)*));
        Entry { docs: Vec::new(), tokens: quote!(#field: #dotnet #wire #marks) }
    });
    let call = MacroCall {
        name: "record",
        head: quote!(#name #parameters),
        entries: Some(entries.collect()),
        tail: TokenStream::new(),
    };
    call.text() + &setters(item, record, scope)
}

fn setters(item: &Item, record: &Record, scope: &mut Scope<'_>) -> String {
    let Some(new) = &record.new else { return String::new() };
    scope.runtime_macro("setters");
    let (name, parameters) = (ident(&item.name), parameters(record));
    let mut arguments = Vec::new();
    for member in new.iter().filter_map(|index| record.members.get(*index)) {
        if let Some(setter) = &member.setter {
            let (field, ty) = (ident(&member.name), scope.ty(&setter.ty));
            arguments.push(quote!(#field: #ty));
        }
    }
    let mut entries = Vec::new();
    for (index, member) in record.members.iter().enumerate() {
        let Some(setter) = member.setter.as_ref().filter(|_| !new.contains(&index)) else { continue };
        let (field, ty) = (ident(&member.name), scope.ty(&setter.ty));
        let method = (setter.method != member.name).then(|| {
            let method = ident(&setter.method);
            quote!(as #method)
        });
        let plain = (!matches!(member.ty, Ty::Option(_))).then(|| quote!(= plain));
        entries.push(Entry { docs: Vec::new(), tokens: quote!(#field #method: #ty #plain) });
    }
    let head = quote!(#name #parameters (#(#arguments),*));
    MacroCall { name: "setters", head, entries: Some(entries), tail: TokenStream::new() }.text()
}

/// A class that is a list or a map.
pub(super) fn collection(item: &Item, collection: &Collection, scope: &mut Scope<'_>) -> Result<Vec<String>, Error> {
    scope.runtime_macro("collection");
    let (visibility, name) = (visibility(scope.api), ident(&item.name));
    let (docs, inner) = (docs::attributes(&item_docs(item)), scope.ty(&collection.inner));
    let (derives, lints) = (derives(item), lints::of_type(&collection.inner, scope.api));
    let definition = layout::items(quote! {
        #docs
        #derives
        #lints
        #visibility struct #name(#visibility #inner);
    })?;
    let call = MacroCall { name: "collection", head: quote!(#name(#inner)), entries: None, tail: TokenStream::new() };
    Ok(vec![definition, call.text()])
}
