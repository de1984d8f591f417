//! The operation that the example of a new crate calls.

use minijinja::value::Value;

use crate::api::{Answer, Api, Verb};

/// A call that can be made without knowing the service: best one that only reads and needs nobody to sign in.
/// `None` for a service without operations.
pub fn first_call(api: &Api) -> Option<Value> {
    let (item, operation) = api
        .operations()
        .filter_map(|(item, record, operation)| Some((item, record?, operation)))
        .filter(|(_, record, _)| record.parameters.is_empty())
        .min_by_key(|(item, record, operation)| {
            let has_arguments = record.new.as_ref().is_some_and(|arguments| !arguments.is_empty());
            (
                operation.answer == Answer::Download,
                operation.verb != Verb::Get,
                has_arguments,
                !matches!(operation.answer, Answer::Json(_)),
                !operation.needs.is_empty(),
                &item.dotnet,
            )
        })
        .map(|(item, _, operation)| (item, operation))?;
    let module = &api.modules[item.module];
    let path: Vec<String> = module.path.iter().chain([&item.name]).map(|part| identifier(part)).collect();
    Some(minijinja::context! {
        path => path.join("::"),
        features => module.feature.iter().map(|feature| feature.name.clone()).chain(item.features.clone()).collect::<Vec<_>>(),
        name => identifier(&item.name),
        shows => !matches!(operation.answer, Answer::Nothing | Answer::Download),
    })
}

/// A name as Rust code spells it.
fn identifier(name: &str) -> String {
    if syn::parse_str::<syn::Ident>(name).is_ok() { name.to_owned() } else { format!("r#{name}") }
}
