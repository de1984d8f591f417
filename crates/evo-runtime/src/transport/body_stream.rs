//! Bodies of requests that are sent while they are made.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_core::Stream;

use super::{BoxFuture, Chunks, Failure, TransportError};

/// A body in pieces. A clone is the same body.
#[derive(Clone)]
pub struct BodyStream {
    length: Option<u64>,
    source: Source,
}

#[derive(Clone)]
enum Source {
    /// Makes the pieces as often as they are sent.
    Opened(Arc<dyn Fn() -> Box<dyn Chunks> + Send + Sync>),
    /// The pieces, until the first of them is taken.
    Once(Arc<Mutex<Option<Box<dyn Chunks>>>>),
}

impl BodyStream {
    /// A body whose pieces can be made again, so that it can be sent again. Its length is in bytes; a body without one is sent chunked.
    pub fn new(length: Option<u64>, open: impl Fn() -> Box<dyn Chunks> + Send + Sync + 'static) -> Self {
        Self { length, source: Source::Opened(Arc::new(open)) }
    }

    /// A body that can be sent once.
    pub fn once(length: Option<u64>, chunks: impl Chunks + 'static) -> Self {
        Self { length, source: Source::Once(Arc::new(Mutex::new(Some(Box::new(chunks))))) }
    }

    /// A body of the items of a stream; it can be sent once.
    pub fn of_stream<S, E>(length: Option<u64>, stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: fmt::Display,
    {
        Self::once(length, OfStream(Box::pin(stream)))
    }

    /// How many bytes it has, where that is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// Whether it can be sent once more: it was not sent yet, or can be made again.
    #[must_use]
    pub fn can_be_sent(&self) -> bool {
        match &self.source {
            Source::Opened(_) => true,
            Source::Once(chunks) => chunks.lock().unwrap_or_else(PoisonError::into_inner).is_some(),
        }
    }

    /// Whether it can be made again and again.
    pub(crate) fn is_repeatable(&self) -> bool {
        matches!(self.source, Source::Opened(_))
    }

    /// The pieces.
    #[must_use]
    pub fn open(&self) -> Box<dyn Chunks> {
        match &self.source {
            Source::Opened(open) => open(),
            Source::Once(shared) => Box::new(Once { shared: Arc::clone(shared), taken: None }),
        }
    }
}

/// The same body, not an equal one.
impl PartialEq for BodyStream {
    fn eq(&self, other: &Self) -> bool {
        match (&self.source, &other.source) {
            (Source::Opened(this), Source::Opened(other)) => Arc::ptr_eq(this, other),
            (Source::Once(this), Source::Once(other)) => Arc::ptr_eq(this, other),
            _ => false,
        }
    }
}

impl Eq for BodyStream {}

impl fmt::Debug for BodyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyStream").field("length", &self.length).finish_non_exhaustive()
    }
}

/// Takes the pieces when the first is wanted, so that an attempt that sent nothing uses nothing up.
struct Once {
    shared: Arc<Mutex<Option<Box<dyn Chunks>>>>,
    taken: Option<Box<dyn Chunks>>,
}

impl Chunks for Once {
    fn next(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>> {
        if self.taken.is_none() {
            self.taken = self.shared.lock().unwrap_or_else(PoisonError::into_inner).take();
        }
        match &mut self.taken {
            Some(chunks) => chunks.next(),
            None => Box::pin(std::future::ready(Err(TransportError::new(
                Failure::Interrupted,
                "the body was sent already, and cannot be made again",
            )))),
        }
    }
}

struct OfStream<S>(Pin<Box<S>>);

impl<S, E> Chunks for OfStream<S>
where
    S: Stream<Item = Result<Bytes, E>> + Send,
    E: fmt::Display,
{
    fn next(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>> {
        Box::pin(std::future::poll_fn(|context| {
            self.0.as_mut().poll_next(context).map(|item| {
                item.transpose().map_err(|error| {
                    TransportError::new(Failure::Interrupted, format!("the body cannot be read: {error}"))
                })
            })
        }))
    }
}
