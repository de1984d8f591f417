//! The interpretation of documents: small documents with several members of a kind that is easily misread, and the generated lines.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod arity;
mod class_enums;
mod conformance;
mod depth;
mod diff;
mod docs;
#[path = "../support/document.rs"]
mod document;
mod enums;
mod files;
mod hierarchies;
mod large_modules;
#[path = "../support/made.rs"]
mod made;
mod markers;
mod name_resolution;
mod names;
mod official_generator;
mod old_documents;
mod operations;
mod recursion_limit;
mod remarks;
mod rows;
mod rules;
mod sent_types;
mod service_stack;
mod settings;
#[path = "../support/shapes.rs"]
mod shapes;
