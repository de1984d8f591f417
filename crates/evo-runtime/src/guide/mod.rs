//! Guides, one page for each task.
//!
//! | page | what it shows |
//! |---|---|
//! | [`calls`] | settings of a call, batches, one-way calls, URLs that metadata does not list |
//! | [`signing_in`] | credentials, tokens, API keys, sessions that outlive a program |
//! | [`files`] | uploads, downloads, request bodies that are not DTOs |
//! | [`autoquery`] | conditions, order, aggregates, pages |
//! | [`server_events`] | subscriptions, handlers, what happens when a connection is lost |
//! | [`types_of_your_own`] | your own types, and types of other crates, in place of types of the service |
//! | [`testing`] | tests without a server |
//! | [`coming_from_servicestack`] | the counterparts of the crate `servicestack` |

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
