//! Runs the program like a user.
#![cfg(all(feature = "cli", feature = "http"))]
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod access;
mod call;
mod certificates;
mod check;
mod completions;
mod diagnostics;
mod diff;
mod exit_codes;
mod features;
mod formats;
mod init;
mod look;
mod mock;
mod names;
mod new;
mod output;
mod renew;
mod report;
mod sandbox;
#[path = "../support/server.rs"]
mod server;
mod settings;
mod workspace;
