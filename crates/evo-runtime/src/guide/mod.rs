//! Guides: how to do what most programs do, one page each.
//!
//! | page | what it shows |
//! |---|---|
//! | [`signing_in`] | credentials, tokens, API keys, sessions that outlive a program |
//! | [`files`] | uploads, downloads, request bodies that are not DTOs |
//! | [`autoquery`] | conditions, order, aggregates, pages |
//! | [`server_events`] | subscriptions, handlers, what happens when a connection is lost |
//! | [`types_of_your_own`] | types of yours in the place of types of the service |
//! | [`testing`] | tests without a server |
//! | [`coming_from_servicestack`] | what to write in place of the crate `servicestack` |

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
