//! The same calls for programs without an async runtime (feature `blocking`).
//!
//! Each call waits until its answer is there. The settings, the errors and the session are those of the async [`Client`](crate::Client), which
//! does the work: [`ClientBuilder::build_blocking`](crate::ClientBuilder::build_blocking) makes a client, and [`Client`] is made `from` any
//! async one, that of a [`service!`](crate::service) too.
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
//! let client = Greetings::builder("https://api.example.org")
//! #   .transport(transport)
//!     .build_blocking()?;
//! assert_eq!(client.send(Hello { name: Some("you".to_owned()) })?, ["hi"]);
//!
//! // From a client that is there already.
//! # let greetings = Greetings::from(client.as_async().clone());
//! let client = blocking::Client::from((*greetings).clone());
//! assert_eq!(client.call(Hello::default()).header("X-Tenant", "acme").send()?, ["hi"]);
//! # Ok(())
//! # }
//! ```
//!
//! Inside an async runtime a call that waits would hold up other tasks: it is refused with an error of kind
//! [`Configuration`](crate::ErrorKind::Configuration). Use the async client there, or `tokio::task::spawn_blocking`, where the calls work.
//! Tokio tells the two apart by a panic, which is caught: its message may stand on standard error, and a program built with
//! `panic = "abort"` ends.

mod calls;
mod client;
mod download;
mod events;
mod iter;
mod read;
mod runtime;

pub use self::calls::Waiting;
pub use self::client::Client;
pub use self::download::Download;
pub use self::events::{Events, Subscription};
pub use self::iter::Iter;

/// A call with settings of its own; made by [`Client::call`].
pub type Call<T> = Waiting<crate::Call<T>>;

/// Calls of one operation that go out together; made by [`Client::batch`].
pub type Batch<T> = Waiting<crate::Batch<T>>;

/// An operation together with files; made by [`Client::upload`].
pub type Upload<T> = Waiting<crate::Upload<T>>;

/// An operation whose answer is taken while it arrives; made by [`Client::download`].
pub type DownloadCall<T> = Waiting<crate::files::DownloadCall<T>>;

/// An `AutoQuery` operation with conditions; made by [`Client::query`].
pub type Query<T> = Waiting<crate::Query<T>>;

/// Settings of a subscription to Server Events; made by [`Client::events`].
pub type EventsBuilder = Waiting<crate::events::EventsBuilder>;

/// The pages of a list; made by [`Client::pages`] and [`Query::pages`](Waiting::pages).
pub type Pages<P> = Iter<crate::Pages<P>>;

/// The items of all pages of a list; made by [`Pages::items`](Iter::items).
pub type Items<P> = Iter<crate::query::Items<P>>;
