//! The pause before reconnecting.

use std::time::Duration;

use crate::chance::chance;

/// The longest pause.
pub(super) const LONGEST: Duration = Duration::from_secs(60);

/// The pause after some failures in a row: none after the first, then random between the cubes of n and n + 1 in milliseconds, at most
/// a minute. `ServiceStack`'s own clients do the same.
pub(super) fn wait(failures: u32) -> Duration {
    if failures <= 1 {
        return Duration::ZERO;
    }
    let cube = |n: u32| u64::from(n).pow(3);
    // Above 40 the cube is more than a minute.
    let from = failures.min(40);
    let (shortest, longest) = (cube(from), cube(from + 1));
    Duration::from_millis(shortest + chance() % (longest - shortest + 1)).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_with_the_failures() {
        for (failures, shortest, longest) in [
            (0, 0, 0),
            (1, 0, 0),
            (2, 8, 27),
            (3, 27, 64),
            (10, 1_000, 1_331),
            (39, 59_319, 60_000),
            (40, 60_000, 60_000),
            (u32::MAX, 60_000, 60_000),
        ] {
            for _ in 0..100 {
                let waited = wait(failures).as_millis();
                assert!((shortest..=longest).contains(&waited), "{failures}: {waited}");
            }
        }
        assert!((0..100).any(|_| wait(10) != wait(10)));
    }
}
