//! A client for programs without an async runtime (feature `blocking`).
//!
//! A [`Client`] wraps an async client and blocks the current thread until each call completes: [`send`](Client::send) makes a call,
//! [`wait`](Client::wait) runs any other future that the async client returns, [`iter`](Client::iter) turns pages into an iterator,
//! [`reader`](Client::reader) turns a download into a reader, and [`listen`](Client::listen) iterates over Server Events. Settings, errors and
//! the session are those of the async client.
//!
//! ```
//! use evo_runtime::{blocking, Service, operation, record, service};
//! # use evo_runtime::transport::{HttpReply, ScriptedTransport};
//!
//! const GREETINGS: Service = Service::new("Greetings");
//! service!(pub Greetings: GREETINGS);
//!
//! #[derive(Debug, Clone, PartialEq, Default)]
//! struct Hello {
//!     name: Option<String>,
//! }
//! record!(Hello { name: "Name" });
//! operation!(Hello: GET => Vec<String>);
//!
//! # fn main() -> Result<(), evo_runtime::Error> {
//! # let reply = || HttpReply::of(200, "application/json", r#"["hi"]"#);
//! # let transport = ScriptedTransport::new([reply(), reply()]);
//! let greetings = Greetings::builder("https://api.example.org")
//! #   .transport(transport)
//!     .build()?;
//! let client = blocking::Client::from(greetings);
//! assert_eq!(client.send(Hello { name: Some("you".to_owned()) })?, ["hi"]);
//!
//! // Any future of the async client can be waited for.
//! let call = client.call(Hello::default()).header("X-Tenant", "acme");
//! assert_eq!(client.wait(call.send())?, ["hi"]);
//! # Ok(())
//! # }
//! ```
//!
//! Blocking inside an async runtime would stop its other tasks, so calls fail there with an error of kind
//! [`Configuration`](crate::ErrorKind::Configuration). Use the async client, or move the call to `tokio::task::spawn_blocking`, where blocking
//! is allowed.

mod client;
mod download;
mod events;
mod iter;
mod read;
mod runtime;

pub use self::client::Client;
pub use self::download::Download;
pub use self::events::Events;
pub use self::iter::Iter;
