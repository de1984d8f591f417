//! Runs the program like a user.
#![cfg(all(feature = "cli", feature = "http"))]
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

#[path = "cli/call/mod.rs"]
mod call;
#[path = "cli/check.rs"]
mod check;
#[path = "cli/completions.rs"]
mod completions;
#[path = "cli/diagnostics.rs"]
mod diagnostics;
#[path = "cli/diff.rs"]
mod diff;
#[path = "cli/exit_codes.rs"]
mod exit_codes;
#[path = "cli/features.rs"]
mod features;
#[path = "cli/formats.rs"]
mod formats;
#[path = "cli/init.rs"]
mod init;
#[path = "cli/look.rs"]
mod look;
#[path = "cli/mock.rs"]
mod mock;
#[path = "cli/names.rs"]
mod names;
#[path = "cli/new.rs"]
mod new;
#[path = "cli/output.rs"]
mod output;
#[path = "cli/renew.rs"]
mod renew;
#[path = "cli/report.rs"]
mod report;
#[path = "cli/sandbox.rs"]
mod sandbox;
#[path = "cli/server.rs"]
mod server;
#[path = "cli/settings.rs"]
mod settings;
#[path = "cli/workspace.rs"]
mod workspace;
