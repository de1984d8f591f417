//! Facts about a service that are known before it is called.

/// What a service says about itself: hints that a generated client hands to the runtime.
///
/// ```
/// use evo_runtime::{Address, Service};
///
/// const SERVICE: Service = Service::new("Evo Voice").addresses(&[Address::Routes, Address::Reply]).api(true);
/// assert_eq!(SERVICE.default_addresses(), [Address::Routes, Address::Reply]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct Service {
    name: &'static str,
    addresses: &'static [Address],
    api: Option<bool>,
    endpoint_routing: Option<bool>,
}

impl Service {
    /// A service of which nothing but a name is known, which the `Debug` of a client shows.
    pub const fn new(name: &'static str) -> Self {
        Self { name, addresses: &[], api: None, endpoint_routing: None }
    }

    /// The addresses on which its operations are called, best first.
    pub const fn addresses(self, addresses: &'static [Address]) -> Self {
        Self { addresses, ..self }
    }

    /// Whether it has the predefined routes `/api/{Operation}`, which came with ServiceStack 6.
    pub const fn api(self, api: bool) -> Self {
        Self { api: Some(api), ..self }
    }

    /// Whether it uses the endpoint routing of ASP.NET Core. Such a host has no `/json/reply`, and `/api` accepts only the operation's own
    /// method.
    pub const fn endpoint_routing(self, endpoint_routing: bool) -> Self {
        Self { endpoint_routing: Some(endpoint_routing), ..self }
    }

    /// The same service, with what its host says about itself.
    pub(crate) fn with_hints(self, endpoint_routing: Option<bool>, api: Option<bool>) -> Self {
        Self { endpoint_routing: endpoint_routing.or(self.endpoint_routing), api: api.or(self.api), ..self }
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The addresses that a client tries by default: those of the service; else `/api`, or `/json/reply` if there is no `/api`.
    #[must_use]
    pub const fn default_addresses(&self) -> &'static [Address] {
        match (self.addresses, self.api) {
            ([], Some(false)) => &[Address::Reply],
            ([], _) => &[Address::Api],
            (addresses, _) => addresses,
        }
    }

    /// Whether it has `/api/{Operation}`; `None` if that is not known.
    #[must_use]
    pub const fn has_api(&self) -> Option<bool> {
        self.api
    }

    /// Whether it uses the endpoint routing of ASP.NET Core; `None` if that is not known.
    #[must_use]
    pub const fn has_endpoint_routing(&self) -> Option<bool> {
        self.endpoint_routing
    }
}

/// Where an operation is called.
///
/// <https://docs.servicestack.net/routing>
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Address {
    /// `/api/{Operation}`: every host since ServiceStack 6 has it, and it binds all values.
    Api,
    /// The best declared route that can carry the values of the call. If none can, the next address is tried.
    Routes,
    /// `/json/reply/{Operation}`, with JSV `/jsv/reply/{Operation}`: every host without endpoint routing has it.
    Reply,
}

/// The format of requests and responses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// JSON.
    #[default]
    Json,
    /// JSV, ServiceStack's own text format. It is used on declared routes, and on `/jsv/reply` if [`Address::Reply`] is among the addresses.
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
