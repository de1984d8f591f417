//! The lowering of types and members, with and without settings.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod class_enums;
mod made;
mod remarks;
mod required;
mod same_types;
mod secrets;
mod sent_types;
