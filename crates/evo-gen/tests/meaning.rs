//! What documents mean: small ones, each with several members of a kind that is easily misread, and whole lines of what is generated.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

#[path = "meaning/arity.rs"]
mod arity;
#[path = "meaning/enums.rs"]
mod enums;
#[path = "meaning/files.rs"]
mod files;
#[path = "meaning/hierarchies.rs"]
mod hierarchies;
#[allow(dead_code, reason = "other tests ask other questions")]
#[path = "conformance/made.rs"]
mod made;
#[path = "meaning/markers.rs"]
mod markers;
#[path = "meaning/names.rs"]
mod names;
#[path = "meaning/operations.rs"]
mod operations;
#[path = "meaning/rows.rs"]
mod rows;
#[path = "meaning/rules.rs"]
mod rules;
#[path = "meaning/service_stack.rs"]
mod service_stack;

/// Settings, as `evo-gen.toml` states them.
fn settings(text: &str) -> evo_gen::config::Settings {
    text.parse().unwrap()
}
