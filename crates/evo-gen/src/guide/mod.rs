//! Guides to the use of evo-gen.

#[doc = include_str!("build_scripts.md")]
pub mod build_scripts {}

#[doc = include_str!("calling.md")]
pub mod calling {}

#[doc = include_str!("comparing.md")]
pub mod comparing {}

#[doc = include_str!("reports.md")]
pub mod reports {}

#[allow(clippy::doc_markdown, reason = "the headings are keys")]
#[doc = include_str!("settings.md")]
pub mod settings {}

#[doc = include_str!("sources.md")]
pub mod sources {}
