//! What a client learns about its host from responses.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::facts::Address;
use crate::request::LongGet;

/// What the host accepted and what it refused, shared by the clones of a client.
#[derive(Debug, Default)]
pub(crate) struct KnownHost {
    /// The form in which the host accepted a GET whose values do not fit in a query.
    long_get: Mutex<Option<LongGet>>,
    refuses_one_way: AtomicBool,
}

impl KnownHost {
    fn lock_long_get(&self) -> MutexGuard<'_, Option<LongGet>> {
        self.long_get.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the form to try first for a GET whose values do not fit in a query.
    pub(super) fn long_get(&self, address: Option<Address>, has_endpoint_routing: bool) -> LongGet {
        LongGet::first(*self.lock_long_get(), address, has_endpoint_routing)
    }

    /// Remembers the form that the host accepted.
    pub(super) fn remember_long_get(&self, form: LongGet) {
        *self.lock_long_get() = Some(form);
    }

    /// Whether the host refused a one-way call.
    pub(crate) fn refuses_one_way(&self) -> bool {
        self.refuses_one_way.load(Ordering::Relaxed)
    }

    /// Remembers that the host refused a one-way call.
    pub(crate) fn remember_one_way_refused(&self) {
        self.refuses_one_way.store(true, Ordering::Relaxed);
    }
}
