//! Non-cryptographic randomness for jitter and boundaries.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

use crate::clock;

/// Returns a random number. The hash keys of the standard library's maps are random except in browsers, so the clock is mixed in.
pub(crate) fn random() -> u64 {
    let mut hasher = RandomState::new().build_hasher();
    hasher.write_u128(clock::since_unix_epoch().as_nanos());
    hasher.finish()
}
