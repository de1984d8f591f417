//! Calls through the public interface of a client: what is sent, and what comes of the answers.
//!
//! What needs a process of its own stands beside this folder: `spans` and `memory`.
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

/// What calls send, and where to.
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

/// What becomes of answers, good and bad.
mod responses {
    mod errors;
    mod failed_writes;
    mod heads_and_bodies;
    mod hostile;
    mod lists;
}

/// Who calls: credentials, cookies and tokens, and what renews them.
mod sessions {
    mod cookies;
    mod hooks;
    mod redirects;
    mod renewal;
    mod secrets;
    mod sign_in;
}

/// What stands between a call and the wire: retries, time limits, the cache, connections, and servers that fail.
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
