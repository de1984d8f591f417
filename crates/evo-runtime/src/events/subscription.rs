//! Changing a subscription while its events are being read elsewhere.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use url::Url;

use super::Connection;
use super::event::channels_of;
use super::requests;
use crate::client::{Client, Retry};
use crate::dto::UpdateEventSubscriber;
use crate::error::{Error, ErrorKind};

/// A handle that changes and stops a subscription from any task. Clones refer to the same subscription.
///
/// When the stream reconnects, it uses the channels of this handle.
#[derive(Debug, Clone)]
pub struct Subscription {
    client: Client,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    /// Wakes the task that reads the events, so that it stops or reconnects.
    changed: Notify,
}

#[derive(Debug, Default)]
struct State {
    channels: Vec<String>,
    /// The channels with which the last connection was made.
    requested: Vec<String>,
    live: Option<Live>,
    /// Whether the host is known to have no `/api`.
    no_api: bool,
    is_stopped: bool,
    has_to_reconnect: bool,
}

/// The subscription on the server.
#[derive(Debug, Clone)]
struct Live {
    id: String,
    unregister: Option<Url>,
    update: Option<Url>,
}

impl Subscription {
    pub(super) fn new(client: Client, channels: Vec<String>) -> Self {
        let state = Mutex::new(State { channels, ..State::default() });
        Self { client, shared: Arc::new(Shared { state, changed: Notify::new() }) }
    }

    /// Returns the id of the subscription, or `None` while there is no connection.
    #[must_use]
    pub fn id(&self) -> Option<String> {
        self.state().live.as_ref().map(|live| live.id.clone())
    }

    /// Returns the channels, which are empty for a subscription to all of them.
    #[must_use]
    pub fn channels(&self) -> Vec<String> {
        self.state().channels.clone()
    }

    /// Joins channels.
    pub async fn subscribe(&self, channels: impl IntoIterator<Item = impl Into<String>>) -> Result<(), Error> {
        self.change(channels_of(channels), Vec::new()).await
    }

    /// Leaves channels.
    pub async fn unsubscribe(&self, channels: impl IntoIterator<Item = impl Into<String>>) -> Result<(), Error> {
        self.change(Vec::new(), channels_of(channels)).await
    }

    /// Joins some channels and leaves others. Without a connection the change takes effect on the next one.
    ///
    /// # Errors
    ///
    /// If there is no response, or if the response is an error. The channels are then unchanged.
    pub async fn update(
        &self,
        join: impl IntoIterator<Item = impl Into<String>>,
        leave: impl IntoIterator<Item = impl Into<String>>,
    ) -> Result<(), Error> {
        self.change(channels_of(join), channels_of(leave)).await
    }

    async fn change(&self, join: Vec<String>, leave: Vec<String>) -> Result<(), Error> {
        let (live, no_api) = {
            let state = self.state();
            (state.live.clone(), state.no_api)
        };
        let mut is_known = true;
        if let Some(live) = &live {
            match self.request_update(live, no_api, &join, &leave).await {
                Ok(()) => {}
                Err(error) if error.is_not_found() => is_known = false,
                Err(error) => return Err(error),
            }
        }
        let mut state = self.state();
        state.channels.retain(|channel| !leave.contains(channel));
        for channel in join {
            if !state.channels.contains(&channel) {
                state.channels.push(channel);
            }
        }
        // The server does not know the subscription, or it has changed in the meantime: reconnect with the current channels.
        let is_same = state.live.as_ref().map(|live| &live.id) == live.as_ref().map(|live| &live.id);
        if (!is_known || !is_same) && state.live.is_some() {
            self.reconnect(&mut state);
        }
        Ok(())
    }

    /// Requests a change of channels. `/api` is tried first, because with endpoint routing ServiceStack 8.5 returned 500 for the feature's
    /// own URL.
    async fn request_update(&self, live: &Live, no_api: bool, join: &[String], leave: &[String]) -> Result<(), Error> {
        let some = |channels: &[String]| Some(channels.to_vec()).filter(|channels| !channels.is_empty());
        let update = UpdateEventSubscriber {
            id: Some(live.id.clone()),
            subscribe_channels: some(join),
            unsubscribe_channels: some(leave),
        };
        if !no_api || live.update.is_none() {
            let answer = self.client.execute(requests::update(&self.client, None, &update)?).await;
            match answer {
                Err(error) if error.kind() == ErrorKind::UnknownOperation && live.update.is_some() => {
                    self.state().no_api = true;
                }
                answer => return answer.map(drop),
            }
        }
        let request = requests::update(&self.client, live.update.clone(), &update)?;
        self.client.execute(request).await.map(drop)
    }

    /// Ends the stream and unregisters the subscription on the server. If that fails, the server ends the subscription itself when
    /// heartbeats are missing.
    pub async fn stop(&self) {
        let live = {
            let mut state = self.state();
            state.is_stopped = true;
            self.shared.changed.notify_waiters();
            state.live.take()
        };
        if let Some(url) = live.and_then(|live| live.unregister) {
            // The response does not matter, and there is no point in retrying if the server cannot be reached.
            let client = self.client.clone().with(|settings| settings.options.retry = Retry::never());
            let _ = client.execute(requests::empty_post(&client, "event-unregister", url)).await;
        }
    }

    pub(super) fn connected(&self, connection: &Connection) {
        let own = |given: &Option<String>| {
            given.as_deref().and_then(|given| requests::own_url(self.client.base_url(), given))
        };
        let mut state = self.state();
        state.live = Some(Live {
            id: connection.id.clone(),
            unregister: own(&connection.unregister_url),
            update: own(&connection.update_url),
        });
        if state.requested != state.channels {
            // The channels changed while the connection was being made.
            self.reconnect(&mut state);
        }
    }

    /// Returns the channels for a new connection.
    pub(super) fn begin_connection(&self) -> Vec<String> {
        let mut state = self.state();
        let channels = state.channels.clone();
        state.live = None;
        state.requested.clone_from(&channels);
        channels
    }

    pub(super) fn disconnected(&self) {
        self.state().live = None;
    }

    pub(super) fn is_connected(&self) -> bool {
        self.state().live.is_some()
    }

    fn reconnect(&self, state: &mut State) {
        state.has_to_reconnect = true;
        self.shared.changed.notify_waiters();
    }

    /// Completes when the subscription is stopped.
    pub(super) async fn stopped(self) {
        self.wait_until(|state| state.is_stopped).await;
    }

    /// Completes when the stream has to reconnect.
    pub(super) async fn reconnect_requested(&self) {
        self.wait_until(|state| std::mem::take(&mut state.has_to_reconnect)).await;
    }

    async fn wait_until(&self, condition: impl Fn(&mut State) -> bool) {
        loop {
            let changed = self.shared.changed.notified();
            if condition(&mut self.state()) {
                return;
            }
            changed.await;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
