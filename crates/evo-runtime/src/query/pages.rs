//! Long lists, page by page.

use std::collections::hash_map::DefaultHasher;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use futures_core::stream::BoxStream;
use futures_util::{StreamExt as _, stream};

use super::Page;
use crate::client::{Call, Client, Reply};
use crate::error::{Error, ErrorKind};
use crate::operations::Operation;
use crate::request::PreparedRequest;

/// The pages of a list, one after the other; made by [`Client::pages`] and [`Query::pages`](super::Query::pages). One page at a time is in
/// memory, and the next one is requested when it is asked for.
///
/// It ends after the page that completes the total, if the answers tell it; else after one that says that no more follow, or holds nothing.
/// It also ends after an error. It is a [`Stream`], and has a [`next`](Self::next) of its own.
#[must_use = "pages are requested when they are asked for"]
pub struct Pages<P> {
    state: State<P>,
}

enum State<P> {
    /// Nothing was requested yet.
    New(Box<Start<P>>),
    Running(BoxStream<'static, Result<P, Error>>),
    Ended,
}

/// What is needed to request the pages.
struct Start<P> {
    client: Client,
    prepare: Box<Prepare>,
    decode: fn(Reply) -> Result<P, Error>,
    walk: Walk,
}

/// Makes the request of a page.
type Prepare = dyn FnMut(&Walk) -> Result<PreparedRequest, Error> + Send;

/// How far a list has been read.
#[derive(Debug)]
pub(super) struct Walk {
    /// The number of the page that comes next.
    pub(super) page: i32,
    /// The number of items so far.
    pub(super) seen: u64,
    /// The number of items of the longest page so far.
    longest: usize,
    /// A shorter page than an earlier one is the last.
    ends_when_short: bool,
    /// The hash of the page before: a server that ignores the number sends the same page forever.
    last: Option<u64>,
}

impl Client {
    /// The pages of a list. The function sets the number of the page, which starts at 0.
    ///
    /// See [`guide::autoquery`](crate::guide::autoquery#other-lists).
    pub fn pages<T>(&self, operation: T, turn: impl FnMut(T, i32) -> T + Send + 'static) -> Pages<T::Answer>
    where
        T: Operation + Clone + Send + 'static,
        T::Answer: Page,
    {
        self.call(operation).pages(turn)
    }
}

impl<T: Operation> Call<T> {
    /// The pages of a list, as [`Client::pages`], with the settings of this call.
    pub fn pages(self, mut turn: impl FnMut(T, i32) -> T + Send + 'static) -> Pages<T::Answer>
    where
        T: Clone + Send + 'static,
        T::Answer: Page,
    {
        let (operation, options) = self.into_parts();
        let client = options.client.clone();
        let prepare = move |walk: &Walk| options.prepare_call(&T::SPEC, &mut turn(operation.clone(), walk.page));
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
        Self { state: State::New(Box::new(Start { client, prepare, decode, walk })) }
    }

    /// The number of the first page; the default is 0.
    pub fn starting_at(mut self, page: i32) -> Self {
        if let State::New(start) = &mut self.state {
            start.walk.page = page;
        }
        self
    }

    /// The number of items before the first page.
    pub(super) fn after(mut self, items: u64) -> Self {
        if let State::New(start) = &mut self.state {
            start.walk.seen = items;
        }
        self
    }

    /// The next page; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<P, Error>> {
        futures_util::StreamExt::next(self).await
    }

    /// The items of all pages.
    pub fn items(self) -> Items<P> {
        Items { pages: self, page: Vec::new().into_iter() }
    }
}

impl<P: Page> Start<P> {
    /// The pages, until the last one or an error.
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
                // An empty page says something only if it is the only one.
                let is_shown = is_first || page.count() > 0;
                Ok(is_shown.then_some((page, (!is_last).then_some(walk))))
            }
        });
        pages.boxed()
    }
}

impl Walk {
    /// Refuses a page that is the one before.
    fn check(&mut self, reply: &Reply) -> Result<(), Error> {
        let mut hasher = DefaultHasher::new();
        reply.body().hash(&mut hasher);
        let hash = hasher.finish();
        if self.last.replace(hash) == Some(hash) && self.longest > 0 {
            return Err(Error::new(ErrorKind::Request, "the server returned the same page again")
                .with_hint("check that the right member holds the number of the page")
                .during(reply.operation()));
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
        loop {
            match &mut self.state {
                State::Running(pages) => return pages.poll_next_unpin(context),
                State::Ended => return Poll::Ready(None),
                state @ State::New(_) => {
                    if let State::New(start) = std::mem::replace(state, State::Ended) {
                        *state = State::Running(start.into_stream());
                    }
                }
            }
        }
    }
}

impl<P> Unpin for Pages<P> {}

impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}

/// The items of a list, one after the other; made by [`Pages::items`]. After an error it ends.
#[must_use = "items are asked for when they are wanted"]
pub struct Items<P: Page> {
    pages: Pages<P>,
    /// The items of the page that was requested last.
    page: std::vec::IntoIter<P::Item>,
}

impl<P: Page> Items<P> {
    /// The next item; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<P::Item, Error>> {
        futures_util::StreamExt::next(self).await
    }
}

impl<P: Page> Stream for Items<P> {
    type Item = Result<P::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_next_unpin(context)) {
                Some(Ok(page)) => self.page = page.into_items().into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<P: Page> Unpin for Items<P> {}

impl<P: Page> fmt::Debug for Items<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).field("waiting", &self.page.len()).finish()
    }
}
