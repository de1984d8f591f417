//! Guides, one page for each task.

#[doc = include_str!("calls.md")]
pub mod calls {}

#[doc = include_str!("signing_in.md")]
pub mod signing_in {}

#[doc = include_str!("files.md")]
pub mod files {}

#[doc = include_str!("autoquery.md")]
pub mod autoquery {}

#[doc = include_str!("server_events.md")]
pub mod server_events {}

#[doc = include_str!("testing.md")]
pub mod testing {}

#[doc = include_str!("coming_from_servicestack.md")]
pub mod coming_from_servicestack {}

#[doc = include_str!("types_of_your_own.md")]
pub mod types_of_your_own {}
