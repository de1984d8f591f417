//! The stream of events: connecting, reading and reconnecting.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use futures_core::stream::BoxStream;
use futures_util::future::{Either, select};
use futures_util::{FutureExt as _, StreamExt as _, stream};

use super::open::{Open, wait};
use super::{Event, Handlers, Subscription, backoff, requests};
use crate::client::{Client, Retry};
use crate::error::{Error, ErrorKind};

/// How long connecting may take if the client has no timeout.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(100);

/// The events of a subscription, in the order in which they arrive.
///
/// It is a [`Stream`], and also has its own [`next`](Self::next). It ends when it is stopped, or after its first `Err`, which says why it
/// cannot continue. A lost connection is not an error but an event, [`Event::Reconnecting`].
///
/// Everything, including heartbeats, happens while the stream is polled. If it is not polled within the server's idle timeout, the server
/// may drop the subscription; the stream then reconnects. [`next`](Self::next) is cancel safe. Dropping the stream ends the
/// subscription.
pub struct Events {
    subscription: Subscription,
    unregister_on_drop: bool,
    stream: BoxStream<'static, Result<Event, Error>>,
}

/// Settings of a stream.
#[derive(Debug, Clone)]
pub(super) struct Options {
    pub(super) path: String,
    pub(super) frame_limit: usize,
    pub(super) attempts: Option<u32>,
    pub(super) unregister_on_drop: bool,
}

impl Events {
    pub(super) fn new(client: Client, channels: Vec<String>, options: Options) -> Self {
        let subscription = Subscription::new(client.clone(), channels);
        let unregister_on_drop = options.unregister_on_drop;
        // The stream itself reconnects, and a failed heartbeat ends the connection at once.
        let client = client.with(|settings| settings.options.retry = Retry::never());
        let phase = Phase::Connect { after: Duration::ZERO };
        let connector =
            Connector { client, options, subscription: subscription.clone(), phase, failures: 0, was_connected: false };
        let mut events = Self { subscription, unregister_on_drop, stream: stream::empty().boxed() };
        events.set_stream(stream::unfold(connector, Connector::next));
        events
    }

    /// Sets the source of the events, which ends when the subscription is stopped.
    fn set_stream(&mut self, stream: impl Stream<Item = Result<Event, Error>> + Send + 'static) {
        self.stream = stream.take_until(self.subscription.clone().stopped().boxed()).boxed();
    }

    /// Waits for the first event, which establishes the subscription.
    pub(super) async fn wait_for_connection(&mut self) -> Result<(), Error> {
        match self.next().await {
            Some(Ok(Event::Reconnecting { error, .. }) | Err(error)) => Err(error),
            None => Err(Error::new(ErrorKind::Interrupted, "the subscription was stopped")),
            Some(Ok(first)) => {
                let rest = std::mem::replace(&mut self.stream, stream::empty().boxed());
                self.set_stream(stream::iter([Ok(first)]).chain(rest));
                Ok(())
            }
        }
    }

    /// Returns the next event, or `None` after an error or after the subscription was stopped.
    ///
    /// # Errors
    ///
    /// If the subscription cannot continue: the client is not signed in (401) or not allowed (403), the service has no event stream at
    /// this path, or the maximum number of connections has failed.
    pub async fn next(&mut self) -> Option<Result<Event, Error>> {
        futures_util::StreamExt::next(self).await
    }

    /// Passes each event to its handlers until the subscription is stopped.
    ///
    /// # Errors
    ///
    /// As for [`next`](Self::next), and if an event does not match the type of a handler and [`Handlers::on_error`] is not set.
    pub async fn run(&mut self, handlers: &mut Handlers) -> Result<(), Error> {
        while let Some(event) = self.next().await {
            handlers.dispatch(&event?)?;
        }
        Ok(())
    }

    /// Returns a handle that can change and stop the subscription while the events are being read.
    #[must_use]
    pub fn subscription(&self) -> Subscription {
        self.subscription.clone()
    }

    /// Ends the subscription and waits until it is unregistered on the server.
    pub async fn stop(self) {
        self.subscription.stop().await;
    }

    /// Returns the subscription if it has to be unregistered on the server.
    pub(crate) fn to_unregister(&self) -> Option<Subscription> {
        (self.unregister_on_drop && self.subscription.is_connected()).then(|| self.subscription.clone())
    }
}

/// Makes the connections, one after another.
struct Connector {
    client: Client,
    options: Options,
    subscription: Subscription,
    phase: Phase,
    /// The number of connections that failed in a row.
    failures: u32,
    was_connected: bool,
}

enum Phase {
    Connect { after: Duration },
    Open(Box<Open>),
    Ended,
}

impl Connector {
    /// Returns the next event and the connector, or `None` after an error.
    async fn next(mut self) -> Option<(Result<Event, Error>, Self)> {
        loop {
            if let Phase::Ended = self.phase {
                return None;
            }
            let subscription = self.subscription.clone();
            let next = {
                let requested = std::pin::pin!(subscription.reconnect_requested());
                match select(requested, std::pin::pin!(self.read())).await {
                    Either::Left(_) => None,
                    Either::Right((event, _)) => Some(event),
                }
            };
            match next {
                Some(event) => {
                    let event = event.or_else(|error| self.lost(error.during("event-stream")));
                    return Some((event, self));
                }
                None => self.phase = Phase::Connect { after: Duration::ZERO },
            }
        }
    }

    /// Reads the next event, connecting first if necessary.
    async fn read(&mut self) -> Result<Event, Error> {
        if let Phase::Connect { after } = self.phase {
            if !after.is_zero() {
                wait(self.client.clone(), after).await;
            }
            let open = self.connect().await?;
            self.phase = Phase::Open(Box::new(open));
        }
        let Phase::Open(open) = &mut self.phase else { return std::future::pending().await };
        let event = Event::from(open.next_frame().await?);
        match &event {
            Event::Connected { connection, .. } => {
                open.connected(connection);
                self.subscription.connected(connection);
                self.was_connected = true;
            }
            Event::Heartbeat { .. } => {
                open.echoed();
                self.failures = 0;
            }
            // Messages prove that the connection works. The events sent on connecting do not: a server that disconnects at once would
            // otherwise be contacted again without a pause.
            Event::Message(_) => self.failures = 0,
            _ => {}
        }
        Ok(event)
    }

    async fn connect(&mut self) -> Result<Open, Error> {
        let client = self.client.clone();
        let request = requests::stream(&client, &self.options.path, &self.subscription.begin_connection());
        let mut connect_timeout =
            wait(client.clone(), client.settings.options.timeout.unwrap_or(CONNECT_TIMEOUT)).boxed();
        // The stream has its own idle timeout.
        let client = client.with(|settings| (settings.options.timeout, settings.options.read_timeout) = (None, None));
        match select(Box::pin(client.execute(request)), &mut connect_timeout).await {
            Either::Left((reply, _)) => {
                Open::new(self.client.clone(), reply?.into_download(), self.options.frame_limit, connect_timeout)
            }
            Either::Right(_) => {
                Err(Error::new(ErrorKind::Timeout, "the server did not answer the event stream in time"))
            }
        }
    }

    /// Handles a lost connection: returns the event and schedules a reconnect, or gives up.
    fn lost(&mut self, error: Error) -> Result<Event, Error> {
        let requested = match &self.phase {
            Phase::Open(open) => open.retry(),
            _ => None,
        };
        self.subscription.disconnected();
        self.failures = self.failures.saturating_add(1);
        let has_clock = self.client.settings.transport.sleep(Duration::ZERO).is_some();
        let is_last = self.options.attempts.is_some_and(|attempts| self.failures >= attempts);
        if self.is_final(&error) || is_last || !has_clock {
            self.phase = Phase::Ended;
            return Err(if error.is_not_found() {
                error.with_hint(
                    "the service has no Server Events, or has them elsewhere: set the path of the subscription",
                )
            } else {
                error
            });
        }
        let requested = requested.into_iter().chain(error.retry_after()).max().unwrap_or_default();
        let wait = backoff::wait(self.failures).max(requested).min(backoff::MAX_WAIT);
        self.phase = Phase::Connect { after: wait };
        Ok(Event::Reconnecting { error, failures: self.failures, wait })
    }

    /// Whether reconnecting is pointless. While a service restarts, its proxy may return anything, so what worked before may work
    /// again.
    fn is_final(&self, error: &Error) -> bool {
        match &self.phase {
            // A heartbeat or a frame failed, not the stream. The next connection shows what is wrong.
            Phase::Open(_) => return false,
            _ if error.is_unauthorized() || error.is_forbidden() => return true,
            _ => {}
        }
        match error.kind() {
            ErrorKind::Configuration | ErrorKind::Request => true,
            ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Interrupted => false,
            _ => {
                !self.was_connected
                    && !error.status().is_some_and(|status| matches!(status.as_u16(), 408 | 425 | 429 | 500..))
            }
        }
    }
}

impl Stream for Events {
    type Item = Result<Event, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let event = std::task::ready!(self.stream.poll_next_unpin(context));
        if event.is_none() {
            // Close the connection.
            self.stream = stream::empty().boxed();
        }
        Poll::Ready(event)
    }
}

/// Unregisters the subscription in a separate task if there is a tokio runtime.
impl Drop for Events {
    fn drop(&mut self) {
        if let (Some(subscription), Ok(runtime)) = (self.to_unregister(), tokio::runtime::Handle::try_current()) {
            runtime.spawn(async move { subscription.stop().await });
        }
    }
}

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("subscription", &self.subscription).finish_non_exhaustive()
    }
}
