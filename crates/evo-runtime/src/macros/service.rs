//! The client type of a service.

/// Defines the client type of a service: a newtype around [`Client`](crate::Client) with the settings of the service and its own builder.
///
/// ```
/// use std::time::Duration;
///
/// use evo_runtime::{Basic, Service, service};
///
/// const SERVICE: Service = Service::new("Sessions");
/// service!(pub SessionsClient: SERVICE);
///
/// # #[cfg(feature = "reqwest")]
/// # {
/// let client: SessionsClient = SessionsClient::builder("https://api.example.org")
///     .auth(Basic::new("user", "password"))
///     .timeout(Duration::from_secs(20))
///     .build()?;
/// let impatient: SessionsClient = client.clone().with_timeout(Duration::from_secs(1));
/// assert_eq!(impatient.base_url().as_str(), "https://api.example.org/");
/// # }
/// # Ok::<(), evo_runtime::Error>(())
/// ```
#[macro_export]
macro_rules! service {
    ($vis:vis $client:ident : $service:expr) => {
        #[doc = "Calls the operations of the service. Clones are cheap and share connections, cookies and the session."]
        #[doc = ""]
        #[doc = "It dereferences to [`Client`](::evo_runtime::Client) of evo-runtime, which makes the calls: [`send`](::evo_runtime::Client::send),"]
        #[doc = "[`call`](::evo_runtime::Client::call) for a call with other settings, and everything else."]
        #[derive(::core::clone::Clone, ::core::fmt::Debug)]
        $vis struct $client($crate::Client);

        impl $client {
            /// Creates a client of the service at a base URL, which may have a path: `https://api.example.org/v1`.
            ///
            /// # Errors
            ///
            /// If `base_url` is not an absolute http(s) URL.
            pub fn new(base_url: impl ::core::convert::AsRef<str>) -> ::core::result::Result<Self, $crate::Error> {
                Self::builder(base_url).build()
            }

            /// Creates a builder for a client with other settings: timeouts, headers, retries, a transport and more.
            pub fn builder(base_url: impl ::core::convert::AsRef<str>) -> $crate::ClientBuilder<Self> {
                $crate::ClientBuilder::for_service(base_url, $service)
            }

            $crate::__client_settings!();

            fn with(self, change: impl ::core::ops::FnOnce($crate::Client) -> $crate::Client) -> Self {
                Self(change(self.0))
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

        impl ::core::convert::From<$client> for $crate::Client {
            fn from(client: $client) -> Self {
                client.0
            }
        }
    };
}

/// Methods that change the settings of a newtype around [`Client`](crate::Client). The type needs a method `with` that maps the inner client.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_settings {
    () => {
        $crate::__client_settings! {
            /// Returns the client with other authentication and a new session.
            with_auth(auth: impl ::core::convert::Into<$crate::Auth>);
            /// Returns the client with another format for requests and responses.
            with_format(format: $crate::Format);
            /// Returns the client with other addresses for its calls, in order of preference.
            with_addresses(addresses: &[$crate::Address]);
            /// Returns the client with exact dates requested (the default) or not requested.
            with_iso_dates(iso_dates: bool);
            /// Returns the client with another timeout for each call, retries included; `None` for no timeout.
            with_timeout(timeout: impl ::core::convert::Into<::core::option::Option<::core::time::Duration>>);
            /// Returns the client with the facts that `probe` determined about its host.
            with_facts(facts: &$crate::Facts);
        }
    };
    ($($(#[$doc:meta])* $name:ident($argument:ident: $type:ty);)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub fn $name(self, $argument: $type) -> Self {
            self.with(|client| client.$name($argument))
        }
    )*};
}
