//! Setting up a subscription.

use super::event::channels_of;
use super::requests;
use super::stream::Options;
use super::{Events, Subscriber};
use crate::client::Client;
use crate::error::Error;

/// How many bytes a frame may have unless the subscription is told otherwise.
const FRAME_LIMIT: usize = 1024 * 1024;

impl Client {
    /// A subscription to channels; to all of them where there is none, or `*`. Nothing is sent before it is
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

    /// Who is subscribed to channels; to any where there is none. Services may keep this to themselves.
    ///
    /// # Errors
    ///
    /// When there is no answer, or the answer is an error.
    pub async fn event_subscribers(
        &self,
        channels: impl IntoIterator<Item = impl Into<String>>,
    ) -> Result<Vec<Subscriber>, Error> {
        let request = requests::subscribers(self, &channels_of(channels))?;
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
    /// Where the service has its event stream; `/event-stream` unless this says otherwise.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.options.path = path.into();
        self
    }

    /// How many bytes a frame may have; 1 MiB unless this says otherwise. A longer one ends the connection, and another one is made.
    pub fn frame_limit(mut self, bytes: usize) -> Self {
        self.options.frame_limit = bytes;
        self
    }

    /// How many connections may fail in a row before the stream ends with an error; as many as there are unless this says otherwise.
    pub fn attempts(mut self, attempts: impl Into<Option<u32>>) -> Self {
        self.options.attempts = attempts.into();
        self
    }

    /// Whether the server is told when the stream is dropped, in a task of its own; it is unless this says otherwise. The end of the
    /// program does not wait for that task: [`Events::stop`] is for who wants to be sure.
    pub fn unregister_on_drop(mut self, unregister: bool) -> Self {
        self.options.unregister_on_drop = unregister;
        self
    }

    /// The stream of events. It connects when the first one is asked for.
    #[must_use]
    pub fn start(self) -> Events {
        Events::new(self.client, self.channels, self.options)
    }

    /// Connects, and answers the stream of events, of which [`Event::Connected`](super::Event::Connected) is the first.
    ///
    /// # Errors
    ///
    /// When this first connection fails, for whatever reason.
    pub async fn connect(self) -> Result<Events, Error> {
        let mut events = self.start();
        events.wait_for_connection().await?;
        Ok(events)
    }
}
