//! The blocking client.

use std::ops::Deref;

use bytes::Bytes;
use futures_core::Stream;

use super::runtime::Runtime;
use super::{Download, Events, Iter};
use crate::client::ClientBuilder;
use crate::error::Error;
use crate::operations::Operation;

/// Calls the operations of a service and blocks until they return. Clones are cheap and share connections, cookies and the session; threads
/// can use them concurrently.
///
/// It dereferences to the async client. Pass the futures and streams that its methods return to [`wait`](Self::wait) or [`iter`](Self::iter).
///
/// See the [module](super) for an example.
#[derive(Debug, Clone)]
pub struct Client {
    client: crate::Client,
    runtime: Runtime,
}

/// Makes a blocking client that shares connections, cookies and the session with an async client, which can be the client type of a
/// [`service!`](crate::service). The runtime starts with the first call.
impl<C: Into<crate::Client>> From<C> for Client {
    fn from(client: C) -> Self {
        Self { client: client.into(), runtime: Runtime::default() }
    }
}

impl<C> ClientBuilder<C> {
    /// Builds a blocking client.
    pub fn build_blocking(self) -> Result<Client, Error> {
        self.build_client().map(Client::from)
    }
}

impl Client {
    /// Creates a client, like [`Client::new`](crate::Client::new).
    ///
    /// # Errors
    ///
    /// If `base_url` is not an absolute http(s) URL.
    #[cfg(feature = "reqwest")]
    pub fn new(base_url: impl AsRef<str>) -> Result<Self, Error> {
        Self::builder(base_url).build_blocking()
    }

    /// Returns a builder that configures a client; finish it with [`ClientBuilder::build_blocking`].
    pub fn builder(base_url: impl AsRef<str>) -> ClientBuilder {
        crate::Client::builder(base_url)
    }

    crate::__client_settings!();

    fn with(self, change: impl FnOnce(crate::Client) -> crate::Client) -> Self {
        Self { client: change(self.client), ..self }
    }

    /// Calls an operation.
    pub fn send<T: Operation>(&self, operation: T) -> Result<T::Answer, Error> {
        self.wait(self.client.send(operation))
    }

    /// Waits for a future returned by a method of the async client.
    ///
    /// # Errors
    ///
    /// If the call fails, if this is called inside an async runtime, or if the runtime of this client cannot start its thread.
    pub fn wait<T, E: From<Error>>(&self, call: impl Future<Output = Result<T, E>>) -> Result<T, E> {
        self.runtime.wait(call).unwrap_or_else(|error| Err(error.into()))
    }

    /// Waits for any other future, in the runtime of this client.
    ///
    /// # Errors
    ///
    /// If this is called inside an async runtime, or if the runtime of this client cannot start its thread.
    pub fn block_on<F: Future>(&self, future: F) -> Result<F::Output, Error> {
        self.runtime.wait(future)
    }

    /// Iterates over a stream, for example that of [`pages`](crate::Client::pages). Each call to `next` waits for one item.
    pub fn iter<S: Stream<Item = Result<T, Error>> + Unpin, T>(&self, stream: S) -> Iter<S> {
        Iter { runtime: self.runtime.clone(), stream, is_over: false }
    }

    /// Wraps a download in a reader.
    #[must_use]
    pub fn reader(&self, download: crate::Download) -> Download {
        Download { runtime: self.runtime.clone(), arriving: download, rest: Bytes::new() }
    }

    /// Iterates over the events of a subscription. Each call to `next` waits for one event.
    pub fn listen(&self, events: crate::events::Events) -> Events {
        Events { iter: self.iter(events) }
    }
}

/// Dereferences to the async client that makes the calls.
impl Deref for Client {
    type Target = crate::Client;

    fn deref(&self) -> &Self::Target {
        &self.client
    }
}
