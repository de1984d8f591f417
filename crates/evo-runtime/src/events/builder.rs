//! Settings of a subscription.

use super::event::channels_of;
use super::requests;
use super::stream::Options;
use super::{Events, Subscriber};
use crate::client::Client;
use crate::error::Error;

/// The default limit of the bytes of a frame.
const FRAME_LIMIT: usize = 1024 * 1024;

impl Client {
    /// A subscription to channels; to all of them if there are none, or `*`. Nothing is sent before it is
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

    /// The subscribers of channels; of all channels if there are none. Services may refuse this.
    ///
    /// # Errors
    ///
    /// If there is no response, or the response is an error.
    pub async fn event_subscribers(
        &self,
        channels: impl IntoIterator<Item = impl Into<String>>,
    ) -> Result<Vec<Subscriber>, Error> {
        let request = requests::subscribers(self, &channels_of(channels));
        Ok(Subscriber::all(self.execute(request).await?.decode()?))
    }
}

/// Settings of a subscription.
#[derive(Debug, Clone)]
#[must_use]
pub struct EventsBuilder {
    client: Client,
    channels: Vec<String>,
    options: Options,
}

impl EventsBuilder {
    /// The path of the event stream; the default is `/event-stream`.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.options.path = path.into();
        self
    }

    /// The largest number of bytes of a frame; the default is 1 MiB. A larger frame ends the connection, and the stream reconnects.
    pub fn frame_limit(mut self, bytes: usize) -> Self {
        self.options.frame_limit = bytes;
        self
    }

    /// How many connections may fail in a row before the stream ends with an error; by default there is no limit.
    pub fn attempts(mut self, attempts: impl Into<Option<u32>>) -> Self {
        self.options.attempts = attempts.into();
        self
    }

    /// Whether the server is told when the stream is dropped, in a task of its own; the default is `true`. The end of the program
    /// does not wait for that task; call [`Events::stop`] to be sure.
    pub fn unregister_on_drop(mut self, unregister: bool) -> Self {
        self.options.unregister_on_drop = unregister;
        self
    }

    /// The stream of events. It connects when it is first polled.
    #[must_use]
    pub fn start(self) -> Events {
        Events::new(self.client, self.channels, self.options)
    }

    /// Connects, and returns the stream of events, of which [`Event::Connected`](super::Event::Connected) is the first.
    ///
    /// # Errors
    ///
    /// If this first connection fails, for whatever reason.
    pub async fn connect(self) -> Result<Events, Error> {
        let mut events = self.start();
        events.wait_for_connection().await?;
        Ok(events)
    }
}
