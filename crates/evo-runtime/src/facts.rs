//! What is known about a service before it is called.

/// The description of a service: hints that a generated client passes to the runtime.
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
    /// Creates a description with only a name, which is shown by the `Debug` output of a client.
    pub const fn new(name: &'static str) -> Self {
        Self { name, addresses: &[], api: None, endpoint_routing: None }
    }

    /// Sets the addresses at which the operations are called, in order of preference.
    pub const fn addresses(self, addresses: &'static [Address]) -> Self {
        Self { addresses, ..self }
    }

    /// Sets whether the service has the predefined routes `/api/{Operation}`, which were introduced with ServiceStack 6.
    pub const fn api(self, api: bool) -> Self {
        Self { api: Some(api), ..self }
    }

    /// Sets whether the service uses the endpoint routing of ASP.NET Core. Such a host has no `/json/reply`, and `/api` accepts only the
    /// operation's own method.
    pub const fn endpoint_routing(self, endpoint_routing: bool) -> Self {
        Self { endpoint_routing: Some(endpoint_routing), ..self }
    }

    /// Returns the service with the facts that its host reports.
    pub(crate) fn with_hints(self, endpoint_routing: Option<bool>, api: Option<bool>) -> Self {
        Self { endpoint_routing: endpoint_routing.or(self.endpoint_routing), api: api.or(self.api), ..self }
    }

    /// Returns the name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the addresses that a client tries by default: those of the service, or otherwise `/api`, or `/json/reply` if there is no
    /// `/api`.
    #[must_use]
    pub const fn default_addresses(&self) -> &'static [Address] {
        match (self.addresses, self.api) {
            ([], Some(false)) => &[Address::Reply],
            ([], _) => &[Address::Api],
            (addresses, _) => addresses,
        }
    }

    /// Returns whether the service has `/api/{Operation}`, or `None` if that is unknown.
    #[must_use]
    pub const fn has_api(&self) -> Option<bool> {
        self.api
    }

    /// Returns whether the service uses the endpoint routing of ASP.NET Core, or `None` if that is unknown.
    #[must_use]
    pub const fn has_endpoint_routing(&self) -> Option<bool> {
        self.endpoint_routing
    }
}

/// The kind of URL at which operations are called.
///
/// <https://docs.servicestack.net/routing>
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Address {
    /// `/api/{Operation}`. Every host since ServiceStack 6 has it, and it binds all values.
    Api,
    /// The best declared route that can carry the values of the call. If none can, the next address is tried.
    Routes,
    /// `/json/reply/{Operation}`, or `/jsv/reply/{Operation}` for JSV. Every host without endpoint routing has it.
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
    /// Returns the content type.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            // Hosts respond to `text/jsv` with an HTML page.
            Self::Jsv => "application/jsv",
        }
    }
}

/// Writes the name of the format.
impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Json => "JSON",
            Self::Jsv => "JSV",
        })
    }
}
