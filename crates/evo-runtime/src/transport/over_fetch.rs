//! The transport over reqwest in a browser, where reqwest calls `fetch`.
//!
//! What a browser hands over never leaves its thread, and futures of this crate may be sent on every platform. So the browser's part runs as
//! a task of the browser's, which hands over what can be sent, and ends when nobody waits for it any more.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::Method;
use tokio::sync::{mpsc, oneshot};
use wasm_bindgen_futures::spawn_local;

use super::{BodyStream, BoxFuture, Failure, HttpReply, HttpRequest, ReplyBody, Transport, TransportError};

/// Sends requests through a [`reqwest::Client`], which in a browser calls `fetch`.
///
/// The browser decides some things itself: it keeps the cookies and shows none, follows redirects (a call that was redirected fails
/// afterwards), and shows no reason phrases. Calls to another origin carry no cookies. A body that is made while it is sent is made first.
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// A transport.
    ///
    /// # Errors
    ///
    /// None; elsewhere TLS may be missing.
    pub fn new() -> Result<Self, TransportError> {
        Ok(Self::from(reqwest::Client::new()))
    }
}

/// A client of your own.
impl From<reqwest::Client> for ReqwestTransport {
    fn from(client: reqwest::Client) -> Self {
        Self { client }
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpReply, TransportError>> {
        let client = self.client.clone();
        Box::pin(async move {
            let (sender, reply) = oneshot::channel();
            spawn_local(exchange(client, request, sender));
            reply.await.unwrap_or_else(|_| Err(ended()))
        })
    }

    fn wait(&self, pause: Duration) -> Option<BoxFuture<'_, ()>> {
        Some(Box::pin(async move {
            let (mut sender, over) = oneshot::channel();
            spawn_local(async move {
                if unless(sleep(pause), pin!(sender.closed())).await.is_some() {
                    let _ = sender.send(());
                }
            });
            let _ = over.await;
        }))
    }
}

/// A timer of the browser, which counts milliseconds in 32 bits.
fn sleep(pause: Duration) -> impl Future<Output = ()> {
    let longest = Duration::from_millis(i32::MAX.unsigned_abs().into());
    gloo_timers::future::sleep(pause.min(longest))
}

type ReplySender = oneshot::Sender<Result<HttpReply, TransportError>>;

/// Answers the head of the reply, and then its body, piece by piece, as long as somebody waits for it.
async fn exchange(client: reqwest::Client, request: HttpRequest, mut sender: ReplySender) {
    let pause = request.pause.filter(|_| request.timeout.is_none());
    let response = within(pause, response_to(client, request));
    let outcome = unless(response, pin!(sender.closed())).await;
    let response = match outcome {
        Some(Ok(Ok(response))) => response,
        Some(Ok(Err(error)) | Err(error)) => return drop(sender.send(Err(error))),
        None => return,
    };
    let (pieces, receiver) = mpsc::channel(1);
    let head = HttpReply {
        status: response.status(),
        reason: None,
        headers: response.headers().clone(),
        body: ReplyBody::from(Arriving(receiver)),
    };
    if sender.send(Ok(head)).is_err() {
        return;
    }
    let mut body = pin!(response.bytes_stream());
    loop {
        let piece = within(pause, poll_fn(|context| body.as_mut().poll_next(context)));
        let piece = match unless(piece, pin!(pieces.closed())).await {
            Some(Ok(Some(piece))) => piece.map_err(|error| TransportError::from(&error)),
            Some(Err(silence)) => Err(silence),
            Some(Ok(None)) | None => return,
        };
        let is_last = piece.is_err();
        if pieces.send(piece).await.is_err() || is_last {
            return;
        }
    }
}

/// What the browser does, but no longer than a pause.
async fn within<T>(pause: Option<Duration>, work: impl Future<Output = T>) -> Result<T, TransportError> {
    let Some(pause) = pause else { return Ok(work.await) };
    let done = unless(work, pin!(sleep(pause))).await;
    done.ok_or_else(|| TransportError::new(Failure::Timeout, "the server was silent for too long"))
}

async fn response_to(client: reqwest::Client, request: HttpRequest) -> Result<reqwest::Response, TransportError> {
    let asked = request.url.clone();
    let verb = Method::try_from(request.verb)
        .map_err(|error| TransportError::new(Failure::Connect, format!("{}: {error}", request.verb)))?;
    let mut builder = client.request(verb, request.url).headers(request.headers);
    if let Some(body) = request.body {
        builder = builder.body(body.0);
    }
    if let Some(stream) = &request.stream {
        builder = builder.body(whole(stream).await?);
    }
    if let Some(timeout) = request.timeout {
        builder = builder.timeout(timeout);
    }
    let response = builder.send().await.map_err(|error| TransportError::from(&error))?;
    if *response.url() != asked {
        return Err(TransportError::new(Failure::Interrupted, "the browser followed a redirect"));
    }
    Ok(response)
}

/// `fetch` takes no stream in every browser.
async fn whole(stream: &BodyStream) -> Result<Bytes, TransportError> {
    let (mut chunks, mut whole) = (stream.open(), BytesMut::new());
    while let Some(chunk) = chunks.next().await? {
        whole.extend_from_slice(&chunk);
    }
    Ok(whole.freeze())
}

/// The output of a future; none where the other one is done before: nobody waits any more, or the time is over.
async fn unless<T>(work: impl Future<Output = T>, mut other: Pin<&mut impl Future<Output = ()>>) -> Option<T> {
    let mut work = pin!(work);
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Pending => other.as_mut().poll(context).map(|()| None),
        Poll::Ready(done) => Poll::Ready(Some(done)),
    })
    .await
}

/// The body of an answer, as its task hands it over.
pub(super) struct Arriving(mpsc::Receiver<Result<Bytes, TransportError>>);

impl Arriving {
    /// The next piece; none at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>, TransportError> {
        self.0.recv().await.transpose()
    }
}

fn ended() -> TransportError {
    TransportError::new(Failure::Interrupted, "the page ended the exchange")
}
