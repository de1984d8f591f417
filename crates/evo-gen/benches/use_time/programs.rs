//! Generates libraries with an async function for each operation that they call, and a function that runs any of them by name.

use evo_gen::api::{Answer, Api, Item, Operation, Ty};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::derived::spelled;

/// The hand-written part of the client with derives.
pub const CLIENT: &str = r#"
use std::error::Error;

#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct QueryResponse<T> {
    pub offset: i32,
    pub total: i32,
    pub results: Vec<T>,
    pub meta: Option<std::collections::BTreeMap<String, String>>,
    pub response_status: Option<evo_runtime::dto::ResponseStatus>,
}

pub struct Client {
    http: reqwest::Client,
    base: String,
}

impl Client {
    pub fn new(base: &str) -> Self {
        Self { http: reqwest::Client::new(), base: base.to_owned() }
    }

    pub async fn send<T, R>(&self, operation: &str, request: &T) -> Result<R, Box<dyn Error + Send + Sync>>
    where
        T: serde::Serialize,
        R: serde::de::DeserializeOwned,
    {
        let request = self
            .http
            .post(format!("{}/api/{operation}", self.base))
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .body(serde_json::to_vec(request)?);
        let answer = request.send().await?.error_for_status()?;
        Ok(serde_json::from_slice(&answer.bytes().await?)?)
    }
}
"#;

/// The calls through the client that evo-gen writes.
pub fn through_runtime(api: &Api, called: usize) -> String {
    library(api, called, &quote!(generated), |item, _| {
        let path = &*api.modules[item.module].path;
        let (path, name) = (path.iter().map(|name| ident(name)), ident(&item.name));
        quote! {
            let request = generated::#(#path::)*#name { id: id.to_owned().into(), ..Default::default() };
            client.send(request).await?;
        }
    })
}

/// Generates the calls with the client with derives.
pub fn through_reqwest(api: &Api, called: usize) -> String {
    library(api, called, &quote!(derived), |item, operation| {
        let (module, name, wire_name) =
            (format_ident!("m{}", usize::from(item.module)), ident(&item.name), &operation.name);
        let answer = match &operation.answer {
            Answer::Json(Ty::Runtime(name, rows)) if name == "dto::QueryResponse" => {
                let rows = rows.iter().map(|row| spelled(api, row));
                quote!(derived::QueryResponse<#(#rows),*>)
            }
            Answer::Json(ty) => spelled(api, ty),
            _ => quote!(()),
        };
        quote! {
            let request = derived::#module::#name { id: id.to_owned().into(), ..Default::default() };
            client.send::<_, #answer>(#wire_name, &request).await?;
        }
    })
}

/// Generates a library with a function for each operation that it calls, with the body that `call` returns. They are taken from all modules.
fn library(api: &Api, called: usize, client: &TokenStream, call: impl Fn(&Item, &Operation) -> TokenStream) -> String {
    let (mut functions, mut arms) = (Vec::new(), Vec::new());
    let step = api.operations().count() / called;
    for (index, (item, _, operation)) in api.operations().step_by(step).enumerate() {
        let (function, name, call) = (format_ident!("call_{index}"), &operation.name, call(item, operation));
        functions.push(quote! {
            pub async fn #function(client: &Client, id: &str) -> Result<(), Failure> {
                #call
                Ok(())
            }
        });
        arms.push(quote!(#name => Box::pin(#function(client, id)),));
    }
    let file = syn::parse2(quote! {
        pub use #client::*;

        pub type Failure = Box<dyn std::error::Error + Send + Sync>;
        pub type Call<'a> = std::pin::Pin<Box<dyn Future<Output = Result<(), Failure>> + 'a>>;

        pub fn run<'a>(client: &'a Client, operation: &str, id: &'a str) -> Option<Call<'a>> {
            let call: Call<'a> = match operation {
                #(#arms)*
                _ => return None,
            };
            Some(call)
        }

        #(#functions)*
    });
    // Code that does not parse is left to the compiler to report.
    file.map_or_else(|error| error.to_compile_error().to_string(), |file| prettyplease::unparse(&file))
}

/// Returns a name as an identifier, raw if it is a keyword.
fn ident(name: &str) -> Ident {
    syn::parse_str(name).unwrap_or_else(|_| format_ident!("r#{name}"))
}
