//! Detecting what a host supports.

use std::sync::Arc;

use http::{Method, StatusCode};
use serde_json::Value;

use super::{Client, Reply};
use crate::error::{Error, ErrorKind};
use crate::facts::Address;
use crate::operations::AnswerShape;
use crate::request::PreparedRequest;
use crate::wire::names::eq_ignoring_separators;

/// What a host reports about itself. Fields are `None` if it does not report them.
///
/// <https://docs.servicestack.net/metadata-page>
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Facts {
    /// The name of the service.
    pub name: Option<String>,
    /// The ServiceStack version as the host reports it. `6.10` can mean 6.1 as well as 6.10, so versions cannot be compared.
    pub version: Option<String>,
    /// Whether it uses the endpoint routing of ASP.NET Core. If so, it has no `/json/reply`.
    pub endpoint_routing: Option<bool>,
    /// Whether it has `/api/{Operation}`.
    pub api: Option<bool>,
}

/// The name of an operation that does not exist. The response to it shows which addresses a host has.
const UNKNOWN: &str = "EvoProbeOfAddresses";

impl Client {
    /// Detects what the host supports: requests `/metadata/app.json` and, if the host does not expose it, `/types/metadata.json` and an
    /// operation that does not exist. Apply the result with [`with_facts`](Self::with_facts).
    ///
    /// # Errors
    ///
    /// If the host cannot be reached, or if nothing in its responses indicates ServiceStack.
    pub async fn probe(&self) -> Result<Facts, Error> {
        let reply = self.ask("/metadata/app.json").await?;
        if let Some(facts) = json_of(&reply).as_ref().and_then(from_app) {
            return Ok(Facts { version: facts.version.clone().or_else(|| powered_by(&reply)), ..facts });
        }
        let types = self.ask("/types/metadata.json").await?;
        let unknown = self.ask(&format!("{}/{UNKNOWN}", self.settings.options.api_path)).await?;
        from_responses(&types, &unknown).ok_or_else(|| {
            Error::new(ErrorKind::Decode, "the responses of the host are not those of a ServiceStack service")
                .with_hint("check the base URL; it may need the path that the service is below")
                .during("probe")
        })
    }

    /// Returns the client with these facts. It no longer calls addresses that the host does not have. If that would leave only declared
    /// routes, or nothing, an address that the host has is used instead.
    #[must_use]
    pub fn with_facts(self, facts: &Facts) -> Self {
        self.with(|settings| {
            settings.facts = Some(Arc::new(facts.clone()));
            let service = &mut settings.service;
            *service = service.with_hints(facts.endpoint_routing, facts.api);
            let count = settings.options.addresses.len();
            settings.options.addresses.retain(|address| match address {
                Address::Api => facts.api != Some(false),
                Address::Reply => facts.endpoint_routing != Some(true),
                Address::Routes => true,
            });
            let has_predefined = settings.options.addresses.iter().any(|address| *address != Address::Routes);
            if settings.options.addresses.len() < count && !has_predefined {
                match (facts.api, facts.endpoint_routing) {
                    (Some(false), Some(true)) => {}
                    (Some(false), _) => settings.options.addresses.push(Address::Reply),
                    _ => settings.options.addresses.push(Address::Api),
                }
            }
        })
    }

    /// Returns the facts passed to [`with_facts`](Self::with_facts), or `None` before that.
    #[must_use]
    pub fn facts(&self) -> Option<&Facts> {
        self.settings.facts.as_deref()
    }

    /// Sends a GET for the probe. Any response is `Ok`, and is read up to the body limit.
    async fn ask(&self, path: &str) -> Result<Reply, Error> {
        let mut request = PreparedRequest::own(&self.settings, "probe", Method::GET, self.settings.url_of(path));
        request.shape = AnswerShape::Anything;
        self.own_exchange(request).await?.whole(self.settings.options.body_limit).await
    }
}

fn json_of(reply: &Reply) -> Option<Value> {
    (reply.status() == StatusCode::OK).then(|| serde_json::from_slice(reply.body()).ok())?
}

/// Returns the facts in `/metadata/app.json`.
fn from_app(document: &Value) -> Option<Facts> {
    let app = member(document, "app").filter(|app| app.is_object())?;
    let text = |name| member(app, name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    Some(Facts {
        name: text("serviceName").map(str::to_owned),
        version: text("serviceStackVersion").map(str::to_owned),
        endpoint_routing: Some(
            member(app, "endpointRouting").and_then(Value::as_array).is_some_and(|steps| !steps.is_empty()),
        ),
        api: Some(member(document, "httpHandlers").and_then(|handlers| member(handlers, "ApiHandlers.Json")).is_some()),
    })
}

/// Derives facts from the types of a host and its response to an unknown operation. `None` if nothing in them is from ServiceStack.
fn from_responses(types: &Reply, unknown: &Reply) -> Option<Facts> {
    let has_types = json_of(types).is_some_and(|document| member(&document, "operations").is_some());
    // Hosts without endpoint routing report an unknown operation; the rest respond with a plain 404.
    let refuses = unknown.status() == StatusCode::METHOD_NOT_ALLOWED
        && serde_json::from_slice(unknown.body()).is_ok_and(|answer| member(&answer, "responseStatus").is_some());
    let version = powered_by(types).or_else(|| powered_by(unknown));
    let is_service_stack = has_types || refuses || version.is_some();
    is_service_stack.then(|| Facts {
        version,
        endpoint_routing: refuses.then_some(false),
        api: refuses.then_some(true),
        name: None,
    })
}

/// Returns the version in `X-Powered-By: ServiceStack/10.15 NET10/Linux`.
fn powered_by(reply: &Reply) -> Option<String> {
    let text = reply.headers().get("x-powered-by")?.to_str().ok()?;
    let version = text.strip_prefix("ServiceStack/")?.split(' ').next()?;
    (!version.is_empty()).then(|| version.to_owned())
}

/// Returns a member of an object, whatever the casing of its name; `None` if it is null.
fn member<'a>(object: &'a Value, name: &str) -> Option<&'a Value> {
    let (_, value) = object.as_object()?.iter().find(|(key, _)| eq_ignoring_separators(key, name))?;
    Some(value).filter(|value| !value.is_null())
}
