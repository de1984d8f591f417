//! The interpretation of documents: small documents with several members of a kind that is easily misread, and the generated lines.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]

#[path = "meaning/arity.rs"]
mod arity;
#[path = "meaning/enums.rs"]
mod enums;
#[path = "meaning/files.rs"]
mod files;
#[path = "meaning/hierarchies.rs"]
mod hierarchies;
#[allow(dead_code, reason = "not used in every test")]
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

/// Settings in the format of `evo-gen.toml`.
fn settings(text: &str) -> evo_gen::config::Settings {
    text.parse().unwrap()
}
