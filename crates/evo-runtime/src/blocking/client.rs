//! The client that waits.

use std::ops::Deref;

use futures_core::Stream;

use super::runtime::Runtime;
use super::{Download, Events, Iter};
use crate::client::ClientBuilder;
use crate::error::Error;
use crate::operations::Operation;

/// Calls the operations of a service, and waits for the answers. A clone is cheap and shares connections, cookies and session; threads may use
/// it at the same time.
///
/// All methods of the async client are there; what they return is waited for with [`wait`](Self::wait) or [`iter`](Self::iter).
///
/// An example is on the page of the [module](super).
#[derive(Debug, Clone)]
pub struct Client {
    client: crate::Client,
    runtime: Runtime,
}

/// A client that shares connections, cookies and session with an async one, which may be that of a [`service!`](crate::service). It starts its
/// runtime at the first call.
impl<C: Into<crate::Client>> From<C> for Client {
    fn from(client: C) -> Self {
        Self { client: client.into(), runtime: Runtime::default() }
    }
}

impl<C> ClientBuilder<C> {
    /// Makes a client that waits for its answers.
    pub fn build_blocking(self) -> Result<Client, Error> {
        self.build_client().map(Client::from)
    }
}

impl Client {
    /// As [`Client::new`](crate::Client::new).
    ///
    /// # Errors
    ///
    /// If `base_url` is not an absolute http(s) URL.
    #[cfg(feature = "reqwest")]
    pub fn new(base_url: impl AsRef<str>) -> Result<Self, Error> {
        Self::builder(base_url).build_blocking()
    }

    /// A client with settings of its own, made by [`ClientBuilder::build_blocking`].
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

    /// Waits for what a method of the async client returns.
    ///
    /// # Errors
    ///
    /// The error of the call; inside an async runtime, and if the machine has no thread left for the runtime of this client.
    pub fn wait<T, E: From<Error>>(&self, call: impl Future<Output = Result<T, E>>) -> Result<T, E> {
        self.runtime.wait(call).unwrap_or_else(|error| Err(error.into()))
    }

    /// Waits for any other future, in the runtime of this client.
    ///
    /// # Errors
    ///
    /// Inside an async runtime, and if the machine has no thread left for the runtime of this client.
    pub fn block_on<F: Future>(&self, future: F) -> Result<F::Output, Error> {
        self.runtime.wait(future)
    }

    /// The items of a stream, as those of [`pages`](crate::Client::pages), each waited for when it is asked for.
    pub fn iter<S: Stream<Item = Result<T, Error>> + Unpin, T>(&self, stream: S) -> Iter<S> {
        Iter::new(self.runtime.clone(), stream)
    }

    /// An answer that is still arriving, as a reader.
    #[must_use]
    pub fn reader(&self, download: crate::Download) -> Download {
        Download::new(self.runtime.clone(), download)
    }

    /// The events of a subscription, each waited for when it is asked for.
    pub fn listen(&self, events: crate::events::Events) -> Events {
        Events::new(self.runtime.clone(), events)
    }
}

/// The async client, which does the work.
impl Deref for Client {
    type Target = crate::Client;

    fn deref(&self) -> &Self::Target {
        &self.client
    }
}
