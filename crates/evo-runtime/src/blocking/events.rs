//! Server Events, one after the other.

use std::time::Duration;

use super::Waiting;
use super::runtime::Runtime;
use crate::error::Error;
use crate::events::{Event, EventsBuilder, Handlers};

/// How long the farewell of a stream that is dropped may take.
const FAREWELL: Duration = Duration::from_secs(2);

impl Waiting<EventsBuilder> {
    super::calls::settings! {
        EventsBuilder::path(path: impl Into<String>);
        EventsBuilder::frame_limit(bytes: usize);
        EventsBuilder::attempts(attempts: impl Into<Option<u32>>);
    }

    /// Whether the server is told when the events are dropped, which then takes two seconds at most; it is unless this says otherwise.
    pub fn unregister_on_drop(self, unregister: bool) -> Self {
        self.with(|builder| builder.unregister_on_drop(unregister))
    }

    /// The events. The connection is made when the first one is asked for.
    pub fn start(self) -> Events {
        Events { stream: self.call.start(), runtime: self.runtime, is_over: false }
    }

    /// Connects, and answers the events, of which [`Event::Connected`] is the first.
    ///
    /// # Errors
    ///
    /// As [`EventsBuilder::connect`].
    pub fn connect(self) -> Result<Events, Error> {
        let stream = self.runtime.run(self.call.connect())?;
        Ok(Events { stream, runtime: self.runtime, is_over: false })
    }
}

/// The events of a subscription, each waited for when it is asked for; made by [`Client::events`](super::Client::events).
///
/// It ends as the async [`Events`](crate::events::Events) do: after its first error, and when it is stopped. Heartbeats are sent while an
/// event is waited for, and at no other time: who does not ask for the next one for longer than the server's idle timeout may lose the
/// subscription, and gets another one. A loop over the events therefore has a thread of its own, and
/// [`subscription`](Self::subscription) is what other threads steer it by.
///
/// ```no_run
/// # use evo_runtime::{blocking, events::Event};
/// # fn listen(client: blocking::Client) -> Result<(), evo_runtime::Error> {
/// for event in client.events(["home"]).connect()? {
///     if let Event::Message(message) = event? {
///         println!("{}: {}", message.selector(), message.body());
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "events are asked for when they are wanted"]
pub struct Events {
    runtime: Runtime,
    stream: crate::events::Events,
    is_over: bool,
}

impl Events {
    /// Hands each event to its handlers, until the subscription is stopped.
    ///
    /// # Errors
    ///
    /// As [`Events::run`](crate::events::Events::run).
    pub fn run(&mut self, handlers: &mut Handlers) -> Result<(), Error> {
        self.runtime.run(self.stream.run(handlers))
    }

    /// What changes and ends the subscription while another thread reads the events.
    #[must_use]
    pub fn subscription(&self) -> Subscription {
        Subscription { runtime: self.runtime.clone(), subscription: self.stream.subscription() }
    }

    /// Ends the subscription and waits until the server was told.
    ///
    /// # Errors
    ///
    /// Inside an async runtime, and when the machine has no thread left for the runtime.
    pub fn stop(self) -> Result<(), Error> {
        self.subscription().stop()
    }
}

impl Iterator for Events {
    type Item = Result<Event, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        self.runtime.wait(self.stream.next()).unwrap_or_else(|error| {
            self.is_over = true;
            Some(Err(error))
        })
    }
}

/// Tells the server, and waits for that a little. (Inside an async runtime the async stream does what it can.)
impl Drop for Events {
    fn drop(&mut self) {
        if let Some(subscription) = self.stream.to_unregister() {
            let _ = self.runtime.wait(async { tokio::time::timeout(FAREWELL, subscription.stop()).await });
        }
    }
}

/// Changes and ends a subscription, from any thread: a clone steers the same.
#[derive(Debug, Clone)]
pub struct Subscription {
    runtime: Runtime,
    subscription: crate::events::Subscription,
}

impl Subscription {
    /// The id of the subscription; none while there is no connection.
    #[must_use]
    pub fn id(&self) -> Option<String> {
        self.subscription.id()
    }

    /// The channels; none for all.
    #[must_use]
    pub fn channels(&self) -> Vec<String> {
        self.subscription.channels()
    }

    /// Joins channels.
    ///
    /// # Errors
    ///
    /// As [`Subscription::update`](crate::events::Subscription::update).
    pub fn subscribe(&self, channels: impl IntoIterator<Item = impl Into<String>>) -> Result<(), Error> {
        self.runtime.run(self.subscription.subscribe(channels))
    }

    /// Leaves channels.
    ///
    /// # Errors
    ///
    /// As [`Subscription::update`](crate::events::Subscription::update).
    pub fn unsubscribe(&self, channels: impl IntoIterator<Item = impl Into<String>>) -> Result<(), Error> {
        self.runtime.run(self.subscription.unsubscribe(channels))
    }

    /// Joins some channels and leaves others. Without a connection the change is made when there is one again.
    ///
    /// # Errors
    ///
    /// As [`Subscription::update`](crate::events::Subscription::update).
    pub fn update(
        &self,
        join: impl IntoIterator<Item = impl Into<String>>,
        leave: impl IntoIterator<Item = impl Into<String>>,
    ) -> Result<(), Error> {
        self.runtime.run(self.subscription.update(join, leave))
    }

    /// Ends the subscription: its events end, and the server is told.
    ///
    /// # Errors
    ///
    /// Inside an async runtime, and when the machine has no thread left for the runtime.
    pub fn stop(&self) -> Result<(), Error> {
        self.runtime.wait(self.subscription.stop())
    }
}
