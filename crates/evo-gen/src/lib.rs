//! Generates typed Rust clients for `ServiceStack` services.

pub mod api;
#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
pub mod diagnostics;
pub mod emit;
mod error;
pub mod lower;
pub mod metadata;
pub mod source;
pub mod write;

pub use self::error::{Error, Stage};
