//! Generates typed Rust clients for `ServiceStack` services.

pub mod api;
#[cfg(all(feature = "cli", feature = "http"))]
pub mod cli;
pub mod config;
pub mod diagnostics;
pub mod emit;
mod error;
mod generator;
pub mod lower;
pub mod metadata;
pub mod source;
pub mod write;

pub use self::error::{Error, Stage};
pub use self::generator::{Generator, Summary};
