//! Uploads from readers.

use std::io::{self, Read};

use bytes::Bytes;
use futures_util::stream;
use tokio::runtime::Handle;

use crate::files::{FilePart, unreadable};
use crate::transport::{Body, TransportError};

/// The number of bytes to read at once.
const CHUNK_SIZE: u64 = 64 * 1024;

impl FilePart {
    /// Creates a file whose content is read from a reader while it is sent. It can be sent only once. `length` is the number of bytes, if
    /// it is known. Inside a tokio runtime, the reader runs on a thread for blocking work. Requires the feature `blocking`.
    pub fn read(name: impl Into<String>, length: Option<u64>, reader: impl Read + Send + 'static) -> Self {
        Self::body(name, Body::from_stream(length, stream::try_unfold(Box::new(reader) as Reader, next_piece)))
    }
}

type Reader = Box<dyn Read + Send>;

/// Returns the next chunk of a reader together with the reader; `None` at the end.
async fn next_piece(mut reader: Reader) -> Result<Option<(Bytes, Reader)>, TransportError> {
    let read = move || {
        let mut piece = Vec::new();
        reader.by_ref().take(CHUNK_SIZE).read_to_end(&mut piece).map(|_| (Bytes::from(piece), reader))
    };
    let piece = match Handle::try_current() {
        // A reader may block, but the thread that drives the connections must not.
        Ok(runtime) => runtime.spawn_blocking(read).await.map_err(io::Error::other).and_then(|piece| piece),
        Err(_) => read(),
    };
    let (piece, reader) = piece.map_err(unreadable)?;
    Ok((!piece.is_empty()).then_some((piece, reader)))
}
