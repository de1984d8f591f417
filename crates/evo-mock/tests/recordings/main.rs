//! Compares the mock with recordings of real hosts, and calls it with their generated clients.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "the replay of recordings, which shares the clients, uses more of them")]

mod agreement;
mod calling;
mod clients;
mod exchange;
#[path = "../../../evo-runtime/tests/replay/hosts/mod.rs"]
mod hosts;
#[path = "../../../evo-runtime/tests/replay/operations.rs"]
mod operations;
mod reasons;
mod services;
mod sessions;
#[path = "../support/mod.rs"]
mod support;
