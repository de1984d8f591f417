//! All generated code: snapshots, the code in this repository, the same output for the same input, and hostile input.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod arbitrary;
#[path = "../support/corpus/mod.rs"]
mod corpus;
mod determinism;
mod formatting;
mod in_sync;
mod packages;
mod robustness;
mod snapshots;
