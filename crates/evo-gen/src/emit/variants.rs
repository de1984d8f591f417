//! Enums over the classes of a hierarchy.

use quote::quote;

use super::files::visibility;
use super::layout::{self, Entry, MacroCall};
use super::records::{derives, item_docs};
use super::scope::{Scope, ident};
use super::{attributes, docs, lints};
use crate::Error;
use crate::api::{Item, Variants};

/// The enum, and how its classes are told apart.
pub(super) fn variants(item: &Item, hierarchy: &Variants, scope: &mut Scope<'_>) -> Result<Vec<String>, Error> {
    scope.runtime_macro("variants");
    let (visibility, name, other) = (visibility(scope.api), ident(&item.name), ident(&hierarchy.other));
    let docs = docs::attributes(&item_docs(item));
    let (derives, lints) = (derives(item), lints::of_variants(item, hierarchy));
    let stated = attributes::of_item(item);
    let leave = attributes::of_definition(item, scope.api);
    let mut variants = Vec::new();
    let mut entries = Vec::new();
    for variant in &hierarchy.variants {
        let (name, class, dotnet) = (ident(&variant.name), scope.item(variant.item), &variant.dotnet);
        let docs = docs::attributes(&[super::records::dotnet_name(dotnet)]);
        variants.push(quote!(#docs #name(Box<#class>),));
        entries.push(Entry { docs: Vec::new(), text: layout::spell(&quote!(#name: #dotnet)) });
    }
    let (runtime_other, base) = (scope.runtime("Other"), scope.item(hierarchy.base.item));
    let definition = layout::items(quote! {
        #docs
        #derives
        #[non_exhaustive]
        #stated
        #lints
        #leave
        #visibility enum #name {
            #(#variants)*
            /// A class that this client does not know.
            #other(Box<#runtime_other<#base>>),
        }
    })?;
    let untyped = hierarchy.base.untyped.and_then(|index| hierarchy.variants.get(index)).map(|variant| {
        let name = ident(&variant.name);
        quote!(untyped #name)
    });
    let typed = hierarchy.is_typed.then(|| quote!(typed));
    let tail = quote!(#typed #untyped else #other);
    let call = MacroCall { name: "variants", head: quote!(#name), entries: Some(entries), tail };
    Ok(vec![definition, call.text()])
}
