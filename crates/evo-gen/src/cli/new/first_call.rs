//! Chooses the operation that the example of a new crate calls.

use minijinja::context;
use minijinja::value::Value;

use crate::api::{Access, Answer, Api, Operation, Verb};

/// A call for the example of a new crate.
#[derive(Debug)]
pub struct FirstCall {
    /// The path of the operation in the crate.
    path: String,
    /// The name of the operation.
    name: String,
    /// The required Cargo features.
    features: Vec<String>,
    /// Whether the response can be printed.
    shows: bool,
    /// How the caller must sign in.
    pub sign_in: Option<SignIn>,
}

/// The kind of authentication that an operation requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SignIn {
    /// As a user.
    User,
    /// With an API key.
    ApiKey,
}

impl FirstCall {
    /// Returns the values for the templates.
    pub fn values(&self) -> Value {
        let Self { path, name, features, shows, sign_in } = self;
        let sign_in = sign_in.map(|sign_in| match sign_in {
            SignIn::User => "user",
            SignIn::ApiKey => "api_key",
        });
        context! { path, name, features, shows, sign_in }
    }
}

/// The names that the root of a new crate defines itself. Items of the service with these names are found in the module `generated`.
const TAKEN: [&str; 5] = ["generated", "Basic", "Bearer", "Credentials", "Error"];

/// Chooses the best operation for a first call: preferably one that only reads and requires no authentication. Returns `None` if the
/// service has no operations.
pub fn first_call(api: &Api) -> Option<FirstCall> {
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
                sign_in(operation),
                &item.dotnet,
            )
        })
        .map(|(item, _, operation)| (item, operation))?;
    let module = &api.modules[item.module];
    let mut path: Vec<String> = module.path.iter().chain([&item.name]).map(|part| identifier(part)).collect();
    if path.first().is_some_and(|first| TAKEN.contains(&first.as_str())) {
        path.insert(0, "generated".to_owned());
    }
    Some(FirstCall {
        path: path.join("::"),
        name: identifier(&item.name),
        features: module.feature.iter().map(|feature| feature.name.clone()).chain(item.features.clone()).collect(),
        shows: !matches!(operation.answer, Answer::Nothing | Answer::Download),
        sign_in: sign_in(operation),
    })
}

/// Returns the kind of authentication that an operation requires, if any.
fn sign_in(operation: &Operation) -> Option<SignIn> {
    match operation.access.as_slice() {
        [] => None,
        [Access::ApiKey] => Some(SignIn::ApiKey),
        _ => Some(SignIn::User),
    }
}

/// Returns a name as an identifier, raw if necessary.
fn identifier(name: &str) -> String {
    if syn::parse_str::<syn::Ident>(name).is_ok() { name.to_owned() } else { format!("r#{name}") }
}
