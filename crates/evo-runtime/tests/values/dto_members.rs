//! The DTOs of the runtime have the members that ServiceStack documents.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use evo_runtime::dto;
use evo_runtime::wire::{Record, Shape};
use serde_json::Value;

/// Returns the members of each type and request in the file, including those of base classes.
fn described() -> BTreeMap<String, BTreeSet<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates/servicestack-types.json");
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path).expect("the file")).expect("a document");
    let list = |name: &str| file[name].as_array().cloned().unwrap_or_default();
    let requests = list("operations").into_iter().map(|operation| operation["request"].clone());
    let all: BTreeMap<String, Value> = list("types")
        .into_iter()
        .chain(requests)
        .map(|definition| (definition["name"].as_str().expect("a name").to_owned(), definition))
        .collect();
    let members = |definition: &Value| -> BTreeSet<String> {
        let mut members = BTreeSet::new();
        let mut current = Some(definition);
        while let Some(definition) = current {
            let properties = definition["properties"].as_array().into_iter().flatten();
            members.extend(properties.filter_map(|property| property["name"].as_str().map(str::to_owned)));
            current = definition["inherits"]["name"].as_str().and_then(|base| all.get(base));
        }
        members
    };
    all.iter().map(|(name, definition)| (name.clone(), members(definition))).collect()
}

fn members(shape: &Shape) -> BTreeSet<String> {
    shape.members().iter().map(|member| member.name.to_owned()).collect()
}

macro_rules! shapes {
    ($($dto:ident),* $(,)?) => {
        vec![$((stringify!($dto), dto::$dto::default().shape())),*]
    };
}

/// Members of `Authenticate` in versions up to 6, for OAuth and digest authentication.
fn is_old(dto: &str, member: &str) -> bool {
    const OLD: [&str; 10] =
        ["State", "cnonce", "nc", "nonce", "oauth_token", "oauth_verifier", "qop", "response", "scope", "uri"];
    dto == "Authenticate" && OLD.contains(&member)
}

#[test]
fn the_members_of_each_dto_are_those_that_servicestack_describes() {
    let described = described();
    let mut shapes = shapes![
        AssignRoles,
        AssignRolesResponse,
        Authenticate,
        AuthenticateResponse,
        ConvertSessionToToken,
        ConvertSessionToTokenResponse,
        GetAccessToken,
        GetAccessTokenResponse,
        Register,
        RegisterResponse,
        ResponseError,
        ResponseStatus,
        UnAssignRoles,
        UnAssignRolesResponse,
        UpdateEventSubscriber,
        UpdateEventSubscriberResponse,
    ];
    let page = dto::QueryResponse::<dto::ResponseStatus>::default();
    shapes.push(("QueryResponse`1", page.shape()));
    let mut differing = Vec::new();
    for (name, shape) in shapes {
        let (own, theirs) = (members(shape), described.get(name).unwrap_or_else(|| panic!("{name} is not described")));
        let missing: Vec<&String> = theirs.difference(&own).collect();
        let unknown: Vec<&String> = own.difference(theirs).filter(|member| !is_old(name, member)).collect();
        if !missing.is_empty() || !unknown.is_empty() {
            differing.push(format!("{name}: {missing:?} are missing, {unknown:?} are not described"));
        }
    }
    assert_eq!(differing, Vec::<String>::new());
}
