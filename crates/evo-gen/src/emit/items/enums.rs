//! Enums with a variant for unknown values, and `[Flags]` enums.

use proc_macro2::TokenStream;
use quote::quote;

use super::{attributes, visibility};
use crate::api::{Enum, EnumMember, Flags, Item};
use crate::emit::docs;
use crate::emit::rust::{Scope, ident, integer};

/// Returns an enum whose values are sent by name.
pub(super) fn choice(item: &Item, choice: &Enum, scope: &mut Scope<'_>) -> TokenStream {
    let docs = docs::for_item(item, scope);
    let attributes = attributes::for_item(item, true);
    let (vis, name, unknown) = (visibility(scope.api), ident(&item.name), ident(&choice.unknown));
    let unknown_value = scope.runtime("UnknownValue");
    let default_member = choice.default_member();
    let variants = choice.members.iter().enumerate().map(|(index, member)| {
        let (docs, name) = (docs::for_enum_member(member), ident(&member.name));
        let default = (default_member == Some(index)).then(|| quote!(#[default]));
        let stated = attributes::from_settings(member.deprecated.as_ref(), &member.attributes);
        quote!(#docs #default #stated #name)
    });
    quote! {
        #docs
        #attributes
        #vis enum #name {
            #(#variants,)*
            /// A value that this client does not know.
            #unknown(#unknown_value),
        }
    }
}

/// Returns `choice!(Size { Small: "Small" = 1 } else Unknown);`, and `choice!(default Size else Unknown);` if no member has the value 0.
pub(super) fn choice_call(item: &Item, choice: &Enum, scope: &mut Scope<'_>) -> TokenStream {
    scope.runtime_macro("choice");
    let (name, unknown) = (ident(&item.name), ident(&choice.unknown));
    // The macro does this for an enum without members.
    let has_default = choice.default_member().is_some() || choice.members.is_empty();
    let default = (!has_default).then(|| quote!(choice!(default #name else #unknown);));
    let number = choice.is_number.then(|| quote!(number));
    let members = choice.members.iter().map(member);
    quote!(choice!(#number #name { #(#members),* } else #unknown); #default)
}

/// Returns a `[Flags]` enum.
pub(super) fn flags(item: &Item, scope: &mut Scope<'_>) -> TokenStream {
    let docs = docs::for_item(item, scope);
    let attributes = attributes::for_item(item, false);
    let (vis, name) = (visibility(scope.api), ident(&item.name));
    quote! {
        #docs
        #attributes
        #vis struct #name(u64);
    }
}

/// Returns `flags!(Rights { READ: "Read" = 1, WRITE: "Write" = 2 });`.
pub(super) fn flags_call(item: &Item, flags: &Flags, scope: &mut Scope<'_>) -> TokenStream {
    scope.runtime_macro("flags");
    let name = ident(&item.name);
    let flags = flags.flags.iter().map(|flag| {
        let (docs, member) = (docs::for_enum_member(flag), member(flag));
        let stated = attributes::from_settings(flag.deprecated.as_ref(), &flag.attributes);
        quote!(#docs #stated #member)
    });
    quote!(flags!(#name { #(#flags),* });)
}

/// Returns `NorthEast: "NorthEast" as "north-east" = 1`.
fn member(member: &EnumMember) -> TokenStream {
    let (name, dotnet) = (ident(&member.name), &member.dotnet_name);
    let wire = member.wire_name.as_ref().map(|wire| quote!(as #wire));
    let value = member.value.map(integer).map(|value| quote!(= #value));
    quote!(#name: #dotnet #wire #value)
}
