//! The root module: what is known about the service, and its client.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{lints, visibility};
use crate::api::Api;
use crate::config::AddressKind;
use crate::emit::rust::{Scope, ident};

/// Returns the facts of the service, its client type, and re-exports of the operations that the runtime defines.
pub(in crate::emit) fn service(scope: &mut Scope<'_>) -> TokenStream {
    let api = scope.api;
    let (vis, name, service) = (visibility(api), &api.service.name, scope.runtime("Service"));
    let (facts, reexports) = (facts(scope), reexports(api));
    scope.runtime_macro("service");
    quote! {
        /// The facts about the service that new clients start with.
        #vis const SERVICE: #service = #service::new(#name) #(#facts)*;
        service!(#vis Client: SERVICE);
        #reexports
    }
}

/// Returns the facts that the host declares, as calls that follow `Service::new(..)`.
fn facts(scope: &mut Scope<'_>) -> Vec<TokenStream> {
    let service = &scope.api.service;
    let mut facts = Vec::new();
    if !service.addresses.is_empty() {
        let address = scope.runtime("Address");
        let kinds = service.addresses.iter().map(|kind| match kind {
            AddressKind::Api => quote!(#address::Api),
            AddressKind::Routes => quote!(#address::Routes),
            AddressKind::Reply => quote!(#address::Reply),
        });
        facts.push(quote!(.addresses(&[#(#kinds),*])));
    }
    let Some(stated) = &service.facts else { return facts };
    let endpoint_routing = stated.endpoint_routing;
    facts.push(quote!(.endpoint_routing(#endpoint_routing)));
    facts.extend(stated.api.map(|api| quote!(.api(#api))));
    facts
}

/// Returns re-exports of the operations that the runtime defines, and of their response types.
fn reexports(api: &Api) -> Option<TokenStream> {
    let all = api.runtime_operations.iter().chain(&api.runtime_answers);
    let names: BTreeSet<&str> = all.filter_map(|name| name.rsplit("::").next()).collect();
    let (vis, lints) = (visibility(api), lints::unused_reexports());
    let idents = names.iter().map(|name| ident(name));
    (!names.is_empty()).then(|| quote!(#lints #[doc(inline)] #vis use ::evo_runtime::dto::{#(#idents),*};))
}
