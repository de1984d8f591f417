//! The root module: what is known about the service, and its client.

use quote::quote;

use super::files::visibility;
use super::layout::{self, MacroCall};
use super::scope::Scope;
use super::docs;
use crate::Error;
use crate::api::Api;

/// The documentation of the root module.
pub(super) fn module_docs(api: &Api) -> Vec<String> {
    let name = docs::escape(&api.service.name).join(" ");
    let name = if name.is_empty() { "a ServiceStack service".replace("ServiceStack", "`ServiceStack`") } else { name };
    vec![format!("Client for {name}: {} operations, {} types.", api.operations().count(), api.items.len())]
}

/// The facts of the service, its client type, and the operations that the runtime brings.
pub(super) fn service(scope: &mut Scope<'_>) -> Result<String, Error> {
    let api = scope.api;
    let visibility = visibility(api);
    let service = scope.runtime("Service");
    let name = &api.service.name;
    let facts = scope.facts();
    let constant = layout::items(quote! {
        /// What the service says about itself, for the client to begin with.
        #visibility const SERVICE: #service = #service::new(#name) #facts;
    })?;
    scope.runtime_macro("service");
    let head = match api.visibility {
        crate::config::Visibility::Public => quote!(Client: SERVICE),
        crate::config::Visibility::Crate => quote!(pub(crate) Client: SERVICE),
    };
    let client = MacroCall { name: "service", head, entries: None, tail: quote!() }.text();
    let own: Vec<_> = api.runtime_operations.iter().filter_map(|name| name.rsplit("::").next()).map(super::scope::ident).collect();
    let reexports = if own.is_empty() {
        String::new()
    } else {
        let names = quote!(#(#own),*);
        layout::items(quote!(#[doc(inline)] #visibility use ::evo_runtime::dto::{#names};))?
    };
    Ok([constant, client, reexports].iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("\n"))
}
