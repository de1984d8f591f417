//! Bodies of requests and responses.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_core::stream::BoxStream;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use super::TransportError;

/// The stream of the bytes of a body.
pub type ByteStream = BoxStream<'static, Result<Bytes, TransportError>>;

/// The body of a request or a response: either bytes in memory or a stream of bytes.
///
/// Cloning is cheap. Clones of a stream that can be read only once share that stream. `Debug` shows only the length, since a body may
/// contain a password.
#[derive(Clone)]
pub struct Body(Content);

#[derive(Clone)]
enum Content {
    Full(Bytes),
    /// Opens a new stream for each attempt.
    Replayable(Option<u64>, Arc<dyn Fn() -> ByteStream + Send + Sync>),
    /// Contains the stream until it is first polled.
    Once(Option<u64>, Arc<Mutex<Option<ByteStream>>>),
}

impl Body {
    /// Creates an empty body.
    #[must_use]
    pub fn empty() -> Self {
        Self(Content::Full(Bytes::new()))
    }

    /// Creates a body that can be read only once. `length` is its length in bytes; if it is unknown, the body is sent chunked.
    pub fn from_stream<S, E>(length: Option<u64>, stream: S) -> Self
    where
        S: stream::Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let stream = stream.map_err(|error| TransportError::from_body(error.into())).boxed();
        Self(Content::Once(length, Arc::new(Mutex::new(Some(stream)))))
    }

    /// Creates a body whose stream can be opened again, so that the request can be retried.
    pub fn replayable(length: Option<u64>, open: impl Fn() -> ByteStream + Send + Sync + 'static) -> Self {
        Self(Content::Replayable(length, Arc::new(open)))
    }

    /// Returns the length in bytes, or `None` if it is unknown.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.0 {
            Content::Full(bytes) => Some(bytes.len() as u64),
            Content::Replayable(length, _) | Content::Once(length, _) => *length,
        }
    }

    /// Whether the body is in memory and has no bytes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.as_bytes().is_some_and(<[u8]>::is_empty)
    }

    /// Returns the bytes, or `None` if the body is a stream.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.0 {
            Content::Full(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// Returns the bytes without copying them.
    ///
    /// # Errors
    ///
    /// Returns the body itself if it is a stream.
    pub fn try_into_bytes(self) -> Result<Bytes, Self> {
        match self.0 {
            Content::Full(bytes) => Ok(bytes),
            content => Err(Self(content)),
        }
    }

    /// Whether the body can be sent more than once.
    #[must_use]
    pub fn is_replayable(&self) -> bool {
        !matches!(self.0, Content::Once(..))
    }

    /// Whether the body can still be sent: it is replayable, or none of it has been read yet.
    #[must_use]
    pub fn can_be_sent(&self) -> bool {
        match &self.0 {
            Content::Once(_, stream) => stream.lock().unwrap_or_else(PoisonError::into_inner).is_some(),
            _ => true,
        }
    }

    /// Returns the bytes as a stream.
    #[must_use]
    pub fn into_stream(self) -> ByteStream {
        match self.0 {
            Content::Full(bytes) => stream::iter(Some(bytes).filter(|bytes| !bytes.is_empty()).map(Ok)).boxed(),
            Content::Replayable(_, open) => open(),
            // Taken on the first poll, so that an attempt that sends nothing does not use up the stream.
            Content::Once(_, shared) => stream::once(async move {
                shared.lock().unwrap_or_else(PoisonError::into_inner).take().ok_or_else(|| {
                    TransportError::interrupted("the body was already read, and cannot be read a second time")
                })
            })
            .try_flatten()
            .boxed(),
        }
    }

    /// Reads all bytes into memory.
    ///
    /// # Errors
    ///
    /// If the stream fails.
    pub async fn collect(self) -> Result<Bytes, TransportError> {
        match read_chunks(self.into_stream(), usize::MAX).await {
            (_, End::Broken(error)) => Err(error),
            (bytes, _) => Ok(bytes),
        }
    }
}

/// How reading a body ended.
pub(crate) enum End<E> {
    Complete,
    Limit,
    Broken(E),
}

/// Reads chunks up to `limit` bytes. Most bodies are a single chunk, which is not copied.
pub(crate) async fn read_chunks<E>(
    mut chunks: impl stream::Stream<Item = Result<Bytes, E>> + Unpin,
    limit: usize,
) -> (Bytes, End<E>) {
    let (mut read, mut left) = (Vec::new(), limit);
    let end = loop {
        match chunks.next().await {
            None => break End::Complete,
            Some(Err(error)) => break End::Broken(error),
            Some(Ok(mut chunk)) if chunk.len() > left => {
                chunk.truncate(left);
                read.push(chunk);
                break End::Limit;
            }
            Some(Ok(chunk)) => {
                left -= chunk.len();
                read.push(chunk);
            }
        }
    };
    let bytes = if read.len() > 1 { read.concat().into() } else { read.pop().unwrap_or_default() };
    (bytes, end)
}

impl Default for Body {
    fn default() -> Self {
        Self::empty()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.0, self.length()) {
            (Content::Full(_), Some(length)) => write!(f, "{length} bytes"),
            (_, Some(length)) => write!(f, "a stream of {length} bytes"),
            (_, None) => f.write_str("a stream"),
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(Content::Full(bytes))
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Bytes::from(text).into()
    }
}
