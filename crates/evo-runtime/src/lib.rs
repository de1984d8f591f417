//! The runtime of generated clients for [ServiceStack](https://servicestack.net) services: the client, the wire forms of .NET values, addresses,
//! signing in, errors.
//!
//! Code that evo-gen generates needs this crate and no other. A DTO can be written by hand as well: a plain struct, a [`record!`] line
//! with the C# names of its members, and an [`operation!`] line with verb, routes and answer.
//!
//! ```
//! use evo_runtime::{Basic, Client, operation, record};
//! # use evo_runtime::transport::{HttpReply, ScriptedTransport};
//!
//! #[derive(Debug, Clone, PartialEq, Default)]
//! struct Hello {
//!     name: Option<String>,
//! }
//! record!(Hello { name: "Name" });
//! operation!(Hello: GET "/hello/{Name}" => HelloResponse);
//!
//! #[derive(Debug, Clone, PartialEq, Default)]
//! struct HelloResponse {
//!     result: Option<String>,
//! }
//! record!(HelloResponse { result: "Result" });
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), evo_runtime::Error> {
//! # let server = ScriptedTransport::new([HttpReply::of(200, "application/json", r#"{"result":"Hello, you!"}"#)]);
//! let client = Client::new("https://api.example.org")?.with_auth(Basic::new("user", "password"));
//! # let client = Client::builder(client.base_url()).transport(server.clone()).build()?;
//! let answer = client.send(Hello { name: Some("you".to_owned()) }).await?;
//! assert_eq!(answer.result.as_deref(), Some("Hello, you!"));
//! # assert_eq!(server.requests()[0].uri(), "https://api.example.org/api/Hello?name=you");
//! # Ok(())
//! # }
//! ```
//!
//! | to learn about | read |
//! |---|---|
//! | calls, settings of a client | [`Client`], [`ClientBuilder`] |
//! | which address a call goes to | [`Address`] |
//! | JSON and JSV | [`Format`] |
//! | signing in | [`Auth`], [`Basic`], [`Bearer`], [`Credentials`], [`ApiKey`], [`AuthSecret`], [`ClientSession`] |
//! | a call with settings of its own, retries | [`Call`], [`Retry`] |
//! | batches and one-way calls | [`Batch`], [`Client::publish`], [`Client::publish_all`] |
//! | files | [`Upload`], [`FilePart`], [`Download`] |
//! | pages and AutoQuery | [`Pages`], [`Query`] |
//! | Server Events | [`events`] |
//! | URLs that metadata does not list | [`Client::get_url`], [`Client::post_url`] |
//! | what can go wrong | [`Error`], [`ErrorKind`] |
//! | how a call travels, and where changes belong | [`architecture`] |
//! | tests without a server | [`guide::testing`], [`transport::ScriptedTransport`] |
//! | guides, one page for each task | [`guide`] |
//! | the macros of generated code | [`record!`], [`setters!`], [`deprecated_setters!`], [`operation!`], [`choice!`], [`flags!`], [`collection!`], [`variants!`], [`service!`] |
//! | members of a type of your own or of another crate | [`guide::types_of_your_own`], [`wire_through_serde!`] |
//! | checking a request before it is sent | [`rules!`], [`validate`] |
//! | ServiceStack's own DTOs | [`dto`] |
//!
//! # Types
//!
//! Values are read in every form that servers of either dialect (ServiceStack.Text, System.Text.Json) write, and written in the form
//! that all of them read.
//!
//! | .NET | Rust |
//! |---|---|
//! | `String`, `Uri`, `Type`; `Char` | `String`; `char` |
//! | `Boolean`; `Byte` to `UInt64`; `Single`, `Double` | `bool`; `u8` to `u64`, `i8` to `i64`; `f32`, `f64` |
//! | `Decimal` | [`Decimal`] or [`DecimalText`], with all digits; `f64` |
//! | `DateTime`, `DateTimeOffset` | [`DateTime`], [`DateTimeOffset`], to 100 ns |
//! | `DateOnly`; `TimeOnly` | [`Date`]; [`Time`] |
//! | `TimeSpan` | [`TimeSpan`], to 100 ns |
//! | `Guid` | [`Uuid`] |
//! | `Byte[]` | [`Bytes`], base64 on the wire |
//! | enum; `[Flags]` enum | enum with a variant for unknown values; set that keeps unknown bits |
//! | lists and sets; dictionaries | `Vec`; `BTreeMap`, `HashMap`, `indexmap::IndexMap` |
//! | `KeyValuePair`; `Tuple`; `ValueTuple` | [`KeyValuePair`]; [`Tuple1`] to [`Tuple7`]; [`ValueTuple`] |
//! | a struct of the service | [`TextOrObject`] |
//! | abstract class, interface | enum of its subtypes, with [`Other`] for unknown ones |
//! | `Object` | [`Value`] |
//! | `Stream`, `Byte[]`, `String` as the whole answer | [`Download`], [`Bytes`], `String` |
//!
//! # Features
//!
//! | feature | on by default | what it adds |
//! |---|---|---|
//! | `reqwest` | yes | sends requests with reqwest, which needs a tokio runtime; without it the builder takes a [`Transport`] |
//! | `rustls` | yes | TLS by rustls |
//! | `gzip`, `brotli` | no | responses in these encodings; `gzip` also compresses request bodies on request |
//! | `cache` | no | a cache of responses to GET, [`Cache`](client) |
//! | `fs` | no | uploads from files and downloads into them |
//! | `native-tls` | no | TLS by the library of the operating system, in place of rustls |
//! | `http2` | no | HTTP/2 if the server supports it; it has no reason phrases, in which services send error codes |
//! | `system-proxy` | no | the proxy settings of the operating system, besides those of the environment |
//! | `tower` | no | a [`Transport`] over any service of tower, with its layers |
//! | `tracing` | no | a span for each request, named as OpenTelemetry names them, and events for retries, renewals and redirects |
//! | `blocking` | no | the same calls for programs without an async runtime |
//! | `chrono`, `time` | no | the types of these crates as members, and conversions to and from them |
//! | `indexmap` | no | `IndexMap` as a member |
//! | `regex` | no | checks the patterns of [`rules!`]; without it they are left to the service |
//!
//! No feature changes what a type is. The crates themselves are re-exported under their names, so that code that uses their types needs no
//! dependency of its own: [`jiff`] always, `chrono`, `time` and `indexmap` with their features.
//!
//! For other settings of TLS, give [`ClientBuilder`] a `reqwest::ClientBuilder` of your own.

#[macro_use]
mod macros;

#[doc = include_str!("architecture.md")]
pub mod architecture {}
pub mod auth;
pub mod batch;
#[cfg(feature = "blocking")]
pub mod blocking;
mod chance;
pub mod client;
mod clock;
pub mod dto;
pub mod error;
pub mod events;
// No module is called like a macro: generated code imports the macros, and may have a module of that name itself.
pub mod facts;
pub mod files;
pub mod guide;
pub mod operations;
pub mod query;
pub mod request;
pub mod transport;
pub mod types;
pub mod validation;
pub mod wire;

pub use self::auth::{ApiKey, Auth, AuthSecret, Basic, Bearer, Credentials};
pub use self::batch::{Batch, BatchError};
#[cfg(feature = "cache")]
pub use self::client::Cache;
pub use self::client::{
    Call, Client, ClientBuilder, ClientSession, Download, Exchange, Facts, Reply, Retry, SavedSession, UrlCall,
};
pub use self::error::{Error, ErrorKind};
pub use self::facts::{Address, Format, Service};
pub use self::files::{FilePart, Upload};
pub use self::operations::{Operation, OperationSpec};
pub use self::query::{Page, Pages, Query};
pub use self::request::{PreparedRequest, ShownBody, ShownPart, ShownRequest};
pub use self::transport::Transport;
#[doc(inline)]
pub use self::types::{
    Bytes, Date, DateTime, DateTimeOffset, DayOfWeek, Decimal, DecimalText, HttpStatusCode, KeyValuePair, Other,
    TextOrObject, Time, TimeSpan, Tuple1, Tuple2, Tuple3, Tuple4, Tuple5, Tuple6, Tuple7, UnknownValue, Uuid, Value,
    ValueTuple, Zone,
};
pub use self::wire::validate;

#[doc(no_inline)]
pub use ::{bytes, http, url};
#[cfg(feature = "chrono")]
pub use ::chrono;
#[cfg(feature = "indexmap")]
pub use ::indexmap;
pub use ::jiff;
#[cfg(feature = "time")]
pub use ::time;

/// Items that the macros use, under paths that a user's own names cannot shadow.
#[doc(hidden)]
pub mod private {
    pub use serde;

    /// Sets an optional member. A function, since an assignment in each setter would make the compiler generate a drop of the old value there.
    pub fn set<T>(member: &mut Option<T>, value: impl Into<T>) {
        *member = Some(value.into());
    }

    /// Sets a member that is always there.
    pub fn put<T>(member: &mut T, value: impl Into<T>) {
        *member = value.into();
    }

    /// A value of which nothing is set. A function, since clippy warns about assignments after `default()`.
    #[must_use]
    pub fn unset<T: Default>() -> T {
        T::default()
    }
}
