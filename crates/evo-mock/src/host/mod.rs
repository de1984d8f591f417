//! A host: handles requests as a ServiceStack server does.

pub(crate) mod access;
pub(crate) mod addresses;
mod auto_query;
mod batch;
pub(crate) mod binding;
mod calls;
mod classic;
mod cors;
pub(crate) mod custom_responses;
pub(crate) mod documents;
mod endpoints;
pub(crate) mod events;
pub(crate) mod faults;
mod formats;
mod sign_in;
mod unwritable;

use self::access::Users;
use self::custom_responses::CustomResponses;
use self::documents::Documents;
use self::events::Subscriptions;
use self::faults::{CallFaults, Faults};
use self::sign_in::SignInService;
use crate::log::Line;
use crate::page;
use crate::reply::{Failure, Reply};
use crate::request::Request;
use crate::request::body::{self, Form};
use crate::sample::Sampler;
use crate::schema::Schema;
use crate::values::convert::{Converter, Form as ValueForm};
use crate::values::json_writer::{Casing, Style, Writer};
use crate::values::{Value, json_reader, jsv};

/// The maximum size of a body in bytes, as in Kestrel.
pub(crate) const MAX_BODY: usize = 30_000_000;

/// The routing and the serializer of a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dialect {
    /// ServiceStack's own routing and `ServiceStack.Text`: every host before 8.1, and later ones without endpoint routing.
    #[default]
    Classic,
    /// ASP.NET Core's endpoint routing and `System.Text.Json`.
    Endpoints,
}

/// A service that handles requests.
pub(crate) struct Host {
    pub(crate) schema: Schema,
    pub(crate) dialect: Dialect,
    pub(crate) casing: Casing,
    pub(crate) users: Users,
    pub(crate) custom_responses: CustomResponses,
    pub(crate) faults: Faults,
    /// Whether requests that violate a rule or do not match a type are accepted, with a remark in the log.
    pub(crate) is_lenient: bool,
    pub(crate) has_cors: bool,
    pub(crate) documents: Documents,
    pub(crate) events: Subscriptions,
}

impl Host {
    fn has_endpoints(&self) -> bool {
        self.dialect == Dialect::Endpoints
    }

    /// Returns the serializer settings of a response. A request may ask for ISO dates.
    fn style(&self, request: &Request) -> Style {
        let asks = |text: &str| text.to_ascii_lowercase().replace(' ', "").contains("dh:iso8601");
        let iso_dates = request.parameter("jsconfig").is_some_and(asks);
        Style { is_strict: self.has_endpoints(), casing: self.casing, iso_dates }
    }

    /// Handles a request and describes the exchange in `line`.
    pub(crate) async fn respond(&self, mut request: Request, line: &mut Line) -> Reply {
        let reply = if self.has_cors && cors::is_preflight(&request) {
            cors::preflight(&request)
        } else {
            let body = std::mem::take(&mut request.body);
            match body::decompress(body, request.header("content-encoding"), MAX_BODY) {
                Some(body) => {
                    request.body = body;
                    self.respond_decoded(&request, line).await
                }
                None => self.error_reply(
                    &request,
                    &Failure::new(400, "SerializationException", "The body cannot be decompressed."),
                ),
            }
        };
        if self.has_cors { cors::allow(reply, &request) } else { reply }
    }

    async fn respond_decoded(&self, request: &Request, line: &mut Line) -> Reply {
        let faults = match CallFaults::parse(request.header("x-mock").unwrap_or_default()) {
            Ok(faults) => faults,
            Err(message) => return self.error_reply(request, &Failure::new(400, "ArgumentException", message)),
        };
        let delay = faults.delay.unwrap_or(self.faults.delay);
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        if faults.expires_tokens {
            self.users.expire_tokens();
        }
        if request.path.contains("%00") {
            return Reply::empty(400).header("connection", "close");
        }
        let page = || page::render(&self.schema, self.dialect);
        if let Some(reply) = self.documents.respond(request, page) {
            return reply;
        }
        // The HTML page requests the details of an operation.
        if let ("/", Some(name)) = (request.path.as_str(), request.parameter("operation")) {
            let operation = self.schema.operation(name);
            let describe = |operation| page::describe(&self.schema, operation, self.dialect, self.casing);
            return operation.map_or_else(|| Reply::empty(404), |operation| Reply::json(describe(operation)));
        }
        if let Some(reply) = self.respond_events(request) {
            return reply;
        }
        let content_type = request.header("content-type").unwrap_or_default();
        let form = match body::read_form(&request.media_type(), content_type, &request.body).await {
            None => None,
            Some(Ok(form)) => Some(form),
            Some(Err(message)) => {
                return self.error_reply(request, &Failure::new(400, "SerializationException", message));
            }
        };
        // Routes of the service below `/auth`, such as `/auth/status`, take precedence.
        let own = || {
            addresses::declared(&self.schema, &request.path)
                .first()
                .is_some_and(|found| SignInService::called(&found.operation.name).is_none())
        };
        if let Some(service) = SignInService::at(&request.path).filter(|_| !own()) {
            line.operation = Some(service.name().to_owned());
            return self.sign_in(service, request, form.as_ref());
        }
        match self.dialect {
            Dialect::Classic => self.respond_renewed(request, form.as_ref(), &faults, line),
            Dialect::Endpoints => self.respond_endpoints(request, form.as_ref(), &faults, line),
        }
    }

    /// Handles a request of a classic host, which renews an expired token cookie if the request has a refresh token.
    fn respond_renewed(&self, request: &Request, form: Option<&Form>, faults: &CallFaults, line: &mut Line) -> Reply {
        let Some(token) = self.users.renew(request) else { return self.respond_classic(request, form, faults, line) };
        let mut renewed = request.clone();
        if let Ok(value) = http::HeaderValue::from_str(&format!("ss-tok={token}")) {
            renewed.headers.insert(http::header::COOKIE, value);
        }
        self.respond_classic(&renewed, form, faults, line).header("set-cookie", sign_in::set_cookie("ss-tok", &token))
    }

    /// Returns the reply for an error outside operations.
    fn error_reply(&self, request: &Request, failure: &Failure) -> Reply {
        failure.reply(&self.schema, None, self.style(request), false)
    }

    /// Runs a service for signing in, whatever the format of the request.
    fn sign_in(&self, service: SignInService, request: &Request, form: Option<&Form>) -> Reply {
        let text = String::from_utf8_lossy(&request.body);
        let mut values = match form {
            Some(form) => form.fields.clone(),
            None => request.query.clone(),
        };
        let is_jsv = request.media_type().ends_with("jsv");
        let body = if is_jsv { jsv::read(&text).ok() } else { json_reader::read(&text, true).ok() };
        let mut value = Value::Object(values.drain(..).map(|(name, text)| (name, Value::Text(text))).collect());
        if let (Value::Object(members), Some(Value::Object(body))) = (&mut value, body) {
            members.splice(0..0, body);
        }
        match sign_in::respond(service, &self.users, request, &value, self.casing) {
            Ok((result, cookies)) => {
                let mut text = String::new();
                Writer { schema: &self.schema, style: self.style(request) }.any(&result, &mut text);
                sign_in::reply(text, cookies)
            }
            Err(failure) => self.error_reply(request, &failure),
        }
    }

    /// Returns a sample request of an operation, as its host writes it.
    pub(crate) fn sample_request(&self, operation: &str) -> Option<serde_json::Value> {
        let operation = self.schema.operation(operation)?;
        let sample = Sampler::new(&self.schema, None, self.has_endpoints()).request(operation);
        let style = Style { is_strict: self.has_endpoints(), casing: self.casing, iso_dates: true };
        let text = Writer { schema: &self.schema, style }.write(&operation.request, &sample);
        serde_json::from_str(&text).ok()
    }

    /// Converts a value in a custom response to a type of the service.
    fn convert_own(&self, shape: &crate::schema::Shape, value: &serde_json::Value) -> Value {
        let converter = Converter { schema: &self.schema, form: ValueForm::ClassicJson };
        let value = Value::from_json(value);
        converter.convert(shape, value.clone()).ok().flatten().unwrap_or(value)
    }
}
