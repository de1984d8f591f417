//! The macros that generated code calls.
//!
//! The functions that they add are `#[inline]`, like those of derives: they are compiled in the crates that use them, so that building a client
//! of many operations takes little time, and programs pay for what they call.

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
