//! Bodies of responses.

use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_util::future::{Either, select};
use futures_util::{StreamExt as _, stream};
use http::HeaderMap;
use http::header::CONTENT_LENGTH;

use super::deadline::timed_out;
use crate::error::Error;
use crate::transport::{Body, Transport};

/// The length of a body, as its header announces it.
pub(super) fn announced_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.trim().parse().ok()
}

/// How reading a body ended.
pub(super) enum End {
    Complete,
    Limit,
    Broken(Error),
}

/// Reads a body up to a limit. Most bodies are one chunk, which is not copied.
pub(super) async fn read_body(body: Body, limit: usize) -> (Bytes, End) {
    let mut stream = body.into_stream();
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    let end = loop {
        match stream.next().await {
            None => break End::Complete,
            Some(Err(error)) => break End::Broken(error.into()),
            Some(Ok(chunk)) => {
                let read = first.len() + all.len();
                if read + chunk.len() > limit {
                    all.extend_from_slice(&std::mem::take(&mut first));
                    all.extend_from_slice(chunk.get(..limit.saturating_sub(read)).unwrap_or_default());
                    break End::Limit;
                }
                if read == 0 {
                    first = chunk;
                } else {
                    all.extend_from_slice(&std::mem::take(&mut first));
                    all.extend_from_slice(&chunk);
                }
            }
        }
    };
    (if all.is_empty() { first } else { all.freeze() }, end)
}

/// The same body, which fails if the server is silent for longer than a limit.
pub(super) fn with_idle_timeout(body: Body, transport: &Arc<dyn Transport>, limit: Option<Duration>) -> Body {
    let Some(limit) = limit.filter(|_| body.as_bytes().is_none()) else { return body };
    let (length, transport) = (body.length(), Arc::clone(transport));
    let chunks = stream::unfold(body.into_stream(), move |mut chunks| {
        let timer = transport.timer(limit);
        async move {
            let Some(timer) = timer else { return Some((chunks.next().await?, chunks)) };
            match select(chunks.next(), timer).await {
                Either::Left((chunk, _)) => Some((chunk?, chunks)),
                Either::Right(_) => Some((Err(timed_out(limit)), stream::empty().boxed())),
            }
        }
    });
    Body::from_stream(length, chunks)
}
