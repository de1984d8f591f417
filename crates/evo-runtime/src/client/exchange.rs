//! One request and its response: attempts, their timeouts and retries.

use std::borrow::Cow;

use bytes::Bytes;
#[cfg(feature = "gzip")]
use http::header::CONTENT_ENCODING;
use http::header::{ALLOW, LOCATION};
use http::{Method, StatusCode};
use web_time::Instant;

use super::Settings;
use super::body::{announced_length, with_idle_timeout};
use super::cookies::hide_cookies;
use super::deadline::{Deadline, within};
use super::encoding::{check_not_encoded, decode_body, decode_start};
use super::hooks::Exchange;
use super::redirect::redirected;
use super::reply::{Reply, ReplyBody};
use super::retry::pause_before_next;
use super::session::Session;
#[cfg(feature = "tracing")]
use super::telemetry;
use crate::error::{Error, ErrorKind, error_from_answer, failed_while_writing, soft_only};
use crate::operations::AnswerShape;
use crate::request::PreparedRequest;
use crate::transport::{Body, End, read_chunks};

/// The maximum number of bytes read from the body of an error.
const ERROR_BODY: usize = 1024 * 1024;

/// The minimum size of a body that is compressed.
#[cfg(feature = "gzip")]
const COMPRESSED_FROM: usize = 1024;

impl Session {
    /// Sends a request with the cookies and credentials of the session, turns error responses into errors, and retries if that may help,
    /// until the deadline of the call.
    pub(super) async fn exchange(
        &self,
        settings: &Settings,
        request: &PreparedRequest,
        deadline: Deadline,
    ) -> Result<Reply, Error> {
        self.budget.earn(&settings.options.retry);
        if !request.is_long_get() {
            return self.exchange_in_attempts(settings, request, deadline).await;
        }
        // Try the forms of a long GET until the host does not refuse one.
        let mut request = request.clone();
        let mut form = settings.host.long_get(request.address, settings.service.has_endpoint_routing() == Some(true));
        loop {
            request.long_get = Some(form);
            let outcome = self.exchange_in_attempts(settings, &request, deadline).await;
            match form.next(request.address) {
                Some(next) if is_method_refused(&outcome) => form = next,
                None if is_method_refused(&outcome) => {
                    return outcome.map_err(|error| refused_in_all_forms(&request, error));
                }
                _ => {
                    if outcome.as_ref().is_ok_and(|reply| reply.status().is_success()) {
                        settings.host.remember_long_get(form);
                    }
                    return outcome;
                }
            }
        }
    }

    /// Sends a request, with retries.
    async fn exchange_in_attempts(
        &self,
        settings: &Settings,
        request: &PreparedRequest,
        deadline: Deadline,
    ) -> Result<Reply, Error> {
        let mut attempt = 1;
        // The error of an attempt that reached the server takes precedence over a later failure to connect.
        let mut reached = None;
        loop {
            let outcome = self.attempt(settings, request, attempt).await;
            // There are no retries if the transport has no timer.
            let wait =
                pause_before_next(&settings.options.retry, &self.budget, request.method(), attempt, deadline, &outcome)
                    .filter(|_| request.body.can_be_sent())
                    .and_then(|pause| settings.transport.sleep(pause));
            match wait {
                Some(wait) => {
                    #[cfg(feature = "tracing")]
                    telemetry::retrying(request, attempt, &outcome);
                    wait.await;
                }
                None => return outcome.map_err(|error| reached.filter(|_| error.is_connect()).unwrap_or(error)),
            }
            reached = outcome.err().filter(|error| !error.is_connect()).or(reached);
            attempt = attempt.saturating_add(1);
        }
    }

    /// Makes one attempt, with its own timeout and span.
    async fn attempt(&self, settings: &Settings, request: &PreparedRequest, attempt: u32) -> Result<Reply, Error> {
        let limit = settings.options.attempt_timeout.filter(|_| !request.shape.is_streamed());
        // Boxed, since each of the futures around it would otherwise contain a copy.
        let exchange = Box::pin(self.attempt_once(settings, request, attempt));
        let exchange = within(&*settings.transport, limit, exchange);
        #[cfg(feature = "tracing")]
        let exchange = telemetry::traced(request, attempt, exchange);
        exchange.await
    }

    async fn attempt_once(&self, settings: &Settings, request: &PreparedRequest, attempt: u32) -> Result<Reply, Error> {
        let mut request = Cow::Borrowed(request);
        for hook in &settings.options.hooks.on_request {
            hook(request.to_mut());
        }
        let request = &*request;
        let sent = self.http_request(settings, request)?;
        #[cfg(feature = "cache")]
        let (response, slot) = self.send_cached(settings, request, sent, attempt).await?;
        #[cfg(not(feature = "cache"))]
        let response = self.send(settings, request, sent, attempt).await?;
        let (mut head, body) = response.into_parts();
        if request.shape != AnswerShape::Anything {
            if head.status.is_redirection() && head.headers.contains_key(LOCATION) {
                return Err(redirected(request, head));
            }
            // This includes 101 (Switching Protocols) and statuses above 599.
            if !head.status.is_success() {
                // Even a truncated or partly decoded body is the best description of the error.
                let (body, end) = read_chunks(body.into_stream(), ERROR_BODY).await;
                let (body, is_decoded) = decode_start(&mut head.headers, body, ERROR_BODY);
                let is_complete = is_decoded && matches!(end, End::Complete);
                let undecoded = if body.is_empty() { Ok(()) } else { check_not_encoded(&head.headers) };
                let error = error_from_answer(request.address, head, &body, is_complete);
                return Err(match undecoded {
                    Ok(()) => error,
                    Err(undecoded) => error.with_hint(undecoded.to_string()),
                });
            }
        }
        if request.shape.is_streamed() {
            // The headers of HEAD are those of a body that is not sent.
            if request.shape == AnswerShape::Stream && request.method != Method::HEAD {
                check_not_encoded(&head.headers).map_err(|error| error.with_answer(head.clone(), &Bytes::new()))?;
            }
            let idle = settings.options.read_timeout.or(settings.options.timeout);
            let content = ReplyBody::Arriving(with_idle_timeout(body, &settings.transport, idle));
            return Ok(Reply { operation: request.operation, format: request.format, head, content });
        }
        let body = with_idle_timeout(body, &settings.transport, settings.options.read_timeout);
        let body = read_whole(settings, request, &mut head, body).await?;
        #[cfg(feature = "cache")]
        if let Some(slot) = slot {
            slot.keep(&head, &body);
        }
        Ok(Reply { operation: request.operation, format: request.format, head, content: ReplyBody::Whole(body) })
    }

    /// Sends a request through the transport, passes the outcome to the hooks, and stores the cookies of the response.
    pub(super) async fn send(
        &self,
        settings: &Settings,
        request: &PreparedRequest,
        sent: http::Request<Body>,
        attempt: u32,
    ) -> Result<http::Response<Body>, Error> {
        let start = Instant::now();
        let mut outcome = settings.transport.send(sent).await;
        let sets_cookies = outcome.as_mut().is_ok_and(|response| hide_cookies(response.headers_mut()));
        let exchange = Exchange {
            operation: request.operation,
            method: &request.method,
            attempt,
            elapsed: start.elapsed(),
            response: outcome.as_ref().ok().map(|response| (response.status(), response.headers())),
        };
        settings.options.hooks.on_response.iter().for_each(|hook| hook(&exchange));
        let response = outcome?;
        if sets_cookies && settings.is_own(&request.url) {
            self.cookies().store(&request.url, response.headers());
        }
        Ok(response)
    }

    /// Builds the request of an attempt: with credentials and cookies, and compressed if the client is configured to.
    fn http_request(&self, settings: &Settings, request: &PreparedRequest) -> Result<http::Request<Body>, Error> {
        let mut sent = request.to_http()?;
        if settings.is_own(&request.url) {
            self.authorize(settings, request, sent.headers_mut())?;
            self.cookies().add_to(sent.headers_mut(), &request.url);
        }
        #[cfg(feature = "gzip")]
        compress(settings, &mut sent)?;
        Ok(sent)
    }
}

/// Compresses the body of a request if the client is configured to and the body is large enough.
#[cfg(feature = "gzip")]
fn compress(settings: &Settings, request: &mut http::Request<Body>) -> Result<(), Error> {
    use std::io::Write as _;

    let Some(bytes) = request.body().as_bytes().filter(|bytes| bytes.len() >= COMPRESSED_FROM) else { return Ok(()) };
    if !settings.options.compress || request.headers().contains_key(CONTENT_ENCODING) {
        return Ok(());
    }
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    let bytes = encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .map_err(|error| Error::new(ErrorKind::Request, format!("the body cannot be compressed: {error}")))?;
    request.headers_mut().insert(CONTENT_ENCODING, http::HeaderValue::from_static("gzip"));
    *request.body_mut() = Body::from(bytes);
    Ok(())
}

/// Whether the host refused the method of a request, so that no service ran.
fn is_method_refused(outcome: &Result<Reply, Error>) -> bool {
    match outcome {
        Err(error) => error.kind() == ErrorKind::WrongMethod,
        // The body of a streamed response is not read. Only hosts send `Allow`; a service does not.
        Ok(reply) => reply.status() == StatusCode::METHOD_NOT_ALLOWED && reply.headers().contains_key(ALLOW),
    }
}

/// Returns the error for a GET whose values do not fit in a query if the host accepts no body with it, or if the browser sends none.
fn refused_in_all_forms(request: &PreparedRequest, error: Error) -> Error {
    let why = request.needs_body.as_deref().unwrap_or("it has a body");
    error.with_hint(format!(
        "the values of the call cannot travel in a query, and the host takes no body with it: {why}"
    ))
}

/// Reads the whole body of a response.
async fn read_whole(
    settings: &Settings,
    request: &PreparedRequest,
    head: &mut http::response::Parts,
    body: Body,
) -> Result<Bytes, Error> {
    // A response to HEAD has headers that describe a body, but no body.
    if request.method == Method::HEAD {
        return Ok(Bytes::new());
    }
    let too_large = || {
        Error::new(ErrorKind::TooLarge, format!("the response has more than {} bytes", settings.options.body_limit))
            .with_answer(head.clone(), &Bytes::new())
            .with_hint("set body_limit of the client")
    };
    if announced_length(&head.headers).is_some_and(|length| length > settings.options.body_limit as u64) {
        return Err(too_large());
    }
    let body = match read_chunks(body.into_stream(), settings.options.body_limit).await {
        (_, End::Limit) => return Err(too_large()),
        // Some servers write why they failed and then close the connection.
        (body, End::Broken(error)) => {
            let failure = if request.shape == AnswerShape::Value { failed_while_writing(head, &body) } else { None };
            return Err(match failure {
                Some(failure) => failure.caused_by(error.into()),
                None => error.into(),
            });
        }
        (body, End::Complete) => body,
    };
    let body = decode_body(&mut head.headers, body, settings.options.body_limit)
        .map_err(|error| error.with_answer(head.clone(), &Bytes::new()))?;
    if matches!(request.shape, AnswerShape::Value | AnswerShape::Nothing)
        && let Some(error) = soft_only(head, &body)
    {
        return Err(error);
    }
    Ok(body)
}
