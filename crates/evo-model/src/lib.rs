//! Reads the metadata of a ServiceStack service and builds a model of it in Rust terms: the first stages of
//! [evo-gen](https://docs.rs/evo-gen).
//!
//! | module | purpose |
//! |---|---|
//! | [`source`] | reads a [`Document`](source::Document) from a URL, a file or standard input |
//! | [`metadata`] | parses the JSON of the document leniently |
//! | [`lower`] | builds the model: types, names and routes in Rust |
//! | [`api`] | defines the model |
//! | [`diff`] | compares two models and classifies the differences |
//!
//! A stage depends only on the stages before it. All stages share [`config`] (the settings), [`facts`] (facts about the host),
//! [`identifiers`] (the rules for Rust names) and [`diagnostics`] (warnings and notes about a document).

pub mod api;
pub mod config;
pub mod diagnostics;
pub mod diff;
mod error;
pub mod facts;
pub mod identifiers;
pub mod lower;
pub mod metadata;
pub mod source;

pub use self::error::{Error, Stage};
