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
const SHORTEST_INTERVAL: Duration = Duration::from_millis(100);

/// The maximum interval between heartbeats.
const LONGEST_INTERVAL: Duration = Duration::from_secs(3600);

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
    patience: Duration,
    /// Whether a heartbeat has been sent since the last echo.
    owes_echo: Arc<AtomicBool>,
}

impl Open {
    /// Creates a connection. `patience` completes if `cmd.onConnect`, the first message of a connection, is late.
    pub(super) fn new(
        client: Client,
        download: Download,
        frame_limit: usize,
        patience: BoxFuture<'static, ()>,
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
            watch: patience.map(|()| silent("the server did not announce the subscription")).boxed(),
            heartbeats: pending().boxed(),
            patience: Duration::MAX,
            owes_echo: Arc::default(),
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
        let asked = connection.heartbeat_interval.unwrap_or(Duration::from_secs(10));
        // A silence longer than the timeout of the client would end the stream. The echoes of heartbeats prevent that.
        let longest = settings.options.timeout.map_or(LONGEST_INTERVAL, |timeout| (timeout / 2).min(LONGEST_INTERVAL));
        let interval = asked.min(longest).max(SHORTEST_INTERVAL);
        self.patience = connection.idle_timeout.unwrap_or(interval * 3).clamp(interval * 2, LONGEST_INTERVAL * 3);
        let (client, owes_echo) = (self.client.clone(), Arc::clone(&self.owes_echo));
        self.heartbeats = async move {
            loop {
                wait(client.clone(), interval).await;
                owes_echo.store(true, Ordering::Relaxed);
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
        self.owes_echo.store(false, Ordering::Relaxed);
        let (client, patience, owes_echo) = (self.client.clone(), self.patience, Arc::clone(&self.owes_echo));
        self.watch = async move {
            loop {
                wait(client.clone(), patience).await;
                // If the stream was not polled for so long that no heartbeat was sent, no echo is due yet.
                if owes_echo.load(Ordering::Relaxed) {
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
