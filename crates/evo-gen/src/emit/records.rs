//! Structs, and newtypes over lists and maps.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::files::visibility;
use super::layout::{self, Entry, Field, MacroCall, Struct};
use super::scope::{Scope, ident};
use super::{attributes, docs, examples, lints, operations, rules};
use crate::Error;
use crate::api::{Collection, Item, Member, Record, Ty};

/// The struct.
pub(super) fn definition(item: &Item, record: &Record, scope: &mut Scope<'_>) -> Result<String, Error> {
    let visibility = visibility(scope.api);
    let name = ident(&item.name);
    let parameters = parameters(record);
    let fields: Vec<Field> = record.members.iter().map(|member| field(member, scope)).collect();
    let mut paragraphs = item_docs(item);
    if let Some(operation) = &record.operation {
        paragraphs.extend(operations::docs(operation, scope));
        paragraphs.extend(examples::of_operation(item, operation, scope.api));
    }
    let lints = lints::of_record(item, record);
    let (stated, leave) = (attributes::of_item(item), attributes::of_definition(item, scope.api));
    let derives = derives(item);
    let non_exhaustive = if record.only_received { quote!(#[non_exhaustive]) } else { TokenStream::new() };
    Struct {
        docs: docs::lines(&paragraphs),
        attributes: quote!(#derives #non_exhaustive #stated #lints #leave),
        head: quote!(#visibility struct #name #parameters),
        fields,
    }
    .text()
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

fn field(member: &Member, scope: &mut Scope<'_>) -> Field {
    let mut paragraphs: Vec<String> = member.docs.iter().flat_map(|text| docs::escape(text)).collect();
    paragraphs.extend(rules::sentence(member));
    let paragraphs = if paragraphs.is_empty() { vec![dotnet_name(&member.dotnet_name)] } else { paragraphs };
    let visibility = visibility(scope.api);
    let (name, ty) = (ident(&member.name), scope.ty(&member.ty));
    let lints = lints::of_type(&member.ty, scope.api);
    let deprecated = attributes::stated(member.deprecated.as_ref(), &member.attributes);
    Field {
        docs: docs::lines(&paragraphs),
        attributes: quote!(#deprecated #lints),
        text: format!("{} {name}: {}", layout::spell(&visibility), layout::spell(&ty)),
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
        let mut text = format!("{}: {}", ident(&member.name), Literal::string(&member.dotnet_name));
        if let Some(wire) = &member.wire_name {
            text.extend([" as ", Literal::string(wire).to_string().as_str()]);
        }
        let marks = [(member.hides, " hides"), (member.required && record.new.is_some(), " required")];
        for (number, (_, mark)) in marks.into_iter().filter(|(is_set, _)| *is_set).enumerate() {
            text.extend([if number == 0 { " =>" } else { "" }, mark]);
        }
        Entry { docs: Vec::new(), text }
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
            let plain = is_plain(member).then(|| quote!(= plain));
            let (field, ty) = (ident(&member.name), scope.ty(&setter.ty));
            arguments.push(quote!(#field: #ty #plain));
        }
    }
    let mut entries = Vec::new();
    let mut deprecated = Vec::new();
    for (index, member) in record.members.iter().enumerate() {
        let Some(setter) = member.setter.as_ref().filter(|_| !new.contains(&index)) else { continue };
        let mut text = ident(&member.name).to_string();
        if setter.method != member.name {
            text.extend([" as ", ident(&setter.method).to_string().as_str()]);
        }
        text.extend([": ", layout::spell(&scope.ty(&setter.ty)).as_str()]);
        if is_plain(member) {
            text.push_str(" = plain");
        }
        match &member.deprecated {
            Some(note) => {
                text.extend([" => ", Literal::string(note).to_string().as_str()]);
                deprecated.push(Entry { docs: Vec::new(), text });
            }
            None => entries.push(Entry { docs: Vec::new(), text }),
        }
    }
    let head = quote!(#name #parameters (#(#arguments),*));
    let mut text = MacroCall { name: "setters", head, entries: Some(entries), tail: TokenStream::new() }.text();
    if !deprecated.is_empty() {
        scope.runtime_macro("deprecated_setters");
        let (name, head) = ("deprecated_setters", quote!(#name #parameters));
        text += &MacroCall { name, head, entries: Some(deprecated), tail: TokenStream::new() }.text();
    }
    text
}

/// Whether a member is no `Option`.
fn is_plain(member: &Member) -> bool {
    !matches!(member.ty, Ty::Option(_))
}

/// A class that is a list or a map.
pub(super) fn collection(item: &Item, collection: &Collection, scope: &mut Scope<'_>) -> Result<Vec<String>, Error> {
    scope.runtime_macro("collection");
    let (visibility, name) = (visibility(scope.api), ident(&item.name));
    let inner = scope.ty(&collection.inner);
    let mut paragraphs = item_docs(item);
    if let Some(operation) = &collection.operation {
        paragraphs.extend(operations::docs(operation, scope));
        paragraphs.extend(examples::of_operation(item, operation, scope.api));
    }
    let docs = docs::attributes(&paragraphs);
    let (derives, lints) = (derives(item), lints::of_type(&collection.inner, scope.api));
    let (stated, leave) = (attributes::of_item(item), attributes::of_definition(item, scope.api));
    let definition = layout::items(quote! {
        #docs
        #derives
        #stated
        #lints
        #leave
        #visibility struct #name(#visibility #inner);
    })?;
    let request = collection.operation.is_some().then(|| quote!(request));
    let head = quote!(#request #name(#inner));
    let call = MacroCall { name: "collection", head, entries: None, tail: TokenStream::new() };
    Ok(vec![definition, call.text()])
}
