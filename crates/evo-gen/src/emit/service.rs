//! The root module: what is known about the service, and its client.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::files::visibility;
use super::layout::{self, MacroCall};
use super::lints;
use super::scope::Scope;
use crate::Error;
use crate::api::Api;
use crate::config::AddressKind;
use crate::metadata::{Casing, Dialect};

/// The documentation of the root module.
pub(super) fn module_docs(api: &Api) -> Vec<String> {
    let name = docs::escape(&api.service.name).join(" ");
    let name = if name.is_empty() { "a ServiceStack service".replace("ServiceStack", "`ServiceStack`") } else { name };
    let (operations, types) = api.count();
    if api.types_only {
        return vec![format!("The {types} types of {name}.")];
    }
    vec![format!("Client for {name}: {operations} operations, {types} types.")]
}

/// The facts of the service, its client type, and the operations that the runtime brings.
pub(super) fn service(scope: &mut Scope<'_>) -> Result<String, Error> {
    let api = scope.api;
    let visibility = visibility(api);
    let service = scope.runtime("Service");
    let name = &api.service.name;
    let facts = facts(scope);
    let constant = layout::items(quote! {
        /// What the service says about itself, for the client to begin with.
        #visibility const SERVICE: #service = #service::new(#name) #facts;
    })?;
    scope.runtime_macro("service");
    let head = match api.visibility {
        crate::config::Visibility::Public => quote!(pub Client: SERVICE),
        crate::config::Visibility::Crate => quote!(pub(crate) Client: SERVICE),
    };
    let client = MacroCall { name: "service", head, entries: None, tail: quote!() }.text();
    let own: Vec<_> = own_names(api).into_iter().map(super::scope::ident).collect();
    let reexports = if own.is_empty() {
        String::new()
    } else {
        let names = quote!(#(#own),*);
        let lints = lints::of_reexports(api.visibility);
        layout::items(quote!(#lints #[doc(inline)] #visibility use ::evo_runtime::dto::{#names};))?
    };
    Ok([constant, client, reexports].iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("\n"))
}

/// What the host stated, as calls that follow `Service::new(..)`.
fn facts(scope: &mut Scope<'_>) -> TokenStream {
    let service = &scope.api.service;
    let mut facts = TokenStream::new();
    if !service.addresses.is_empty() {
        let address = scope.runtime("Address");
        let kinds = service.addresses.iter().map(|kind| match kind {
            AddressKind::Api => quote!(#address::Api),
            AddressKind::Routes => quote!(#address::Routes),
            AddressKind::Reply => quote!(#address::Reply),
        });
        facts.extend(quote!(.addresses(&[#(#kinds),*])));
    }
    let Some(stated) = &service.facts else { return facts };
    let dialect = match stated.dialect {
        Dialect::ServiceStackText => Some(quote!(ServiceStackText)),
        Dialect::SystemTextJson => Some(quote!(SystemTextJson)),
        Dialect::Unknown => None,
    };
    if let Some(variant) = dialect {
        let dialect = scope.runtime("Dialect");
        facts.extend(quote!(.dialect(#dialect::#variant)));
    }
    let casing = match stated.casing {
        Casing::Camel => Some(quote!(Camel)),
        Casing::Pascal => Some(quote!(Pascal)),
        Casing::Snake => Some(quote!(Snake)),
        Casing::Unknown => None,
    };
    if let Some(variant) = casing {
        let casing = scope.runtime("Casing");
        facts.extend(quote!(.casing(#casing::#variant)));
    }
    let endpoint_routing = stated.endpoint_routing;
    facts.extend(quote!(.endpoint_routing(#endpoint_routing)));
    if let Some(api) = stated.api {
        facts.extend(quote!(.api(#api)));
    }
    if let Some(version) = &stated.version {
        facts.extend(quote!(.version(#version)));
    }
    facts
}

/// The names of the operations that the runtime brings, and of their answers.
fn own_names(api: &Api) -> BTreeSet<&str> {
    let all = api.runtime_operations.iter().chain(&api.runtime_answers);
    all.filter_map(|name| name.rsplit("::").next()).collect()
}
