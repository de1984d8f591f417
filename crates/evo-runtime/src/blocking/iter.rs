//! Streams as iterators.

use futures_core::Stream;
use futures_util::StreamExt as _;

use super::runtime::Runtime;
use crate::error::Error;

/// An iterator over a stream, created by [`Client::iter`](super::Client::iter). Each call to `next` waits for one item. It ends if waiting
/// itself fails.
#[derive(Debug)]
#[must_use = "iterators are lazy: nothing is requested until `next` is called"]
pub struct Iter<S> {
    pub(super) runtime: Runtime,
    pub(super) stream: S,
    pub(super) is_over: bool,
}

impl<S: Stream<Item = Result<T, Error>> + Unpin, T> Iterator for Iter<S> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        self.runtime.wait(self.stream.next()).unwrap_or_else(|error| {
            self.is_over = true;
            Some(Err(error))
        })
    }
}
