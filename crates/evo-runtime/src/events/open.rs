//! One connection: its frames, its heartbeats, and whether it is alive.

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

/// Waits, by the clock of the client's transport; forever if it has none.
pub(super) async fn wait(client: Client, pause: Duration) {
    match client.settings.transport.sleep(pause) {
        Some(over) => over.await,
        None => pending().await,
    }
}

/// Heartbeats are never sent more often, whatever the server says.
const SHORTEST_INTERVAL: Duration = Duration::from_millis(100);

/// Heartbeats are never sent less often.
const LONGEST_INTERVAL: Duration = Duration::from_secs(3600);

/// A connection on which the server sends events.
pub(super) struct Open {
    client: Client,
    download: Download,
    frames: FrameReader,
    /// Completes if what has to arrive does not arrive in time.
    watch: BoxFuture<'static, Error>,
    /// Sends heartbeats, and completes if one fails.
    heartbeats: BoxFuture<'static, Error>,
    /// How long an echo of a heartbeat may take.
    patience: Duration,
    /// A heartbeat was sent since the last echo.
    owes_echo: Arc<AtomicBool>,
}

impl Open {
    /// `patience` completes if `cmd.onConnect`, with which a connection begins, is late.
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

    /// The pause that the server asks for before the next connection.
    pub(super) fn retry(&self) -> Option<Duration> {
        self.frames.retry()
    }

    /// The next frame. Sends heartbeats meanwhile.
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

    /// The subscription is established: heartbeats begin, unless the server wants none.
    pub(super) fn connected(&mut self, connection: &Connection) {
        let settings = &self.client.settings;
        let url = connection.heartbeat_url.as_deref().and_then(|url| requests::own_url(&settings.base, url));
        let Some(url) = url else {
            (self.watch, self.heartbeats) = (pending().boxed(), pending().boxed());
            return;
        };
        let asked = connection.heartbeat_interval.unwrap_or(Duration::from_secs(10));
        // A pause longer than the timeout of the client would end the stream; the echoes of heartbeats keep it shorter.
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

    /// The echo of a heartbeat arrived, and has to again: a server replies with 200 even to heartbeats of a subscription whose connection is
    /// lost, so only the echo is a proof.
    pub(super) fn echoed(&mut self) {
        self.owes_echo.store(false, Ordering::Relaxed);
        let (client, patience, owes_echo) = (self.client.clone(), self.patience, Arc::clone(&self.owes_echo));
        self.watch = async move {
            loop {
                wait(client.clone(), patience).await;
                // If the stream was not polled for so long that no heartbeat was sent, there can be no echo yet.
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
