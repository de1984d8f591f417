//! Tests of whole generated clients: snapshots, determinism and hostile input.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]

#[path = "golden/arbitrary.rs"]
mod arbitrary;
#[path = "corpus/mod.rs"]
mod corpus;
#[path = "golden/determinism.rs"]
mod determinism;
#[path = "golden/robustness.rs"]
mod robustness;
#[path = "golden/snapshots.rs"]
mod snapshots;
