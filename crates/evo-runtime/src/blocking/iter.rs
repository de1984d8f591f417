//! Streams as iterators.

use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;

use super::runtime::Runtime;
use crate::error::Error;

/// The items of a stream, each waited for when it is asked for; made by [`Client::iter`](super::Client::iter). It ends after an error of the
/// client itself.
#[derive(Debug)]
#[must_use = "items are asked for when they are wanted"]
pub struct Iter<S> {
    runtime: Runtime,
    pub(super) stream: S,
    is_over: bool,
}

impl<S> Iter<S> {
    pub(super) fn new(runtime: Runtime, stream: S) -> Self {
        Self { runtime, stream, is_over: false }
    }
}

impl<S: Stream<Item = Result<T, Error>> + Unpin, T> Iterator for Iter<S> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let item = self.runtime.wait(poll_fn(|context| Pin::new(&mut self.stream).poll_next(context)));
        item.unwrap_or_else(|error| {
            self.is_over = true;
            Some(Err(error))
        })
    }
}
