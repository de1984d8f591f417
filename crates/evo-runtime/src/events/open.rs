//! A single connection: its frames, its heartbeats, and whether it is alive.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::{Either, pending, select};

use super::requests;
use super::{Connection, Frame, FrameReader};
use crate::client::{Client, Download};
use crate::error::{Error, ErrorKind};
use crate::transport::BoxFuture;

/// Waits with the timer of the client's transport, or forever if it has none.
pub(super) async fn wait(client: Client, pause: Duration) {
    match client.settings.transport.sleep(pause) {
        Some(over) => over.await,
        None => pending().await,
    }
}

/// The minimum interval between heartbeats, whatever the server says.
const MIN_INTERVAL: Duration = Duration::from_millis(100);

/// The maximum interval between heartbeats.
const MAX_INTERVAL: Duration = Duration::from_secs(3600);

/// An open connection on which the server sends events.
pub(super) struct Open {
    client: Client,
    download: Download,
    frames: FrameReader,
    /// Completes if an expected frame does not arrive in time.
    watch: BoxFuture<'static, Error>,
    /// Sends heartbeats, and completes if one fails.
    heartbeats: BoxFuture<'static, Error>,
    /// How long the echo of a heartbeat may take.
    echo_timeout: Duration,
    /// Whether a heartbeat has been sent since the last echo.
    is_echo_due: Arc<AtomicBool>,
}

impl Open {
    /// Creates a connection. `connect_timeout` completes if `cmd.onConnect`, the first message of a connection, is late.
    pub(super) fn new(
        client: Client,
        download: Download,
        frame_limit: usize,
        connect_timeout: BoxFuture<'static, ()>,
    ) -> Result<Self, Error> {
        let content_type = download.content_type().unwrap_or_default().to_owned();
        if !content_type.trim_start().to_ascii_lowercase().starts_with("text/event-stream") {
            let message = format!("the server answered {content_type:?} where an event stream was expected");
            return Err(Error::new(ErrorKind::Decode, message)
                .with_hint("check the base URL of the client, and the path of the event stream"));
        }
        Ok(Self {
            client,
            download,
            frames: FrameReader::new(frame_limit),
            watch: connect_timeout.map(|()| silent("the server did not announce the subscription")).boxed(),
            heartbeats: pending().boxed(),
            echo_timeout: Duration::MAX,
            is_echo_due: Arc::default(),
        })
    }

    /// Returns the pause before the next connection that the server requests.
    pub(super) fn retry(&self) -> Option<Duration> {
        self.frames.retry()
    }

    /// Returns the next frame, sending heartbeats while it waits.
    pub(super) async fn next_frame(&mut self) -> Result<Frame, Error> {
        loop {
            let frame = self.frames.next_frame().map_err(|error| {
                Error::new(ErrorKind::TooLarge, error.to_string()).with_hint("set frame_limit of the subscription")
            })?;
            if let Some(frame) = frame {
                return Ok(frame);
            }
            let failure = select(&mut self.watch, &mut self.heartbeats);
            match select(pin!(self.download.chunk()), failure).await {
                Either::Left((chunk, _)) => match chunk? {
                    Some(chunk) => self.frames.feed(&chunk),
                    None => return Err(Error::new(ErrorKind::Interrupted, "the server ended the event stream")),
                },
                Either::Right((failure, _)) => return Err(failure.factor_first().0),
            }
        }
    }

    /// Starts heartbeats for an established subscription, unless the server expects none.
    pub(super) fn connected(&mut self, connection: &Connection) {
        let settings = &self.client.settings;
        let url = connection.heartbeat_url.as_deref().and_then(|url| requests::own_url(&settings.base, url));
        let Some(url) = url else {
            (self.watch, self.heartbeats) = (pending().boxed(), pending().boxed());
            return;
        };
        let requested = connection.heartbeat_interval.unwrap_or(Duration::from_secs(10));
        // A silence longer than the timeout of the client would end the stream. The echoes of heartbeats prevent that.
        let longest = settings.options.timeout.map_or(MAX_INTERVAL, |timeout| (timeout / 2).min(MAX_INTERVAL));
        let interval = requested.min(longest).max(MIN_INTERVAL);
        self.echo_timeout = connection.idle_timeout.unwrap_or(interval * 3).clamp(interval * 2, MAX_INTERVAL * 3);
        let (client, is_echo_due) = (self.client.clone(), Arc::clone(&self.is_echo_due));
        self.heartbeats = async move {
            loop {
                wait(client.clone(), interval).await;
                is_echo_due.store(true, Ordering::Relaxed);
                let request = requests::empty_post(&client, "event-heartbeat", url.clone());
                if let Err(error) = client.execute(request).await {
                    return error;
                }
            }
        }
        .boxed();
        self.echoed();
    }

    /// Records the echo of a heartbeat, and waits for the next one. Servers return 200 even for heartbeats of a subscription whose
    /// connection is lost, so only the echo proves that it is alive.
    pub(super) fn echoed(&mut self) {
        self.is_echo_due.store(false, Ordering::Relaxed);
        let (client, echo_timeout, is_echo_due) =
            (self.client.clone(), self.echo_timeout, Arc::clone(&self.is_echo_due));
        self.watch = async move {
            loop {
                wait(client.clone(), echo_timeout).await;
                // If the stream was not polled for so long that no heartbeat was sent, no echo is due yet.
                if is_echo_due.load(Ordering::Relaxed) {
                    return silent("no heartbeat came back");
                }
            }
        }
        .boxed();
    }
}

fn silent(what: &str) -> Error {
    Error::new(ErrorKind::Timeout, format!("the event stream is silent: {what}"))
}
