//! Sending a request once more: when, after how long, and how often.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use http::Method;

use super::Reply;
use super::deadline::Deadline;
use crate::chance::chance;
use crate::error::{Error, ErrorKind, is_passing, retry_after};

/// What one call adds to a budget that is kept in parts of a retry.
const PARTS: u32 = 100;

/// How many retries a budget holds at the start, and at most.
const RESERVE: u32 = 10;

/// When a request is sent once more.
///
/// A request is repeated where that cannot do harm: after a connection that could not be made, with any verb; after an answer of status 429,
/// 502, 503 or 504, a timeout of one attempt or an exchange that broke off, with GET, PUT, DELETE, HEAD and OPTIONS. The pause is what the
/// server asks for with `Retry-After`, else it doubles with each attempt, and half of it is left to chance so that clients do not come back
/// all at once. All clones of a client share a budget: when many calls fail, most of them are not repeated.
///
/// ```
/// use std::time::Duration;
///
/// use evo_runtime::{Client, Retry};
///
/// # use evo_runtime::transport::ScriptedTransport;
/// let patient = Retry::default().attempts(5).longest_pause(Duration::from_secs(20));
/// # let transport = ScriptedTransport::default();
/// let client = Client::builder("https://api.example.org")
///     .retry(patient)
///     .attempt_timeout(Duration::from_secs(10))
/// #   .transport(transport)
///     .build()?;
/// # Ok::<(), evo_runtime::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Retry {
    attempts: u32,
    first_pause: Duration,
    longest_pause: Duration,
    longest_wait: Duration,
    budget: u32,
}

/// Three attempts; pauses from 200 milliseconds to 10 seconds; `Retry-After` up to 30 seconds; a budget of 20 percent.
impl Default for Retry {
    fn default() -> Self {
        Self {
            attempts: 3,
            first_pause: Duration::from_millis(200),
            longest_pause: Duration::from_secs(10),
            longest_wait: Duration::from_secs(30),
            budget: 20,
        }
    }
}

impl Retry {
    /// Nothing is sent a second time.
    pub fn never() -> Self {
        Self::default().attempts(1)
    }

    /// How often a request is sent at most, the first time included.
    pub fn attempts(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// The longest pause after the first attempt; it doubles with each further one.
    pub fn first_pause(self, pause: Duration) -> Self {
        Self { first_pause: pause, ..self }
    }

    /// The longest pause that the client chooses itself.
    pub fn longest_pause(self, pause: Duration) -> Self {
        Self { longest_pause: pause, ..self }
    }

    /// The longest `Retry-After` that is waited for. A server that asks for more gets no second request: the error is the caller's at once, and
    /// [`Error::retry_after`] says how long.
    pub fn longest_wait(self, wait: Duration) -> Self {
        Self { longest_wait: wait, ..self }
    }

    /// How many retries there may be for 100 calls, on the whole, once the first ten are used up. The clones of a client share them.
    pub fn budget(self, percent: u32) -> Self {
        Self { budget: percent, ..self }
    }

    /// The pause after an attempt that failed, counted from 1, unless the server says how long: between half of the longest and the longest.
    fn pause(&self, attempt: u32) -> Duration {
        let doubled = self.first_pause.saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1)));
        let longest = doubled.min(self.longest_pause);
        let part = u32::try_from(chance() % 1000).unwrap_or_default();
        longest / 2 + (longest / 2).saturating_mul(part) / 1000
    }
}

/// The retries that the clones of a client have left, in hundredths.
pub(super) struct Budget(AtomicU32);

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(RESERVE * PARTS))
    }
}

impl Budget {
    /// Adds what a call is worth.
    pub(super) fn earn(&self, retry: &Retry) {
        self.change(|parts| Some(parts.saturating_add(retry.budget).min(RESERVE * PARTS)));
    }

    /// Takes a retry, where one is left.
    fn take(&self) -> bool {
        self.change(|parts| parts.checked_sub(PARTS))
    }

    fn change(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, change).is_ok()
    }
}

/// Whether an attempt is to be repeated, and after which pause.
pub(super) fn pause_before_next(
    retry: &Retry,
    budget: &Budget,
    method: &Method,
    attempt: u32,
    deadline: Deadline,
    outcome: &Result<Reply, Error>,
) -> Option<Duration> {
    let (kind, status, headers) = match outcome {
        Ok(reply) => (None, Some(reply.status()), Some(reply.headers())),
        Err(error) => (Some(error.kind()), error.status(), error.headers()),
    };
    let is_worth_it = match (kind, status) {
        (Some(ErrorKind::Connect), _) => true,
        (Some(ErrorKind::Timeout | ErrorKind::Interrupted), _) => method.is_idempotent(),
        (_, Some(status)) => method.is_idempotent() && is_passing(status),
        _ => false,
    };
    if !is_worth_it || attempt >= retry.attempts {
        return None;
    }
    let pause = match headers.and_then(retry_after) {
        Some(asked) if asked > retry.longest_wait => return None,
        Some(asked) => asked,
        None => retry.pause(attempt),
    };
    (deadline.allows(pause) && budget.take()).then_some(pause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest_and_are_never_shorter_than_half() {
        let retry = Retry::default();
        for (attempt, longest) in
            [(1, 200), (2, 400), (3, 800), (6, 6400), (7, 10_000), (40, 10_000), (u32::MAX, 10_000)]
        {
            let longest = Duration::from_millis(longest);
            for _ in 0..50 {
                let pause = retry.pause(attempt);
                assert!(pause >= longest / 2 && pause <= longest, "{attempt}: {pause:?}");
            }
        }
    }

    #[test]
    fn a_budget_is_used_up_and_earned_back() {
        let (retry, budget) = (Retry::default(), Budget::default());
        let taken = (0..20).filter(|_| budget.take()).count();
        assert_eq!(taken, 10);
        (0..5).for_each(|_| budget.earn(&retry));
        assert_eq!((0..20).filter(|_| budget.take()).count(), 1);
        (0..1000).for_each(|_| budget.earn(&retry));
        assert_eq!((0..20).filter(|_| budget.take()).count(), 10);
    }
}
