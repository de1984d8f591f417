//! The pause before reconnecting.

use std::time::Duration;

use crate::random::random;

/// The maximum pause.
pub(super) const MAX_WAIT: Duration = Duration::from_secs(60);

/// Returns the pause after n failures in a row: none after the first, then a random number of milliseconds between the cubes of n and n +
/// 1, up to a minute. `ServiceStack`'s own clients do the same.
pub(super) fn wait(failures: u32) -> Duration {
    if failures <= 1 {
        return Duration::ZERO;
    }
    let cube = |n: u32| u64::from(n).pow(3);
    // Above 40 the cube is more than a minute.
    let from = failures.min(40);
    let (shortest, longest) = (cube(from), cube(from + 1));
    Duration::from_millis(shortest + random() % (longest - shortest + 1)).min(MAX_WAIT)
}
