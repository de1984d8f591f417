//! What becomes of types and members: what a document says of them, and what settings ask for.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod class_enums;
mod made;
mod remarks;
mod required;
mod same_types;
mod secrets;
mod sent_types;
