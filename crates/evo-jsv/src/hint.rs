//! Names of newtype structs by which a type that reads whatever is there tells what it would rather have.
//!
//! JSV does not tell a list without brackets, a character or a number from text, so `deserialize_any` cannot do so either. A
//! `Deserialize` that is written for formats that can, and calls `deserialize_any`, may call `deserialize_newtype_struct` with one of
//! these names instead. This crate's deserializer then visits what the name asks for; every other one calls
//! `visit_newtype_struct`, from which the type calls `deserialize_any`.

/// A list, whose brackets are optional: `1,2,3` at the beginning of a document, one item elsewhere.
pub const LIST: &str = "$evo_jsv::List";

/// One character, which servers never quote.
pub const CHARACTER: &str = "$evo_jsv::Character";

/// A boolean, number or text, by how it looks: a scalar without quotes is a number where its text is the one way to write
/// that number (`7`, but not `007` or `9.90`), a boolean where it is `True`, `False`, `true` or `false`.
pub const OBJECT: &str = "$evo_jsv::Object";

/// The name of a member, as a key of a map that is written: it is not quoted, even where every text is.
pub const NAME: &str = "$evo_jsv::Name";
