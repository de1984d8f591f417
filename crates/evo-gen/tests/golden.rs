//! What is generated, as a whole: snapshots, the same output for the same input, and hostile input.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

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
