//! Asking a host what it is.

use std::sync::Arc;

use http::{Method, StatusCode};
use serde_json::Value;

use super::{Client, Reply};
use crate::error::{Error, ErrorKind};
use crate::facts::{Address, Casing, Dialect};
use crate::operations::AnswerShape;
use crate::request::PreparedRequest;
use crate::wire::names::eq_ignoring_separators;

/// What a host says about itself; what it does not say is none.
///
/// <https://docs.servicestack.net/metadata-page>
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Facts {
    /// The name of the service.
    pub name: Option<String>,
    /// The version of ServiceStack as the host prints it: `6.10` is 6.1 as well as 6.10, so versions are not ordered by it.
    pub version: Option<String>,
    /// Which JSON it writes.
    pub dialect: Option<Dialect>,
    /// How it spells the names of members.
    pub casing: Option<Casing>,
    /// Whether it routes by ASP.NET Core's endpoints: it has no `/json/reply` then.
    pub endpoint_routing: Option<bool>,
    /// Whether it has `/api/{Operation}`.
    pub api: Option<bool>,
}

/// No operation is called like this: the answer to it tells which addresses a host has.
const NOBODY: &str = "EvoProbeOfAddresses";

impl Client {
    /// Asks the host what it is: `/metadata/app.json`, and where it does not show that, `/types/metadata.json` and an operation that it does
    /// not have. [`with_facts`](Self::with_facts) applies what was learned.
    ///
    /// # Errors
    ///
    /// When the host cannot be reached, or nothing in its answers looks like ServiceStack.
    pub async fn probe(&self) -> Result<Facts, Error> {
        let reply = self.ask("/metadata/app.json").await?;
        if let Some(facts) = json_of(&reply).as_ref().and_then(of_app) {
            return Ok(Facts { version: facts.version.clone().or_else(|| powered_by(&reply)), ..facts });
        }
        let types = self.ask("/types/metadata.json").await?;
        let unknown = self.ask(&format!("{}/{NOBODY}", self.settings.api_path)).await?;
        let facts = of_answers(&types, &unknown);
        if facts == Facts::default() {
            return Err(Error::new(ErrorKind::Decode, "the host answers like no ServiceStack service")
                .with_hint("check the base URL; it may need the path that the service is below")
                .during("probe"));
        }
        Ok(facts)
    }

    /// The same client, knowing these facts: addresses that the host does not have are no longer called. One that it has takes their place if
    /// only declared routes, or nothing, would be left.
    #[must_use]
    pub fn with_facts(self, facts: &Facts) -> Self {
        self.with(|settings| {
            settings.facts = Some(Arc::new(facts.clone()));
            let service = &mut settings.service;
            *service = service.with_hints(facts.dialect, facts.casing, facts.endpoint_routing, facts.api);
            let count = settings.addresses.len();
            settings.addresses.retain(|address| match address {
                Address::Api => facts.api != Some(false),
                Address::Reply => facts.endpoint_routing != Some(true),
                Address::Routes => true,
            });
            let has_predefined = settings.addresses.iter().any(|address| *address != Address::Routes);
            if settings.addresses.len() < count && !has_predefined {
                match (facts.api, facts.endpoint_routing) {
                    (Some(false), Some(true)) => {}
                    (Some(false), _) => settings.addresses.push(Address::Reply),
                    _ => settings.addresses.push(Address::Api),
                }
            }
        })
    }

    /// What the host said about itself, as [`with_facts`](Self::with_facts) was told; none before that.
    #[must_use]
    pub fn facts(&self) -> Option<&Facts> {
        self.settings.facts.as_deref()
    }

    /// A GET of its own; whatever comes back is an answer, and only its start is read.
    async fn ask(&self, path: &str) -> Result<Reply, Error> {
        let mut request = PreparedRequest::own(&self.settings, "probe", Method::GET, self.settings.url_of(path)?);
        request.shape = AnswerShape::Anything;
        self.own_exchange(request).await?.whole(self.settings.body_limit).await
    }
}

fn json_of(reply: &Reply) -> Option<Value> {
    (reply.status() == StatusCode::OK).then(|| serde_json::from_slice(reply.body()).ok())?
}

/// The facts in `/metadata/app.json`.
fn of_app(document: &Value) -> Option<Facts> {
    let app = member(document, "app").filter(|app| app.is_object())?;
    let text = |name| member(app, name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    Some(Facts {
        name: text("serviceName").map(str::to_owned),
        version: text("serviceStackVersion").map(str::to_owned),
        dialect: match text("useSystemJson") {
            // Hosts that could not choose yet do not say.
            None => Some(Dialect::ServiceStackText),
            Some(when) if when.eq_ignore_ascii_case("never") => Some(Dialect::ServiceStackText),
            Some(when) if when.eq_ignore_ascii_case("always") => Some(Dialect::SystemTextJson),
            Some(_) => None,
        },
        casing: text("jsTextCase").and_then(|case| match case.to_ascii_lowercase().as_str() {
            "camelcase" => Some(Casing::Camel),
            "pascalcase" | "default" => Some(Casing::Pascal),
            "snakecase" => Some(Casing::Snake),
            _ => None,
        }),
        endpoint_routing: Some(
            member(app, "endpointRouting").and_then(Value::as_array).is_some_and(|steps| !steps.is_empty()),
        ),
        api: Some(member(document, "httpHandlers").and_then(|handlers| member(handlers, "ApiHandlers.Json")).is_some()),
    })
}

/// What the types of a host, and its answer to an operation that it does not have, tell.
fn of_answers(types: &Reply, unknown: &Reply) -> Facts {
    let document = json_of(types).filter(|document| member(document, "operations").is_some());
    let answer: Option<Value> = serde_json::from_slice(unknown.body()).ok();
    // Hosts with ServiceStack's own routing refuse an unknown operation in words; those with endpoints only say 404.
    let refuses = unknown.status() == StatusCode::METHOD_NOT_ALLOWED
        && answer.as_ref().is_some_and(|answer| member(answer, "responseStatus").is_some());
    Facts {
        version: powered_by(types).or_else(|| powered_by(unknown)),
        dialect: refuses.then_some(Dialect::ServiceStackText),
        casing: document.as_ref().or(answer.as_ref().filter(|_| refuses)).and_then(casing_of),
        endpoint_routing: refuses.then_some(false),
        api: refuses.then_some(true),
        name: None,
    }
}

/// The casing of the keys of an answer, by one that has two words or more.
fn casing_of(document: &Value) -> Option<Casing> {
    let keys = document.as_object()?;
    let nested = keys.values().filter_map(Value::as_object).flat_map(|object| object.keys());
    keys.keys().chain(nested).find_map(|key| match key {
        key if key.contains('_') => Some(Casing::Snake),
        key if key.starts_with(|first: char| first.is_ascii_uppercase()) => Some(Casing::Pascal),
        key if key.contains(|c: char| c.is_ascii_uppercase()) => Some(Casing::Camel),
        _ => None,
    })
}

/// The version in `X-Powered-By: ServiceStack/10.15 NET10/Linux`.
fn powered_by(reply: &Reply) -> Option<String> {
    let text = reply.headers().get("x-powered-by")?.to_str().ok()?;
    let version = text.strip_prefix("ServiceStack/")?.split(' ').next()?;
    (!version.is_empty()).then(|| version.to_owned())
}

/// A member of an object, whatever the casing of the host; an explicit null is none.
fn member<'a>(object: &'a Value, name: &str) -> Option<&'a Value> {
    let (_, value) = object.as_object()?.iter().find(|(key, _)| eq_ignoring_separators(key, name))?;
    Some(value).filter(|value| !value.is_null())
}
