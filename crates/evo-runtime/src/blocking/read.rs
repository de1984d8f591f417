//! Uploads from readers.

use std::io::{self, Read};

use bytes::Bytes;
use tokio::runtime::Handle;

use crate::files::{FilePart, unreadable};
use crate::transport::{BodyStream, BoxFuture, Chunks, TransportError};

/// How much is read at once.
const PIECE: u64 = 64 * 1024;

impl FilePart {
    /// A file that is read from anywhere while it is sent, on a thread of its own where there is a tokio runtime; it can be sent once. Its length
    /// is in bytes. Feature `blocking`.
    pub fn read(name: impl Into<String>, length: Option<u64>, reader: impl Read + Send + 'static) -> Self {
        Self::body(name, BodyStream::once(length, Reading(Some(Box::new(reader)))))
    }
}

/// A reader; none while it is read from, and after an error.
struct Reading(Option<Box<dyn Read + Send>>);

impl Reading {
    async fn piece(&mut self) -> io::Result<Option<Bytes>> {
        let Some(mut reader) = self.0.take() else { return Ok(None) };
        let read = move || {
            let mut piece = Vec::new();
            reader.by_ref().take(PIECE).read_to_end(&mut piece).map(|_| (reader, Bytes::from(piece)))
        };
        let (reader, piece) = match Handle::try_current() {
            // A reader may block, which the thread that drives the connections must not.
            Ok(runtime) => runtime.spawn_blocking(read).await.map_err(io::Error::other)??,
            Err(_) => read()?,
        };
        if piece.is_empty() {
            return Ok(None);
        }
        self.0 = Some(reader);
        Ok(Some(piece))
    }
}

impl Chunks for Reading {
    fn next(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>> {
        Box::pin(async move { self.piece().await.map_err(|error| unreadable(&error)) })
    }
}
