//! The generated client: its code, its calls without a server, the cases of the protocol, and every operation against a mock.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod conformance;
mod mock;
mod readme;
mod scripted;
mod seeds;
mod snapshot;

// The calls of the generated clients to a mock.
#[path = "../../../evo-mock/tests/recordings/calling.rs"]
mod calling;
// The client of the recorded hosts, which have operations and members that the production server does not have.
#[path = "../replay/host/mod.rs"]
mod host;
#[path = "../../../evo-runtime/tests/replay/operations.rs"]
#[expect(dead_code, reason = "the replay of recordings needs more of it")]
mod operations;
