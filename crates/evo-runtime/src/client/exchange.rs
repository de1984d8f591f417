//! One request and its answer.

use std::time::Duration;

use bytes::Bytes;
#[cfg(feature = "gzip")]
use http::header::CONTENT_ENCODING;
use http::header::LOCATION;
use http::{HeaderMap, StatusCode};
use web_time::Instant;

use super::Settings;
use super::body::{End, announced_length, read_body};
use super::cache::{Cache, Found, Key};
use super::cookies::hide_cookies;
use super::hooks::Exchange;
use super::redirect::redirected;
use super::reply::{Content, Reply};
use super::retry::pause_before_next;
use super::session::Session;
#[cfg(feature = "tracing")]
use super::telemetry;
use super::time_left::TimeLeft;
use crate::error::{Error, ErrorKind, error_of_answer, soft_only};
use crate::operations::AnswerShape;
use crate::request::PreparedRequest;
use crate::transport::{Body, BoxFuture, HttpReply, HttpRequest, TransportError};

/// How much of the body of an error is read.
const ERROR_BODY: usize = 1024 * 1024;

/// How many bytes a body has at least that is worth compressing.
#[cfg(feature = "gzip")]
const COMPRESSED_FROM: usize = 1024;

impl Session {
    /// Sends a request with the cookies and credentials of the session, tells errors from answers, and tries again where that may help, until
    /// the time of the call is over. The answer is in a box, since it goes through many hands.
    pub(super) async fn exchange(
        &self,
        settings: &Settings,
        request: &mut PreparedRequest,
        mut time: TimeLeft,
    ) -> Result<Box<Reply>, Error> {
        self.budget.earn(&settings.retry);
        let mut attempt = 1;
        // What a server may have begun to do is worth more to know than that it could not be reached afterwards.
        let mut reached = None;
        loop {
            let outcome = self.attempt(settings, request, attempt, time.left).await;
            // A transport without a clock tries once.
            let wait = pause_before_next(&settings.retry, &self.budget, request.verb, attempt, time.end, &outcome)
                .filter(|_| request.can_be_sent())
                .and_then(|pause| settings.transport.wait(pause));
            match wait {
                Some(wait) => wait.await,
                None => return outcome.map_err(|error| reached.filter(|_| error.is_connect()).unwrap_or(error)),
            }
            reached = outcome.err().filter(|error| !error.is_connect()).or(reached);
            attempt = attempt.saturating_add(1);
            time = time.measured();
        }
    }

    /// One attempt, in a span of its own.
    #[cfg(feature = "tracing")]
    async fn attempt(
        &self,
        settings: &Settings,
        request: &mut PreparedRequest,
        attempt: u32,
        left: Option<Duration>,
    ) -> Result<Box<Reply>, Error> {
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
        request: &mut PreparedRequest,
        attempt: u32,
        left: Option<Duration>,
    ) -> Result<Box<Reply>, Error> {
        self.attempt_once(settings, request, attempt, left).await
    }

    async fn attempt_once(
        &self,
        settings: &Settings,
        request: &mut PreparedRequest,
        attempt: u32,
        left: Option<Duration>,
    ) -> Result<Box<Reply>, Error> {
        let mut changed = None;
        if !settings.hooks.on_request.is_empty() {
            let request = changed.insert(Box::new((*request).clone()));
            settings.hooks.request(request);
        }
        let request = changed.as_deref_mut().unwrap_or(request);
        let (mut reply, mut place) = match self.begin(settings, request, left)? {
            Begun::Kept(reply) => (reply, None),
            Begun::Sent(answer, place) => (self.received(settings, request, attempt, answer).await?, place),
        };
        if let Some(Place { cache, key, is_stale: true }) = &place
            && reply.status == StatusCode::NOT_MODIFIED
            && let Some(kept) = cache.confirmed(key, &reply.headers)
        {
            (reply, place) = (kept, None);
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
                let (body, _) = read_body(&mut reply.body, ERROR_BODY).await;
                return Err(error_of_answer(request.address, reply.status, reply.reason, reply.headers, &body));
            }
        }
        let mut reply = reply_of(request, reply);
        read_content(settings, request.shape, &mut reply).await?;
        if let (Some(Place { cache, key, .. }), Content::Whole(body)) = (place, &reply.content) {
            cache.keep(key, reply.status, reply.reason.as_deref(), &reply.headers, body);
        }
        Ok(reply)
    }

    /// Sends the request, unless its answer is in the cache. What is large stays here, and not in the state of the call, which is moved about.
    fn begin<'a>(
        &self,
        settings: &'a Settings,
        request: &mut PreparedRequest,
        left: Option<Duration>,
    ) -> Result<Begun<'a>, Error> {
        let mut sent = self.http_request(settings, request, left)?;
        let found = settings.cache.as_ref().and_then(|cache| Some((cache, cache.find(request, &mut sent)?)));
        let place = match found {
            Some((_, (_, Found::Fresh(reply)))) => return Ok(Begun::Kept(reply)),
            Some((cache, (key, found))) => Some(Place { cache, key, is_stale: matches!(found, Found::Stale) }),
            None => None,
        };
        Ok(Begun::Sent(settings.transport.send(sent), place))
    }

    /// Waits for the answer, and keeps its cookies.
    async fn received(
        &self,
        settings: &Settings,
        request: &PreparedRequest,
        attempt: u32,
        answer: BoxFuture<'_, Result<HttpReply, TransportError>>,
    ) -> Result<HttpReply, Error> {
        // Asking for the time costs more than most of what is done here.
        let start = (!settings.hooks.on_response.is_empty()).then(Instant::now);
        let mut result = answer.await;
        let sets_cookies = result.as_mut().is_ok_and(|reply| hide_cookies(&mut reply.headers));
        if let Some(start) = start {
            settings.hooks.response(&Exchange {
                operation: request.operation,
                verb: request.verb,
                attempt,
                elapsed: start.elapsed(),
                answer: result.as_ref().ok().map(|reply| (reply.status.as_u16(), &reply.headers)),
            });
        }
        let reply = result.map_err(|error| Error::of_transport(&error))?;
        if sets_cookies {
            self.cookies().store(&request.url, &reply.headers);
        }
        Ok(reply)
    }

    /// The request as it goes out: with credentials, cookies, and as much time as the call has left.
    fn http_request(
        &self,
        settings: &Settings,
        request: &mut PreparedRequest,
        left: Option<Duration>,
    ) -> Result<HttpRequest, Error> {
        let mut headers = request.headers_of_attempt(settings);
        self.authorize(settings, request, &mut headers)?;
        self.cookies().add_to(&mut headers, &request.url);
        let body = compressed(settings, request, &mut headers)?;
        let is_arriving = matches!(request.shape, AnswerShape::Stream | AnswerShape::Anything);
        let timeout = [left, settings.attempt_timeout].into_iter().flatten().min();
        // What is handed over while it arrives may last as long as it goes on.
        let (timeout, pause) = if is_arriving { (None, settings.timeout) } else { (timeout, None) };
        Ok(HttpRequest {
            verb: request.verb,
            url: request.url.clone(),
            headers,
            body,
            stream: request.stream.clone(),
            timeout,
            pause,
        })
    }
}

/// The body of a request, compressed where that is asked for.
#[cfg(feature = "gzip")]
fn compressed(settings: &Settings, request: &PreparedRequest, headers: &mut HeaderMap) -> Result<Option<Body>, Error> {
    use std::io::Write as _;

    use http::HeaderValue;

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

/// An attempt that began.
enum Begun<'a> {
    /// The cache has the answer.
    Kept(HttpReply),
    /// The answer is awaited, and may have a place in the cache.
    Sent(BoxFuture<'a, Result<HttpReply, TransportError>>, Option<Place<'a>>),
}

/// Where an answer is kept.
struct Place<'a> {
    cache: &'a Cache,
    key: Key,
    /// There is one, of which the server is asked whether it still holds.
    is_stale: bool,
}

/// An answer that is no error by its status.
fn reply_of(request: &PreparedRequest, reply: HttpReply) -> Box<Reply> {
    let HttpReply { status, reason, headers, body } = reply;
    let content = Content::Arriving(body);
    Box::new(Reply { operation: request.operation, format: request.format, status, reason, headers, content })
}

/// Reads the body of an answer, unless it is wanted as it arrives.
async fn read_content(settings: &Settings, shape: AnswerShape, reply: &mut Reply) -> Result<(), Error> {
    let Reply { status, reason, headers, content, .. } = reply;
    let Content::Arriving(body) = content else { return Ok(()) };
    if matches!(shape, AnswerShape::Stream | AnswerShape::Anything) {
        return Ok(());
    }
    let too_large = || {
        Error::new(ErrorKind::TooLarge, format!("the answer has more than {} bytes", settings.body_limit))
            .with_answer(*status, reason.clone(), headers.clone(), &Bytes::new())
            .with_hint("set body_limit of the client")
    };
    if announced_length(headers).is_some_and(|length| length > settings.body_limit as u64) {
        return Err(too_large());
    }
    let body = match read_body(body, settings.body_limit).await {
        (_, End::Limit) => return Err(too_large()),
        (_, End::Broken(error)) => return Err(error),
        (body, End::Complete) => body,
    };
    if matches!(shape, AnswerShape::Value | AnswerShape::Nothing)
        && let Some(error) = soft_only(*status, reason.as_deref(), headers, &body)
    {
        return Err(error);
    }
    *content = Content::Whole(body);
    Ok(())
}
