//! Setting up a client.

use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::header::USER_AGENT;
use http::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

#[cfg(feature = "cache")]
use super::Cache;
use super::{Client, Exchange, Hooks, OnUnauthorized, Retry, Session, Settings};
use crate::auth::Auth;
use crate::error::{Error, ErrorKind};
use crate::facts::{Address, Format, Service};
use crate::request::PreparedRequest;
use crate::transport::Transport;

/// How long a call may last unless the client is told otherwise.
const TIMEOUT: Duration = Duration::from_secs(100);

/// How many bytes an answer may have unless the client is told otherwise.
const BODY_LIMIT: usize = 64 * 1024 * 1024;

/// Settings of a client; what is wrong with them is said by [`build`](Self::build).
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
    addresses: Vec<Address>,
    api_path: String,
    redirects: u32,
    format: Format,
    iso_dates: bool,
    jsconfig: String,
    headers: Vec<(String, String)>,
    user_agent: String,
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    read_timeout: Option<Duration>,
    retry: Retry,
    #[cfg(feature = "gzip")]
    compress: bool,
    #[cfg(feature = "cache")]
    cache: Option<Cache>,
    hooks: Hooks,
    body_limit: usize,
    transport: Option<Arc<dyn Transport>>,
    #[cfg(feature = "reqwest")]
    reqwest: Option<reqwest::ClientBuilder>,
    auth: Auth,
    on_unauthorized: OnUnauthorized,
    refresh_url: Option<String>,
    /// What is built.
    client: PhantomData<fn() -> C>,
}

impl ClientBuilder {
    /// A client of a service at a base URL.
    pub fn new(base_url: impl AsRef<str>, service: Service) -> Self {
        Self::for_service(base_url, service)
    }
}

impl<C> ClientBuilder<C> {
    /// A client of a service at a base URL, as the type that [`service!`](crate::service) made for it.
    pub fn for_service(base_url: impl AsRef<str>, service: Service) -> Self {
        Self {
            base_url: base_url.as_ref().to_owned(),
            service,
            addresses: service.default_addresses().to_vec(),
            api_path: "/api".to_owned(),
            redirects: 0,
            format: Format::default(),
            iso_dates: true,
            jsconfig: String::new(),
            headers: Vec::new(),
            user_agent: concat!("evo-runtime/", env!("CARGO_PKG_VERSION")).to_owned(),
            timeout: Some(TIMEOUT),
            attempt_timeout: None,
            read_timeout: None,
            retry: Retry::default(),
            #[cfg(feature = "gzip")]
            compress: false,
            #[cfg(feature = "cache")]
            cache: None,
            hooks: Hooks::default(),
            body_limit: BODY_LIMIT,
            transport: None,
            #[cfg(feature = "reqwest")]
            reqwest: None,
            auth: Auth::Anonymous,
            on_unauthorized: OnUnauthorized::default(),
            refresh_url: None,
            client: PhantomData,
        }
    }

    /// Which addresses operations are called on, best first. Those of the service unless this says otherwise.
    pub fn addresses(mut self, addresses: impl IntoIterator<Item = Address>) -> Self {
        self.addresses = addresses.into_iter().collect();
        self
    }

    /// The path on which the host has [`Address::Api`], if its configuration changes that: `/services` for `/services/{Operation}`. The default
    /// is `/api`.
    pub fn api_path(mut self, path: impl Into<String>) -> Self {
        self.api_path = path.into();
        self
    }

    /// Follows up to so many redirects of a call, for services that hand out files that way; the default is 0. A redirect to another host gets
    /// neither credentials nor cookies nor headers of the client. Redirects to sign-in pages are not followed, nor are those of requests with a
    /// body, unless the status is 303.
    pub fn follow_redirects(mut self, most: u32) -> Self {
        self.redirects = most;
        self
    }

    /// The format of requests and responses; JSON unless this says otherwise.
    pub fn format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    /// Whether classic hosts are asked for exact dates (`jsconfig=dh:iso8601`) in answers that hold some; they are unless this says
    /// otherwise. Without it they cut dates to milliseconds and lose the zone.
    ///
    /// <https://docs.servicestack.net/customize-json-responses>
    pub fn iso_dates(mut self, iso_dates: bool) -> Self {
        self.iso_dates = iso_dates;
        self
    }

    /// Switches of the host's serializer with every call, with commas between them: `edv` leaves out defaults, `eti` class names, `inv` sends
    /// nulls. None unless this says otherwise. The one for [exact dates](Self::iso_dates) stands before them, unless they say `dh` themselves.
    ///
    /// <https://docs.servicestack.net/customize-json-responses>
    pub fn jsconfig(mut self, switches: impl Into<String>) -> Self {
        self.jsconfig = switches.into();
        self
    }

    /// A header of every request. A header that is given several times is sent as often; those of a call replace those of its client, except for
    /// `Cookie`, which is sent along with the cookies of the session. Values count as secrets and are never shown.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// What the client calls itself.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// How long a call may last, retries and their pauses included, from connecting to the last byte; 100 seconds unless this says otherwise,
    /// none for as long as it takes. For downloads that are handed over while they arrive it is the longest pause. Signing in for a call may
    /// last as long again.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// How long one attempt of a call may take; by default as long as the call.
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.attempt_timeout = timeout.into();
        self
    }

    /// How long the server may be silent while the body of a response arrives; by default as long as the attempt may take, and for
    /// downloads as long as [`timeout`](Self::timeout) says.
    pub fn read_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.read_timeout = timeout.into();
        self
    }

    /// When a request is sent once more; as [`Retry::default`] says unless this says otherwise.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// Whether request bodies of 1 KiB or more are compressed with gzip; they are not unless this says otherwise.
    #[cfg(feature = "gzip")]
    pub fn compress_requests(mut self, compress: bool) -> Self {
        self.compress = compress;
        self
    }

    /// Keeps the responses to GET that may be kept; by default there is no cache. Clients may share a cache.
    #[cfg(feature = "cache")]
    pub fn cache(mut self, cache: Cache) -> Self {
        self.cache = Some(cache);
        self
    }

    /// A function that sees each request before it is sent, and may change its headers: each attempt of it, sign-ins too. Credentials and
    /// cookies are added afterwards. Functions are called in the order in which they were given.
    pub fn on_request(mut self, hook: impl Fn(&mut PreparedRequest) + Send + Sync + 'static) -> Self {
        self.hooks.on_request.push(Arc::new(hook));
        self
    }

    /// A function that sees the head of each answer, errors and failed attempts too, and how long it took.
    pub fn on_response(mut self, hook: impl Fn(&Exchange<'_>) + Send + Sync + 'static) -> Self {
        self.hooks.on_response.push(Arc::new(hook));
        self
    }

    /// How many bytes an answer may have that is read as a whole; 64 MiB unless this says otherwise.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// What sends the requests.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Sends requests through a client of reqwest with settings of your own: proxies, certificates, DNS and the like. Its redirect policy is
    /// replaced: reqwest would send API keys to any host that it is redirected to. It must not have a cookie store.
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

    #[cfg(feature = "reqwest")]
    fn change_reqwest(self, change: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder) -> Self {
        let builder = self.reqwest.unwrap_or_else(crate::transport::ReqwestTransport::default_builder);
        Self { reqwest: Some(change(builder)), ..self }
    }

    /// How long making a connection may take; 30 seconds by default.
    #[cfg(all(feature = "reqwest", not(all(target_arch = "wasm32", target_os = "unknown"))))]
    pub fn connect_timeout(self, timeout: Duration) -> Self {
        self.change_reqwest(|builder| builder.connect_timeout(timeout))
    }

    /// Trusts the certificates that this authority signed, besides those of the system.
    #[cfg(all(
        any(feature = "rustls", feature = "native-tls"),
        not(all(target_arch = "wasm32", target_os = "unknown"))
    ))]
    pub fn root_certificate(self, certificate: reqwest::Certificate) -> Self {
        self.change_reqwest(|builder| builder.tls_certs_merge([certificate]))
    }

    /// Accepts any TLS certificate of the server, so that **anybody on the way can read and change what is sent**: for tests against a host
    /// with a certificate that nobody signed. Prefer [`root_certificate`](Self::root_certificate).
    #[cfg(all(
        any(feature = "rustls", feature = "native-tls"),
        not(all(target_arch = "wasm32", target_os = "unknown"))
    ))]
    pub fn danger_accept_invalid_certs(self, accept: bool) -> Self {
        self.change_reqwest(|builder| builder.tls_danger_accept_invalid_certs(accept))
    }

    /// How the client signs in.
    pub fn auth(mut self, auth: impl Into<Auth>) -> Self {
        self.auth = auth.into();
        self
    }

    /// Where tokens are renewed: a path below the base URL, or the URL of another server, which gets the refresh token alone: no cookies and no
    /// headers of the client. The default is `/api/GetAccessToken`, and `/access-token` on hosts without `/api`.
    pub fn refresh_url(mut self, url: impl Into<String>) -> Self {
        self.refresh_url = Some(url.into());
        self
    }

    /// A function that may sign in again if a call is answered with 401 and neither a refresh token nor
    /// [`Credentials`](crate::Credentials) help. It is called once for all calls that fail at the same time; if it returns `true`, each of
    /// them is sent again once. It is not called for API keys and auth secrets, whose refusal is final.
    ///
    /// The client that it is given shares the session: sign in with it, or put a token or a saved session into its
    /// [`session`](Client::session). Calls that the function makes, with this client or any other clone, are not renewed themselves. The time
    /// limit of a call that waits for the function applies.
    ///
    /// ```
    /// use evo_runtime::Client;
    /// use evo_runtime::dto::Authenticate;
    ///
    /// # use evo_runtime::transport::ScriptedTransport;
    /// # let transport = ScriptedTransport::default();
    /// # fn ask_for_password() -> String { String::new() }
    /// let client = Client::builder("https://api.example.org")
    ///     .on_unauthorized(|client| async move {
    ///         client.send(Authenticate::new().provider("credentials").user_name("user").password(ask_for_password())).await?;
    ///         Ok(true)
    ///     })
    /// #   .transport(transport)
    ///     .build()?;
    /// # Ok::<(), evo_runtime::Error>(())
    /// ```
    pub fn on_unauthorized<F, R>(mut self, hook: F) -> Self
    where
        F: Fn(Client) -> R + Send + Sync + 'static,
        R: Future<Output = Result<bool, Error>> + Send + 'static,
    {
        self.on_unauthorized = OnUnauthorized::new(move |client| Box::pin(hook(client)));
        self
    }

    /// Makes the client: the one of the service that the builder belongs to.
    ///
    /// # Errors
    ///
    /// If the base URL is not an absolute http(s) URL or holds a user, a query or a fragment, if a header is invalid, or if TLS cannot be set up.
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
                .map_err(|_| Error::new(ErrorKind::Configuration, format!("{name:?} is no name of a header")))?;
            given.append(name, value);
        }
        headers.extend(given);
        self.auth.check()?;
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
        let settings = Settings {
            base,
            service: self.service,
            facts: None,
            addresses: self.addresses,
            api_path: api_path(&self.api_path)?,
            keeps_empty_texts: false,
            redirects: self.redirects,
            host: Arc::default(),
            format: self.format,
            iso_dates: self.iso_dates,
            jsconfig: Some(self.jsconfig).filter(|switches| !switches.is_empty()),
            headers,
            timeout: self.timeout,
            attempt_timeout: self.attempt_timeout,
            read_timeout: self.read_timeout,
            retry: self.retry,
            #[cfg(feature = "gzip")]
            compress: self.compress,
            #[cfg(feature = "cache")]
            cache: self.cache,
            hooks: self.hooks,
            body_limit: self.body_limit,
            transport,
            auth: self.auth,
            on_unauthorized: self.on_unauthorized,
            refresh_url: self.refresh_url,
        };
        let session = Arc::new(Session::new(&settings.auth));
        Ok(Client { settings: Arc::new(settings), session })
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
        Error::new(ErrorKind::Configuration, format!("the value of the header {name} holds a line end or control"))
    })
}

/// A path below the base URL, with a slash before it and none behind it.
fn api_path(text: &str) -> Result<String, Error> {
    let path = text.trim_matches('/');
    if path.is_empty() || path.contains(['?', '#', '\\']) || path.contains(char::is_whitespace) {
        return Err(Error::new(ErrorKind::Configuration, format!("{text:?} is not the path of an API")));
    }
    Ok(format!("/{path}"))
}

/// A base URL; the text of a wrong one may hold a password and is not repeated.
fn base_url(text: &str) -> Result<Url, Error> {
    let wrong = |message: &str| {
        Error::new(ErrorKind::Configuration, format!("the base URL {message}"))
            .with_hint("it looks like https://api.example.org or https://api.example.org/path")
    };
    let url = Url::parse(text.trim()).map_err(|error| wrong(&format!("is none: {error}")))?;
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
            .field("addresses", &self.addresses)
            .field("format", &self.format)
            .field("auth", &self.auth)
            .finish_non_exhaustive()
    }
}
