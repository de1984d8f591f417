//! Calls that are made one by one, some of them at the same time.

use std::future::poll_fn;
use std::task::Poll;

use crate::client::{Client, Reply};
use crate::error::Error;
use crate::request::PreparedRequest;
use crate::transport::BoxFuture;

/// How some calls went.
pub(super) struct Outcome {
    /// The answer of each call that has one.
    pub(super) replies: Vec<Option<Reply>>,
    /// The first call that failed, by the order of the calls.
    pub(super) failure: Option<(usize, Error)>,
}

/// Makes the calls, at most `width` at the same time, and begins none after a failure.
pub(super) async fn run(client: &Client, requests: Vec<PreparedRequest>, width: usize) -> Outcome {
    let mut outcome = Outcome { replies: requests.iter().map(|_| None).collect(), failure: None };
    let mut waiting = requests.into_iter().enumerate();
    let mut running: Vec<(usize, BoxFuture<'_, Result<Reply, Error>>)> = Vec::new();
    poll_fn(|context| {
        loop {
            while outcome.failure.is_none()
                && running.len() < width
                && let Some((index, request)) = waiting.next()
            {
                running.push((index, Box::pin(client.execute(request))));
            }
            let before = running.len();
            // One that is awake wakes all: there are few.
            running.retain_mut(|(index, call)| match call.as_mut().poll(context) {
                Poll::Pending => true,
                Poll::Ready(result) => {
                    outcome.take(*index, result);
                    false
                }
            });
            if running.is_empty() && (outcome.failure.is_some() || waiting.len() == 0) {
                return Poll::Ready(());
            }
            if running.len() == before {
                return Poll::Pending;
            }
        }
    })
    .await;
    drop(running);
    outcome
}

impl Outcome {
    fn take(&mut self, index: usize, result: Result<Reply, Error>) {
        match result {
            Ok(reply) => {
                if let Some(place) = self.replies.get_mut(index) {
                    *place = Some(reply);
                }
            }
            Err(error) => {
                if self.failure.as_ref().is_none_or(|(first, _)| index < *first) {
                    self.failure = Some((index, error));
                }
            }
        }
    }
}
