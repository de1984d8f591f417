//! Operations: one macro call that specifies how to send the request.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Answer, Item, Operation, Route};
use crate::emit::rust::{Scope, ident};

/// Returns `operation!(HoldSession: POST "/sessions/{SessionId}/hold" => SessionInfo);`.
pub(super) fn call(item: &Item, operation: &Operation, scope: &mut Scope<'_>) -> TokenStream {
    scope.runtime_macro("operation");
    let (name, dotnet, verb) = (ident(&item.name), &operation.name, ident(operation.verb.name()));
    let alias = (*dotnet != item.name).then(|| quote!(as #dotnet));
    let routes = operation.routes.iter().map(Route::template);
    let answer = answer(&operation.answer, scope);
    let dates = item.has_dates.then(|| quote!(, dates));
    let only_routes = operation.only_routes.then(|| quote!(, only routes));
    let rows: Vec<TokenStream> = operation.rows.iter().map(|row| scope.item(*row)).collect();
    let rows = (!rows.is_empty()).then(|| quote!(, rows #(#rows),*));
    quote!(operation!(#name #alias: #verb #(#routes),* => #answer #dates #only_routes #rows);)
}

fn answer(answer: &Answer, scope: &mut Scope<'_>) -> TokenStream {
    match answer {
        Answer::Nothing => quote!(()),
        Answer::Json(ty) => scope.ty(ty),
        Answer::Text => quote!(raw String),
        Answer::Bytes => {
            let bytes = scope.runtime("Bytes");
            quote!(raw #bytes)
        }
        Answer::Download => {
            let download = scope.runtime("Download");
            quote!(raw #download)
        }
    }
}
