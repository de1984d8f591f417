//! Generates the types of an API with serde's derives instead of `record!` and `choice!`. Documentation, setters and other derives are the
//! same.

use evo_gen::api::{Api, Enum, Item, ItemKind, Member, Record, Ty, Variants};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// Generates the types, with a module for each module of the API.
pub fn source(api: &Api) -> String {
    let modules = api.modules.iter().enumerate().map(|(index, module)| {
        let name = format_ident!("m{index}");
        let items = module.items.iter().map(|id| &api.items[*id]).map(|item| definition(api, item));
        quote! {
            pub mod #name {
                use serde::{Deserialize, Serialize};
                #(#items)*
            }
        }
    });
    let file = syn::parse2(quote!(#(#modules)*));
    // Code that does not parse is left to the compiler to report.
    file.map_or_else(|error| error.to_compile_error().to_string(), |file| prettyplease::unparse(&file))
}

fn definition(api: &Api, item: &Item) -> TokenStream {
    let (name, docs) = (ident(&item.name), docs(&item.docs));
    let derives = item.derives.iter().filter_map(|path| path.parse::<TokenStream>().ok());
    // The runtime's macros implement `Debug` for flags, and for types with secrets.
    let debug = (!item.derives.iter().any(|path| path == "Debug")).then(|| quote!(Debug,));
    let head = quote!(#docs #[derive(#debug #(#derives,)* Serialize, Deserialize)]);
    match &item.kind {
        ItemKind::Record(record) => record_tokens(api, &head, &name, record),
        ItemKind::Enum(choice) => choice_tokens(&head, &name, choice),
        // The macro of `bitflags` serializes flags by name.
        ItemKind::Flags(_) => newtype(&head, &name, &quote!(i64)),
        ItemKind::Collection(collection) => newtype(&head, &name, &spelled(api, &collection.inner)),
        ItemKind::Variants(variants) => variants_tokens(api, &head, &name, variants),
    }
}

fn docs(paragraphs: &[String]) -> TokenStream {
    quote!(#(#[doc = #paragraphs])*)
}

fn record_tokens(api: &Api, head: &TokenStream, name: &Ident, record: &Record) -> TokenStream {
    let parameters = record.parameters.iter().map(|name| ident(name));
    let members = record.members.iter().map(|member| member_tokens(api, member));
    let setters = setters(api, name, record);
    quote! {
        #head
        #[serde(default, rename_all = "camelCase")]
        pub struct #name<#(#parameters),*> { #(#members)* }

        #setters
    }
}

fn setters(api: &Api, name: &Ident, record: &Record) -> Option<TokenStream> {
    let new = record.new.as_ref()?;
    let (mut arguments, mut methods) = (Vec::new(), Vec::new());
    for (index, member) in record.members.iter().enumerate() {
        let Some(setter) = &member.setter else { continue };
        let (name, ty) = (ident(&member.name), spelled(api, &setter.ty));
        if new.contains(&index) {
            arguments.push(quote!(#name: #ty));
        } else {
            let method = (setter.method != member.name).then(|| ident(&setter.method)).map(|method| quote!(as #method));
            let plain = (!matches!(member.ty, Ty::Option(_))).then(|| quote!(= plain));
            methods.push(quote!(#name #method: #ty #plain));
        }
    }
    let parameters = record.parameters.iter().map(|name| ident(name));
    let parameters = (!record.parameters.is_empty()).then(|| quote!(<#(#parameters),*>));
    Some(quote!(evo_runtime::setters!(#name #parameters (#(#arguments),*) { #(#methods),* });))
}

fn member_tokens(api: &Api, member: &Member) -> TokenStream {
    let (name, ty) = (ident(&member.name), spelled(api, &member.ty));
    let rename = member.wire_name.as_ref().map(|wire| quote!(#[serde(rename = #wire)]));
    let skip = matches!(member.ty, Ty::Option(_)).then(|| quote!(#[serde(skip_serializing_if = "Option::is_none")]));
    let docs = docs(&member.docs);
    quote!(#docs #rename #skip pub #name: #ty,)
}

fn choice_tokens(head: &TokenStream, name: &Ident, choice: &Enum) -> TokenStream {
    let members = choice.members.iter().enumerate().map(|(index, member)| {
        let default = (index == 0).then(|| quote!(#[default]));
        let wire = member.wire_name.as_ref().unwrap_or(&member.dotnet_name);
        let rename = (*wire != member.name).then(|| quote!(#[serde(rename = #wire)]));
        let (name, docs) = (ident(&member.name), docs(&member.docs));
        quote!(#docs #default #rename #name,)
    });
    if choice.members.is_empty() {
        return quote! {
            #head
            pub enum #name { Unknown }

            impl Default for #name {
                fn default() -> Self {
                    Self::Unknown
                }
            }
        };
    }
    quote! {
        #head
        pub enum #name { #(#members)* }
    }
}

fn newtype(head: &TokenStream, name: &Ident, inner: &TokenStream) -> TokenStream {
    quote! {
        #head
        #[serde(transparent)]
        pub struct #name(pub #inner);
    }
}

fn variants_tokens(api: &Api, head: &TokenStream, name: &Ident, variants: &Variants) -> TokenStream {
    let known = variants.variants.iter().map(|variant| {
        let (name, ty) = (ident(&variant.name), spelled(api, &Ty::Item(variant.item, Vec::new())));
        quote!(#name(Box<#ty>),)
    });
    let (other, base) = (ident(&variants.other), spelled(api, &Ty::Item(variants.base.item, Vec::new())));
    quote! {
        #head
        #[serde(untagged)]
        pub enum #name { #(#known)* #other(Box<#base>) }

        impl Default for #name {
            fn default() -> Self {
                Self::#other(Box::default())
            }
        }
    }
}

/// Returns a type with its path from the crate root.
pub fn spelled(api: &Api, ty: &Ty) -> TokenStream {
    let list = |args: &[Ty]| {
        let args = args.iter().map(|arg| spelled(api, arg));
        quote!(<#(#args),*>)
    };
    match ty {
        Ty::Std(name) => name.parse().unwrap_or_default(),
        // The default representation with plain derives.
        Ty::Runtime(name, _) if name == "Bytes" => quote!(Vec<u8>),
        Ty::Runtime(name, _) if name == "Decimal" => quote!(i64),
        Ty::Runtime(name, _) if name == "Uuid" => quote!(String),
        Ty::Runtime(name, args) => {
            let (path, args): (TokenStream, _) = (name.parse().unwrap_or_default(), list(args));
            quote!(evo_runtime::#path #args)
        }
        Ty::Item(index, args) => {
            let item = &api.items[*index];
            let (module, name, args) = (format_ident!("m{}", usize::from(item.module)), ident(&item.name), list(args));
            quote!(crate::#module::#name #args)
        }
        Ty::Foreign(foreign) => {
            let (path, args): (TokenStream, _) = (foreign.path.parse().unwrap_or_default(), list(&foreign.args));
            quote!(#path #args)
        }
        Ty::Parameter(name) => {
            let name = ident(name);
            quote!(#name)
        }
        Ty::Option(inner) => {
            let inner = spelled(api, inner);
            quote!(Option<#inner>)
        }
        Ty::List(inner) => {
            let inner = spelled(api, inner);
            quote!(Vec<#inner>)
        }
        Ty::Map(key, value) => {
            let (key, value) = (spelled(api, key), spelled(api, value));
            quote!(std::collections::BTreeMap<#key, #value>)
        }
        Ty::Boxed(inner) => {
            let inner = spelled(api, inner);
            quote!(Box<#inner>)
        }
    }
}

/// Returns a name as an identifier, raw if it is a keyword.
fn ident(name: &str) -> Ident {
    syn::parse_str(name).unwrap_or_else(|_| format_ident!("r#{name}"))
}
