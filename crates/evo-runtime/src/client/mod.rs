//! The client: one for all services.

mod body;
mod builder;
#[cfg(feature = "cache")]
mod cache;
mod call;
mod cookies;
mod deadline;
mod download;
mod encoding;
mod exchange;
mod hooks;
mod host;
mod list;
mod options;
mod probe;
mod redirect;
mod renewal;
mod reply;
mod retry;
mod saved_session;
mod session;
mod sign_in;
#[cfg(feature = "tracing")]
mod telemetry;
mod url_call;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use url::Url;

pub use self::builder::ClientBuilder;
#[cfg(feature = "cache")]
pub use self::cache::Cache;
pub use self::call::Call;
pub(crate) use self::call::call_settings;
use self::deadline::{Deadline, within};
pub use self::download::Download;
pub use self::hooks::Exchange;
use self::hooks::Hooks;
use self::host::KnownHost;
pub(crate) use self::options::CallOptions;
pub use self::probe::Facts;
use self::renewal::OnUnauthorized;
pub use self::reply::Reply;
pub use self::retry::{Failure, Retry};
pub use self::saved_session::{ClientSession, SavedSession};
use self::session::Session;
pub use self::url_call::UrlCall;
use crate::auth::Auth;
use crate::error::{Error, ErrorKind};
use crate::facts::{Address, Format, Service};
use crate::operations::{Operation, OperationSpec};
use crate::request::PreparedRequest;
use crate::transport::Transport;
use crate::wire::Record;

/// Calls the operations of a service. A clone is cheap and shares connections, cookies and session.
///
/// An example is on the first page of the [crate](crate).
#[derive(Clone)]
pub struct Client {
    pub(crate) settings: Arc<Settings>,
    session: Arc<Session>,
}

/// What a client was told; shared by its clones.
#[derive(Clone)]
pub(crate) struct Settings {
    /// The base URL; its path ends in no slash.
    pub(crate) base: Url,
    pub(crate) service: Service,
    /// What the host said about itself.
    pub(crate) facts: Option<Arc<Facts>>,
    pub(crate) addresses: Vec<Address>,
    /// The path of `/api/{Operation}` on this host, without the operation.
    pub(crate) api_path: String,
    /// Whether empty texts are sent to operations whose values stand in the query.
    pub(crate) keeps_empty_texts: bool,
    /// How many redirects of a call are followed.
    pub(crate) redirects: u32,
    pub(crate) host: Arc<KnownHost>,
    pub(crate) format: Format,
    pub(crate) iso_dates: bool,
    /// Switches of the host's serializer; never empty.
    pub(crate) jsconfig: Option<String>,
    pub(crate) headers: HeaderMap,
    /// How long a call may take, retries included.
    pub(crate) timeout: Option<Duration>,
    /// How long one attempt may take.
    pub(crate) attempt_timeout: Option<Duration>,
    /// How long the server may be silent while a body arrives.
    pub(crate) read_timeout: Option<Duration>,
    pub(crate) retry: Retry,
    #[cfg(feature = "gzip")]
    pub(crate) compress: bool,
    #[cfg(feature = "cache")]
    pub(crate) cache: Option<Cache>,
    pub(crate) hooks: Hooks,
    pub(crate) body_limit: usize,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) auth: Auth,
    pub(crate) on_unauthorized: OnUnauthorized,
    /// Where tokens are renewed, if it is not the usual address.
    pub(crate) refresh_url: Option<String>,
}

impl Settings {
    /// Whether a URL is one of the host of the client, which gets its credentials and cookies.
    pub(crate) fn is_own(&self, url: &Url) -> bool {
        url.origin() == self.base.origin()
    }

    /// The address of a path and query, both encoded, below the base URL.
    pub(crate) fn url_of(&self, target: &str) -> Result<Url, Error> {
        let base = self.base.as_str().trim_end_matches('/');
        Url::parse(&format!("{base}{target}")).map_err(|error| {
            Error::new(ErrorKind::Request, format!("the path of the call is not that of a URL: {error}"))
        })
    }
}

impl Client {
    /// A client of a service of which nothing is known but its base URL, which may have a path: `https://api.example.org/v1`.
    ///
    /// # Errors
    ///
    /// When the URL is none, or cannot be a base.
    #[cfg(feature = "reqwest")]
    pub fn new(base_url: impl AsRef<str>) -> Result<Self, Error> {
        Self::builder(base_url).build()
    }

    /// A client with settings of its own.
    pub fn builder(base_url: impl AsRef<str>) -> ClientBuilder {
        ClientBuilder::new(base_url, Service::new("ServiceStack"))
    }

    /// The same client, signing in this way, in a session of its own.
    #[must_use]
    pub fn with_auth(self, auth: impl Into<Auth>) -> Self {
        let mut client = self.with(|settings| settings.auth = auth.into());
        client.session = Arc::new(Session::new(&client.settings.auth));
        client
    }

    /// The same client, talking in this format.
    #[must_use]
    pub fn with_format(self, format: Format) -> Self {
        self.with(|settings| settings.format = format)
    }

    /// The same client, calling these addresses, best first.
    #[must_use]
    pub fn with_addresses(self, addresses: &[Address]) -> Self {
        self.with(|settings| settings.addresses = addresses.to_vec())
    }

    /// The same client, asking classic hosts for exact dates (as it does unless it is told otherwise) or not.
    ///
    /// <https://docs.servicestack.net/customize-json-responses>
    #[must_use]
    pub fn with_iso_dates(self, iso_dates: bool) -> Self {
        self.with(|settings| settings.iso_dates = iso_dates)
    }

    /// The same client, whose calls may last so long, retries included; none for as long as it takes.
    #[must_use]
    pub fn with_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.with(|settings| settings.timeout = timeout.into())
    }

    pub(crate) fn with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(Arc::make_mut(&mut self.settings));
        self
    }

    /// The base URL.
    #[must_use]
    pub fn base_url(&self) -> &Url {
        &self.settings.base
    }

    /// What is known about the service.
    #[must_use]
    pub fn service(&self) -> &Service {
        &self.settings.service
    }

    /// Calls an operation. The future borrows nothing, so that a task of its own can run it.
    ///
    /// # Errors
    ///
    /// When the call cannot be made, gets no answer, is answered with an error, or with a body that cannot be read.
    #[expect(clippy::needless_pass_by_value, reason = "a request is made for one call and not needed afterwards")]
    pub fn send<T: Operation>(&self, operation: T) -> impl Future<Output = Result<T::Answer, Error>> + use<T> {
        let request = self.prepare(&T::SPEC, &operation);
        let client = self.clone();
        async move { T::answer(client.execute(request?).await?) }
    }

    /// A call with settings of its own: headers, query, timeout, address, format; or one that answers status and headers too.
    pub fn call<T: Operation>(&self, operation: T) -> Call<T> {
        Call::new(self.clone(), operation)
    }

    /// Calls an operation and answers whatever comes back, undecoded, while it arrives; a status that says error is no error here.
    ///
    /// # Errors
    ///
    /// When the call cannot be made or gets no answer.
    pub fn send_raw<T: Operation>(&self, operation: T) -> impl Future<Output = Result<Download, Error>> + use<T> {
        self.call(operation).send_raw()
    }

    /// The request of a call, to be looked at, changed, and [executed](Self::execute).
    ///
    /// # Errors
    ///
    /// When a value cannot be sent, or none of the client's addresses can take the call.
    pub fn prepare(&self, spec: &OperationSpec, operation: &dyn Record) -> Result<PreparedRequest, Error> {
        CallOptions::new(self.clone()).prepare(spec, operation)
    }

    /// Sends a request, signing in before and again where that is needed. An answer of 401 leads to one renewal of the session, one at a time
    /// for all clones, and the request is sent again once.
    ///
    /// # Errors
    ///
    /// When there is no answer, or the answer is an error.
    pub async fn execute(&self, request: PreparedRequest) -> Result<Reply, Error> {
        let deadline = Deadline::after(self.settings.timeout);
        let operation = request.operation;
        let call = Box::pin(self.call_redirected(request, deadline));
        let outcome = within(&*self.settings.transport, self.settings.timeout, call).await;
        outcome.map_err(|error| error.during(operation))
    }
}

/// Without headers and credentials.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("service", &self.settings.service.name())
            .field("base_url", &self.settings.base.as_str())
            .field("addresses", &self.settings.addresses)
            .field("format", &self.settings.format)
            .field("auth", &self.settings.auth)
            .finish_non_exhaustive()
    }
}
