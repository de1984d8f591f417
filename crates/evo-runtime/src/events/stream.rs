//! The stream of events: connects, reads, and connects again.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;

use super::open::{Open, Timer, timer};
use super::subscription::Signal;
use super::{Event, Handlers, Subscription, backoff, requests};
use crate::client::{Client, Download, Retry};
use crate::error::{Error, ErrorKind};
use crate::transport::BoxFuture;

/// How long making a connection may take if the client has no timeout.
const PATIENCE: Duration = Duration::from_secs(100);

/// The events of a subscription, in the order in which they arrive.
///
/// It is a [`Stream`], and has a [`next`](Self::next) of its own. It ends after its first `Err`, which says why it cannot go on, and
/// when it is stopped. A lost connection is not an error but an event, [`Event::Reconnecting`].
///
/// Everything happens while the stream is polled, heartbeats too: if it is not polled within the idle timeout of the server, the server
/// may drop the subscription; the stream then reconnects. A `next` that is cancelled loses nothing. Dropping the stream ends the
/// subscription.
pub struct Events {
    client: Client,
    options: Options,
    subscription: Subscription,
    phase: Phase,
    /// The event that `connect` waited for.
    first: Option<Event>,
    /// The number of connections that failed in a row.
    failures: u32,
    was_connected: bool,
}

/// Settings of a stream.
#[derive(Debug, Clone)]
pub(super) struct Options {
    pub(super) path: String,
    pub(super) frame_limit: usize,
    pub(super) attempts: Option<u32>,
    pub(super) unregister_on_drop: bool,
}

enum Phase {
    Waiting(Timer),
    Connecting { answer: BoxFuture<'static, Result<Download, Error>>, patience: Timer },
    Open(Box<Open>),
    Ended,
}

impl Events {
    pub(super) fn new(client: Client, channels: Vec<String>, options: Options) -> Self {
        let subscription = Subscription::new(client.clone(), channels);
        // The stream retries by itself, and a heartbeat that fails ends the connection at once.
        let client = client.with(|settings| settings.retry = Retry::never());
        // The first connection begins when the first event is asked for.
        let phase = Phase::Waiting(Box::pin(std::future::ready(())));
        Self { client, options, subscription, phase, first: None, failures: 0, was_connected: false }
    }

    /// Waits for the first event, which establishes the subscription.
    pub(super) async fn wait_for_connection(&mut self) -> Result<(), Error> {
        match self.next().await {
            Some(Ok(Event::Reconnecting { error, .. }) | Err(error)) => Err(error),
            None => Err(Error::new(ErrorKind::Interrupted, "the subscription was stopped")),
            Some(Ok(event)) => {
                self.first = Some(event);
                Ok(())
            }
        }
    }

    /// The next event; `None` after the subscription was stopped, and after an error.
    ///
    /// # Errors
    ///
    /// If the subscription cannot go on: the client is not signed in (401) or not allowed (403), the service has no event stream at
    /// this path, or as many connections failed as are allowed.
    pub async fn next(&mut self) -> Option<Result<Event, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Passes each event to its handlers, until the subscription is stopped.
    ///
    /// # Errors
    ///
    /// As [`next`](Self::next), and if a handler cannot read an event and [`Handlers::on_error`] is not set.
    pub async fn run(&mut self, handlers: &mut Handlers) -> Result<(), Error> {
        while let Some(event) = self.next().await {
            handlers.dispatch(&event?)?;
        }
        Ok(())
    }

    /// A handle that changes and stops the subscription while the events are read here.
    #[must_use]
    pub fn subscription(&self) -> Subscription {
        self.subscription.clone()
    }

    /// Ends the subscription and waits until the server was told.
    pub async fn stop(self) {
        self.subscription.stop().await;
    }

    /// The subscription that has to be unregistered at the server.
    #[cfg(any(feature = "reqwest", feature = "blocking"))]
    pub(crate) fn to_unregister(&self) -> Option<Subscription> {
        (self.options.unregister_on_drop && self.subscription.is_connected()).then(|| self.subscription.clone())
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event, Error>>> {
        loop {
            match self.subscription.signal(context.waker()) {
                Some(Signal::Stop) => {
                    self.phase = Phase::Ended;
                    self.first = None;
                }
                Some(Signal::Reconnect) if !matches!(self.phase, Phase::Ended) => {
                    self.connect();
                }
                _ => {}
            }
            if let Some(event) = self.first.take() {
                return Poll::Ready(Some(Ok(event)));
            }
            let lost = match &mut self.phase {
                Phase::Ended => return Poll::Ready(None),
                Phase::Waiting(timer) => {
                    std::task::ready!(timer.as_mut().poll(context));
                    self.connect();
                    continue;
                }
                Phase::Connecting { answer, patience } => match answer.as_mut().poll(context) {
                    Poll::Ready(answer) => {
                        let patience = std::mem::replace(patience, Box::pin(std::future::pending()));
                        let limit = self.options.frame_limit;
                        match answer.and_then(|download| Open::new(self.client.clone(), download, limit, patience)) {
                            Ok(open) => {
                                self.phase = Phase::Open(Box::new(open));
                                continue;
                            }
                            Err(error) => error.during("event-stream"),
                        }
                    }
                    Poll::Pending => {
                        std::task::ready!(patience.as_mut().poll(context));
                        Error::new(ErrorKind::Timeout, "the server did not answer the event stream in time")
                            .during("event-stream")
                    }
                },
                Phase::Open(open) => match std::task::ready!(open.poll_frame(context)) {
                    Ok(frame) => {
                        let event = Event::from(frame);
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
                            // Messages prove that the connection works. What the server says on connecting
                            // does not: a server that breaks off at once would otherwise be asked again
                            // without a pause.
                            Event::Message(_) => self.failures = 0,
                            _ => {}
                        }
                        return Poll::Ready(Some(Ok(event)));
                    }
                    Err(error) => error.during("event-stream"),
                },
            };
            return Poll::Ready(Some(self.lost(lost)));
        }
    }

    fn connect(&mut self) {
        let client = self.client.clone();
        let request = requests::stream(&client, &self.options.path, &self.subscription.ask());
        let patience = timer(&client, client.settings.timeout.unwrap_or(PATIENCE));
        // The stream has its own rules for silence.
        let client = client.with(|settings| (settings.timeout, settings.read_timeout) = (None, None));
        let answer = Box::pin(async move { Ok(client.execute(request?).await?.into_download()) });
        self.phase = Phase::Connecting { answer, patience };
    }

    /// The connection is lost: says so and waits, or gives up.
    fn lost(&mut self, error: Error) -> Result<Event, Error> {
        let asked = match &self.phase {
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
        let asked = asked.into_iter().chain(error.retry_after()).max().unwrap_or_default();
        let wait = backoff::wait(self.failures).max(asked).min(backoff::LONGEST);
        self.phase = Phase::Waiting(timer(&self.client, wait));
        Ok(Event::Reconnecting { error, failures: self.failures, wait })
    }

    /// Whether reconnecting cannot help. While a service restarts, its proxy may return anything: what worked before may work
    /// again.
    fn is_final(&self, error: &Error) -> bool {
        match &self.phase {
            // A heartbeat or a frame failed, not the stream: the next connection shows what is wrong.
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

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

/// Unregisters the subscription in a task of its own if there is a tokio runtime (feature `reqwest`).
impl Drop for Events {
    fn drop(&mut self) {
        #[cfg(feature = "reqwest")]
        if let (Some(subscription), Ok(runtime)) = (self.to_unregister(), tokio::runtime::Handle::try_current()) {
            runtime.spawn(async move { subscription.stop().await });
        }
    }
}

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events")
            .field("subscription", &self.subscription)
            .field("failures", &self.failures)
            .finish_non_exhaustive()
    }
}
