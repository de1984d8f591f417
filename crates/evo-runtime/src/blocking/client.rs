//! The client that waits.

use std::time::Duration;

use futures_core::Stream;

use super::runtime::Runtime;
use super::{Batch, Call, Download, DownloadCall, EventsBuilder, Iter, Pages, Query, Upload, Waiting};
use crate::auth::Auth;
use crate::batch::BatchError;
use crate::client::{ClientBuilder, ClientSession, Facts, Reply};
use crate::dto::{AuthenticateResponse, ConvertSessionToTokenResponse, Register, RegisterResponse};
use crate::error::Error;
use crate::events::Subscriber;
use crate::facts::{Address, Format};
use crate::files::RequestBody;
use crate::operations::{Operation, OperationSpec};
use crate::query::Page;
use crate::request::PreparedRequest;
use crate::wire::Record;

/// Calls the operations of a service, and waits for the answers. A clone is cheap and shares connections, cookies and session; threads may use
/// it at the same time.
///
/// ```no_run
/// use evo_runtime::{Basic, blocking, operation, record};
///
/// #[derive(Debug, Clone, PartialEq, Default)]
/// struct Hello {
///     name: Option<String>,
/// }
/// record!(Hello { name: "Name" });
/// operation!(Hello: GET "/hello/{Name}" => Vec<String>);
///
/// # fn call() -> Result<(), evo_runtime::Error> {
/// let client = blocking::Client::builder("https://api.example.org").auth(Basic::new("user", "password")).build_blocking()?;
/// let greetings = client.send(Hello { name: Some("you".to_owned()) })?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Client {
    client: crate::Client,
    runtime: Runtime,
}

/// A client that shares connections, cookies and session with an async one. It starts its runtime at the first call.
impl From<crate::Client> for Client {
    fn from(client: crate::Client) -> Self {
        Self { client, runtime: Runtime::default() }
    }
}

impl ClientBuilder {
    /// Makes a client that waits for its answers.
    ///
    /// # Errors
    ///
    /// As [`build`](Self::build).
    pub fn build_blocking(self) -> Result<Client, Error> {
        self.build().map(Client::from)
    }
}

impl Client {
    /// As [`Client::new`](crate::Client::new).
    ///
    /// # Errors
    ///
    /// When the URL is none, or cannot be a base.
    #[cfg(feature = "reqwest")]
    pub fn new(base_url: impl AsRef<str>) -> Result<Self, Error> {
        Self::builder(base_url).build_blocking()
    }

    /// A client with settings of its own, made by [`ClientBuilder::build_blocking`].
    pub fn builder(base_url: impl AsRef<str>) -> ClientBuilder {
        crate::Client::builder(base_url)
    }

    /// The async client that does the work; it shares the session.
    #[must_use]
    pub fn as_async(&self) -> &crate::Client {
        &self.client
    }

    /// Waits for any future, as that of a call of the [async client](Self::as_async), in the runtime of this client.
    ///
    /// # Errors
    ///
    /// Inside an async runtime, and when the machine has no thread left for the runtime.
    pub fn wait<F: Future>(&self, future: F) -> Result<F::Output, Error> {
        self.runtime.wait(future)
    }

    /// The items of a stream, as they come.
    pub fn iter<S: Stream<Item = Result<T, Error>> + Unpin, T>(&self, stream: S) -> Iter<S> {
        Iter::new(self.runtime.clone(), stream)
    }

    /// An answer that is still arriving, to be read: what [`send`](Self::send) answers for an operation whose answer is a
    /// [`Download`](crate::Download).
    #[must_use]
    pub fn reader(&self, download: crate::Download) -> Download {
        Download::new(self.runtime.clone(), download)
    }

    fn with(self, change: impl FnOnce(crate::Client) -> crate::Client) -> Self {
        Self { client: change(self.client), ..self }
    }

    fn waiting<C>(&self, call: C) -> Waiting<C> {
        Waiting::new(self.runtime.clone(), call)
    }

    /// The same client, signing in this way, in a session of its own.
    #[must_use]
    pub fn with_auth(self, auth: impl Into<Auth>) -> Self {
        self.with(|client| client.with_auth(auth))
    }

    /// The same client, talking in this format.
    #[must_use]
    pub fn with_format(self, format: Format) -> Self {
        self.with(|client| client.with_format(format))
    }

    /// The same client, calling these addresses, best first.
    #[must_use]
    pub fn with_addresses(self, addresses: &[Address]) -> Self {
        self.with(|client| client.with_addresses(addresses))
    }

    /// The same client, asking classic hosts for exact dates (as it does unless it is told otherwise) or not.
    #[must_use]
    pub fn with_iso_dates(self, iso_dates: bool) -> Self {
        self.with(|client| client.with_iso_dates(iso_dates))
    }

    /// The same client, whose calls may last so long; none for as long as it takes.
    #[must_use]
    pub fn with_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.with(|client| client.with_timeout(timeout))
    }

    /// The same client, knowing what [`probe`](Self::probe) learned of its host.
    #[must_use]
    pub fn with_facts(self, facts: &Facts) -> Self {
        self.with(|client| client.with_facts(facts))
    }

    /// What the host said about itself, as [`with_facts`](Self::with_facts) was told; none before that.
    #[must_use]
    pub fn facts(&self) -> Option<&Facts> {
        self.client.facts()
    }

    /// Calls an operation.
    ///
    /// # Errors
    ///
    /// As [`Client::send`](crate::Client::send).
    pub fn send<T: Operation>(&self, operation: T) -> Result<T::Answer, Error> {
        self.runtime.run(self.client.send(operation))
    }

    /// A call with settings of its own, as [`Client::call`](crate::Client::call).
    pub fn call<T: Operation>(&self, operation: T) -> Call<T> {
        self.waiting(self.client.call(operation))
    }

    /// Calls an operation and answers whatever comes back, undecoded, while it arrives; a status that says error is no error here.
    ///
    /// # Errors
    ///
    /// As [`Client::send_raw`](crate::Client::send_raw).
    pub fn send_raw<T: Operation>(&self, operation: T) -> Result<Download, Error> {
        self.call(operation).send_raw()
    }

    /// Calls an operation that takes the body of its request as it is.
    ///
    /// # Errors
    ///
    /// As [`Client::send_body`](crate::Client::send_body).
    pub fn send_body<T: Operation>(
        &self,
        operation: T,
        content_type: &str,
        body: impl Into<RequestBody>,
    ) -> Result<T::Answer, Error> {
        self.runtime.run(self.client.send_body(operation, content_type, body))
    }

    /// The request of a call, to be looked at, changed, and [executed](Self::execute).
    ///
    /// # Errors
    ///
    /// As [`Client::prepare`](crate::Client::prepare).
    pub fn prepare(&self, spec: &OperationSpec, operation: &dyn Record) -> Result<PreparedRequest, Error> {
        self.client.prepare(spec, operation)
    }

    /// Sends a request.
    ///
    /// # Errors
    ///
    /// As [`Client::execute`](crate::Client::execute).
    pub fn execute(&self, request: PreparedRequest) -> Result<Reply, Error> {
        self.runtime.run(self.client.execute(request))
    }

    /// Makes many calls of one operation at once, and answers what came back, in their order.
    ///
    /// # Errors
    ///
    /// As [`Client::send_all`](crate::Client::send_all).
    pub fn send_all<T: Operation>(&self, operations: Vec<T>) -> Result<Vec<T::Answer>, BatchError<T::Answer>> {
        self.batch(operations).send()
    }

    /// Calls of one operation that go out together, with settings of their own.
    pub fn batch<T: Operation>(&self, operations: Vec<T>) -> Batch<T> {
        self.waiting(self.client.batch(operations))
    }

    /// Hands a call over and takes no answer.
    ///
    /// # Errors
    ///
    /// As [`Client::publish`](crate::Client::publish).
    pub fn publish<T: Operation>(&self, operation: T) -> Result<(), Error> {
        self.runtime.run(self.client.publish(operation))
    }

    /// An operation together with files.
    pub fn upload<T: Operation>(&self, operation: T) -> Upload<T> {
        self.waiting(self.client.upload(operation))
    }

    /// An operation whose answer is read while it arrives.
    pub fn download<T: Operation>(&self, operation: T) -> DownloadCall<T> {
        self.waiting(self.client.download(operation))
    }

    /// An `AutoQuery` operation with conditions, order and aggregates.
    pub fn query<T: Operation>(&self, operation: T) -> Query<T> {
        self.waiting(self.client.query(operation))
    }

    /// The pages of a list, as [`Client::pages`](crate::Client::pages): the function sets the number of the page.
    pub fn pages<T>(&self, operation: T, turn: impl FnMut(T, i32) -> T + Send + 'static) -> Pages<T::Answer>
    where
        T: Operation + Clone + Send + 'static,
        T::Answer: Page,
    {
        self.iter(self.client.pages(operation, turn))
    }

    /// A subscription to Server Events, as [`Client::events`](crate::Client::events). Nothing is sent before it is connected or started.
    pub fn events(&self, channels: impl IntoIterator<Item = impl Into<String>>) -> EventsBuilder {
        self.waiting(self.client.events(channels))
    }

    /// Who is subscribed to channels; to any where there is none.
    ///
    /// # Errors
    ///
    /// As [`Client::event_subscribers`](crate::Client::event_subscribers).
    pub fn event_subscribers(
        &self,
        channels: impl IntoIterator<Item = impl Into<String>>,
    ) -> Result<Vec<Subscriber>, Error> {
        self.runtime.run(self.client.event_subscribers(channels))
    }

    /// Signs in with the [`Credentials`](crate::Credentials) of the client.
    ///
    /// # Errors
    ///
    /// As [`Client::login`](crate::Client::login).
    pub fn login(&self) -> Result<AuthenticateResponse, Error> {
        self.runtime.run(self.client.login())
    }

    /// Ends the session at the server, and forgets the tokens of the client.
    ///
    /// # Errors
    ///
    /// As [`Client::logout`](crate::Client::logout).
    pub fn logout(&self) -> Result<(), Error> {
        self.runtime.run(self.client.logout())
    }

    /// Whether the server takes the client for signed in.
    ///
    /// # Errors
    ///
    /// As [`Client::is_signed_in`](crate::Client::is_signed_in).
    pub fn is_signed_in(&self) -> Result<bool, Error> {
        self.runtime.run(self.client.is_signed_in())
    }

    /// Who the server takes the client for; none where it is not signed in.
    ///
    /// # Errors
    ///
    /// As [`Client::signed_in_user`](crate::Client::signed_in_user).
    pub fn signed_in_user(&self) -> Result<Option<AuthenticateResponse>, Error> {
        self.runtime.run(self.client.signed_in_user())
    }

    /// Registers a user.
    ///
    /// # Errors
    ///
    /// As [`Client::register`](crate::Client::register).
    pub fn register(&self, user: Register) -> Result<RegisterResponse, Error> {
        self.runtime.run(self.client.register(user))
    }

    /// Turns the session at the server into a token.
    ///
    /// # Errors
    ///
    /// As [`Client::session_to_token`](crate::Client::session_to_token).
    pub fn session_to_token(&self, preserve_session: bool) -> Result<ConvertSessionToTokenResponse, Error> {
        self.runtime.run(self.client.session_to_token(preserve_session))
    }

    /// The session, to be kept for the next run of a program, put back, or changed.
    #[must_use]
    pub fn session(&self) -> ClientSession<'_> {
        self.client.session()
    }

    /// Asks the host what it is.
    ///
    /// # Errors
    ///
    /// As [`Client::probe`](crate::Client::probe).
    pub fn probe(&self) -> Result<Facts, Error> {
        self.runtime.run(self.client.probe())
    }
}
