//! The client, which calls any service.

mod body;
mod builder;
#[cfg(feature = "cache")]
mod cache;
mod call;
mod call_options;
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
pub(crate) use self::call_options::{CallOptions, read_query_text, set_member};
use self::deadline::{Deadline, within};
pub use self::download::Download;
pub use self::hooks::Exchange;
use self::host::KnownHost;
use self::options::Options;
pub use self::probe::Facts;
pub use self::reply::Reply;
pub use self::retry::{Failure, Retry};
pub use self::saved_session::{ClientSession, SavedSession};
use self::session::Session;
pub use self::url_call::UrlCall;
use crate::auth::Auth;
use crate::error::Error;
use crate::facts::{Address, Format, Service};
use crate::operations::{Operation, OperationSpec};
use crate::request::PreparedRequest;
use crate::transport::Transport;
use crate::wire::Record;

/// A client that calls the operations of a service. Cloning is cheap; clones share connections, cookies and the session.
///
/// See the [crate documentation](crate) for an example.
#[derive(Clone)]
pub struct Client {
    pub(crate) settings: Arc<Settings>,
    session: Arc<Session>,
}

/// The configuration of a client, shared by its clones.
#[derive(Clone)]
pub(crate) struct Settings {
    /// The base URL. Its path has no trailing slash.
    pub(crate) base: Url,
    pub(crate) service: Service,
    /// The facts that the host reported about itself.
    pub(crate) facts: Option<Arc<Facts>>,
    pub(crate) host: Arc<KnownHost>,
    pub(crate) headers: HeaderMap,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) options: Options,
}

impl Settings {
    /// Whether a URL is on the client's own host, which is sent credentials and cookies.
    pub(crate) fn is_own(&self, url: &Url) -> bool {
        // The base URL is http or https, so these make up its origin.
        (url.scheme(), url.host(), url.port_or_known_default())
            == (self.base.scheme(), self.base.host(), self.base.port_or_known_default())
    }

    /// Returns the URL for an encoded path and query below the base URL. Only the path is parsed, since the host is known.
    pub(crate) fn url_of(&self, target: &str) -> Url {
        let (target, _fragment) = target.split_once('#').unwrap_or((target, ""));
        let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
        let mut url = self.base.clone();
        url.set_path(&format!("{}{path}", self.base.path().trim_end_matches('/')));
        url.set_query(query);
        url
    }
}

impl Client {
    /// Creates a client for the service at a base URL, which may have a path: `https://api.example.org/v1`.
    ///
    /// # Errors
    ///
    /// If `base_url` is not an absolute http(s) URL.
    #[cfg(feature = "reqwest")]
    pub fn new(base_url: impl AsRef<str>) -> Result<Self, Error> {
        Self::builder(base_url).build()
    }

    /// Returns a builder that configures a client.
    pub fn builder(base_url: impl AsRef<str>) -> ClientBuilder {
        ClientBuilder::new(base_url, Service::new("ServiceStack"))
    }

    /// Returns the client with another way of signing in, in a separate session.
    #[must_use]
    pub fn with_auth(self, auth: impl Into<Auth>) -> Self {
        let mut client = self.with(|settings| settings.options.auth = auth.into());
        client.session = Arc::new(Session::new(&client.settings.options.auth));
        client
    }

    /// Returns the client with another format for requests and responses.
    #[must_use]
    pub fn with_format(self, format: Format) -> Self {
        self.with(|settings| settings.options.format = format)
    }

    /// Returns the client with other addresses for its calls, in order of preference.
    #[must_use]
    pub fn with_addresses(self, addresses: &[Address]) -> Self {
        self.with(|settings| settings.options.addresses = addresses.to_vec())
    }

    /// Returns the client with exact dates turned on or off; see [`ClientBuilder::iso_dates`].
    #[must_use]
    pub fn with_iso_dates(self, iso_dates: bool) -> Self {
        self.with(|settings| settings.options.iso_dates = iso_dates)
    }

    /// Returns the client with another timeout for each call, including retries; `None` means no limit.
    #[must_use]
    pub fn with_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.with(|settings| settings.options.timeout = timeout.into())
    }

    pub(crate) fn with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(Arc::make_mut(&mut self.settings));
        self
    }

    /// Returns the base URL.
    #[must_use]
    pub fn base_url(&self) -> &Url {
        &self.settings.base
    }

    /// Returns the description of the service.
    pub fn service(&self) -> &Service {
        &self.settings.service
    }

    /// Calls an operation. The future borrows nothing, so it can be spawned.
    ///
    /// # Errors
    ///
    /// If the request cannot be built or gets no response, if the response is an error, or if its body cannot be decoded.
    #[expect(clippy::needless_pass_by_value, reason = "a request is made for one call and not needed afterwards")]
    pub fn send<T: Operation>(&self, operation: T) -> impl Future<Output = Result<T::Answer, Error>> + use<T> {
        let request = self.prepare(&T::SPEC, &operation);
        let client = self.clone();
        async move { T::answer(client.execute(request?).await?) }
    }

    /// Starts a call with its own settings, such as headers or a timeout, or with access to the status and headers of the response.
    pub fn call<T: Operation>(&self, operation: T) -> Call<T> {
        Call::new(self.clone(), operation)
    }

    /// Calls an operation and returns the undecoded response, whose body can be read while it arrives. Error statuses are returned as `Ok`.
    ///
    /// # Errors
    ///
    /// If the request cannot be built or gets no response.
    pub fn send_raw<T: Operation>(&self, operation: T) -> impl Future<Output = Result<Download, Error>> + use<T> {
        self.call(operation).send_raw()
    }

    /// Builds the request of a call without sending it. It can be inspected, changed and [executed](Self::execute).
    ///
    /// # Errors
    ///
    /// If a value cannot be sent, or none of the client's addresses can take the call.
    pub fn prepare(&self, spec: &OperationSpec, operation: &dyn Record) -> Result<PreparedRequest, Error> {
        CallOptions::new(self.clone()).prepare(spec, operation)
    }

    /// Sends a request, signing in first if necessary. After a 401 the session is renewed once, by only one clone at a time, and the
    /// request is sent once more.
    ///
    /// # Errors
    ///
    /// If there is no response, or if the response is an error.
    pub async fn execute(&self, request: PreparedRequest) -> Result<Reply, Error> {
        let deadline = Deadline::after(self.settings.options.timeout);
        let operation = request.operation;
        let call = Box::pin(self.call_redirected(request, deadline));
        let outcome = within(&*self.settings.transport, self.settings.options.timeout, call).await;
        outcome.map_err(|error| error.during(operation))
    }
}

/// Omits headers and credentials.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("service", &self.settings.service.name())
            .field("base_url", &self.settings.base.as_str())
            .field("addresses", &self.settings.options.addresses)
            .field("format", &self.settings.options.format)
            .field("auth", &self.settings.options.auth)
            .finish_non_exhaustive()
    }
}
