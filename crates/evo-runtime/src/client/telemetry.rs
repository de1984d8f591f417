//! Request spans that follow the OpenTelemetry conventions.
//!
//! <https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client>

use http::StatusCode;
use tracing::{Instrument as _, Span, field};

use super::Reply;
use crate::error::{Error, ErrorKind};
use crate::request::PreparedRequest;

/// Runs one attempt in its own span.
pub(super) async fn traced(
    request: &PreparedRequest,
    attempt: u32,
    exchange: impl Future<Output = Result<Reply, Error>>,
) -> Result<Reply, Error> {
    let span = span(request, attempt);
    let outcome = exchange.instrument(span.clone()).await;
    record(&span, &outcome);
    outcome
}

/// Creates the span of one attempt. The URL is shown without its query, which may be confidential, and without secret members in its path.
fn span(request: &PreparedRequest, attempt: u32) -> Span {
    let mut url = request.shown_url().clone();
    url.set_query(None);
    let span = tracing::info_span!(
        target: "evo_runtime",
        "http.request",
        otel.name = format_args!("{} {}", request.method, request.operation),
        otel.kind = "client",
        otel.status_code = field::Empty,
        evo.operation = request.operation,
        http.request.method = request.method.as_str(),
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

/// Records the outcome of an attempt in its span.
fn record(span: &Span, outcome: &Result<Reply, Error>) {
    if let Some(status) = status_of(outcome) {
        span.record("http.response.status_code", status.as_u16());
    }
    if outcome.is_err() {
        span.record("otel.status_code", "ERROR");
        span.record("error.type", error_type(outcome));
    }
}

fn status_of(outcome: &Result<Reply, Error>) -> Option<StatusCode> {
    outcome.as_ref().map_or_else(Error::status, |reply| Some(reply.status()))
}

/// Returns the status if it is an error status, or otherwise the kind of error.
fn error_type(outcome: &Result<Reply, Error>) -> String {
    match status_of(outcome).filter(|status| status.as_u16() >= 400) {
        Some(status) => status.as_str().to_owned(),
        None => outcome.as_ref().err().map_or("_OTHER", |error| name(error.kind())).to_owned(),
    }
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

/// Emits an event for a retry.
pub(super) fn retrying(request: &PreparedRequest, attempt: u32, outcome: &Result<Reply, Error>) {
    tracing::info!(
        target: "evo_runtime",
        {
            evo.operation = request.operation,
            attempt,
            http.response.status_code = status_of(outcome).map(|status| status.as_u16()),
            error.type = error_type(outcome)
        },
        "retrying"
    );
}

/// Emits an event for a redirect that is followed, with only the host of the target.
pub(super) fn redirecting(request: &PreparedRequest) {
    let host = request.url.host_str();
    tracing::info!(target: "evo_runtime", { evo.operation = request.operation, server.address = host }, "following a redirect");
}

/// Emits an event for the renewal of a session.
pub(super) fn renewed(outcome: Result<bool, &Error>) {
    match outcome {
        Ok(is_renewed) => tracing::info!(target: "evo_runtime", is_renewed, "renewed the session"),
        Err(error) => {
            tracing::warn!(target: "evo_runtime", { error.type = name(error.kind()) }, "the session could not be renewed");
        }
    }
}
