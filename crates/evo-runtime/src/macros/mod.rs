//! The macros that generated code calls.

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
