//! One connection: its frames, its heartbeats, and whether it is alive.

use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;

use super::requests;
use super::{Connection, Frame, FrameReader};
use crate::client::{Client, Download};
use crate::error::{Error, ErrorKind};
use crate::transport::BoxFuture;

/// A future that completes when its time is over.
pub(super) type Timer = BoxFuture<'static, ()>;

/// A timer of the client's transport, which starts when it is first polled; it never completes without a clock.
pub(super) fn timer(client: &Client, pause: Duration) -> Timer {
    let transport = Arc::clone(&client.settings.transport);
    Box::pin(async move {
        match transport.sleep(pause) {
            Some(wait) => wait.await,
            None => std::future::pending().await,
        }
    })
}

/// Heartbeats are never sent more often, whatever the server says.
const SHORTEST_INTERVAL: Duration = Duration::from_millis(100);

/// Heartbeats are never sent less often.
const LONGEST_INTERVAL: Duration = Duration::from_secs(3600);

/// A connection on which the server sends events.
pub(super) struct Open {
    client: Client,
    /// The next chunk of the stream; it owns the stream, so that a poll that is cancelled loses nothing.
    reading: BoxFuture<'static, (Download, Result<Option<Bytes>, Error>)>,
    frames: FrameReader,
    watch: Watch,
    heart: Option<Heart>,
}

/// What has to arrive, and by when.
enum Watch {
    /// `cmd.onConnect`, with which a connection begins.
    Connect(Timer),
    /// `cmd.onHeartbeat`: a server replies with 200 even to heartbeats of a subscription whose connection is lost, so only the echo
    /// is a proof.
    Echo(Timer),
    /// Nothing: the server wants no heartbeats.
    Nothing,
}

/// The heartbeats of a connection.
struct Heart {
    url: url::Url,
    interval: Duration,
    patience: Duration,
    beat: Beat,
    /// The server has accepted a heartbeat since its last echo.
    owes_echo: bool,
}

enum Beat {
    Resting(Timer),
    Sent(BoxFuture<'static, Result<(), Error>>),
}

impl Open {
    /// `patience` is the time that is left for `cmd.onConnect`.
    pub(super) fn new(client: Client, download: Download, frame_limit: usize, patience: Timer) -> Result<Self, Error> {
        let content_type = download.content_type().unwrap_or_default().to_owned();
        if !content_type.trim_start().to_ascii_lowercase().starts_with("text/event-stream") {
            let message = format!("the server answered {content_type:?} where an event stream was expected");
            return Err(Error::new(ErrorKind::Decode, message)
                .with_hint("check the base URL of the client, and the path of the event stream"));
        }
        Ok(Self {
            client,
            reading: read(download),
            frames: FrameReader::new(frame_limit),
            watch: Watch::Connect(patience),
            heart: None,
        })
    }

    /// The pause that the server asks for before the next connection.
    pub(super) fn retry(&self) -> Option<Duration> {
        self.frames.retry()
    }

    /// The next frame, or why there will be none. Sends heartbeats meanwhile.
    pub(super) fn poll_frame(&mut self, context: &mut Context<'_>) -> Poll<Result<Frame, Error>> {
        if let Some(heart) = &mut self.heart {
            heart.poll(context, &self.client)?;
        }
        loop {
            let frame = self.frames.next_frame().map_err(|error| {
                Error::new(ErrorKind::TooLarge, error.to_string()).with_hint("set frame_limit of the subscription")
            })?;
            if let Some(frame) = frame {
                return Poll::Ready(Ok(frame));
            }
            match self.reading.as_mut().poll(context) {
                Poll::Ready((download, Ok(Some(chunk)))) => {
                    self.frames.feed(&chunk);
                    self.reading = read(download);
                }
                Poll::Ready((_, Ok(None))) => {
                    return Poll::Ready(Err(Error::new(ErrorKind::Interrupted, "the server ended the event stream")));
                }
                Poll::Ready((_, Err(error))) => return Poll::Ready(Err(error)),
                Poll::Pending => break,
            }
        }
        self.poll_watch(context).map(Err)
    }

    /// Ready if what has to arrive did not.
    fn poll_watch(&mut self, context: &mut Context<'_>) -> Poll<Error> {
        let missing = |what: &str| Error::new(ErrorKind::Timeout, format!("the event stream is silent: {what}"));
        loop {
            match (&mut self.watch, &mut self.heart) {
                (Watch::Connect(end), _) => {
                    ready!(end.as_mut().poll(context));
                    return Poll::Ready(missing("the server did not announce the subscription"));
                }
                (Watch::Echo(end), Some(heart)) => {
                    ready!(end.as_mut().poll(context));
                    if heart.owes_echo {
                        return Poll::Ready(missing("no heartbeat came back"));
                    }
                    // The stream was not polled for so long that no heartbeat was sent: there can be no echo yet.
                    self.watch = Watch::Echo(timer(&self.client, heart.patience));
                }
                (Watch::Echo(_) | Watch::Nothing, _) => return Poll::Pending,
            }
        }
    }

    /// The subscription is established: heartbeats begin.
    pub(super) fn connected(&mut self, connection: &Connection) {
        let settings = &self.client.settings;
        let url = connection.heartbeat_url.as_deref().and_then(|url| requests::own_url(&settings.base, url));
        let Some(url) = url else {
            (self.watch, self.heart) = (Watch::Nothing, None);
            return;
        };
        let asked = connection.heartbeat_interval.unwrap_or(Duration::from_secs(10));
        // A pause longer than the timeout of the client would end the stream; the echoes of heartbeats keep it shorter.
        let longest = settings.timeout.map_or(LONGEST_INTERVAL, |timeout| (timeout / 2).min(LONGEST_INTERVAL));
        let interval = asked.min(longest).max(SHORTEST_INTERVAL);
        let patience = connection.idle_timeout.unwrap_or(interval * 3).clamp(interval * 2, LONGEST_INTERVAL * 3);
        let beat = Beat::Resting(timer(&self.client, interval));
        self.watch = Watch::Echo(timer(&self.client, patience));
        self.heart = Some(Heart { url, interval, patience, beat, owes_echo: false });
    }

    /// The echo of a heartbeat arrived.
    pub(super) fn echoed(&mut self) {
        if let Some(heart) = &mut self.heart {
            heart.owes_echo = false;
            self.watch = Watch::Echo(timer(&self.client, heart.patience));
        }
    }
}

impl Heart {
    /// Sends heartbeats; the connection ends if one fails.
    fn poll(&mut self, context: &mut Context<'_>, client: &Client) -> Result<(), Error> {
        loop {
            match &mut self.beat {
                Beat::Resting(end) => {
                    if end.as_mut().poll(context).is_pending() {
                        return Ok(());
                    }
                    let request = requests::empty_post(client, "event-heartbeat", self.url.clone());
                    let client = client.clone();
                    self.owes_echo = true;
                    self.beat = Beat::Sent(Box::pin(async move { client.execute(request).await.map(drop) }));
                }
                Beat::Sent(answer) => match answer.as_mut().poll(context) {
                    Poll::Pending => return Ok(()),
                    Poll::Ready(answer) => {
                        answer?;
                        self.beat = Beat::Resting(timer(client, self.interval));
                    }
                },
            }
        }
    }
}

fn read(mut download: Download) -> BoxFuture<'static, (Download, Result<Option<Bytes>, Error>)> {
    Box::pin(async move {
        let chunk = download.chunk().await;
        (download, chunk)
    })
}
