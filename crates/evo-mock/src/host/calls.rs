//! Runs a call: access, binding, rules, and the response.

use super::Host;
use super::access;
use super::access::Refusal;
use super::binding::{Address, Binder, Bound};
use super::custom_responses::{CustomResponse, FileResponse};
use super::faults::CallFaults;
use super::formats::Format;
use super::sign_in::SignInService;
use super::unwritable::unwritable;
use crate::log::Line;
use crate::reply::{Failure, JSON, Reply};
use crate::request::Request;
use crate::request::body::Form;
use crate::request::rules;
use crate::sample::Sampler;
use crate::schema::{Operation, Response, Shape};
use crate::values::json_writer::Writer;
use crate::values::{Value, csv, jsv, xml};

pub(super) struct Call<'a> {
    pub(super) operation: &'a Operation,
    pub(super) request: &'a Request,
    pub(super) form: Option<&'a Form>,
    pub(super) verb: &'a str,
    pub(super) address: &'a Address,
    pub(super) format: Format,
    pub(super) faults: &'a CallFaults,
}

/// The result of a service: a value to be serialized, or a raw body.
pub(super) enum Returned {
    Value(Value),
    Raw(Vec<u8>),
    Nothing,
}

impl Host {
    /// Runs a call and returns its response.
    pub(super) fn run(&self, call: &Call<'_>, line: &mut Line) -> Reply {
        with_callback(self.run_plain(call, line), call.request)
    }

    fn run_plain(&self, call: &Call<'_>, line: &mut Line) -> Reply {
        line.operation = Some(call.operation.name.clone());
        if let Some(service) = SignInService::called(&call.operation.name) {
            return self.sign_in(service, call.request, call.form);
        }
        // ASP.NET checks access before anything is read, whereas ServiceStack binds first.
        if self.has_endpoints()
            && let Err(refusal) = self.check_access(call)
        {
            return self.refusal(call, refusal);
        }
        let bound = match self.bind(call, line) {
            Ok(bound) => bound,
            Err(failure) => return self.failure(call, &failure),
        };
        if !self.has_endpoints()
            && let Err(refusal) = self.check_access(call)
        {
            return self.refusal(call, refusal);
        }
        if let Some(failure) = self.check_auto_query(call, &bound.value, line) {
            return self.failure(call, &failure);
        }
        match self.serve(call.operation, &bound.value, call.faults, line) {
            Ok((status, returned)) => self.write(call, status, &returned),
            Err(failure) => self.failure(call, &failure),
        }
    }

    pub(super) fn check_access(&self, call: &Call<'_>) -> Result<(), Refusal> {
        let caller = if call.operation.access.api_key {
            self.users.key_owner(call.request)
        } else {
            self.users.caller(call.request)
        };
        access::check(&call.operation.access, &caller, call.request, call.verb, self.has_endpoints())
    }

    pub(super) fn refusal(&self, call: &Call<'_>, refusal: Refusal) -> Reply {
        let is_signed_out = match &refusal {
            Refusal::Reply(reply) => reply.status == 401,
            Refusal::Failure(failure) => failure.status == 401,
        };
        // A request for HTML is redirected to the login page.
        if is_signed_out && call.format == Format::Html && !self.has_endpoints() {
            let host = call.request.header("host").unwrap_or_default();
            let target = format!("http://{host}/login?redirect=http%3A%2F%2F{host}{}", call.request.path);
            return Reply::empty(302).header("location", target);
        }
        match refusal {
            Refusal::Reply(reply) => reply,
            Refusal::Failure(failure) => self.failure(call, &failure),
        }
    }

    fn bind(&self, call: &Call<'_>, line: &mut Line) -> Result<Bound, Failure> {
        let binder = Binder { schema: &self.schema, operation: call.operation, is_strict: self.has_endpoints() };
        if let (Address::Route(variables), Some(record)) = (call.address, self.schema.record(&call.operation.request)) {
            let unknown =
                variables.iter().find(|(name, _)| !name.eq_ignore_ascii_case("ignore") && record.find(name).is_none());
            if let Some((name, _)) = unknown {
                let message = format!("Could not find property {name} on {}", call.operation.name);
                return Err(Failure::new(400, "ArgumentException", message));
            }
        }
        let bound = match binder.bind(call.request, call.verb, call.form, call.address) {
            Err(failure) if self.is_lenient => {
                line.remarks.push(format!("accepted although it does not fit: {}", failure.message));
                Bound::default()
            }
            bound => bound?,
        };
        line.bound_from(&bound);
        Ok(bound)
    }

    /// Checks the rules of a bound request and creates its response.
    pub(super) fn serve(
        &self,
        operation: &Operation,
        request: &Value,
        faults: &CallFaults,
        line: &mut Line,
    ) -> Result<(u16, Returned), Failure> {
        let record = self.schema.record(&operation.request);
        if let Some(failure) = record.and_then(|record| Failure::from_rules(rules::check(record, request))) {
            if !self.is_lenient {
                return Err(failure);
            }
            line.remarks.push(format!("accepted although a rule is broken: {}", failure.message));
        }
        let status = faults.status.or_else(|| self.faults.should_fail().then_some(503));
        if let Some(handler) = self.custom_responses.handler(&operation.name).filter(|_| status.is_none()) {
            return self.given(operation, handler(&request.to_json()));
        }
        match self.custom_responses.file(&operation.name, status) {
            FileResponse::Found { status, value } if status >= 400 => return Err(own_error(status, &value)),
            FileResponse::Found { status, value } => {
                return Ok((status, self.given(operation, CustomResponse::Json(value))?.1));
            }
            FileResponse::Unusable(message) => return Err(Failure::new(500, "MockException", message).thrown()),
            FileResponse::None => {}
        }
        match status {
            Some(status) if status >= 400 => {
                let code = faults.code.clone().unwrap_or_else(|| standard_code(status));
                Err(Failure::new(status, &code, "This error was requested.").thrown())
            }
            status => Ok((status.unwrap_or(200), self.sample(operation, request))),
        }
    }

    /// Returns the response from a closure or a file.
    fn given(&self, operation: &Operation, response: CustomResponse) -> Result<(u16, Returned), Failure> {
        match (response, &operation.response) {
            (CustomResponse::Error { status, code, message }, _) => Err(Failure::new(status, &code, message).thrown()),
            (CustomResponse::Body(body), _) => Ok((200, Returned::Raw(body))),
            (CustomResponse::Json(_), Response::Nothing) => Ok((204, Returned::Nothing)),
            (CustomResponse::Json(value), Response::Json(shape)) => {
                Ok((200, Returned::Value(self.convert_own(shape, &value))))
            }
            (CustomResponse::Json(serde_json::Value::String(text)), _) => Ok((200, Returned::Raw(text.into_bytes()))),
            (CustomResponse::Json(value), _) => Ok((200, Returned::Raw(value.to_string().into_bytes()))),
        }
    }

    fn sample(&self, operation: &Operation, request: &Value) -> Returned {
        match &operation.response {
            Response::Nothing => Returned::Nothing,
            Response::Text => Returned::Raw(format!("A sample text of {}.", operation.name).into_bytes()),
            // A response that the document does not declare counts as bytes. Clients for other languages read it as JSON.
            Response::Bytes => Returned::Raw(format!("\"Sample bytes of {}.\"", operation.name).into_bytes()),
            Response::Stream => Returned::Raw(format!("Sample bytes of {}.\n", operation.name).into_bytes()),
            Response::Json(shape) => Returned::Value(
                Sampler::new(&self.schema, Some(request), self.has_endpoints()).response(shape, operation),
            ),
        }
    }

    /// Writes the result of a service in the requested format.
    pub(super) fn write(&self, call: &Call<'_>, status: u16, returned: &Returned) -> Reply {
        let style = self.style(call.request);
        let writer = Writer { schema: &self.schema, style };
        let any = Shape::Any;
        let shape = match &call.operation.response {
            Response::Json(shape) => shape,
            _ => &any,
        };
        if let (Returned::Value(value), Format::Json) = (returned, call.format)
            && let Some(failure) = unwritable(&self.schema, style.is_strict, shape, value)
        {
            return self.failure(call, &failure);
        }
        match (returned, call.format) {
            (Returned::Nothing, _) => Reply::empty(if status == 200 { 204 } else { status }),
            (Returned::Raw(body), _) => {
                let reply = Reply::with_body(status, raw_type(&call.operation.response), body.clone());
                if call.operation.response == Response::Stream {
                    let name = format!("attachment; filename=\"{}.bin\"", call.operation.name);
                    return ranged(
                        reply.header("content-disposition", name).header("accept-ranges", "bytes"),
                        call.request,
                    );
                }
                reply
            }
            (Returned::Value(value), Format::Json) => {
                Reply::with_body(status, JSON, writer.write(shape, value)).header("vary", "Accept")
            }
            (Returned::Value(value), Format::Jsv) => {
                Reply::with_body(status, "application/jsv", jsv::write(&writer.jsv_value(shape, value)))
                    .header("vary", "Accept")
            }
            (Returned::Value(value), Format::Csv) => {
                let name = format!("attachment;filename=\"{}.csv\"", call.operation.name);
                Reply::with_body(status, "text/csv", csv::write(&writer, shape, value))
                    .header("content-disposition", name)
            }
            (Returned::Value(value), Format::JsonLines) => {
                Reply::with_body(status, "text/jsonl", csv::write_lines(&writer, shape, value))
            }
            (Returned::Value(value), Format::Xml) => {
                let root = match self.schema.record(shape) {
                    Some(record) => record.name.clone(),
                    None => format!("{}Response", call.operation.name),
                };
                Reply::with_body(status, "application/xml", xml::write(&writer, &root, shape, value))
            }
            (Returned::Value(value), Format::Html) => {
                Reply::page(status, &call.operation.name, &writer.write(shape, value))
            }
        }
    }

    pub(super) fn failure(&self, call: &Call<'_>, failure: &Failure) -> Reply {
        match call.format {
            Format::Html if failure.status == 404 => {
                let text = format!("Error ({}): {}\n\n404", failure.error_code, failure.message);
                Reply::with_body(404, "text/plain", text)
            }
            Format::Html => Reply::page(failure.status, &failure.error_code, &failure.message),
            Format::Csv => failure.reply_csv(&self.schema, call.operation),
            Format::Xml => failure.reply_xml(),
            format => {
                failure.reply(&self.schema, Some(call.operation), self.style(call.request), format == Format::Jsv)
            }
        }
    }
}

/// Wraps JSON in a call of the function that `?callback=` specifies (JSONP).
fn with_callback(mut reply: Reply, request: &Request) -> Reply {
    let is_name =
        |name: &&str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "_$.".contains(c));
    let Some(function) = request.parameter("callback").filter(is_name) else { return reply };
    let content_type = reply.headers.iter_mut().find(|(name, value)| *name == "content-type" && value == JSON);
    if let Some((_, value)) = content_type {
        "text/javascript".clone_into(value);
        reply.body = [function.as_bytes(), b"(", &reply.body, b")"].concat();
    }
    reply
}

/// Returns the content type of a raw response, which is that of JSON, except for streams.
fn raw_type(response: &Response) -> &'static str {
    match response {
        Response::Stream => "application/octet-stream",
        _ => JSON,
    }
}

/// Returns the part of a stream that `Range: bytes=a-b` requests.
fn ranged(reply: Reply, request: &Request) -> Reply {
    let Some(range) = request.header("range") else { return reply };
    let total = reply.body.len();
    let number = |text: &str| text.parse::<usize>().ok();
    let parts = range.strip_prefix("bytes=").and_then(|range| range.split_once('-'));
    let (start, end) = match parts.map(|(start, end)| (number(start), number(end), start, end)) {
        Some((Some(start), Some(end), ..)) => (start, end.saturating_add(1)),
        Some((Some(start), None, _, "")) => (start, total),
        // For the last n bytes, ServiceStack sends n + 1.
        Some((None, Some(last), "", _)) => (total.saturating_sub(last.saturating_add(1)), total),
        _ => return Reply::empty(416),
    };
    let body = reply.body.get(start..end.min(total)).unwrap_or_default().to_vec();
    let content_range = format!("bytes {start}-{}/{total}", end.min(total).saturating_sub(1));
    Reply { status: 206, body, ..reply }.header("content-range", content_range)
}

/// Reads the error in a file `Operation.404.json`: a response status, alone or inside an envelope.
fn own_error(status: u16, value: &serde_json::Value) -> Failure {
    let value = Value::from_json(value);
    let inside = value.get("ResponseStatus").cloned().unwrap_or(value);
    let text = |name: &str| match inside.get(name) {
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let code = if text("ErrorCode").is_empty() { standard_code(status) } else { text("ErrorCode") };
    Failure::new(status, &code, text("Message")).thrown()
}

fn standard_code(status: u16) -> String {
    let reason = http::StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    reason.unwrap_or("Error").replace([' ', '-', '\''], "")
}
