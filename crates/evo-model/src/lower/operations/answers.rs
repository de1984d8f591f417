//! The response of an operation.

use crate::api::{Answer, Ty};
use crate::diagnostics::Diagnostics;
use crate::lower::builtin;
use crate::lower::catalog::closed;
use crate::lower::resolve::{Meaning, Resolver};
use crate::lower::type_expr::split_arity;
use crate::metadata::{Operation, Type, TypeName};

/// Finds the response of an operation: its return type, or otherwise the response that the document describes, even if it is not a DTO.
pub(super) fn find_answer(operation: &Operation, resolver: &Resolver<'_>, diagnostics: &mut Diagnostics) -> Answer {
    let pointer = format!("{}/returnType", operation.pointer);
    if let Some(name) = &operation.return_type {
        let is_task = matches!(split_arity(&name.name).0, "Task" | "ValueTask");
        // The described response is what the task returns.
        if let Some(response) = operation.response.as_ref().filter(|_| is_task) {
            return find_described_answer(operation, response, &pointer, resolver, diagnostics);
        }
        // Each response of a generic class without a definition has its own class.
        let form = operation.response.as_ref().and_then(|response| resolver.catalog.form(response));
        return match form.filter(|_| is_name_of(name, operation.response.as_ref())) {
            Some(class) => Answer::Json(Ty::Item(class, Vec::new())),
            None => find_named_answer(name, operation, &pointer, resolver, diagnostics),
        };
    }
    match &operation.response {
        Some(response) => find_described_answer(operation, response, &pointer, resolver, diagnostics),
        None if operation.returns_void => Answer::Nothing,
        // A service that returns nothing without declaring so looks like one whose response is unknown: keep whatever it returns.
        None => Answer::Bytes,
    }
}

/// Whether a return type is the response itself, rather than a list or map of it.
fn is_name_of(name: &TypeName, response: Option<&Type>) -> bool {
    response.is_some_and(|response| response.name == name.name && response.namespace == name.namespace)
}

fn find_described_answer(
    operation: &Operation,
    response: &Type,
    pointer: &str,
    resolver: &Resolver<'_>,
    diagnostics: &mut Diagnostics,
) -> Answer {
    if let Some(class) = resolver.catalog.form(response) {
        return Answer::Json(Ty::Item(class, Vec::new()));
    }
    let mut name =
        TypeName { name: response.name.clone(), namespace: response.namespace.clone(), generic_args: Vec::new() };
    let (simple, arity) = split_arity(&response.name);
    if arity.is_some() {
        name.generic_args = find_arguments(simple, response, resolver);
    }
    find_named_answer(&name, operation, pointer, resolver, diagnostics)
}

/// Finds the arguments of a generic response without a return type: for a query, the type of its rows.
fn find_arguments(simple: &str, response: &Type, resolver: &Resolver<'_>) -> Vec<String> {
    let arity = response.generic_args.len();
    let definition = resolver.catalog.find(&response.namespace, simple, arity);
    if let Some(entry) = definition.map(|id| &resolver.catalog.entries[id]) {
        return closed::find_arguments(&entry.definition, &entry.parameters, response);
    }
    let results = response.properties.iter().find(|property| property.name == "Results");
    match results {
        Some(results) if simple == "QueryResponse" => results.generic_args.clone(),
        _ => Vec::new(),
    }
}

fn find_named_answer(
    name: &TypeName,
    operation: &Operation,
    pointer: &str,
    resolver: &Resolver<'_>,
    diagnostics: &mut Diagnostics,
) -> Answer {
    let namespace = name.namespace.as_str();
    let is_own = !namespace.is_empty() && !builtin::is_system(namespace) && !builtin::is_service_stack(namespace);
    let is_described = resolver.catalog.find(namespace, &name.name, 0).is_some();
    if !is_own && !is_described {
        match name.name.as_str() {
            "String" => return Answer::Text,
            "Byte[]" => return Answer::Bytes,
            "Void" | "Task" | "ValueTask" => return Answer::Nothing,
            "Object" if operation.returns_void => return Answer::Nothing,
            raw if builtin::is_raw_answer(raw) => return Answer::Download,
            _ => {}
        }
    }
    // Of several types of the same name, the one in the namespace of the request is meant.
    let request = resolver.catalog.find(&operation.request.namespace, &operation.request.name, 0);
    match resolver.resolve_name(name, pointer, request, diagnostics) {
        Meaning::Type(ty) => Answer::Json(ty),
        Meaning::Nothing | Meaning::File => Answer::Download,
    }
}
