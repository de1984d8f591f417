//! The macros that say how operations are called and what a service is.

/// Makes a record callable: implements [`Operation`](crate::Operation) for it.
///
/// A verb, the routes that can be used with it (perhaps none), and what comes back: a type that is decoded, `()` for nothing, or `raw` and
/// `String`, `Bytes` or `Download` where the whole body is the answer. `dates` says that the answer holds a `DateTime` or
/// `DateTimeOffset`. The operation is called like its type unless `as` says otherwise.
///
/// ```
/// use evo_runtime::{Operation, operation, record};
///
/// #[derive(Debug, Clone, PartialEq, Default)]
/// struct EndSession {
///     session_id: Option<String>,
/// }
///
/// record!(EndSession { session_id: "SessionId" });
/// operation!(EndSession: DELETE "/sessions/{SessionId}" => ());
///
/// assert_eq!(EndSession::SPEC.name, "EndSession");
/// assert_eq!(EndSession::SPEC.routes, ["/sessions/{SessionId}"]);
/// ```
#[macro_export]
macro_rules! operation {
    ($operation:ident : $($call:tt)+) => {
        $crate::operation_of!($operation, ::core::stringify!($operation), $($call)+);
    };
    ($operation:ident as $name:literal : $($call:tt)+) => {
        $crate::operation_of!($operation, $name, $($call)+);
    };
}

/// The forms of an answer in [`operation!`](crate::operation!).
#[doc(hidden)]
#[macro_export]
macro_rules! operation_of {
    ($operation:ident, $name:expr, $verb:ident $($route:literal),* => ()) => {
        impl $crate::Operation for $operation {
            type Answer = ();
            const SPEC: $crate::OperationSpec = $crate::OperationSpec::new($name, $crate::Verb::$verb, &[$($route),*])
                .answering($crate::operations::AnswerShape::Nothing);

            fn answer(_: $crate::Reply) -> ::core::result::Result<(), $crate::Error> {
                ::core::result::Result::Ok(())
            }
        }
    };
    ($operation:ident, $name:expr, $verb:ident $($route:literal),* => raw $answer:ty) => {
        impl $crate::Operation for $operation {
            type Answer = $answer;
            const SPEC: $crate::OperationSpec = $crate::OperationSpec::new($name, $crate::Verb::$verb, &[$($route),*])
                .answering(<$answer as $crate::operations::RawAnswer>::SHAPE);

            fn answer(reply: $crate::Reply) -> ::core::result::Result<$answer, $crate::Error> {
                <$answer as $crate::operations::RawAnswer>::from_reply(reply)
            }
        }
    };
    ($operation:ident, $name:expr, $verb:ident $($route:literal),* => $answer:ty $(, $dates:ident)?) => {
        impl $crate::Operation for $operation {
            type Answer = $answer;
            const SPEC: $crate::OperationSpec = $crate::OperationSpec::new($name, $crate::Verb::$verb, &[$($route),*])
                $(.$dates())?;

            fn answer(reply: $crate::Reply) -> ::core::result::Result<$answer, $crate::Error> {
                reply.decode()
            }
        }
    };
}

/// Makes the client type of a service: a thin type around [`Client`](crate::Client) that knows the facts of the service.
///
/// ```
/// use evo_runtime::{Basic, Service, service};
///
/// const SERVICE: Service = Service::new("Sessions");
/// service!(pub SessionsClient: SERVICE);
///
/// let client = SessionsClient::new("https://api.example.org")?.with_auth(Basic::new("user", "password"));
/// assert_eq!(client.base_url().as_str(), "https://api.example.org/");
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
            #[must_use]
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
