//! Reads the metadata of a ServiceStack service and decides what it means in Rust: the first stages of
//! [evo-gen](https://docs.rs/evo-gen), without writing anything.
//!
//! | module | what it does |
//! |---|---|
//! | [`source`] | a URL, a file or standard input becomes a [`Document`](source::Document) |
//! | [`metadata`] | what the server said: a lenient mirror of the JSON |
//! | [`config`] | the settings of `evo-gen.toml` |
//! | [`lower`] | what the document means: every decision about names, types and routes |
//! | [`api`] | the model that holds the decisions |
//! | [`diagnostics`] | what is said about a document, with codes and places |
//! | [`facts`] | what a host says of itself |

pub mod api;
pub mod config;
pub mod diagnostics;
mod error;
pub mod facts;
pub mod identifiers;
pub mod lower;
pub mod metadata;
pub mod source;

pub use self::error::{Error, Stage};
