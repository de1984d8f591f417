//! Building requests from operations and their values.

mod address;
mod curl;
mod long_get;
mod route;
mod shown;

use std::borrow::Cow;
use std::fmt;

use http::header::{ACCEPT, CONTENT_TYPE, RANGE, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, Uri};
use url::Url;

use self::address::{Destination, destination};
pub(crate) use self::long_get::LongGet;
#[cfg(feature = "cache")]
pub(crate) use self::long_get::METHOD_OVERRIDE;
pub(crate) use self::shown::ShownForm;
pub use self::shown::{ShownBody, ShownPart, ShownRequest};
use crate::client::Settings;
use crate::error::{Error, ErrorKind};
use crate::facts::{Address, Format};
use crate::operations::{AnswerShape, OperationSpec, Role, sends_body};
use crate::transport::{Body, OperationName};
use crate::wire::query::{self, QueryString};
use crate::wire::{Encode, Record, Redacted, RedactedRecord, SECRET, Shape, View, has_secrets, json, jsv};

/// The maximum length of path and query, in bytes: servers refuse request lines over 8 KiB, and proxies add to them.
pub(crate) const MAX_TARGET_LEN: usize = 7500;

/// Requests exact dates from classic hosts.
const EXACT_DATES: &str = "jsconfig=dh%3Aiso8601";

/// A request that is ready to be sent, except for cookies and credentials.
#[derive(Clone)]
pub struct PreparedRequest {
    pub(crate) operation: &'static str,
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    pub(crate) address: Option<Address>,
    /// The requested format of the response.
    pub(crate) format: Format,
    pub(crate) shape: AnswerShape,
    pub(crate) role: Role,
    /// The form in which to send the request, if it is a GET with its values in the body.
    pub(crate) long_get: Option<LongGet>,
    /// Why the values are in the body although the method normally puts them in the query.
    pub(crate) needs_body: Option<String>,
    /// The redacted URL and body, if they contain secrets; no body if it must not be shown at all.
    redacted: Option<Box<(Url, Option<Body>)>>,
    /// The parts of the body, if it is a form with files.
    form: Option<Box<ShownForm>>,
}

impl PreparedRequest {
    /// Returns the C# name of the operation.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the method. A GET with a body, because its values do not fit in a query, is sent as a POST with the header
    /// `X-Http-Method-Override` if the host accepts that.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Returns the URL, including its query.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Returns the headers, without those that a transport adds itself (`Host`, `Content-Length`).
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns a mutable reference to the headers.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.headers
    }

    /// Returns the body, which is empty if there is none.
    #[must_use]
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// Changes the URL.
    pub(crate) fn set_url(&mut self, url: Url) {
        self.url = url;
        self.redacted = None;
        self.address = None;
    }

    /// Removes all headers that may contain secrets: those of the client and of the call.
    pub(crate) fn remove_own_headers(&mut self) {
        let mut headers = HeaderMap::new();
        for name in [ACCEPT, USER_AGENT, RANGE] {
            if let Some(value) = self.headers.remove(&name) {
                headers.insert(name, value);
            }
        }
        self.headers = headers;
    }

    /// Converts the request for a transport, without cookies and credentials.
    pub(crate) fn to_http(&self) -> Result<http::Request<Body>, Error> {
        let uri = Uri::try_from(self.url.as_str())
            .map_err(|error| Error::new(ErrorKind::Request, format!("the URL of the call cannot be sent: {error}")))?;
        let mut request = http::Request::new(self.body.clone());
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = uri;
        *request.headers_mut() = self.headers.clone();
        request.extensions_mut().insert(OperationName(self.operation));
        if let Some(form) = self.long_get {
            form.apply(&mut request);
        }
        Ok(request)
    }

    /// Returns the redacted URL.
    pub(crate) fn shown_url(&self) -> &Url {
        self.redacted.as_ref().map_or(&self.url, |redacted| &redacted.0)
    }

    /// Whether the request contains secret members.
    pub(crate) fn has_secrets(&self) -> bool {
        self.redacted.is_some()
    }

    /// Returns the redacted body, or `None` if it must not be shown.
    fn shown_body(&self) -> Option<&Body> {
        self.redacted.as_ref().map_or(Some(&self.body), |redacted| redacted.1.as_ref())
    }

    /// Replaces the body. If the request has secrets, the new body may contain them, so it is not shown.
    pub(crate) fn set_body(&mut self, content_type: HeaderValue, body: Body) {
        self.headers.insert(CONTENT_TYPE, content_type);
        self.body = body;
        self.form = None;
        if let Some(redacted) = &mut self.redacted {
            redacted.1 = None;
        }
    }

    /// Replaces the body with a form with files.
    pub(crate) fn set_form(&mut self, content_type: HeaderValue, body: Body, form: ShownForm) {
        self.set_body(content_type, body);
        self.form = Some(Box::new(form));
    }

    /// Replaces the body with a value as JSON.
    pub(crate) fn set_json(&mut self, JsonBody { body, redacted }: JsonBody) {
        self.set_body(HeaderValue::from_static(Format::Json.content_type()), body);
        if redacted.is_some() {
            self.redacted = Some(Box::new((self.shown_url().clone(), redacted)));
        }
    }

    /// Adds parameters to the query, with names and values encoded. Secret values are not shown.
    pub(crate) fn append_query(&mut self, query: &[(String, String)], is_secret: impl Fn(&str) -> bool) {
        if self.redacted.is_none() && query.iter().any(|(name, _)| is_secret(name)) {
            self.redacted = Some(Box::new((self.url.clone(), Some(self.body.clone()))));
        }
        if let Some(redacted) = &mut self.redacted {
            let shown = |(name, value): &(String, String)| {
                (name.clone(), if is_secret(name) { SECRET.to_owned() } else { value.clone() })
            };
            append_query(&mut redacted.0, &query.iter().map(shown).collect::<Vec<_>>());
        }
        append_query(&mut self.url, query);
    }
}

/// Requests that the client makes itself. They are JSON on every host, whatever the format of the calls.
impl PreparedRequest {
    /// Creates a request without a body.
    pub(crate) fn own(settings: &Settings, operation: &'static str, method: Method, url: Url) -> Self {
        let mut request = Self::new(settings, operation, method, url);
        request.headers.insert(ACCEPT, HeaderValue::from_static(Format::Json.content_type()));
        request
    }

    /// Creates a request with only the headers of the client.
    fn new(settings: &Settings, operation: &'static str, method: Method, url: Url) -> Self {
        Self {
            operation,
            method,
            url,
            headers: settings.headers.clone(),
            body: Body::empty(),
            address: None,
            format: Format::Json,
            shape: AnswerShape::Value,
            role: Role::Call,
            long_get: None,
            needs_body: None,
            redacted: None,
            form: None,
        }
    }

    /// Returns the request with a value as its JSON body.
    pub(crate) fn with_json(mut self, value: &dyn Encode) -> Result<Self, Error> {
        self.set_json(JsonBody::new(value)?);
        Ok(self)
    }
}

/// A JSON body, and a redacted copy if it contains secrets.
pub(crate) struct JsonBody {
    body: Body,
    redacted: Option<Body>,
}

impl JsonBody {
    pub(crate) fn new(value: &dyn Encode) -> Result<Self, Error> {
        let redacted = has_secrets(value).then(|| json_of(&Redacted::new(value))).transpose()?;
        Ok(Self { body: json_of(value)?.into(), redacted: redacted.map(Body::from) })
    }
}

/// Omits the query and the body, which may be confidential.
impl fmt::Debug for PreparedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PreparedRequest")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("host", &self.url.host_str())
            .field("path", &self.shown_url().path())
            .field("headers", &self.headers)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// Builds the request of a call.
pub(crate) fn prepare(
    settings: &Settings,
    spec: &OperationSpec,
    method: &Method,
    record: &dyn Record,
) -> Result<PreparedRequest, Error> {
    let mut request = prepare_record(settings, spec, method, record)?;
    if has_secrets(&record) {
        let shown = prepare_record(settings, spec, method, &RedactedRecord(record))?;
        request.redacted = Some(Box::new((shown.url, Some(shown.body))));
    }
    Ok(request)
}

fn prepare_record(
    settings: &Settings,
    spec: &OperationSpec,
    method: &Method,
    record: &dyn Record,
) -> Result<PreparedRequest, Error> {
    let mut request = Err(Error::new(ErrorKind::Request, "the request shows no members"));
    record.members(&mut |members| request = prepare_members(settings, spec, method, record, members));
    request
}

fn prepare_members(
    settings: &Settings,
    spec: &OperationSpec,
    method: &Method,
    record: &dyn Record,
    members: &[&dyn Encode],
) -> Result<PreparedRequest, Error> {
    let Some(Destination { address, path, in_path }) = destination(settings, spec, record.shape(), members) else {
        return Err(no_destination(settings, spec));
    };
    let switches = switches(settings, spec.dates && settings.options.format == Format::Json);
    let query = if sends_body(method) { None } else { Some(query(settings, record.shape(), members, &in_path)?) };
    let with_query = match query {
        None => Err(None),
        Some(QueryString::NeedsBody(why)) => Err(Some(why)),
        Some(QueryString::Text(text)) => {
            let target = target(path.clone(), &text, &switches);
            let length = target.len();
            if length > MAX_TARGET_LEN { Err(Some(format!("the URL would have {length} bytes"))) } else { Ok(target) }
        }
    };
    let (target, body, needs_body) = match with_query {
        Ok(target) => (target, Body::empty(), None),
        Err(why) => (target(path, "", &switches), write_body(settings.options.format, record)?, why),
    };

    let content_type = HeaderValue::from_static(settings.options.format.content_type());
    let mut request = PreparedRequest {
        body,
        address: Some(address),
        format: settings.options.format,
        shape: spec.shape,
        role: spec.role,
        needs_body,
        ..PreparedRequest::new(settings, spec.name, method.clone(), settings.url_of(&target))
    };
    if !request.body.is_empty() {
        request.headers.insert(CONTENT_TYPE, content_type.clone());
    }
    request.headers.entry(ACCEPT).or_insert(content_type);
    Ok(request)
}

/// Writes the values that are not in the path as a query.
fn query(settings: &Settings, shape: &Shape, members: &[&dyn Encode], in_path: &[usize]) -> Result<QueryString, Error> {
    if shape.is_collection() {
        return Ok(QueryString::NeedsBody("the request is a list or a map".to_owned()));
    }
    if settings.options.keeps_empty_texts
        && let Some(index) = members.iter().position(|member| is_empty_text(member.view()))
    {
        return Ok(QueryString::NeedsBody(format!("{}: an empty text arrives as null", shape.written_name(index))));
    }
    query::query_string(shape, members, in_path)
}

/// Whether a value is an empty string, which servers read as null in a query.
fn is_empty_text(view: View<'_>) -> bool {
    match view {
        View::Str(text) => text.is_empty(),
        View::Text(text) => text.is_empty(),
        View::Made(value) => is_empty_text(value.view()),
        _ => false,
    }
}

/// Writes a value as the JSON body of a request that the client makes itself.
pub(crate) fn json_of(value: &dyn Encode) -> Result<Vec<u8>, Error> {
    json::to_vec(value).map_err(|error| Error::new(ErrorKind::Request, error.to_string()))
}

/// Encodes a name or value for a query.
pub(crate) fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, query::ENCODED).to_string()
}

fn append_query(url: &mut Url, query: &[(String, String)]) {
    if query.is_empty() {
        return;
    }
    let mut text = url.query().map(str::to_owned).unwrap_or_default();
    for (name, value) in query {
        let separator = if text.is_empty() { "" } else { "&" };
        text.extend([separator, &encoded(name), "=", &encoded(value)]);
    }
    url.set_query(Some(&text));
}

/// Returns the encoded parameter that controls the host's serializer: the switches of the client, and the one for exact dates if the
/// response contains dates and the client does not override it. Empty if there are none.
pub(crate) fn switches(settings: &Settings, has_dates: bool) -> Cow<'static, str> {
    let asks_for_dates = has_dates && settings.options.iso_dates;
    let Some(given) = &settings.options.jsconfig else {
        return Cow::Borrowed(if asks_for_dates { EXACT_DATES } else { "" });
    };
    let mut names = given.split(',').map(|switch| switch.split(':').next().unwrap_or_default().trim());
    let specifies_dates = names.any(|name| ["dh", "DateHandler"].iter().any(|dh| name.eq_ignore_ascii_case(dh)));
    let (start, separator) = if asks_for_dates && !specifies_dates { (EXACT_DATES, "%2C") } else { ("jsconfig", "=") };
    Cow::Owned(format!("{start}{separator}{}", encoded(given)))
}

/// Joins path, query and switches, all of them encoded.
fn target(path: String, query: &str, switches: &str) -> String {
    let mut target = path;
    for part in [query, switches].into_iter().filter(|part| !part.is_empty()) {
        target.push(if target.contains('?') { '&' } else { '?' });
        target.push_str(part);
    }
    target
}

fn write_body(format: Format, record: &dyn Record) -> Result<Body, Error> {
    if let Some(loss) = jsv::find_loss(&record).filter(|_| format == Format::Jsv) {
        let error = Error::new(ErrorKind::Request, format!("JSV cannot carry the values of this call: {loss}"));
        return Err(error.with_hint("send it with Format::Json"));
    }
    let bytes = match format {
        Format::Json => json::to_vec(&record).map_err(|error| error.to_string()),
        Format::Jsv => jsv::to_vec(&record).map_err(|error| error.to_string()),
    };
    bytes.map(Body::from).map_err(|message| Error::new(ErrorKind::Request, message))
}

fn no_destination(settings: &Settings, spec: &OperationSpec) -> Error {
    let message = match (settings.options.format, spec.routes) {
        (Format::Jsv, _) => "no declared route can carry this call in JSV",
        (Format::Json, []) => "the operation has no declared route that can be used",
        (Format::Json, _) => "no declared route can carry the values of this call",
    };
    let hint = match settings.options.format {
        _ if spec.only_routes => {
            "another operation of the service has the same name, so that this one can be called by a declared route alone"
        }
        Format::Jsv => "add Address::Reply to the addresses of the client for /jsv/reply, or use Format::Json",
        Format::Json => "add Address::Api or Address::Reply to the addresses of the client",
    };
    Error::new(ErrorKind::Request, message).with_hint(hint)
}
