//! Long lists, page by page.

use std::collections::VecDeque;
use std::collections::hash_map::DefaultHasher;
use std::fmt;
use std::future::poll_fn;
use std::hash::{Hash, Hasher};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::Page;
use crate::client::{Client, Reply};
use crate::error::{Error, ErrorKind};
use crate::operations::Operation;
use crate::request::PreparedRequest;
use crate::transport::BoxFuture;

/// The pages of a list, one after the other; made by [`Client::pages`] and [`Query::pages`](super::Query::pages). One page at a time is in
/// memory, and the next is asked for when it is wanted.
///
/// It ends after the page that completes the total, where the answers tell it; else after one that says that no more follow, or holds nothing.
/// After an error it ends too. It is a [`Stream`], and has a [`next`](Self::next) of its own.
#[must_use = "pages are asked for when they are wanted"]
pub struct Pages<P> {
    client: Client,
    prepare: Box<Prepare>,
    decode: fn(Reply) -> Result<P, Error>,
    state: State,
    walk: Walk,
}

/// Makes the request of a page.
type Prepare = dyn FnMut(&Client, &Walk) -> Result<PreparedRequest, Error> + Send;

enum State {
    Idle,
    Waiting(BoxFuture<'static, Result<Reply, Error>>),
    Over,
}

/// How far a list has been read.
#[derive(Debug)]
pub(super) struct Walk {
    /// The number of the page that comes next.
    pub(super) page: i32,
    /// How many items there were so far.
    pub(super) seen: u64,
    /// The number of items of the longest page so far.
    longest: usize,
    /// A shorter page than an earlier one is the last.
    ends_when_short: bool,
    /// The hash of the page before: a server that ignores the number sends the same page for ever.
    last: Option<u64>,
}

impl Client {
    /// The pages of a list. The function sets the number of the page, which starts at 0.
    ///
    /// ```
    /// use evo_runtime::transport::{HttpReply, ScriptedTransport};
    /// use evo_runtime::{Client, operation, paged, record, setters};
    ///
    /// #[derive(Debug, Clone, PartialEq, Default)]
    /// struct ListNames {
    ///     page: Option<i32>,
    /// }
    /// record!(ListNames { page: "Page" });
    /// setters!(ListNames() { page: i32 });
    /// operation!(ListNames: GET => Names);
    ///
    /// #[derive(Debug, Clone, PartialEq, Default)]
    /// struct Names {
    ///     items: Vec<String>,
    ///     total: i32,
    /// }
    /// record!(Names { items: "Items", total: "Total" });
    /// paged!(Names of String { items: items, total: total });
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), evo_runtime::Error> {
    /// # let client = Client::builder("https://api.example.org").transport(ScriptedTransport::new([
    /// #     HttpReply::of(200, "application/json", r#"{"items":["a","b"],"total":3}"#),
    /// #     HttpReply::of(200, "application/json", r#"{"items":["c"],"total":3}"#),
    /// # ])).build()?;
    /// let mut names = client.pages(ListNames::new(), ListNames::page).items();
    /// let mut all = Vec::new();
    /// while let Some(name) = names.next().await {
    ///     all.push(name?);
    /// }
    /// assert_eq!(all, ["a", "b", "c"]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn pages<T>(&self, operation: T, mut turn: impl FnMut(T, i32) -> T + Send + 'static) -> Pages<T::Answer>
    where
        T: Operation + Clone + Send + 'static,
        T::Answer: Page,
    {
        let prepare = move |client: &Client, walk: &Walk| client.prepare(&T::SPEC, &turn(operation.clone(), walk.page));
        Pages::new(self.clone(), Box::new(prepare), T::answer, false)
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
        Self { client, prepare, decode, state: State::Idle, walk }
    }

    /// The number of the first page; 0 unless this says otherwise.
    pub fn starting_at(mut self, page: i32) -> Self {
        self.walk.page = page;
        self
    }

    /// The number of items before the first page.
    pub(super) fn after(mut self, items: u64) -> Self {
        self.walk.seen = items;
        self
    }

    /// The next page; none at the end.
    pub async fn next(&mut self) -> Option<Result<P, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The items of all pages.
    pub fn items(self) -> Items<P> {
        Items { pages: self, items: VecDeque::new() }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<P, Error>>> {
        loop {
            match &mut self.state {
                State::Over => return Poll::Ready(None),
                State::Idle => match (self.prepare)(&self.client, &self.walk) {
                    Ok(request) => {
                        let client = self.client.clone();
                        self.state = State::Waiting(Box::pin(async move { client.execute(request).await }));
                    }
                    Err(error) => return self.end(error),
                },
                State::Waiting(reply) => {
                    let page = match ready!(reply.as_mut().poll(context)) {
                        Ok(reply) => self.walk.check(&reply).and_then(|()| (self.decode)(reply)),
                        Err(error) => Err(error),
                    };
                    return match page {
                        Ok(page) => self.turn(page),
                        Err(error) => self.end(error),
                    };
                }
            }
        }
    }

    fn turn(&mut self, page: P) -> Poll<Option<Result<P, Error>>> {
        let is_first = self.walk.longest == 0;
        let is_last = self.walk.is_last(page.count(), page.total(), page.has_more());
        self.state = if is_last { State::Over } else { State::Idle };
        // An empty page says something only where it is the only one.
        let is_shown = is_first || page.count() > 0;
        Poll::Ready(is_shown.then_some(Ok(page)))
    }

    fn end(&mut self, error: Error) -> Poll<Option<Result<P, Error>>> {
        self.state = State::Over;
        Poll::Ready(Some(Err(error)))
    }
}

impl Walk {
    /// Refuses a page that is the one before.
    fn check(&mut self, reply: &Reply) -> Result<(), Error> {
        let mut hasher = DefaultHasher::new();
        reply.body().hash(&mut hasher);
        let hash = hasher.finish();
        if self.last.replace(hash) == Some(hash) && self.longest > 0 {
            return Err(Error::new(ErrorKind::Request, "the server answers the same page again")
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

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<P> Unpin for Pages<P> {}

impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("client", &self.client).field("walk", &self.walk).finish_non_exhaustive()
    }
}

/// The items of a list, one after the other; made by [`Pages::items`]. After an error it ends.
#[must_use = "items are asked for when they are wanted"]
pub struct Items<P: Page> {
    pages: Pages<P>,
    items: VecDeque<P::Item>,
}

impl<P: Page> Items<P> {
    /// The next item; none at the end.
    pub async fn next(&mut self) -> Option<Result<P::Item, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<P::Item, Error>>> {
        loop {
            if let Some(item) = self.items.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll(context)) {
                Some(Ok(page)) => self.items = page.into_items().into(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<P: Page> Stream for Items<P> {
    type Item = Result<P::Item, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<P: Page> Unpin for Items<P> {}

impl<P: Page> fmt::Debug for Items<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).field("waiting", &self.items.len()).finish()
    }
}
