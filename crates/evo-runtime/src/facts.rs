//! What is known about a service before it is called.

/// What a service says about itself: hints that a generated client hands to the runtime.
///
/// ```
/// use evo_runtime::{Address, Casing, Dialect, Service};
///
/// const SERVICE: Service = Service::new("Evo Voice")
///     .addresses(&[Address::Routes, Address::Reply])
///     .dialect(Dialect::ServiceStackText)
///     .casing(Casing::Camel)
///     .version("10.15")
///     .api(true);
/// assert_eq!(SERVICE.default_addresses(), [Address::Routes, Address::Reply]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Service {
    name: &'static str,
    addresses: &'static [Address],
    dialect: Option<Dialect>,
    casing: Option<Casing>,
    version: Option<&'static str>,
    api: Option<bool>,
    endpoint_routing: Option<bool>,
}

impl Service {
    /// A service of which nothing but a name is known; the `Debug` of a client shows it.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, addresses: &[], dialect: None, casing: None, version: None, api: None, endpoint_routing: None }
    }

    /// Which addresses its operations are called on, best first.
    #[must_use]
    pub const fn addresses(self, addresses: &'static [Address]) -> Self {
        Self { addresses, ..self }
    }

    /// Which JSON it writes.
    #[must_use]
    pub const fn dialect(self, dialect: Dialect) -> Self {
        Self { dialect: Some(dialect), ..self }
    }

    /// How it spells the names of members.
    #[must_use]
    pub const fn casing(self, casing: Casing) -> Self {
        Self { casing: Some(casing), ..self }
    }

    /// The version of ServiceStack that it runs.
    #[must_use]
    pub const fn version(self, version: &'static str) -> Self {
        Self { version: Some(version), ..self }
    }

    /// Whether it has the predefined routes `/api/{Operation}`, which came with ServiceStack 6.
    #[must_use]
    pub const fn api(self, api: bool) -> Self {
        Self { api: Some(api), ..self }
    }

    /// Whether it routes by ASP.NET Core's endpoints; such a host has no `/json/reply`, and takes on `/api` the operation's own verb alone.
    #[must_use]
    pub const fn endpoint_routing(self, endpoint_routing: bool) -> Self {
        Self { endpoint_routing: Some(endpoint_routing), ..self }
    }

    /// The same service, with what its host says about itself.
    pub(crate) const fn with_hints(
        self,
        dialect: Option<Dialect>,
        casing: Option<Casing>,
        endpoint_routing: Option<bool>,
        api: Option<bool>,
    ) -> Self {
        Self {
            dialect: if dialect.is_some() { dialect } else { self.dialect },
            casing: if casing.is_some() { casing } else { self.casing },
            endpoint_routing: if endpoint_routing.is_some() { endpoint_routing } else { self.endpoint_routing },
            api: if api.is_some() { api } else { self.api },
            ..self
        }
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The addresses that a client tries unless it is told otherwise: those of the service; else `/api`, or `/json/reply` where it is known
    /// that there is no `/api`.
    #[must_use]
    pub const fn default_addresses(&self) -> &'static [Address] {
        match (self.addresses, self.api) {
            ([], Some(false)) => &[Address::Reply],
            ([], _) => &[Address::Api],
            (addresses, _) => addresses,
        }
    }

    /// Which JSON it writes, where that is known.
    #[must_use]
    pub const fn known_dialect(&self) -> Option<Dialect> {
        self.dialect
    }

    /// How it spells the names of members, where that is known.
    #[must_use]
    pub const fn known_casing(&self) -> Option<Casing> {
        self.casing
    }

    /// Whether it has `/api/{Operation}`, where that is known.
    #[must_use]
    pub const fn has_api(&self) -> Option<bool> {
        self.api
    }

    /// Whether it routes by ASP.NET Core's endpoints, where that is known.
    #[must_use]
    pub const fn has_endpoint_routing(&self) -> Option<bool> {
        self.endpoint_routing
    }

    /// The version of ServiceStack, where that is known.
    #[must_use]
    pub const fn known_version(&self) -> Option<&'static str> {
        self.version
    }
}

/// Where an operation is called.
///
/// <https://docs.servicestack.net/routing>
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Address {
    /// `/api/{Operation}`: on every host since ServiceStack 6, and the one that binds everything.
    Api,
    /// The best declared route that can carry the values of the call; where none can, the next address is tried.
    Routes,
    /// `/json/reply/{Operation}`, with JSV `/jsv/reply/{Operation}`: on every host without endpoint routing.
    Reply,
}

/// How values travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// JSON.
    #[default]
    Json,
    /// JSV, ServiceStack's own text format: on declared routes, and on `/jsv/reply` where [`Address::Reply`] is allowed.
    ///
    /// <https://docs.servicestack.net/jsv-format>
    Jsv,
}

impl Format {
    /// The content type.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            // `text/jsv` is answered with an HTML page.
            Self::Jsv => "application/jsv",
        }
    }
}

/// The name of the format.
impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Json => "JSON",
            Self::Jsv => "JSV",
        })
    }
}

/// Which library of a host writes its JSON. A client reads both without being told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// ServiceStack.Text.
    ServiceStackText,
    /// System.Text.Json: hosts with endpoint routing.
    SystemTextJson,
}

/// How a host spells the names of members. A client reads all of them without being told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Casing {
    /// `sessionId`.
    Camel,
    /// `SessionId`.
    Pascal,
    /// `session_id`.
    Snake,
}
