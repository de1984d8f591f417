//! The client type of a service.

/// Makes the client type of a service: a thin type around [`Client`](crate::Client) that knows the facts of the service.
///
/// ```
/// use evo_runtime::{Basic, Service, service};
///
/// const SERVICE: Service = Service::new("Sessions");
/// service!(pub SessionsClient: SERVICE);
///
/// # #[cfg(feature = "reqwest")]
/// # {
/// let client = SessionsClient::new("https://api.example.org")?.with_auth(Basic::new("user", "password"));
/// assert_eq!(client.base_url().as_str(), "https://api.example.org/");
/// # }
/// # Ok::<(), evo_runtime::Error>(())
/// ```
#[macro_export]
macro_rules! service {
    ($vis:vis $client:ident : $service:expr) => {
        #[doc = "A client of the service; a clone shares its session."]
        #[derive(::core::clone::Clone, ::core::fmt::Debug)]
        $vis struct $client($crate::Client);

        impl $client {
            /// A client of the service at a base URL, which may have a path: `https://api.example.org/v1`.
            ///
            /// # Errors
            ///
            /// When the URL is none, or cannot be a base.
            pub fn new(base_url: impl ::core::convert::AsRef<str>) -> ::core::result::Result<Self, $crate::Error> {
                $crate::ClientBuilder::new(base_url, $service).build().map(Self)
            }

            /// A client with settings of its own: `build()?.into()` makes this type.
            pub fn builder(base_url: impl ::core::convert::AsRef<str>) -> $crate::ClientBuilder {
                $crate::ClientBuilder::new(base_url, $service)
            }

            /// The same client, signing in this way, in a session of its own.
            #[must_use]
            pub fn with_auth(self, auth: impl ::core::convert::Into<$crate::Auth>) -> Self {
                Self(self.0.with_auth(auth))
            }

            /// The same client, talking in this format.
            #[must_use]
            pub fn with_format(self, format: $crate::Format) -> Self {
                Self(self.0.with_format(format))
            }

            /// The same client, asking classic hosts for exact dates (as it does unless it is told otherwise) or not.
            #[must_use]
            pub fn with_iso_dates(self, iso_dates: bool) -> Self {
                Self(self.0.with_iso_dates(iso_dates))
            }

            /// The same client, knowing what `probe` learned of its host.
            #[must_use]
            pub fn with_facts(self, facts: &$crate::Facts) -> Self {
                Self(self.0.with_facts(facts))
            }

            /// The same client, calling these addresses, best first.
            #[must_use]
            pub fn with_addresses(self, addresses: &[$crate::Address]) -> Self {
                Self(self.0.with_addresses(addresses))
            }
        }

        impl ::core::ops::Deref for $client {
            type Target = $crate::Client;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        impl ::core::convert::From<$crate::Client> for $client {
            fn from(client: $crate::Client) -> Self {
                Self(client)
            }
        }
    };
}
