//! A call with settings of its own.

use std::time::Duration;

use http::header::COOKIE;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::{Client, Download, Reply, Retry};
use crate::error::{Error, ErrorKind};
use crate::facts::{Address, Format};
use crate::operations::{AnswerShape, Operation, OperationSpec, Verb};
use crate::request::{self, PreparedRequest};

/// A call that is told more than its operation; made by [`Client::call`]. What is wrong with its settings is said when it is sent.
///
/// ```
/// use std::time::Duration;
///
/// use evo_runtime::transport::{HttpReply, ScriptedTransport};
/// use evo_runtime::{Client, operation, record};
///
/// #[derive(Debug, Clone, PartialEq, Default)]
/// struct Hello {
///     name: Option<String>,
/// }
/// record!(Hello { name: "Name" });
/// operation!(Hello: GET => Vec<String>);
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), evo_runtime::Error> {
/// # let transport = ScriptedTransport::new([HttpReply::of(200, "application/json", r#"["hi"]"#).with_header("x-trace", "7")]);
/// # let client = Client::builder("https://api.example.org").transport(transport).build()?;
/// let answered = client
///     .call(Hello { name: Some("you".to_owned()) })
///     .header("X-Tenant", "acme")
///     .timeout(Duration::from_secs(5))
///     .send_answered()
///     .await?;
/// assert_eq!(answered.value, ["hi"]);
/// assert_eq!(answered.header("X-Trace"), Some("7"));
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "a call is made by sending it"]
pub struct Call<T> {
    operation: T,
    plan: Plan,
}

/// What a call is told besides its operation.
struct Plan {
    client: Client,
    headers: HeaderMap,
    query: Vec<(String, String)>,
    verb: Option<Verb>,
    /// What is wrong with the settings, so far.
    problem: Option<Error>,
}

/// An answer together with its head.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Answered<T> {
    /// The status: 200, or another one that is no error.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The answer itself.
    pub value: T,
}

impl<T> Answered<T> {
    /// The first value of a header that is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

impl<T: Operation> Call<T> {
    pub(super) fn new(client: Client, operation: T) -> Self {
        let plan = Plan { client, headers: HeaderMap::new(), query: Vec::new(), verb: None, problem: None };
        Self { operation, plan }
    }

    /// The operation that is called.
    pub(crate) fn operation(&self) -> &T {
        &self.operation
    }

    /// Notes what is wrong, to be said when the call is sent.
    pub(crate) fn refuse(&mut self, message: String) {
        self.plan.refuse(message);
    }

    fn with_client(mut self, change: impl FnOnce(Client) -> Client) -> Self {
        self.plan.client = change(self.plan.client);
        self
    }

    /// A header of this request, which replaces the client's header of that name; a `Cookie` is sent along with the cookies of the client and
    /// its session. Its value counts as a secret and is never shown.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.plan.header(name.as_ref(), value.as_ref());
        self
    }

    /// A parameter in the query of this request, besides the members of the operation; both are encoded.
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.plan.query.push((name.into(), value.into()));
        self
    }

    /// How long this call may last, retries included; none: as long as it takes.
    pub fn timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        let timeout = timeout.into();
        self.with_client(|client| client.with(|settings| settings.timeout = timeout))
    }

    /// How long one attempt may last.
    pub fn attempt_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        let timeout = timeout.into();
        self.with_client(|client| client.with(|settings| settings.attempt_timeout = timeout))
    }

    /// When this request is sent once more.
    pub fn retry(self, retry: Retry) -> Self {
        self.with_client(|client| client.with(|settings| settings.retry = retry))
    }

    /// Where this operation is called.
    pub fn address(self, address: Address) -> Self {
        self.with_client(|client| client.with_addresses(&[address]))
    }

    /// The format of this request and its answer.
    pub fn format(self, format: Format) -> Self {
        self.with_client(|client| client.with_format(format))
    }

    /// Whether classic hosts are asked for exact dates in this answer.
    pub fn iso_dates(self, iso_dates: bool) -> Self {
        self.with_client(|client| client.with_iso_dates(iso_dates))
    }

    /// Switches of the host's serializer with this call, in place of those of the client, as
    /// [`ClientBuilder::jsconfig`](super::ClientBuilder::jsconfig); an empty text for none.
    pub fn jsconfig(self, switches: impl Into<String>) -> Self {
        let switches = Some(switches.into()).filter(|switches| !switches.is_empty());
        self.with_client(|client| client.with(|settings| settings.jsconfig = switches))
    }

    /// Whether the body of this request is compressed with gzip where it has 1 KiB or more.
    #[cfg(feature = "gzip")]
    pub fn compress(self, compress: bool) -> Self {
        self.with_client(|client| client.with(|settings| settings.compress = compress))
    }

    /// Another verb than that of the operation. Classic hosts allow any that the service has a method for; hosts with endpoint routing answer
    /// 405.
    pub fn verb(mut self, verb: Verb) -> Self {
        self.plan.verb = Some(verb);
        self
    }

    /// The request of this call, without sending it.
    ///
    /// # Errors
    ///
    /// When a setting is wrong, a value cannot be sent, or none of the addresses can take the call.
    pub fn prepare(self) -> Result<PreparedRequest, Error> {
        let Self { operation, plan } = self;
        plan.prepare(T::SPEC, &operation).map(|(_, request)| request)
    }

    /// Makes the call.
    ///
    /// # Errors
    ///
    /// As [`Client::send`].
    pub fn send(self) -> impl Future<Output = Result<T::Answer, Error>> + use<T> {
        let reply = self.execute();
        async move { T::answer(*reply.await?) }
    }

    /// Makes the call and answers status and headers too.
    ///
    /// # Errors
    ///
    /// As [`Client::send`].
    pub fn send_answered(self) -> impl Future<Output = Result<Answered<T::Answer>, Error>> + use<T> {
        let reply = self.execute();
        async move {
            let reply = reply.await?;
            let (status, headers) = (reply.status(), reply.headers().clone());
            Ok(Answered { status, headers, value: T::answer(*reply)? })
        }
    }

    /// Makes the call and answers whatever comes back, undecoded, while it arrives; a status that says error is no error here.
    ///
    /// # Errors
    ///
    /// When the call cannot be made or gets no answer.
    pub fn send_raw(self) -> impl Future<Output = Result<Download, Error>> + use<T> {
        let Self { operation, plan } = self;
        let request = plan.prepare(T::SPEC.answering(AnswerShape::Anything), &operation);
        async move {
            let (client, request) = request?;
            client.execute(request).await.map(Reply::into_download)
        }
    }

    fn execute(self) -> impl Future<Output = Result<Box<Reply>, Error>> + use<T> {
        let Self { operation, plan } = self;
        let request = plan.prepare(T::SPEC, &operation);
        async move {
            let (client, mut request) = request?;
            client.execute_prepared(&mut request).await
        }
    }
}

impl Plan {
    fn header(&mut self, name: &str, value: &str) {
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(mut value)) => {
                value.set_sensitive(true);
                self.headers.append(name, value);
            }
            (Err(_), _) => self.refuse(format!("{name:?} is no name of a header")),
            (_, Err(_)) => self.refuse(format!("the value of the header {name} holds a line end or control")),
        }
    }

    fn refuse(&mut self, message: String) {
        self.problem.get_or_insert_with(|| Error::new(ErrorKind::Request, message));
    }

    /// The request, and the client that is to send it.
    fn prepare(
        self,
        mut spec: OperationSpec,
        operation: &dyn crate::wire::Record,
    ) -> Result<(Client, PreparedRequest), Error> {
        if let Some(problem) = self.problem {
            return Err(problem.during(spec.name));
        }
        spec.verb = self.verb.unwrap_or(spec.verb);
        let mut request = self.client.prepare(&spec, operation)?;
        // Cookies are added to those of the client and of its session.
        for name in self.headers.keys().filter(|name| *name != COOKIE) {
            request.headers_mut().remove(name);
        }
        for (name, value) in &self.headers {
            request.headers_mut().append(name, value.clone());
        }
        request::append_query(&mut request.url, &self.query);
        Ok((self.client, request))
    }
}

/// Without the values of its settings, which may be secret.
impl std::fmt::Debug for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Plan").field("client", &self.client).field("headers", &self.headers).finish_non_exhaustive()
    }
}
