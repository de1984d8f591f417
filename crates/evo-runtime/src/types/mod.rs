//! The Rust types of .NET values, and the code behind the enums, collections and class hierarchies of generated code.

mod bytes;
pub mod choice;
mod civil;
mod date_time;
mod date_time_offset;
mod date_time_text;
mod decimal;
mod decimal_text;
mod enum_member;
pub mod flags;
mod pair;
mod system;
mod text_or_object;
pub mod through_serde;
mod ticks;
mod time_span;
mod travels_as;
mod tuple;
mod uuid;
pub mod variants;
#[cfg(feature = "chrono")]
pub mod with_chrono;
#[cfg(feature = "indexmap")]
mod with_indexmap;
mod with_jiff;
#[cfg(feature = "time")]
pub mod with_time;

pub use self::choice::UnknownValue;
pub use self::date_time::{DateTime, Zone};
pub use self::date_time_offset::DateTimeOffset;
pub use self::decimal_text::DecimalText;
pub use self::enum_member::EnumMember;
pub use self::pair::KeyValuePair;
pub use self::system::{DayOfWeek, HttpStatusCode};
pub use self::text_or_object::TextOrObject;
pub use self::time_span::TimeSpan;
pub use self::tuple::{Tuple1, Tuple2, Tuple3, Tuple4, Tuple5, Tuple6, Tuple7, ValueTuple};
pub use self::variants::Other;
pub use ::bytes::Bytes;
pub use ::uuid::Uuid;
pub use jiff::civil::{Date, Time};
pub use rust_decimal::Decimal;
pub use serde_json::Value;
