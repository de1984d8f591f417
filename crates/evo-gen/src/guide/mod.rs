//! Guides: pages to read.

#[doc = include_str!("settings.md")]
pub mod settings {}
