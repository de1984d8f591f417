//! Streams as iterators.

use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;

use super::Items;
use super::runtime::Runtime;
use crate::error::Error;
use crate::query::{Page, Pages};

/// The items of a stream, each waited for when it is wanted. After an error of the client itself it ends.
#[derive(Debug)]
#[must_use = "items are asked for when they are wanted"]
pub struct Iter<S> {
    runtime: Runtime,
    stream: S,
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

impl<P: Page> Iter<Pages<P>> {
    /// The number of the first page; 0 unless this says otherwise.
    pub fn starting_at(self, page: i32) -> Self {
        Self { stream: self.stream.starting_at(page), ..self }
    }

    /// The items of all pages.
    pub fn items(self) -> Items<P> {
        Iter { stream: self.stream.items(), runtime: self.runtime, is_over: self.is_over }
    }
}
