//! What a generated client of a ServiceStack service calls.

#[macro_use]
mod macros;
pub mod dto;
pub mod types;
pub mod wire;

#[doc(inline)]
pub use types::{
    Bytes, Date, DateTime, DateTimeOffset, DayOfWeek, Decimal, HttpStatusCode, KeyValuePair, Other, TextOrObject, Time,
    TimeSpan, Tuple1, Tuple2, Tuple3, Tuple4, Tuple5, Tuple6, Tuple7, UnknownValue, Uuid, Value, ValueTuple, Zone,
};

/// What the macros need, under paths that a user's own names cannot shadow.
#[doc(hidden)]
pub mod private {
    pub use serde;
}
