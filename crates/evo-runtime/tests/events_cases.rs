//! The conformance cases of Server Events.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper that panics fails its test")]

#[path = "conformance/events.rs"]
mod events;
