//! What a generated client of a `ServiceStack` service calls.

#[macro_use]
mod macros;

pub mod auth;
pub mod batch;
pub mod client;
pub mod dto;
pub mod error;
// No module is called like a macro: generated code imports the macros, and may have a module of that name itself.
pub mod facts;
pub mod operations;
pub mod query;
pub mod request;
pub mod transport;
pub mod types;
pub mod wire;

pub use self::auth::{Auth, Basic, Bearer, Credentials};
pub use self::batch::{Batch, BatchError};
pub use self::client::{Answered, Cache, Call, Client, ClientBuilder, Download, Exchange, Facts, Reply, Retry};
pub use self::error::{Error, ErrorKind};
pub use self::facts::{Address, Casing, Dialect, Format, Service};
pub use self::operations::{Operation, OperationSpec, Verb};
pub use self::query::{Page, Pages, Query};
pub use self::request::PreparedRequest;
pub use self::transport::Transport;
#[doc(inline)]
pub use self::types::{
    Bytes, Date, DateTime, DateTimeOffset, DayOfWeek, Decimal, HttpStatusCode, KeyValuePair, Other, TextOrObject, Time,
    TimeSpan, Tuple1, Tuple2, Tuple3, Tuple4, Tuple5, Tuple6, Tuple7, UnknownValue, Uuid, Value, ValueTuple, Zone,
};

/// What the macros need, under paths that a user's own names cannot shadow.
#[doc(hidden)]
pub mod private {
    pub use serde;

    /// A value without members. A function of its own, since clippy has opinions about assignments after `default()`.
    #[must_use]
    pub fn unset<T: Default>() -> T {
        T::default()
    }
}
