//! The macros that generated code calls.
//!
//! The functions that they add are `#[inline]`, like those of derives: they are compiled in the crates that use them, so building a client
//! with many operations is fast, and programs pay only for what they call.

mod choice;
mod collection;
mod flags;
mod operation;
mod record;
mod rules;
mod service;
mod setters;
mod variant_methods;
mod variants;
mod wire_through_serde;
