//! Retries: when, how often, and after what pause.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use http::{Method, StatusCode};

use super::Reply;
use super::deadline::Deadline;
use crate::error::{Error, ErrorKind, is_transient, retry_after};
use crate::random::random;

/// The number of budget units in one retry.
const UNITS_PER_RETRY: u32 = 100;

/// The number of retries in a budget, initially and at most.
const MAX_BANKED: u32 = 10;

/// When a request is retried.
///
/// By default a request is retried only if that can do no harm: with any method if no connection could be made; with an idempotent method
/// (GET, PUT, DELETE, HEAD, OPTIONS) also after status 429, 502, 503 or 504, a timeout of one attempt, or a broken connection. The pause is
/// that of the server's `Retry-After`; without one it doubles with each attempt, with jitter. All clones of a client share a retry budget:
/// if many calls fail, most of them are not retried.
///
/// ```
/// use std::time::Duration;
///
/// use evo_runtime::{Client, Retry};
///
/// # use evo_runtime::transport::ScriptedTransport;
/// let patient = Retry::default()
///     .attempts(5)
///     .backoff(|attempt| Duration::from_secs(u64::from(attempt)))
///     .when(|failure| failure.is_safe() || failure.error_code() == Some("DeadlockException"));
/// # let transport = ScriptedTransport::default();
/// let client = Client::builder("https://api.example.org")
///     .retry(patient)
///     .attempt_timeout(Duration::from_secs(10))
/// #   .transport(transport)
///     .build()?;
/// # Ok::<(), evo_runtime::Error>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct Retry {
    attempts: u32,
    first_pause: Duration,
    longest_pause: Duration,
    longest_wait: Duration,
    budget: u32,
    is_idempotent: Option<bool>,
    when: Option<Arc<When>>,
    backoff: Option<Arc<Backoff>>,
}

/// Decides whether a failure is retried.
type When = dyn Fn(&Failure<'_>) -> bool + Send + Sync;

/// Returns the pause after an attempt, counted from 1.
type Backoff = dyn Fn(u32) -> Duration + Send + Sync;

/// Three attempts, pauses from 200 milliseconds to 10 seconds, `Retry-After` of up to 30 seconds, and a budget of 20 percent.
impl Default for Retry {
    fn default() -> Self {
        Self {
            attempts: 3,
            first_pause: Duration::from_millis(200),
            longest_pause: Duration::from_secs(10),
            longest_wait: Duration::from_secs(30),
            budget: 20,
            is_idempotent: None,
            when: None,
            backoff: None,
        }
    }
}

impl Retry {
    /// Returns settings that never retry.
    pub fn never() -> Self {
        Self::default().attempts(1)
    }

    /// Sets the maximum number of attempts, including the first.
    pub fn attempts(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// Sets the maximum pause after the first attempt. It doubles with each further attempt.
    pub fn first_pause(self, pause: Duration) -> Self {
        Self { first_pause: pause, ..self }
    }

    /// Sets the maximum pause, unless the server specifies one.
    pub fn longest_pause(self, pause: Duration) -> Self {
        Self { longest_pause: pause, ..self }
    }

    /// Sets the maximum `Retry-After` to wait for. If the server specifies a longer one, the call fails at once, and [`Error::retry_after`]
    /// returns it.
    pub fn longest_wait(self, wait: Duration) -> Self {
        Self { longest_wait: wait, ..self }
    }

    /// Sets the retry budget: each call earns `percent`/100 of a retry, and at most ten retries are banked. The clones of a client share
    /// it.
    pub fn budget(self, percent: u32) -> Self {
        Self { budget: percent, ..self }
    }

    /// Whether sending the request twice has the same effect as sending it once, whatever its method.
    pub fn idempotent(self, is_idempotent: bool) -> Self {
        Self { is_idempotent: Some(is_idempotent), ..self }
    }

    /// Decides which failures are retried, in place of [`Failure::is_safe`]. Retries are still limited by attempts, budget and deadline.
    pub fn when(self, when: impl Fn(&Failure<'_>) -> bool + Send + Sync + 'static) -> Self {
        Self { when: Some(Arc::new(when)), ..self }
    }

    /// Sets the pause after an attempt, counted from 1, in place of the doubling one. The server's `Retry-After` takes precedence.
    pub fn backoff(self, backoff: impl Fn(u32) -> Duration + Send + Sync + 'static) -> Self {
        Self { backoff: Some(Arc::new(backoff)), ..self }
    }

    /// Returns the pause after a failed attempt, counted from 1: between half of the maximum and the maximum.
    fn pause(&self, attempt: u32) -> Duration {
        if let Some(backoff) = &self.backoff {
            return backoff(attempt);
        }
        let doubled = self.first_pause.saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1)));
        let longest = doubled.min(self.longest_pause);
        let part = u32::try_from(random() % 1000).unwrap_or_default();
        longest / 2 + (longest / 2).saturating_mul(part) / 1000
    }
}

impl fmt::Debug for Retry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Retry")
            .field("attempts", &self.attempts)
            .field("first_pause", &self.first_pause)
            .field("longest_pause", &self.longest_pause)
            .field("longest_wait", &self.longest_wait)
            .field("budget", &self.budget)
            .finish_non_exhaustive()
    }
}

/// A failed attempt, as passed to [`Retry::when`].
#[derive(Debug)]
pub struct Failure<'a> {
    method: &'a Method,
    attempt: u32,
    is_idempotent: bool,
    outcome: Result<&'a Reply, &'a Error>,
}

impl Failure<'_> {
    /// Returns the method of the request.
    #[must_use]
    pub fn method(&self) -> &Method {
        self.method
    }

    /// Returns the number of the attempt, counted from 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Returns the error, or `None` if the call returns error statuses as `Ok`.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        self.outcome.err()
    }

    /// Returns the error code of the response.
    #[must_use]
    pub fn error_code(&self) -> Option<&str> {
        self.error()?.error_code()
    }

    /// Returns the status of the response.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.outcome.map_or_else(Error::status, |reply| Some(reply.status()))
    }

    /// Whether a retry may help and can do no harm. These failures are retried by default.
    #[must_use]
    pub fn is_safe(&self) -> bool {
        match self.error().map(Error::kind) {
            Some(ErrorKind::Connect) => true,
            Some(ErrorKind::Timeout | ErrorKind::Interrupted) => self.is_idempotent,
            _ => self.is_idempotent && self.status().is_some_and(is_transient),
        }
    }
}

/// The remaining retries of a client and its clones, in hundredths.
pub(super) struct Budget(AtomicU32);

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(MAX_BANKED * UNITS_PER_RETRY))
    }
}

impl Budget {
    /// Adds what one call earns.
    pub(super) fn earn(&self, retry: &Retry) {
        self.change(|parts| Some(parts.saturating_add(retry.budget).min(MAX_BANKED * UNITS_PER_RETRY)));
    }

    /// Takes a retry; returns whether there was one left.
    fn take(&self) -> bool {
        self.change(|parts| parts.checked_sub(UNITS_PER_RETRY))
    }

    fn change(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, change).is_ok()
    }
}

/// Returns the pause before the next attempt, or `None` if there is to be none.
pub(super) fn pause_before_next(
    retry: &Retry,
    budget: &Budget,
    method: &Method,
    attempt: u32,
    deadline: Deadline,
    outcome: &Result<Reply, Error>,
) -> Option<Duration> {
    let outcome = outcome.as_ref();
    if outcome.is_ok_and(|reply| reply.status().is_success()) || attempt >= retry.attempts {
        return None;
    }
    let is_idempotent = retry.is_idempotent.unwrap_or_else(|| method.is_idempotent());
    let failure = Failure { method, attempt, is_idempotent, outcome };
    if !retry.when.as_ref().map_or_else(|| failure.is_safe(), |when| when(&failure)) {
        return None;
    }
    let headers = outcome.map_or_else(Error::headers, |reply| Some(reply.headers()));
    let pause = match headers.and_then(retry_after) {
        Some(requested) if requested > retry.longest_wait => return None,
        Some(requested) => requested,
        None => retry.pause(attempt),
    };
    (deadline.allows(pause) && budget.take()).then_some(pause)
}
