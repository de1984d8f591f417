//! Simulated trouble, to test how a client handles errors and retries.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Trouble that applies to all calls.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    pub(crate) delay: Duration,
    /// The percentage of calls that fail.
    pub(crate) fail_percent: u8,
    pub(crate) seed: u64,
    calls: AtomicU64,
}

/// Trouble for a single call, from the header `X-Mock`: `status=503`, `code=Busy`, `delay=200ms`, separated by commas.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct CallFaults {
    pub(crate) status: Option<u16>,
    pub(crate) code: Option<String>,
    pub(crate) delay: Option<Duration>,
    /// Whether all access tokens expire before the call.
    pub(crate) expires_tokens: bool,
}

impl Faults {
    pub(crate) fn new(delay: Duration, fail_percent: u8, seed: u64) -> Self {
        Self { delay, fail_percent, seed, calls: AtomicU64::new(0) }
    }

    /// Whether this call fails. The same seed makes the same calls fail.
    pub(crate) fn should_fail(&self) -> bool {
        let call = self.calls.fetch_add(1, Ordering::Relaxed);
        // The SplitMix64 mixer.
        let mut mixed = self.seed.wrapping_add(call.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % 100 < u64::from(self.fail_percent)
    }
}

impl CallFaults {
    /// Parses the header.
    pub(crate) fn parse(header: &str) -> Result<Self, String> {
        let mut faults = Self::default();
        for part in header.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let unusable = || format!("X-Mock: `{part}` is none of `status=503`, `code=Busy`, `delay=200ms`, `expire`");
            match name.trim().to_ascii_lowercase().as_str() {
                "status" => {
                    let status = value.trim().parse().ok().filter(|status| (200..600).contains(status));
                    faults.status = Some(status.ok_or_else(unusable)?);
                }
                "code" => faults.code = Some(value.trim().to_owned()),
                "delay" => faults.delay = Some(parse_duration(value.trim()).ok_or_else(unusable)?),
                "expire" => faults.expires_tokens = true,
                _ => return Err(unusable()),
            }
        }
        Ok(faults)
    }
}

/// Parses `200ms`, `2s` or a number of milliseconds, up to an hour.
#[must_use]
pub fn parse_duration(text: &str) -> Option<Duration> {
    let (number, unit) = match text.strip_suffix("ms") {
        Some(number) => (number, 1.0),
        None => match text.strip_suffix('s') {
            Some(number) => (number, 1_000.0),
            None => (text, 1.0),
        },
    };
    let milliseconds = number.trim().parse::<f64>().ok()? * unit;
    (0.0..=3_600_000.0).contains(&milliseconds).then(|| Duration::from_secs_f64(milliseconds / 1_000.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wishes_are_read() {
        let faults = CallFaults {
            status: Some(503),
            code: Some("Busy".to_owned()),
            delay: Some(Duration::from_millis(200)),
            expires_tokens: true,
        };
        assert_eq!(CallFaults::parse("status=503, code=Busy,delay=200ms, expire"), Ok(faults));
        assert_eq!(CallFaults::parse(""), Ok(CallFaults::default()));
        for header in ["status=99", "status=x", "delay=-1s", "boom"] {
            assert!(CallFaults::parse(header).is_err(), "{header}");
        }
        assert_eq!(parse_duration("1.5s"), Some(Duration::from_millis(1_500)));
    }

    #[test]
    fn a_seed_makes_the_same_calls_fail() {
        let should_fail = |percent, seed| {
            let faults = Faults::new(Duration::ZERO, percent, seed);
            (0..1_000).map(|_| faults.should_fail()).collect::<Vec<_>>()
        };
        assert_eq!(should_fail(10, 7), should_fail(10, 7));
        assert_ne!(should_fail(10, 7), should_fail(10, 8));
        let count = should_fail(10, 7).into_iter().filter(|should_fail| *should_fail).count();
        assert!((60..140).contains(&count), "{count}");
        assert_eq!(should_fail(0, 7), [false; 1_000]);
        assert_eq!(should_fail(100, 7), [true; 1_000]);
    }
}
