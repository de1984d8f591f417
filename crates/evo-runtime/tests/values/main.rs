//! Values without a client: how types are written and read, in JSON and in JSV.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper that panics fails its test"
)]

mod as_text;
mod composites;
mod conversions;
mod dates;
mod dto_members;
mod dtos;
mod enums;
mod exact;
mod json;
mod jsv;
mod members_of_other_crates;
mod names;
mod numbers;
mod records;
mod repair;
mod secrets;
mod survive;
mod survive_types;
mod typed;
