//! Enums: closed lists that keep what they do not know, and `[Flags]`.

use proc_macro2::TokenStream;
use quote::quote;

use super::files::visibility;
use super::layout::{self, Entry, MacroCall};
use super::records::{derives, dotnet_name, item_docs};
use super::scope::{Scope, ident};
use super::{attributes, docs, lints, numbers};
use crate::Error;
use crate::api::{Choice, ChoiceMember, Flags, Item};

/// An enum whose values travel by name.
pub(super) fn choice(item: &Item, choice: &Choice, scope: &mut Scope<'_>) -> Result<Vec<String>, Error> {
    scope.runtime_macro("choice");
    let (visibility, name, unknown) = (visibility(scope.api), ident(&item.name), ident(&choice.unknown));
    let item_docs = docs::attributes(&item_docs(item));
    let (derives, lints) = (derives(item), lints::of_choice(item, choice));
    let leave = attributes::of_definition(item, scope.api);
    let stated = attributes::of_item(item);
    let unknown_value = scope.runtime("UnknownValue");
    let variants = choice.members.iter().enumerate().map(|(index, member)| {
        let (docs, name) = (docs::attributes(&member_docs(member)), ident(&member.name));
        let deprecated = attributes::stated(member.deprecated.as_ref(), &member.attributes);
        let default = (index == 0).then(|| quote!(#[default]));
        quote!(#docs #default #deprecated #name,)
    });
    let definition = layout::items(quote! {
        #item_docs
        #derives
        #[non_exhaustive]
        #stated
        #lints
        #leave
        #visibility enum #name {
            #(#variants)*
            /// A value that this client does not know.
            #unknown(#unknown_value),
        }
    })?;
    let is_number = choice.is_number.then(|| quote!(number));
    let call = MacroCall {
        name: "choice",
        head: quote!(#is_number #name),
        entries: Some(
            choice
                .members
                .iter()
                .map(|member| Entry { docs: Vec::new(), text: layout::spell(&entry(member)) })
                .collect(),
        ),
        tail: quote!(else #unknown),
    };
    Ok(vec![definition, call.text()])
}

/// A `[Flags]` enum.
pub(super) fn flags(item: &Item, flags: &Flags, scope: &mut Scope<'_>) -> Result<Vec<String>, Error> {
    scope.runtime_macro("flags");
    let stated = attributes::of_item(item);
    let (visibility, name, docs) = (visibility(scope.api), ident(&item.name), docs::attributes(&item_docs(item)));
    let derives = derives(item);
    let definition = layout::items(quote! {
        #docs
        #derives
        #stated
        #visibility struct #name(i64);
    })?;
    let entries = flags.flags.iter().map(|flag| {
        let (deprecated, entry) = (attributes::stated(flag.deprecated.as_ref(), &flag.attributes), entry(flag));
        Entry { docs: docs::lines(&member_docs(flag)), text: layout::spell(&quote!(#deprecated #entry)) }
    });
    let entries = entries.collect();
    let call = MacroCall { name: "flags", head: quote!(#name), entries: Some(entries), tail: TokenStream::new() };
    Ok(vec![definition, call.text()])
}

fn member_docs(member: &ChoiceMember) -> Vec<String> {
    let paragraphs: Vec<String> = member.docs.iter().flat_map(|text| docs::escape(text)).collect();
    if paragraphs.is_empty() { vec![dotnet_name(&member.dotnet_name)] } else { paragraphs }
}

/// `NorthEast: "NorthEast" as "north-east" = 1`.
fn entry(member: &ChoiceMember) -> TokenStream {
    let (name, dotnet) = (ident(&member.name), &member.dotnet_name);
    let wire = member.wire_name.as_ref().map(|wire| quote!(as #wire));
    let value = numbers::integer(member.value);
    quote!(#name: #dotnet #wire = #value)
}
