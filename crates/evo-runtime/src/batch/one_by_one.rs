//! Calls that are made one by one, some of them concurrently.

use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::{StreamExt as _, stream};

use crate::client::{Client, Reply};
use crate::error::Error;
use crate::request::PreparedRequest;

/// Makes the calls, at most `width` at a time, and starts none after a failure. Returns the outcome of each call that was made.
pub(super) async fn run(
    client: &Client,
    requests: Vec<PreparedRequest>,
    width: usize,
) -> Vec<Option<Result<Reply, Error>>> {
    let mut outcomes: Vec<_> = requests.iter().map(|_| None).collect();
    let has_failed = &AtomicBool::new(false);
    let calls = stream::iter(requests.into_iter().zip(&mut outcomes))
        .take_while(|_| std::future::ready(!has_failed.load(Ordering::Relaxed)))
        .for_each_concurrent(width, |(request, outcome)| async move {
            let result = client.execute(request).await;
            has_failed.fetch_or(result.is_err(), Ordering::Relaxed);
            *outcome = Some(result);
        });
    calls.await;
    outcomes
}
