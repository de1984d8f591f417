//! Configuring a client.

use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::header::USER_AGENT;
use http::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

#[cfg(feature = "cache")]
use super::Cache;
use super::options::Options;
use super::renewal::OnUnauthorized;
use super::{Client, Exchange, Retry, Session, Settings};
use crate::auth::Auth;
use crate::error::{Error, ErrorKind};
use crate::facts::{Address, Format, Service};
use crate::request::PreparedRequest;
use crate::transport::Transport;

/// Configures a [`Client`]. Invalid settings are reported by [`build`](Self::build).
///
/// ```
/// use std::time::Duration;
///
/// use evo_runtime::{Address, Basic, Client};
///
/// # use evo_runtime::transport::ScriptedTransport;
/// # let transport = ScriptedTransport::default();
/// let client = Client::builder("https://api.example.org/v1")
///     .auth(Basic::new("user", "password"))
///     .addresses([Address::Routes, Address::Api])
///     .header("X-Tenant", "acme")
///     .timeout(Duration::from_secs(20))
/// #   .transport(transport)
///     .build()?;
/// # Ok::<(), evo_runtime::Error>(())
/// ```
#[must_use]
pub struct ClientBuilder<C = Client> {
    base_url: String,
    service: Service,
    headers: Vec<(String, String)>,
    user_agent: String,
    transport: Option<Arc<dyn Transport>>,
    #[cfg(feature = "reqwest")]
    reqwest: Option<reqwest::ClientBuilder>,
    options: Options,
    /// The type of client to build.
    client: PhantomData<fn() -> C>,
}

impl ClientBuilder {
    /// Creates a builder for a client of the service at a base URL.
    pub fn new(base_url: impl AsRef<str>, service: Service) -> Self {
        Self::for_service(base_url, service)
    }
}

impl<C> ClientBuilder<C> {
    /// Creates a builder for the client type that [`service!`](crate::service) defines for a service.
    pub fn for_service(base_url: impl AsRef<str>, service: Service) -> Self {
        Self {
            base_url: base_url.as_ref().to_owned(),
            service,
            headers: Vec::new(),
            user_agent: concat!("evo-runtime/", env!("CARGO_PKG_VERSION")).to_owned(),
            transport: None,
            #[cfg(feature = "reqwest")]
            reqwest: None,
            options: Options::new(service.default_addresses()),
            client: PhantomData,
        }
    }

    /// Sets the addresses at which operations are called, in order of preference. The default is that of the service.
    pub fn addresses(mut self, addresses: impl IntoIterator<Item = Address>) -> Self {
        self.options.addresses = addresses.into_iter().collect();
        self
    }

    /// Sets the path of [`Address::Api`] for hosts that change it: `/services` for `/services/{Operation}`. The default is `/api`.
    pub fn api_path(mut self, path: impl Into<String>) -> Self {
        self.options.api_path = path.into();
        self
    }

    /// Follows up to `most` redirects per call, for services that deliver files that way. The default is 0. Credentials, cookies and
    /// headers of the client are not sent to another host. Redirects to sign-in pages are not followed, nor are redirects of requests with
    /// a body unless the status is 303.
    pub fn follow_redirects(mut self, most: u32) -> Self {
        self.options.redirects = most;
        self
    }

    /// Sets the format of requests and responses. The default is JSON.
    pub fn format(mut self, format: Format) -> Self {
        self.options.format = format;
        self
    }

    /// Whether to request exact dates from classic hosts (`jsconfig=dh:iso8601`) if the response contains dates. The default is `true`.
    /// Otherwise such hosts truncate dates to milliseconds and lose the zone.
    ///
    /// <https://docs.servicestack.net/customize-json-responses>
    pub fn iso_dates(mut self, iso_dates: bool) -> Self {
        self.options.iso_dates = iso_dates;
        self
    }

    /// Sets switches of the host's serializer for every call, separated by commas: `edv` omits default values, `eti` omits class names,
    /// `inv` includes nulls. The switch for [exact dates](Self::iso_dates) is put before them unless they contain `dh`.
    ///
    /// <https://docs.servicestack.net/customize-json-responses>
    pub fn jsconfig(mut self, switches: impl Into<String>) -> Self {
        self.options.jsconfig = Some(switches.into()).filter(|switches| !switches.is_empty());
        self
    }

    /// Adds a header to every request. A header that is added several times is sent as often. The headers of a call replace those of its
    /// client, except for `Cookie`, which is sent along with the cookies of the session. Both replace the client's default headers, except
    /// for `Content-Type`, and for the `Accept` of sign-ins and batches. Values are treated as secrets and never shown.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sets the `User-Agent` header.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// Limits how long a call may take, including retries and their pauses, from connecting to the last byte. The default is 100 seconds;
    /// `None` means no limit. For a [`Download`](crate::Download), which is read while it arrives, this is the longest time without data.
    /// Signing in before a call may take as long again.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.options.timeout = timeout.into();
        self
    }

    /// Limits how long one attempt of a call may take. By default only the call as a whole is limited.
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.options.attempt_timeout = timeout.into();
        self
    }

    /// Limits how long the server may be silent while the body of a response arrives. By default only the attempt as a whole is limited,
    /// and for downloads [`timeout`](Self::timeout) applies.
    pub fn read_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.options.read_timeout = timeout.into();
        self
    }

    /// Sets when requests are retried. The default is [`Retry::default`].
    pub fn retry(mut self, retry: Retry) -> Self {
        self.options.retry = retry;
        self
    }

    /// Whether request bodies of 1 KiB or more are compressed with gzip. The default is `false`.
    #[cfg(feature = "gzip")]
    pub fn compress_requests(mut self, compress: bool) -> Self {
        self.options.compress = compress;
        self
    }

    /// Caches responses to GET as far as the server allows. By default there is no cache. Clients may share a cache.
    #[cfg(feature = "cache")]
    pub fn cache(mut self, cache: Cache) -> Self {
        self.options.cache = Some(cache);
        self
    }

    /// Adds a hook that is called before a request is sent, and may change its headers. It is called for every attempt, and also for
    /// sign-ins. Credentials and cookies are added afterwards. Hooks are called in the order in which they were added.
    pub fn on_request(mut self, hook: impl Fn(&mut PreparedRequest) + Send + Sync + 'static) -> Self {
        self.options.hooks.on_request.push(Arc::new(hook));
        self
    }

    /// Adds a hook that is called after each attempt, with the head of the response if there is one, and the time it took.
    pub fn on_response(mut self, hook: impl Fn(&Exchange<'_>) + Send + Sync + 'static) -> Self {
        self.options.hooks.on_response.push(Arc::new(hook));
        self
    }

    /// Limits the size, in bytes, of a response that is read as a whole. The default is 64 MiB.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.options.body_limit = bytes;
        self
    }

    /// Sets the transport that sends the requests.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Sends requests through a reqwest client with your own settings, such as proxies, certificates or DNS. Its redirect policy is
    /// replaced, because reqwest would send API keys to any host that it is redirected to. It must not have a cookie store.
    ///
    /// ```
    /// use evo_runtime::Client;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let proxy = reqwest::Proxy::all("http://proxy.example.org:3128")?;
    /// let client =
    ///     Client::builder("https://api.example.org").reqwest(reqwest::Client::builder().proxy(proxy)).build()?;
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "reqwest")]
    pub fn reqwest(mut self, builder: reqwest::ClientBuilder) -> Self {
        self.reqwest = Some(builder);
        self
    }

    /// Sets how the client signs in. By default it does not.
    pub fn auth(mut self, auth: impl Into<Auth>) -> Self {
        self.options.auth = auth.into();
        self
    }

    /// Sets where tokens are renewed: a path below the base URL, or the URL of another server, which is sent the refresh token but no
    /// cookies or headers of the client. The default is `/api/GetAccessToken`, or `/access-token` on hosts without `/api`.
    pub fn refresh_url(mut self, url: impl Into<String>) -> Self {
        self.options.refresh_url = Some(url.into());
        self
    }

    /// Sets a function that may sign in again after a 401 that neither a refresh token nor [`Credentials`](crate::Credentials) resolved. It
    /// is called once for all calls that fail at the same time; if it returns `true`, each of them is sent once more. It is not called for
    /// API keys and auth secrets, whose refusal is final.
    ///
    /// The client that it receives shares the session: sign in with it, or set a token or a saved session in its
    /// [`session`](Client::session). Calls made by the function, with this client or any other clone, do not renew the session themselves.
    /// The timeout of a call keeps running while it waits for the function.
    ///
    /// See [`guide::signing_in`](crate::guide::signing_in).
    pub fn on_unauthorized<F, R>(mut self, hook: F) -> Self
    where
        F: Fn(Client) -> R + Send + Sync + 'static,
        R: Future<Output = Result<bool, Error>> + Send + 'static,
    {
        self.options.on_unauthorized = OnUnauthorized::new(move |client| Box::pin(hook(client)));
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// If the base URL is not an absolute http(s) URL or has a user, a query or a fragment, if a header is invalid, or if TLS cannot be set
    /// up.
    pub fn build(self) -> Result<C, Error>
    where
        C: From<Client>,
    {
        self.build_client().map(C::from)
    }

    pub(crate) fn build_client(self) -> Result<Client, Error> {
        let base = base_url(&self.base_url)?;
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, header_value("User-Agent", &self.user_agent)?);
        let mut given = HeaderMap::new();
        for (name, value) in &self.headers {
            let mut value = header_value(name, value)?;
            value.set_sensitive(true);
            let name = HeaderName::try_from(name)
                .map_err(|_| Error::new(ErrorKind::Configuration, format!("{name:?} is not the name of a header")))?;
            given.append(name, value);
        }
        headers.extend(given);
        let mut options = self.options;
        options.auth.check()?;
        options.api_path = api_path(&options.api_path)?;
        let transport = match self.transport {
            Some(transport) => transport,
            #[cfg(feature = "reqwest")]
            None => through_reqwest(self.reqwest)?,
            #[cfg(not(feature = "reqwest"))]
            None => {
                return Err(Error::new(ErrorKind::Configuration, "the client has no transport")
                    .with_hint("give the builder one, or turn on the feature `reqwest` of evo-runtime"));
            }
        };
        let (facts, host) = (None, Arc::default());
        let settings = Settings { base, service: self.service, facts, host, headers, transport, options };
        let session = Arc::new(Session::new(&settings.options.auth));
        Ok(Client { settings: Arc::new(settings), session })
    }
}

/// Settings for connections made by reqwest. In a browser, connections are up to the browser.
#[cfg(all(feature = "reqwest", not(all(target_arch = "wasm32", target_os = "unknown"))))]
impl<C> ClientBuilder<C> {
    fn change_reqwest(self, change: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder) -> Self {
        let builder = self.reqwest.unwrap_or_else(crate::transport::ReqwestTransport::default_builder);
        Self { reqwest: Some(change(builder)), ..self }
    }

    /// Limits how long connecting may take. The default is 30 seconds.
    pub fn connect_timeout(self, timeout: Duration) -> Self {
        self.change_reqwest(|builder| builder.connect_timeout(timeout))
    }

    /// Trusts certificates signed by this authority, in addition to those that the system trusts.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub fn root_certificate(self, certificate: reqwest::Certificate) -> Self {
        self.change_reqwest(|builder| builder.tls_certs_merge([certificate]))
    }

    /// Accepts any TLS certificate. **Anybody on the network path can then read and change what is sent.** This is meant for tests against
    /// a host with a self-signed certificate; prefer [`root_certificate`](Self::root_certificate).
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub fn danger_accept_invalid_certs(self, accept: bool) -> Self {
        self.change_reqwest(|builder| builder.tls_danger_accept_invalid_certs(accept))
    }
}

#[cfg(feature = "reqwest")]
fn through_reqwest(builder: Option<reqwest::ClientBuilder>) -> Result<Arc<dyn Transport>, Error> {
    use crate::transport::ReqwestTransport;

    let builder = builder.unwrap_or_else(ReqwestTransport::default_builder);
    match ReqwestTransport::from_builder(builder) {
        Ok(transport) => Ok(Arc::new(transport)),
        Err(error) => Err(Error::from(error).with_kind(ErrorKind::Configuration)),
    }
}

fn header_value(name: &str, value: &str) -> Result<HeaderValue, Error> {
    HeaderValue::try_from(value).map_err(|_| {
        Error::new(ErrorKind::Configuration, format!("the value of the header {name} holds a control character"))
    })
}

/// Normalizes a path below the base URL, to a leading slash and no trailing one.
fn api_path(text: &str) -> Result<String, Error> {
    let path = text.trim_matches('/');
    if path.is_empty() || path.contains(['?', '#', '\\']) || path.contains(char::is_whitespace) {
        return Err(Error::new(ErrorKind::Configuration, format!("{text:?} is not the path of an API")));
    }
    Ok(format!("/{path}"))
}

/// Parses a base URL. Messages do not repeat it, since it may contain a password.
fn base_url(text: &str) -> Result<Url, Error> {
    let wrong = |message: &str| {
        Error::new(ErrorKind::Configuration, format!("the base URL {message}"))
            .with_hint("it looks like https://api.example.org or https://api.example.org/path")
    };
    let url = Url::parse(text.trim()).map_err(|error| wrong(&format!("is not a URL: {error}")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong("is neither http nor https"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("holds a user").with_hint("sign in with Basic or Credentials"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(wrong("holds a query or fragment"));
    }
    Ok(url)
}

impl<C> std::fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("service", &self.service.name())
            .field("addresses", &self.options.addresses)
            .field("format", &self.options.format)
            .field("auth", &self.options.auth)
            .finish_non_exhaustive()
    }
}
