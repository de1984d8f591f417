//! Enums over the classes of a hierarchy.

use proc_macro2::TokenStream;
use quote::quote;

use super::{attributes, visibility};
use crate::api::{Item, Ty, Variants};
use crate::emit::docs;
use crate::emit::rust::{Scope, ident};

/// Returns the enum.
pub(super) fn definition(item: &Item, hierarchy: &Variants, scope: &mut Scope<'_>) -> TokenStream {
    let docs = docs::for_item(item, scope);
    let attributes = attributes::for_item(item, true);
    let (vis, name, other) = (visibility(scope.api), ident(&item.name), ident(&hierarchy.other));
    let variants: Vec<TokenStream> = hierarchy
        .variants
        .iter()
        .map(|variant| {
            let docs = docs::for_variant(variant);
            let (name, class) = (ident(&variant.name), scope.item(variant.item));
            quote!(#docs #name(Box<#class>))
        })
        .collect();
    let (runtime_other, base) = (scope.runtime("Other"), scope.item(hierarchy.base.item));
    quote! {
        #docs
        #attributes
        #vis enum #name {
            #(#variants,)*
            /// A class that this client does not know.
            #other(Box<#runtime_other<#base>>),
        }
    }
}

/// Returns how to distinguish the classes: `variants!(AnyPet { Cat: "Shop.Cat", Dog: "Shop.Dog" } untyped Dog else Other);`.
pub(super) fn call(item: &Item, hierarchy: &Variants, scope: &mut Scope<'_>) -> TokenStream {
    scope.runtime_macro("variants");
    let (name, other) = (ident(&item.name), ident(&hierarchy.other));
    let variants = hierarchy.variants.iter().map(|variant| {
        let (name, dotnet) = (ident(&variant.name), &variant.dotnet);
        quote!(#name: #dotnet)
    });
    let typed = hierarchy.is_typed.then(|| quote!(typed));
    let untyped = hierarchy.untyped().map(|variant| {
        let name = ident(&variant.name);
        quote!(untyped #name)
    });
    let (classes, members) = (classes(item, hierarchy, scope), members(item, hierarchy, scope));
    quote!(variants!(#name { #(#variants),* } #typed #untyped else #other); #classes #members)
}

/// Returns `variant_classes!(pub AnyPet { as_cat: Cat(Cat), as_dog: Dog(Dog) });`.
fn classes(item: &Item, hierarchy: &Variants, scope: &mut Scope<'_>) -> Option<TokenStream> {
    if hierarchy.variants.is_empty() {
        return None;
    }
    scope.runtime_macro("variant_classes");
    let (vis, name) = (visibility(scope.api), ident(&item.name));
    let classes = hierarchy.variants.iter().map(|variant| {
        let (method, name, class) = (ident(&variant.accessor), ident(&variant.name), scope.item(variant.item));
        quote!(#method: #name(#class))
    });
    Some(quote!(variant_classes!(#vis #name { #(#classes),* });))
}

/// Returns `variant_members!(pub AnyPet(Cat, Dog) else Other { name?: String, legs = i32, tags: Vec<String> });`.
fn members(item: &Item, hierarchy: &Variants, scope: &mut Scope<'_>) -> Option<TokenStream> {
    if hierarchy.accessors.is_empty() {
        return None;
    }
    scope.runtime_macro("variant_members");
    let (vis, name, other) = (visibility(scope.api), ident(&item.name), ident(&hierarchy.other));
    let variants = hierarchy.variants.iter().map(|variant| ident(&variant.name));
    let members = hierarchy.accessors.iter().map(|accessor| {
        let (method, field) = (ident(&accessor.method), ident(&accessor.field));
        let field = (accessor.method != accessor.field).then(|| quote!(as #field));
        match &accessor.ty {
            ty if accessor.is_copied => {
                let ty = scope.ty(ty);
                quote!(#method #field = #ty)
            }
            Ty::Option(inner) => {
                let ty = scope.ty(inner);
                quote!(#method #field?: #ty)
            }
            ty => {
                let ty = scope.ty(ty);
                quote!(#method #field: #ty)
            }
        }
    });
    Some(quote!(variant_members!(#vis #name(#(#variants),*) else #other { #(#members),* });))
}
