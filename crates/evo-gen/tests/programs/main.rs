//! Compiles generated code with cargo. All crates share a target folder, so that the runtime is built once. This takes minutes, so that
//! only `.ci/run` does it: `cargo test -p evo-gen --test programs -- --ignored`.
#![cfg(all(feature = "cli", feature = "http"))]
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]
#![expect(clippy::indexing_slicing, reason = "tests fail by panicking")]

mod binaries;
mod build_script;
mod comparisons;
#[path = "../support/corpus/mod.rs"]
mod corpus;
mod crates;
#[path = "../support/document.rs"]
mod document;
mod documents;
mod extremes;
#[path = "../support/made.rs"]
mod made;
mod modules;
mod seeds;
#[path = "../support/server.rs"]
mod server;
#[path = "../support/shapes.rs"]
mod shapes;
mod start;
mod workspace;
