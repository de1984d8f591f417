//! Spans of requests, named as OpenTelemetry names them.
//!
//! <https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client>

use tracing::{Span, field};

use crate::error::Error;
use crate::error::ErrorKind;
use crate::request::PreparedRequest;

/// The span of one attempt. The address is shown without its query, which may be confidential.
pub(super) fn span(request: &PreparedRequest, attempt: u32) -> Span {
    let mut url = request.url.clone();
    url.set_query(None);
    let span = tracing::info_span!(
        target: "evo_runtime",
        "http.request",
        otel.name = format_args!("{} {}", request.verb, request.operation),
        otel.kind = "client",
        otel.status_code = field::Empty,
        evo.operation = request.operation,
        http.request.method = request.verb.as_str(),
        http.request.resend_count = field::Empty,
        http.response.status_code = field::Empty,
        url.full = url.as_str(),
        server.address = request.url.host_str(),
        server.port = request.url.port_or_known_default(),
        error.type = field::Empty,
    );
    if attempt > 1 {
        span.record("http.request.resend_count", attempt - 1);
    }
    span
}

/// Writes into a span how its attempt ended.
pub(super) fn record(span: &Span, status: Option<u16>, error: Option<&Error>) {
    if let Some(status) = status {
        span.record("http.response.status_code", status);
    }
    let Some(error) = error else { return };
    span.record("otel.status_code", "ERROR");
    match status {
        Some(status) if status >= 400 => span.record("error.type", status.to_string()),
        _ => span.record("error.type", name(error.kind())),
    };
}

fn name(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Connect => "connect",
        ErrorKind::Timeout => "timeout",
        ErrorKind::Interrupted => "interrupted",
        ErrorKind::Redirect => "redirect",
        ErrorKind::Unauthorized | ErrorKind::RefreshToken => "unauthorized",
        ErrorKind::Decode => "decode",
        ErrorKind::TooLarge => "too_large",
        _ => "_OTHER",
    }
}
