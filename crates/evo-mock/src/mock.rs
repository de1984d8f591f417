//! The builder of a mock.

use std::collections::BTreeMap;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use evo_model::config::Settings;
use evo_model::diagnostics::Diagnostics;
use evo_model::source::{self, Document, Limits};
use evo_model::{lower, metadata};

use crate::host::access::{User, Users};
use crate::host::custom_responses::{CustomResponse, CustomResponses};
use crate::host::documents::Documents;
use crate::host::events::Subscriptions;
use crate::host::faults::Faults;
use crate::host::{Dialect, Host};
use crate::log::Line;
use crate::schema::schema_of;
use crate::server::{self, Running};
use crate::values::json_writer::Casing;

/// Receives a log line for each request.
pub(crate) type Log = Arc<dyn Fn(&Line) + Send + Sync>;

/// A mock of a ServiceStack service, made from its metadata document.
///
/// ```no_run
/// # async fn example() -> Result<(), evo_mock::Error> {
/// let mock = evo_mock::Mock::of("metadata.json").start().await?;
/// println!("{}", mock.url());
/// # Ok(())
/// # }
/// ```
#[must_use = "a mock does nothing until it is started"]
#[derive(Clone)]
pub struct Mock {
    source: Source,
    address: SocketAddr,
    dialect: Dialect,
    casing: Option<Casing>,
    settings: Settings,
    users: Vec<User>,
    has_token_cookies: bool,
    custom_responses: CustomResponses,
    delay: Duration,
    fail_percent: u8,
    seed: u64,
    is_lenient: bool,
    has_cors: bool,
    log: Option<Log>,
}

#[derive(Clone)]
enum Source {
    File(PathBuf),
    Document(Box<Document>),
}

/// The error of a mock that cannot start.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The document cannot be read or used.
    Document(evo_model::Error),
    /// The mock cannot listen on the address.
    Listen {
        /// The requested address.
        address: SocketAddr,
        /// The error of the operating system.
        source: std::io::Error,
    },
    /// A handler was added for an operation that the service does not have.
    UnknownOperation(String),
    /// The folder of responses does not exist, or is not a folder.
    NoFolder(PathBuf),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document(error) => error.fmt(f),
            Self::Listen { address, source } => write!(f, "cannot listen on {address}: {source}"),
            Self::UnknownOperation(name) => write!(f, "the service has no operation `{name}`"),
            Self::NoFolder(path) => write!(f, "`{}` is not a folder", path.display()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Document(error) => Some(error),
            Self::Listen { source, .. } => Some(source),
            Self::UnknownOperation(_) | Self::NoFolder(_) => None,
        }
    }
}

impl Mock {
    /// Creates a mock of the service that a metadata document describes. [`start`](Self::start) reads the file.
    pub fn of(document: impl Into<PathBuf>) -> Self {
        Self::new(Source::File(document.into()))
    }

    /// Creates a mock from a document that has already been read.
    pub fn of_document(document: Document) -> Self {
        Self::new(Source::Document(Box::new(document)))
    }

    fn new(source: Source) -> Self {
        Self {
            source,
            address: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            dialect: Dialect::default(),
            casing: None,
            settings: Settings::default(),
            users: Vec::new(),
            has_token_cookies: false,
            custom_responses: CustomResponses::default(),
            delay: Duration::ZERO,
            fail_percent: 0,
            seed: 0,
            is_lenient: false,
            has_cors: true,
            log: None,
        }
    }

    /// Sets the port to listen on. The default is any free port.
    pub fn port(mut self, port: u16) -> Self {
        self.address.set_port(port);
        self
    }

    /// Sets the address to listen on. The default is `127.0.0.1`, which is only reachable from this machine.
    pub fn bind(mut self, address: IpAddr) -> Self {
        self.address.set_ip(address);
        self
    }

    /// Sets how the host routes and serializes. The default is [`Dialect::Classic`].
    pub fn dialect(mut self, dialect: Dialect) -> Self {
        self.dialect = dialect;
        self
    }

    /// Sets the casing of member names. The default is the casing in the document's facts, otherwise camelCase.
    pub fn casing(mut self, casing: Casing) -> Self {
        self.casing = Some(casing);
        self
    }

    /// Sets the settings for interpreting the document: `supply` and `resolve` specify what it leaves open. The default is none.
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// Adds a user, who signs in with a name and a password. The password is also the API key and a bearer token of the user. Without
    /// users, everybody may call everything.
    pub fn user(mut self, user: User) -> Self {
        self.users.push(user);
        self
    }

    /// Sets whether tokens are sent in the cookies `ss-tok` and `ss-reftok`, as by hosts with JWT authentication, rather than in the
    /// sign-in response. The default is the response.
    pub fn token_cookies(mut self, token_cookies: bool) -> Self {
        self.has_token_cookies = token_cookies;
        self
    }

    /// Sets a folder of responses: `HoldSession.json` for the operation `HoldSession`, `HoldSession.404.json` for an error. Files are read
    /// again for each call.
    pub fn answers(mut self, folder: impl Into<PathBuf>) -> Self {
        self.custom_responses.folder = Some(folder.into());
        self
    }

    /// Handles an operation with a closure, which receives the request with the C# names of its members.
    ///
    /// ```no_run
    /// use evo_mock::{CustomResponse, Mock};
    /// use serde_json::json;
    ///
    /// # let _ =
    /// Mock::of("metadata.json").on("HoldSession", |request| match request["SessionId"].as_str() {
    ///     Some(id) => json!({ "id": id, "state": "OnHold" }).into(),
    ///     None => CustomResponse::error(404, "NotFound", "There is no such session."),
    /// })
    /// # ;
    /// ```
    pub fn on(
        mut self,
        operation: &str,
        handler: impl Fn(&serde_json::Value) -> CustomResponse + Send + Sync + 'static,
    ) -> Self {
        self.custom_responses.handlers.insert(operation.to_ascii_lowercase(), Arc::new(handler));
        self
    }

    /// Delays each response.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Makes a percentage of calls fail with 503. The same seed makes the same calls fail.
    pub fn fail(mut self, percent: u8, seed: u64) -> Self {
        (self.fail_percent, self.seed) = (percent.min(100), seed);
        self
    }

    /// Sets whether requests that violate a rule or do not match a type are accepted, with a remark in the log. The default is no.
    pub fn lenient(mut self, lenient: bool) -> Self {
        self.is_lenient = lenient;
        self
    }

    /// Sets whether browsers may call from other origins (CORS). The default is yes.
    pub fn cors(mut self, cors: bool) -> Self {
        self.has_cors = cors;
        self
    }

    /// Sets a closure that receives a log line for each request.
    pub fn log(mut self, log: impl Fn(&Line) + Send + Sync + 'static) -> Self {
        self.log = Some(Arc::new(log));
        self
    }

    /// Reads the document and starts listening.
    ///
    /// # Errors
    ///
    /// Fails if the document cannot be used, if a handler is for an unknown operation, or if the port is in use.
    pub async fn start(self) -> Result<Running, Error> {
        let (address, log) = (self.address, self.log.clone());
        let host = self.host()?;
        server::listen(host, address, log).await
    }

    fn host(self) -> Result<Host, Error> {
        let document = match self.source {
            Source::File(path) => source::read_file(&path, &Limits::default()).map_err(Error::Document)?,
            Source::Document(document) => *document,
        };
        let mut diagnostics = Diagnostics::default();
        let types = metadata::read(&document, &mut diagnostics).map_err(Error::Document)?;

        let settings = with_role_services(self.settings, &types);
        let api = lower::lower(&types, document.facts.as_ref(), &settings, &BTreeMap::new(), &mut diagnostics)
            .map_err(Error::Document)?;
        let schema = schema_of(&api);
        if let Some(name) = self.custom_responses.handlers.keys().find(|name| schema.operation(name).is_none()) {
            return Err(Error::UnknownOperation(name.clone()));
        }
        if let Some(folder) = self.custom_responses.folder.as_ref().filter(|folder| !folder.is_dir()) {
            return Err(Error::NoFolder(folder.clone()));
        }
        let stated = document.facts.as_ref().map(|facts| facts.casing);
        let casing = self.casing.unwrap_or_else(|| stated.map_or(Casing::Camel, Casing::from));
        let documents = Documents::new(document.types, &schema.name, self.dialect, casing);
        Ok(Host {
            documents,
            events: Subscriptions::default(),
            schema,
            dialect: self.dialect,
            casing,
            users: Users::new(self.users, self.has_token_cookies),
            custom_responses: self.custom_responses,
            faults: Faults::new(self.delay, self.fail_percent, self.seed),
            is_lenient: self.is_lenient,
            has_cors: self.has_cors,
        })
    }
}

/// Adds the operations for roles, which hosts have although documents do not list them. The mock itself implements the operations for
/// signing in.
fn with_role_services(mut settings: Settings, types: &metadata::Types) -> Settings {
    settings.describe_runtime_operations = true;
    for name in ["AssignRoles", "UnAssignRoles"] {
        let is_listed = types.operations.iter().any(|operation| operation.request.name == name);
        if !is_listed && !settings.service_stack.iter().any(|own| own == name) {
            settings.service_stack.push(name.to_owned());
        }
    }
    settings
}

impl From<evo_model::facts::Casing> for Casing {
    fn from(casing: evo_model::facts::Casing) -> Self {
        match casing {
            evo_model::facts::Casing::Pascal => Self::Pascal,
            evo_model::facts::Casing::Snake => Self::Snake,
            evo_model::facts::Casing::Camel | evo_model::facts::Casing::Unknown => Self::Camel,
        }
    }
}
