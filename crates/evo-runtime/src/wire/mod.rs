#![doc = include_str!("values.md")]

pub mod bridge;
pub(crate) mod buffered;
pub(crate) mod charset;
mod containers;
mod decode;
pub(crate) mod encode;
mod error;
pub mod json;
pub mod jsv;
mod keys;
pub mod names;
mod number;
pub(crate) mod object;
pub(crate) mod query;
mod record;
mod redacted;
mod scalars;
mod shape;
mod validate;

#[cfg(feature = "indexmap")]
pub(crate) use self::containers::maps;
pub(crate) use self::containers::{MapBuilder, pairs_of, read_pairs, visit_pair};
pub use self::decode::{Decode, Input, ListInput, MapInput, UnknownMembers, Wanted};
pub use self::encode::{Encode, List, Map, View};
pub use self::error::{ReadError, Segment};
pub use self::keys::Key;
pub(crate) use self::number::without_exponent;
pub use self::record::{Record, read_members_and, read_record};
pub use self::redacted::{Redacted, RedactedRecord, SECRET, has_secrets};
pub(crate) use self::scalars::read_scalar;
pub use self::shape::{Mark, Shape, ShapeMember};
pub use self::validate::{MissingMembers, validate};

/// A value that is exchanged with a ServiceStack server: it can be written and read, and has a default.
///
/// Implemented for every type with these three traits. Containers compose: `BTreeMap<Uuid, Vec<DateTime>>` works without further
/// declarations.
pub trait Wire: Encode + Decode + Default {}

impl<T: Encode + Decode + Default> Wire for T {}
