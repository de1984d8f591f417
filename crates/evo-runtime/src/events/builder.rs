//! Configuring a subscription.

use super::event::channels_of;
use super::requests;
use super::stream::Options;
use super::{Events, Subscriber};
use crate::client::Client;
use crate::error::Error;

/// The default limit for the size of a frame.
const FRAME_LIMIT: usize = 1024 * 1024;

impl Client {
    /// Configures a subscription to channels, or to all channels if none or `*` is given. Nothing is sent before it is
    /// [connected](EventsBuilder::connect) or [started](EventsBuilder::start).
    ///
    /// <https://docs.servicestack.net/server-events>
    pub fn events(&self, channels: impl IntoIterator<Item = impl Into<String>>) -> EventsBuilder {
        let mut channels = channels_of(channels);
        if channels.iter().any(|channel| channel == "*") {
            channels.clear();
        }
        let options = Options {
            path: "/event-stream".to_owned(),
            frame_limit: FRAME_LIMIT,
            attempts: None,
            unregister_on_drop: true,
        };
        EventsBuilder { client: self.clone(), channels, options }
    }

    /// Returns the subscribers of channels, or of all channels if none are given. Services may refuse this.
    ///
    /// # Errors
    ///
    /// If there is no response, or if the response is an error.
    pub async fn event_subscribers(
        &self,
        channels: impl IntoIterator<Item = impl Into<String>>,
    ) -> Result<Vec<Subscriber>, Error> {
        let request = requests::subscribers(self, &channels_of(channels));
        Ok(Subscriber::all(self.execute(request).await?.decode()?))
    }
}

/// Configures a subscription.
#[derive(Debug, Clone)]
#[must_use]
pub struct EventsBuilder {
    client: Client,
    channels: Vec<String>,
    options: Options,
}

impl EventsBuilder {
    /// Sets the path of the event stream. The default is `/event-stream`.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.options.path = path.into();
        self
    }

    /// Limits the size of a frame in bytes. The default is 1 MiB. A larger frame ends the connection, and the stream reconnects.
    pub fn frame_limit(mut self, bytes: usize) -> Self {
        self.options.frame_limit = bytes;
        self
    }

    /// Limits how many connections may fail in a row before the stream ends with an error. By default there is no limit.
    pub fn attempts(mut self, attempts: impl Into<Option<u32>>) -> Self {
        self.options.attempts = attempts.into();
        self
    }

    /// Whether to unregister the subscription on the server when the stream is dropped, in a separate task. The default is `true`. The
    /// program may exit before that task is done; call [`Events::stop`] to be sure.
    pub fn unregister_on_drop(mut self, unregister: bool) -> Self {
        self.options.unregister_on_drop = unregister;
        self
    }

    /// Returns the stream of events. It connects when it is first polled.
    #[must_use]
    pub fn start(self) -> Events {
        Events::new(self.client, self.channels, self.options)
    }

    /// Connects and returns the stream of events, which begins with [`Event::Connected`](super::Event::Connected).
    ///
    /// # Errors
    ///
    /// If the first connection fails for any reason.
    pub async fn connect(self) -> Result<Events, Error> {
        let mut events = self.start();
        events.wait_for_connection().await?;
        Ok(events)
    }
}
