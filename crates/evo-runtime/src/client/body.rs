//! Bodies of responses.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{Either, select};
use futures_util::{StreamExt as _, stream};
use http::HeaderMap;
use http::header::CONTENT_LENGTH;

use super::deadline::timed_out;
use crate::transport::{Body, Transport};

/// Returns the length of a body as announced by its header.
pub(super) fn announced_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.trim().parse().ok()
}

/// Makes a body fail if the server is silent for longer than a limit.
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
