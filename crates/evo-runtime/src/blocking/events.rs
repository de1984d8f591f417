//! Server Events as an iterator.

use std::time::Duration;

use super::Iter;
use crate::error::Error;
use crate::events::{Event, Handlers, Subscription};

/// How long dropping a subscription may wait for the server to unregister it.
const STOP_TIMEOUT: Duration = Duration::from_secs(2);

/// An iterator over the events of a subscription, created by [`Client::listen`](super::Client::listen).
///
/// It ends after its first error and when the subscription is stopped, as the async [`Events`](crate::events::Events) do. Heartbeats are sent
/// only while [`next`](Iterator::next) waits: if it is not called within the server's idle timeout, the server may drop the subscription; the
/// iterator then reconnects. Therefore give the loop over the events its own thread, and use [`subscription`](Self::subscription) to change and
/// stop the subscription from other threads. Dropping the iterator unregisters the subscription, which takes at most two seconds.
///
/// See [`guide::server_events`](crate::guide::server_events).
#[derive(Debug)]
#[must_use = "iterators are lazy: nothing is received until `next` is called"]
pub struct Events {
    pub(super) iter: Iter<crate::events::Events>,
}

impl Events {
    /// Passes each event to its handlers until the subscription is stopped.
    pub fn run(&mut self, handlers: &mut Handlers) -> Result<(), Error> {
        self.iter.runtime.wait(self.iter.stream.run(handlers))?
    }

    /// Returns a handle that changes and stops the subscription from other threads, with [`Client::wait`](super::Client::wait).
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

/// Unregisters the subscription and waits briefly for the server. Inside an async runtime waiting fails, and it is left to the drop of the
/// async stream.
impl Drop for Events {
    fn drop(&mut self) {
        if let Some(subscription) = self.iter.stream.to_unregister() {
            let _ = self.iter.runtime.wait(async { tokio::time::timeout(STOP_TIMEOUT, subscription.stop()).await });
        }
    }
}
