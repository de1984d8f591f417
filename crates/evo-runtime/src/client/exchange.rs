//! One request and its answer.

use std::borrow::Cow;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
#[cfg(feature = "gzip")]
use http::header::CONTENT_ENCODING;
use http::header::{CONTENT_LENGTH, COOKIE, LOCATION};
use http::{HeaderMap, HeaderValue, StatusCode};
use url::Url;
use web_time::Instant;

use super::Settings;
use super::cache::Found;
use super::cookies::hide_cookies;
use super::hooks::Exchange;
use super::reply::{Content, Reply};
use super::retry::pause_before_next;
use super::session::Session;
#[cfg(feature = "tracing")]
use super::telemetry;
use crate::error::{Error, ErrorKind, error_of_answer, soft_only};
use crate::operations::AnswerShape;
use crate::request::PreparedRequest;
use crate::transport::{Body, HttpReply, HttpRequest, ReplyBody};

/// How much of the body of an error is read.
const ERROR_BODY: usize = 1024 * 1024;

/// How many bytes a body has at least that is worth compressing.
#[cfg(feature = "gzip")]
const COMPRESSED_FROM: usize = 1024;

impl Session {
    /// Sends a request with the cookies and credentials of the session, tells errors from answers, and tries again where that may help.
    pub(super) async fn exchange(&self, settings: &Settings, request: &PreparedRequest) -> Result<Reply, Error> {
        let end = settings.timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        self.budget.earn(&settings.retry);
        let mut attempt = 1;
        // What a server may have begun to do is worth more to know than that it could not be reached afterwards.
        let mut reached = None;
        loop {
            let left = end.map(|end| end.saturating_duration_since(Instant::now()));
            let outcome = self.attempt(settings, request, attempt, left).await;
            let left = end.map(|end| end.saturating_duration_since(Instant::now()));
            // A transport without a clock tries once.
            let wait = pause_before_next(&settings.retry, &self.budget, request.verb, attempt, left, &outcome)
                .filter(|_| request.can_be_sent())
                .and_then(|pause| settings.transport.wait(pause));
            match wait {
                Some(wait) => wait.await,
                None => return outcome.map_err(|error| reached.filter(|_| error.is_connect()).unwrap_or(error)),
            }
            reached = outcome.err().filter(|error| !error.is_connect()).or(reached);
            attempt = attempt.saturating_add(1);
        }
    }

    /// One attempt, in a span of its own.
    #[cfg(feature = "tracing")]
    async fn attempt(
        &self,
        settings: &Settings,
        request: &PreparedRequest,
        attempt: u32,
        left: Option<Duration>,
    ) -> Result<Reply, Error> {
        use tracing::Instrument as _;

        let span = telemetry::span(request, attempt);
        let outcome = self.attempt_once(settings, request, attempt, left).instrument(span.clone()).await;
        match &outcome {
            Ok(reply) => telemetry::record(&span, Some(reply.status()), None),
            Err(error) => telemetry::record(&span, error.status(), Some(error)),
        }
        outcome
    }

    /// One attempt.
    #[cfg(not(feature = "tracing"))]
    async fn attempt(
        &self,
        settings: &Settings,
        request: &PreparedRequest,
        attempt: u32,
        left: Option<Duration>,
    ) -> Result<Reply, Error> {
        self.attempt_once(settings, request, attempt, left).await
    }

    async fn attempt_once(
        &self,
        settings: &Settings,
        request: &PreparedRequest,
        attempt: u32,
        left: Option<Duration>,
    ) -> Result<Reply, Error> {
        let mut request = Cow::Borrowed(request);
        if !settings.hooks.on_request.is_empty() {
            settings.hooks.request(request.to_mut());
        }
        let request = &*request;
        let mut sent = self.http_request(settings, request, left)?;
        let found = settings.cache.as_ref().and_then(|cache| Some((cache, cache.find(request, &mut sent)?)));
        let (cache, key, is_stale) = match found {
            Some((_, (_, Found::Fresh(reply)))) => return take(settings, request, reply).await,
            Some((cache, (key, found))) => (Some(cache), Some(key), matches!(found, Found::Stale)),
            None => (None, None, false),
        };

        let start = Instant::now();
        let mut result = settings.transport.send(sent).await;
        if let Ok(reply) = &mut result {
            hide_cookies(&mut reply.headers);
        }
        settings.hooks.response(&Exchange {
            operation: request.operation,
            verb: request.verb,
            attempt,
            elapsed: start.elapsed(),
            answer: result.as_ref().ok().map(|reply| (reply.status.as_u16(), &reply.headers)),
        });
        let mut reply = result.map_err(|error| Error::of_transport(&error))?;
        self.cookies().store(&request.url, &reply.headers);

        if is_stale
            && reply.status == StatusCode::NOT_MODIFIED
            && let (Some(cache), Some(key)) = (cache, &key)
            && let Some(kept) = cache.confirmed(key, &reply.headers)
        {
            reply = kept;
            return take(settings, request, reply).await;
        }
        if request.shape != AnswerShape::Anything {
            if reply.status.is_redirection()
                && let Some(location) = reply.headers.get(LOCATION)
            {
                return Err(redirected(&request.url, &location.clone(), reply));
            }
            // A change of protocol (101) and codes beyond 599 are no answers either.
            if !reply.status.is_success() {
                // A body that breaks off is still the best that is known about the error.
                let (body, _) = read_body(reply.body, ERROR_BODY).await;
                return Err(error_of_answer(request.address, reply.status, reply.reason, reply.headers, &body));
            }
        }
        let reply = take(settings, request, reply).await?;
        if let (Some(cache), Some(key), Content::Whole(body)) = (cache, key, &reply.content) {
            cache.keep(key, reply.status, reply.reason.as_deref(), &reply.headers, body);
        }
        Ok(reply)
    }

    /// The request as it goes out: with credentials, cookies, and as much time as the call has left.
    fn http_request(
        &self,
        settings: &Settings,
        request: &PreparedRequest,
        left: Option<Duration>,
    ) -> Result<HttpRequest, Error> {
        let mut headers = request.headers.clone();
        self.authorize(settings, request, &mut headers)?;
        if let Some(cookies) = self.cookies().header(&request.url) {
            headers.insert(COOKIE, cookies);
        }
        let body = compressed(settings, request, &mut headers)?;
        let is_arriving = matches!(request.shape, AnswerShape::Stream | AnswerShape::Anything);
        let timeout = [left, settings.attempt_timeout].into_iter().flatten().min().filter(|_| !is_arriving);
        Ok(HttpRequest {
            verb: request.verb,
            url: request.url.clone(),
            headers,
            body,
            stream: request.stream.clone(),
            timeout,
        })
    }
}

/// The body of a request, compressed where that is asked for.
#[cfg(feature = "gzip")]
fn compressed(settings: &Settings, request: &PreparedRequest, headers: &mut HeaderMap) -> Result<Option<Body>, Error> {
    use std::io::Write as _;

    let Some(body) = request.body.as_ref() else { return Ok(None) };
    if !settings.compress || body.0.len() < COMPRESSED_FROM || headers.contains_key(CONTENT_ENCODING) {
        return Ok(Some(body.clone()));
    }
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    let bytes = encoder
        .write_all(&body.0)
        .and_then(|()| encoder.finish())
        .map_err(|error| Error::new(ErrorKind::Request, format!("the body cannot be compressed: {error}")))?;
    headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    Ok(Some(Body(Bytes::from(bytes))))
}

/// The body of a request as it is.
#[cfg(not(feature = "gzip"))]
#[expect(clippy::unnecessary_wraps, reason = "compressing may fail")]
fn compressed(_: &Settings, request: &PreparedRequest, _: &mut HeaderMap) -> Result<Option<Body>, Error> {
    Ok(request.body.clone())
}

/// Takes an answer that is no error by its status.
async fn take(settings: &Settings, request: &PreparedRequest, reply: HttpReply) -> Result<Reply, Error> {
    let HttpReply { status, reason, headers, body } = reply;
    let content = if matches!(request.shape, AnswerShape::Stream | AnswerShape::Anything) {
        Content::Arriving(body)
    } else {
        let too_large = || {
            Error::new(ErrorKind::TooLarge, format!("the answer has more than {} bytes", settings.body_limit))
                .with_answer(status, reason.clone(), headers.clone(), &Bytes::new())
                .with_hint("set body_limit of the client")
        };
        if announced_length(&headers).is_some_and(|length| length > settings.body_limit as u64) {
            return Err(too_large());
        }
        match read_body(body, settings.body_limit).await {
            (_, End::Limit) => return Err(too_large()),
            (_, End::Broken(error)) => return Err(error),
            (body, End::Complete) => Content::Whole(body),
        }
    };
    if let (AnswerShape::Value | AnswerShape::Nothing, Content::Whole(body)) = (request.shape, &content)
        && let Some(error) = soft_only(status, reason.as_deref(), &headers, body)
    {
        return Err(error);
    }
    Ok(Reply { operation: request.operation, status, reason, headers, content })
}

fn announced_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.trim().parse().ok()
}

/// How reading a body ended.
pub(super) enum End {
    Complete,
    Limit,
    Broken(Error),
}

/// Reads a body, no further than a limit.
pub(super) async fn read_body(mut body: ReplyBody, limit: usize) -> (Bytes, End) {
    let mut all = BytesMut::new();
    loop {
        match body.chunk().await {
            Ok(None) => return (all.freeze(), End::Complete),
            Ok(Some(chunk)) if all.len() + chunk.len() > limit => return (all.freeze(), End::Limit),
            Ok(Some(chunk)) => all.extend_from_slice(&chunk),
            Err(error) => return (all.freeze(), End::Broken(Error::of_transport(&error))),
        }
    }
}

/// A call that the server sent elsewhere: to its login page, or to where the service is.
fn redirected(asked: &Url, location: &HeaderValue, reply: HttpReply) -> Error {
    let target = location.to_str().ok().and_then(|location| asked.join(location).ok());
    let error = match &target {
        Some(target) if is_login_page(target) => {
            Error::new(ErrorKind::Unauthorized, "not signed in: the server sent the call to its login page")
        }
        Some(target) => {
            // The query of the target may repeat values of the call.
            let mut shown = target.clone();
            shown.set_query(None);
            shown.set_fragment(None);
            let _ = shown.set_username("");
            let _ = shown.set_password(None);
            Error::new(ErrorKind::Redirect, format!("the server sent the call to {shown}; redirects are not followed"))
                .with_hint("change the base URL of the client if the service has moved there")
        }
        None => Error::new(ErrorKind::Redirect, "the server sent the call to an address that is no URL"),
    };
    error.with_answer(reply.status, reply.reason, reply.headers, &Bytes::new())
}

/// Whether an address is the login page of `ServiceStack` or ASP.NET: by its path, or by the way back that it was given.
fn is_login_page(target: &Url) -> bool {
    let path = target.path().trim_end_matches('/').to_ascii_lowercase();
    path.ends_with("/login")
        || path.ends_with("/signin")
        || target
            .query_pairs()
            .any(|(name, _)| ["redirect", "ReturnUrl"].iter().any(|parameter| name.eq_ignore_ascii_case(parameter)))
}
