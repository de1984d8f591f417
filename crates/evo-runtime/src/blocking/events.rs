//! Server Events, one after the other.

use std::time::Duration;

use super::Iter;
use super::runtime::Runtime;
use crate::error::Error;
use crate::events::{Event, Handlers, Subscription};

/// How long unregistering a subscription that is dropped may take.
const FAREWELL: Duration = Duration::from_secs(2);

/// The events of a subscription, each waited for when it is asked for; made by [`Client::listen`](super::Client::listen).
///
/// It ends as the async [`Events`](crate::events::Events) do: after its first error, and when it is stopped. Heartbeats are sent while an
/// event is waited for, and at no other time: if the next event is not asked for within the server's idle timeout, the server may drop the
/// subscription; the iterator then reconnects. A loop over the events therefore has a thread of its own, and
/// [`subscription`](Self::subscription) is what other threads change and stop it with. When it is dropped the server is told, which takes two
/// seconds at most.
///
/// See [`guide::server_events`](crate::guide::server_events).
#[derive(Debug)]
#[must_use = "events are asked for when they are wanted"]
pub struct Events {
    runtime: Runtime,
    iter: Iter<crate::events::Events>,
}

impl Events {
    pub(super) fn new(runtime: Runtime, events: crate::events::Events) -> Self {
        Self { iter: Iter::new(runtime.clone(), events), runtime }
    }

    /// Passes each event to its handlers, until the subscription is stopped.
    pub fn run(&mut self, handlers: &mut Handlers) -> Result<(), Error> {
        self.runtime.wait(self.iter.stream.run(handlers))?
    }

    /// What changes and stops the subscription while another thread reads the events, with [`Client::wait`](super::Client::wait).
    #[must_use]
    pub fn subscription(&self) -> Subscription {
        self.iter.stream.subscription()
    }
}

impl Iterator for Events {
    type Item = Result<Event, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.iter.next()
    }
}

/// Tells the server, and waits for that a little. (Inside an async runtime the async stream does what it can.)
impl Drop for Events {
    fn drop(&mut self) {
        if let Some(subscription) = self.iter.stream.to_unregister() {
            let _ = self.runtime.wait(async { tokio::time::timeout(FAREWELL, subscription.stop()).await });
        }
    }
}
