//! Chance: it keeps clients apart, and boundaries unlike what files hold. It is not for secrets.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

use crate::clock;

/// A number that nobody knows before. The keys of the standard library's maps are random, but not in browsers: the clock helps there.
pub(crate) fn chance() -> u64 {
    let mut hasher = RandomState::new().build_hasher();
    hasher.write_u128(clock::since_unix_epoch().as_nanos());
    hasher.finish()
}
