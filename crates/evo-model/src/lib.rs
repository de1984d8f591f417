//! Reads the metadata of a ServiceStack service and decides what it means in Rust: the first stages of
//! [evo-gen](https://docs.rs/evo-gen), without writing anything.
//!
//! | module | what it does |
//! |---|---|
//! | [`source`] | reads a [`Document`](source::Document) from a URL, a file or standard input |
//! | [`metadata`] | mirrors the JSON of the document, leniently |
//! | [`lower`] | decides what the document means in Rust: types, names, routes |
//! | [`api`] | the model that holds these decisions |
//! | [`diff`] | compares two such models, and says what the differences mean |
//!
//! A stage uses the result of the one before it, and never the one after. What several stages share are leaves: [`config`] holds the
//! settings, [`facts`] what a host says of itself, [`identifiers`] the rules for names in Rust, [`diagnostics`] the remarks about a
//! document.

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
