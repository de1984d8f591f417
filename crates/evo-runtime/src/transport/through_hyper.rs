//! Requests through reqwest on hyper, on every platform except browsers.

use std::time::Duration;

use futures_util::TryStreamExt as _;
use http::HeaderValue;
use http::header::{ACCEPT_ENCODING, CONTENT_LENGTH};
use reqwest::redirect::Policy;
pub(super) use tokio::time::sleep;

use super::reqwest_error::causes;
use super::{Body, ReasonPhrase, TransportError, TransportErrorKind};

/// The default connect timeout.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);

pub(super) fn default_builder() -> reqwest::ClientBuilder {
    reqwest::Client::builder().connect_timeout(CONNECT_TIMEOUT)
}

/// Applies the settings that every client needs.
pub(super) fn configure(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder.redirect(Policy::none()).http1_allow_obsolete_multiline_headers_in_responses(true)
}

pub(super) async fn send(
    client: &reqwest::Client,
    request: http::Request<Body>,
) -> Result<http::Response<Body>, TransportError> {
    let mut response = client.execute(to_reqwest(request)?).await?;
    let reason = response.extensions().get::<hyper::ext::ReasonPhrase>();
    let reason = reason.map(|reason| ReasonPhrase(String::from_utf8_lossy(reason.as_bytes()).into_owned()));
    let mut received = http::Response::new(Body::empty());
    *received.status_mut() = response.status();
    *received.version_mut() = response.version();
    *received.headers_mut() = std::mem::take(response.headers_mut());
    if let Some(reason) = reason {
        received.extensions_mut().insert(reason);
    }
    let length = response.content_length();
    *received.body_mut() = Body::from_stream(length, response.bytes_stream().map_err(TransportError::from));
    Ok(received)
}

/// Converts a request for reqwest. A stream of known length is sent with `Content-Length`. If no decoders are compiled in, the request
/// forbids compression; otherwise reqwest announces what it can decode.
fn to_reqwest(mut request: http::Request<Body>) -> Result<reqwest::Request, TransportError> {
    if request.body().as_bytes().is_none()
        && let Some(length) = request.body().length()
    {
        request.headers_mut().insert(CONTENT_LENGTH, length.into());
    }
    if cfg!(not(any(feature = "gzip", feature = "brotli"))) {
        request.headers_mut().entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static("identity"));
    }
    Ok(reqwest::Request::try_from(request)?)
}

/// Classifies a reqwest error.
pub(super) fn kind_of(error: &reqwest::Error) -> TransportErrorKind {
    // hyper distinguishes these errors only for servers, so go by the message.
    let is_too_large =
        |words: &str| ["message head is too large", "chunk trailers"].iter().any(|known| words.contains(known));
    // This includes timeouts while connecting: nothing was sent.
    if error.is_connect() || error.is_builder() {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if causes(error).any(|cause| is_too_large(&cause.to_string())) {
        TransportErrorKind::TooLarge
    } else {
        TransportErrorKind::Interrupted
    }
}

impl From<Body> for reqwest::Body {
    fn from(body: Body) -> Self {
        match body.try_into_bytes() {
            Ok(bytes) => bytes.into(),
            Err(body) => Self::wrap_stream(body.into_stream()),
        }
    }
}
