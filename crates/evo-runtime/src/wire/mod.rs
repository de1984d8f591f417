//! How values travel: what is written, what is read, and the formats.
//!
//! Generated code says of a type which members it has, and nothing else; the code that writes and reads exists once. A line of
//! [`record!`](crate::record)
//!
//! ```
//! # use evo_runtime::record;
//! # #[derive(Clone, PartialEq, Default)]
//! # struct Login { user_name: Option<String>, password: Option<String> }
//! record!(Login { user_name: "UserName" => required, password: secret "Password" as "pwd" });
//! ```
//!
//! becomes, in short,
//!
//! ```
//! # use evo_runtime::wire::{Decode, Encode, Mark, Record, Shape};
//! # #[derive(Clone, PartialEq, Default)]
//! # struct Login { user_name: Option<String>, password: Option<String> }
//! impl Record for Login {
//!     fn shape(&self) -> &'static Shape {
//!         static SHAPE: Shape = Shape::new(
//!             "Login",
//!             &["UserName", "Password"],
//!             &[("UserName", Mark::Required), ("Password", Mark::Secret), ("Password", Mark::WrittenAs("pwd"))],
//!         );
//!         &SHAPE
//!     }
//!
//!     fn members(&self, visit: &mut dyn FnMut(&[&dyn Encode])) {
//!         visit(&[&self.user_name, &self.password]);
//!     }
//!
//!     fn members_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Decode])) {
//!         visit(&mut [&mut self.user_name, &mut self.password]);
//!     }
//! }
//! // ... serde's `Serialize` and `Deserialize` through `bridge`, and `Debug` without the secret.
//! ```
//!
//! | name | what it is |
//! |---|---|
//! | [`Encode`], [`View`] | a value that can be written shows itself as a view: plain data that every format writes |
//! | [`Decode`], [`Input`] | a value that can be read takes an input: plain data that every format hands over |
//! | [`Wire`] | both, and a default to begin with |
//! | [`Wanted`] | a hint of a value to JSV, whose bytes do not tell a list, a character or a number from text |
//! | [`Record`], [`Shape`], [`Mark`] | a type with members; their names, worked out at the first use; what is said about a member |
//! | [`List`], [`Map`]; [`ListInput`], [`MapInput`] | the parts of a view; the parts of an input |
//! | [`Key`] | a type that can be the key of a map, which is always text |
//! | [`Redacted`], [`RedactedRecord`] | a value without its secrets |
//! | [`ReadError`], [`Segment`] | why a value could not be read, and the path to it |
//! | [`json`], [`jsv`], [`bridge`] | the formats: JSON with a reader, a writer and a repair of its own; JSV by evo-jsv; any other through serde |
//! | `query` | values in query strings and forms, by evo-jsv, and what they cannot carry |

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
pub(crate) use self::containers::{Filling, pairs_of, read_pairs, visit_pair};
pub use self::decode::{Decode, Input, ListInput, MapInput, UnknownMembers, Wanted};
pub use self::encode::{Encode, List, Map, View};
pub use self::error::{ReadError, Segment};
pub use self::keys::Key;
pub use self::record::{Record, read_members_and, read_record};
pub use self::redacted::{Redacted, RedactedRecord, SECRET, has_secrets};
pub use self::shape::{Mark, Shape, ShapeMember};
pub use self::validate::{MissingMembers, validate};

/// A value that travels between a client and a ServiceStack server: it can be written, read, and begins as a default.
///
/// Every type with these three traits has it. Containers compose: nothing has to be said where `BTreeMap<Uuid, Vec<DateTime>>` is used.
pub trait Wire: Encode + Decode + Default {}

impl<T: Encode + Decode + Default> Wire for T {}
