//! Writes documentation: descriptions from the service, and what the generator adds.

mod examples;
mod fences;
mod files;
mod html;
mod items;
mod modules;
pub(super) mod operations;
mod plain;
mod rules;
pub(super) mod text;
mod types;
mod words;
mod wrap;

use proc_macro2::TokenStream;
use quote::quote;

use super::rust::Scope;
use crate::api::{Api, EnumMember, Item, ItemKind, Member, Module, ModulePart, Variant};

/// Returns the documentation of an item: its description, how a request is sent, and an example.
pub(super) fn for_item(item: &Item, scope: &mut Scope<'_>) -> TokenStream {
    let mut paragraphs = described(&item.docs);
    if paragraphs.is_empty() {
        paragraphs.push(items::title(item, scope));
    }
    if let Some(operation) = item.operation() {
        paragraphs.extend(operations::paragraphs(operation, scope));
        if let ItemKind::Record(record) = &item.kind {
            paragraphs.extend(record.files.iter().map(files::describe_upload));
        }
        paragraphs.extend(examples::for_operation(item, operation, scope.api));
    }
    outer(&paragraphs)
}

/// Returns the documentation of a member: its description, and the requirements on its value.
pub(super) fn for_member(member: &Member) -> TokenStream {
    let mut paragraphs = described(&member.docs);
    paragraphs.extend(rules::for_member(member));
    paragraphs.extend(files::describe_storage(member));
    if paragraphs.is_empty() {
        paragraphs.push(items::member_title(member));
    }
    outer(&paragraphs)
}

/// Returns the documentation of a variant or a flag.
pub(super) fn for_enum_member(member: &EnumMember) -> TokenStream {
    let mut paragraphs = described(&member.docs);
    if paragraphs.is_empty() {
        paragraphs.push(items::enum_member_title(member));
    }
    outer(&paragraphs)
}

/// Returns the documentation of a class of a hierarchy.
pub(super) fn for_variant(variant: &Variant) -> TokenStream {
    outer(&[format!("{}.", text::code(&variant.dotnet))])
}

/// Returns the documentation of a module, as inner attributes.
pub(super) fn inside_module(api: &Api, module: &Module) -> TokenStream {
    inner(&modules::paragraphs(api, module))
}

/// Returns the documentation of a module, as outer attributes.
pub(super) fn for_module(api: &Api, module: &Module) -> TokenStream {
    outer(&modules::paragraphs(api, module))
}

/// Returns the documentation of a part of a module, as inner attributes.
pub(super) fn inside_part(module: &Module, part: &ModulePart) -> TokenStream {
    inner(&modules::for_part(module, part))
}

/// Returns the descriptions from the service as paragraphs of Markdown.
fn described(docs: &[String]) -> Vec<String> {
    docs.iter().flat_map(|text| text::escape(text)).collect()
}

/// Returns paragraphs of Markdown as the doc comment of an item.
fn outer(paragraphs: &[String]) -> TokenStream {
    let lines = lines(paragraphs);
    quote!(#(#[doc = #lines])*)
}

/// Returns paragraphs of Markdown as the doc comment inside a module.
fn inner(paragraphs: &[String]) -> TokenStream {
    let lines = lines(paragraphs);
    quote!(#(#![doc = #lines])*)
}

/// Returns the lines of a doc comment, each with its leading space, and an empty line between paragraphs.
fn lines(paragraphs: &[String]) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in paragraphs {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        let wrapped = wrap::wrap(paragraph.lines()).into_iter();
        lines.extend(wrapped.map(|line| if line.is_empty() { line } else { format!(" {line}") }));
    }
    lines
}
