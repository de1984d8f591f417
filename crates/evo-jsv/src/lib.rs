#![doc = include_str!("../README.md")]

mod de;
mod error;
pub mod hint;
mod raw_number;
mod ser;

pub use self::de::{Deserializer, MAX_DEPTH, from_slice, from_str};
pub use self::error::{Error, ErrorKind, Result};
pub use self::ser::{Serializer, to_query_value, to_string, to_writer};
