//! Reading documents and writing generated files.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests fail by panicking")]

#[cfg(feature = "http")]
#[path = "../support/server.rs"]
mod server;
mod source;
mod write;
