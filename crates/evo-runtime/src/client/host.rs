//! What a client learns about its host from the responses.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::request::KnownLongGet;

/// What the host took and what it refused; shared by the clones of a client.
#[derive(Debug, Default)]
pub(crate) struct KnownHost {
    /// How the host takes a GET whose values do not fit in a query.
    pub(crate) long_get: KnownLongGet,
    refuses_one_way: AtomicBool,
}

impl KnownHost {
    /// Whether the host refused a one-way call.
    pub(crate) fn refuses_one_way(&self) -> bool {
        self.refuses_one_way.load(Ordering::Relaxed)
    }

    /// Remembers that the host refused a one-way call.
    pub(crate) fn remember_one_way_refused(&self) {
        self.refuses_one_way.store(true, Ordering::Relaxed);
    }
}
