//! Calls that are made one by one, some of them at the same time.

use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::{StreamExt as _, stream};

use crate::client::{Client, Reply};
use crate::error::Error;
use crate::request::PreparedRequest;

/// How some calls went.
pub(super) struct Outcome {
    /// The response of each call that has one.
    pub(super) replies: Vec<Option<Reply>>,
    /// The first call that failed, by the order of the calls.
    pub(super) failure: Option<(usize, Error)>,
}

/// Makes the calls, at most `width` at the same time, and begins none after a failure.
pub(super) async fn run(client: &Client, requests: Vec<PreparedRequest>, width: usize) -> Outcome {
    let mut outcome = Outcome { replies: requests.iter().map(|_| None).collect(), failure: None };
    let has_failed = AtomicBool::new(false);
    let calls = stream::iter(requests.into_iter().enumerate())
        .take_while(|_| std::future::ready(!has_failed.load(Ordering::Relaxed)))
        .map(|(index, request)| async move { (index, client.execute(request).await) });
    let mut done = Box::pin(calls.buffer_unordered(width));
    while let Some((index, result)) = done.next().await {
        match result {
            Ok(reply) => {
                if let Some(place) = outcome.replies.get_mut(index) {
                    *place = Some(reply);
                }
            }
            Err(error) => {
                has_failed.store(true, Ordering::Relaxed);
                if outcome.failure.as_ref().is_none_or(|(first, _)| index < *first) {
                    outcome.failure = Some((index, error));
                }
            }
        }
    }
    drop(done);
    outcome
}
