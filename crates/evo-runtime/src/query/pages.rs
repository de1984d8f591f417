//! Lists that are read page by page.

use std::collections::hash_map::DefaultHasher;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use futures_core::stream::BoxStream;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use super::Page;
use crate::client::{Call, Client, Reply};
use crate::error::{Error, ErrorKind};
use crate::operations::Operation;
use crate::request::PreparedRequest;

/// A [`Stream`] of the pages of a list. Created by [`Client::pages`] and [`Query::pages`](super::Query::pages). Each page is requested when
/// the stream is polled for it, so only one page is in memory at a time.
///
/// If the responses state the total, the stream ends with the page that completes it; otherwise with an empty page, or with a page that
/// states that no more follow. It also ends after an error.
#[must_use = "streams are lazy: nothing is requested until `next` is called"]
pub struct Pages<P> {
    /// The settings, until the first poll turns them into the stream.
    start: Option<Box<Start<P>>>,
    stream: Option<BoxStream<'static, Result<P, Error>>>,
}

/// Requests the pages.
struct Start<P> {
    client: Client,
    prepare: Box<Prepare>,
    decode: fn(Reply) -> Result<P, Error>,
    walk: Walk,
}

/// Prepares the request of a page.
type Prepare = dyn FnMut(&Walk) -> Result<PreparedRequest, Error> + Send;

/// The position in a list.
#[derive(Debug)]
pub(super) struct Walk {
    /// The number of the next page.
    pub(super) page: i32,
    /// The number of items so far.
    pub(super) seen: u64,
    /// The number of items on the longest page so far.
    longest: usize,
    /// Whether a page that is shorter than an earlier one is the last.
    ends_when_short: bool,
    /// The hash of the previous page. A server that ignores the number would send the same page forever.
    last: Option<u64>,
}

impl Client {
    /// Requests the pages of a list. `set_page` sets the page number, which starts at 0.
    ///
    /// See [`guide::autoquery`](crate::guide::autoquery#other-lists).
    pub fn pages<T>(&self, operation: T, set_page: impl FnMut(T, i32) -> T + Send + 'static) -> Pages<T::Answer>
    where
        T: Operation + Clone + Send + 'static,
        T::Answer: Page,
    {
        self.call(operation).pages(set_page)
    }
}

impl<T: Operation> Call<T> {
    /// Requests the pages of a list as [`Client::pages`] does, with the settings of this call.
    pub fn pages(self, mut set_page: impl FnMut(T, i32) -> T + Send + 'static) -> Pages<T::Answer>
    where
        T: Clone + Send + 'static,
        T::Answer: Page,
    {
        let Self { operation, options } = self;
        let client = options.client.clone();
        let prepare = move |walk: &Walk| options.prepare_call(&T::SPEC, &mut set_page(operation.clone(), walk.page));
        Pages::new(client, Box::new(prepare), T::answer, false)
    }
}

impl<P: Page> Pages<P> {
    pub(super) fn new(
        client: Client,
        prepare: Box<Prepare>,
        decode: fn(Reply) -> Result<P, Error>,
        ends_when_short: bool,
    ) -> Self {
        let walk = Walk { page: 0, seen: 0, longest: 0, ends_when_short, last: None };
        Self { start: Some(Box::new(Start { client, prepare, decode, walk })), stream: None }
    }

    /// Sets the number of the first page; the default is 0.
    pub fn starting_at(mut self, page: i32) -> Self {
        if let Some(start) = &mut self.start {
            start.walk.page = page;
        }
        self
    }

    /// Sets the number of items before the first page.
    pub(super) fn after(mut self, items: u64) -> Self {
        if let Some(start) = &mut self.start {
            start.walk.seen = items;
        }
        self
    }

    /// Requests the next page. Returns `None` at the end.
    pub async fn next(&mut self) -> Option<Result<P, Error>> {
        futures_util::StreamExt::next(self).await
    }

    /// Turns the pages into a stream of their items.
    pub fn items(self) -> Items<P>
    where
        P::Item: Send,
    {
        let items = self.map_ok(|page| stream::iter(page.into_items().into_iter().map(Ok)));
        Items { stream: items.try_flatten().boxed() }
    }
}

impl<P: Page> Start<P> {
    fn into_stream(self) -> BoxStream<'static, Result<P, Error>> {
        let Self { client, mut prepare, decode, walk } = self;
        let pages = stream::try_unfold(Some(walk), move |walk| {
            let step = walk.map(|walk| (prepare(&walk), client.clone(), walk));
            async move {
                let Some((request, client, mut walk)) = step else { return Ok(None) };
                let reply = client.execute(request?).await?;
                walk.check(&reply)?;
                let page = decode(reply)?;
                let is_first = walk.longest == 0;
                let is_last = walk.is_last(page.count(), page.total(), page.has_more());
                // An empty page is returned only if it is the first.
                let is_shown = is_first || page.count() > 0;
                Ok(is_shown.then_some((page, (!is_last).then_some(walk))))
            }
        });
        pages.boxed()
    }
}

impl Walk {
    /// Fails if the page is the same as the previous one.
    fn check(&mut self, reply: &Reply) -> Result<(), Error> {
        let mut hasher = DefaultHasher::new();
        reply.body().hash(&mut hasher);
        let hash = hasher.finish();
        if self.last.replace(hash) == Some(hash) && self.longest > 0 {
            return Err(Error::new(ErrorKind::Request, "the server returned the same page again")
                .with_hint("check that the right member holds the number of the page")
                .during(reply.operation));
        }
        Ok(())
    }

    fn is_last(&mut self, count: usize, total: Option<u64>, has_more: Option<bool>) -> bool {
        let is_short = self.ends_when_short && count < self.longest;
        self.longest = self.longest.max(count);
        self.seen += count as u64;
        self.page = self.page.saturating_add(1);
        count == 0
            || is_short
            || match total.filter(|total| *total > 0) {
                Some(total) => self.seen >= total,
                None => has_more == Some(false),
            }
    }
}

impl<P: Page> Stream for Pages<P> {
    type Item = Result<P, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(start) = self.start.take() {
            self.stream = Some(start.into_stream());
        }
        self.stream.as_mut().map_or(Poll::Ready(None), |pages| pages.poll_next_unpin(context))
    }
}

impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}

/// A [`Stream`] of the items of a list. Created by [`Pages::items`]. It ends after an error.
#[must_use = "streams are lazy: nothing is requested until `next` is called"]
pub struct Items<P: Page> {
    stream: BoxStream<'static, Result<P::Item, Error>>,
}

impl<P: Page> Items<P> {
    /// Returns the next item, and requests the next page if necessary; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<P::Item, Error>> {
        futures_util::StreamExt::next(self).await
    }
}

impl<P: Page> Stream for Items<P> {
    type Item = Result<P::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.stream.poll_next_unpin(context)
    }
}

impl<P: Page> fmt::Debug for Items<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").finish_non_exhaustive()
    }
}
