//! Names of newtype structs with which a self-describing type indicates to the deserializer what it expects.
//!
//! JSV does not distinguish a list without brackets, a character or a number from text, so `deserialize_any` cannot either. A
//! `Deserialize` implementation that calls `deserialize_any` can call `deserialize_newtype_struct` with one of these names instead. The
//! deserializer of this crate then visits the expected kind of value. Other deserializers call `visit_newtype_struct`, in which the type
//! calls `deserialize_any`.

/// A list. Its brackets are optional: `1,2,3` as a document, or one item elsewhere.
pub const LIST: &str = "$evo_jsv::List";

/// A character, which servers never quote.
pub const CHARACTER: &str = "$evo_jsv::Character";

/// A boolean, number or string, depending on its form: an unquoted scalar is a number if it is the canonical form of the number (`7`, but
/// not `007` or `9.90`), and a boolean if it is `True`, `False`, `true` or `false`.
pub const OBJECT: &str = "$evo_jsv::Object";

/// The name of a member as a map key. It is serialized without quotes, even if all other strings are quoted.
pub const NAME: &str = "$evo_jsv::Name";
