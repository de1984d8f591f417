//! Requests through reqwest in a browser, where reqwest calls `fetch`.
//!
//! Browser objects cannot leave their thread, but the futures of this crate are `Send` on every platform. The browser part therefore runs
//! as a local task, which passes on what is `Send`, and ends when nobody waits for it any more.

use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::{Either, select};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use tokio::sync::{mpsc, oneshot};
use wasm_bindgen_futures::spawn_local;

use super::{Body, TransportError, TransportErrorKind};

pub(super) fn default_builder() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
}

/// Changes nothing: redirects and headers are up to the browser.
pub(super) fn configure(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder
}

pub(super) async fn send(
    client: &reqwest::Client,
    request: http::Request<Body>,
) -> Result<http::Response<Body>, TransportError> {
    let (parts, body) = request.into_parts();
    // Not every browser supports streams in `fetch`.
    let request = http::Request::from_parts(parts, body.collect().await?);
    let (sender, response) = oneshot::channel();
    spawn_local(exchange(client.clone(), request, sender));
    response.await.unwrap_or_else(|_| Err(TransportError::interrupted("the page ended the exchange")))
}

/// Classifies a reqwest error. A browser does not reveal more.
pub(super) fn kind_of(error: &reqwest::Error) -> TransportErrorKind {
    if error.is_timeout() { TransportErrorKind::Timeout } else { TransportErrorKind::Interrupted }
}

pub(super) async fn sleep(duration: Duration) {
    let (mut sender, over) = oneshot::channel();
    spawn_local(async move {
        // Browser timers count milliseconds in 32 bits.
        let longest = Duration::from_millis(i32::MAX.unsigned_abs().into());
        let timer = gloo_timers::future::sleep(duration.min(longest));
        let is_over = matches!(select(pin!(timer), pin!(sender.closed())).await, Either::Left(_));
        if is_over {
            let _ = sender.send(());
        }
    });
    let _ = over.await;
}

type ResponseSender = oneshot::Sender<Result<http::Response<Body>, TransportError>>;

/// Passes on the head of the response and then its body, chunk by chunk, as long as somebody waits for it.
async fn exchange(client: reqwest::Client, request: http::Request<Bytes>, mut sender: ResponseSender) {
    let response = match select(pin!(response_to(client, request)), pin!(sender.closed())).await {
        Either::Left((response, _)) => response,
        Either::Right(_) => return,
    };
    let response = match response {
        Ok(response) => response,
        Err(error) => return drop(sender.send(Err(error))),
    };
    let (chunks, mut receiver) = mpsc::channel::<Result<Bytes, TransportError>>(1);
    let body = stream::poll_fn(move |context| receiver.poll_recv(context));
    let mut head = http::Response::new(Body::from_stream(response.content_length(), body));
    *head.status_mut() = response.status();
    *head.headers_mut() = response.headers().clone();
    if sender.send(Ok(head)).is_err() {
        return;
    }
    let mut body = pin!(response.bytes_stream().map_err(TransportError::from));
    while let Either::Left((Some(chunk), _)) = select(body.next(), pin!(chunks.closed())).await {
        let is_last = chunk.is_err();
        if chunks.send(chunk).await.is_err() || is_last {
            return;
        }
    }
}

async fn response_to(
    client: reqwest::Client,
    request: http::Request<Bytes>,
) -> Result<reqwest::Response, TransportError> {
    let request = reqwest::Request::try_from(request)?;
    let requested = request.url().clone();
    let response = client.execute(request).await?;
    if *response.url() != requested {
        return Err(TransportError::interrupted("the browser followed a redirect"));
    }
    Ok(response)
}
