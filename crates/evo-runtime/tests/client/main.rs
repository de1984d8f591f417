//! Calls through the public interface of a client: requests and results.
//!
//! Tests that need a separate process are beside this folder: `spans` and `memory`.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper that panics fails its test"
)]

#[path = "../support/event_host.rs"]
mod event_host;
#[cfg(feature = "reqwest")]
#[path = "../support/fault_server.rs"]
mod fault_server;
#[cfg(feature = "reqwest")]
#[path = "../support/loopback.rs"]
mod loopback;
#[cfg(feature = "reqwest")]
#[path = "../support/notes.rs"]
mod notes;
mod shown;

mod architecture;
#[cfg(feature = "blocking")]
mod blocking;
mod files;

/// The requests and addresses of calls.
mod requests {
    mod addresses;
    mod batch;
    mod calls;
    mod collections;
    mod evo_voice;
    #[cfg(feature = "gzip")]
    mod gzip;
    mod headers;
    mod long_get;
    mod macros;
    mod one_way;
    mod settings;
    mod unlisted;
    mod validation;
}

/// The results of valid and invalid responses.
mod responses {
    mod errors;
    mod failed_writes;
    mod heads_and_bodies;
    mod hostile;
    mod lists;
}

/// Credentials, cookies and tokens, and their renewal.
mod sessions {
    mod cookies;
    mod hooks;
    mod redirects;
    mod renewal;
    mod secrets;
    mod sign_in;
}

/// Retries, timeouts, the cache, connections, and failing servers.
mod transport {
    #[cfg(feature = "cache")]
    mod cache;
    #[cfg(all(feature = "reqwest", feature = "rustls"))]
    mod connections;
    #[cfg(feature = "reqwest")]
    mod fault_cases;
    #[cfg(feature = "reqwest")]
    mod faults;
    #[cfg(feature = "reqwest")]
    mod over_reqwest;
    mod probe;
    mod retry;
    mod scripted;
    mod timeouts;
}

/// AutoQuery.
mod query {
    mod conditions;
    mod pages;
}

/// Server Events.
mod events {
    #[cfg(feature = "blocking")]
    mod blocking;
    mod frames;
    mod messages;
    #[cfg(feature = "reqwest")]
    mod over_reqwest;
    mod stream;
}
