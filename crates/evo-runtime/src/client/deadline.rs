//! Time limits of calls.

use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, select};
use web_time::Instant;

use crate::error::Error;
use crate::transport::{Transport, TransportError};

/// When a call must be finished; `None` if it has no timeout.
#[derive(Clone, Copy)]
pub(super) struct Deadline(Option<Instant>);

impl Deadline {
    /// Returns the deadline of a call that starts now.
    pub(super) fn after(timeout: Option<Duration>) -> Self {
        Self(timeout.and_then(|timeout| Instant::now().checked_add(timeout)))
    }

    /// Whether a pause would end before the deadline.
    pub(super) fn allows(self, pause: Duration) -> bool {
        self.0.is_none_or(|end| pause < end.saturating_duration_since(Instant::now()))
    }
}

/// Waits for `work`, but no longer than `limit`. If the transport has no timer, there is no limit.
pub(super) async fn within<T>(
    transport: &dyn Transport,
    limit: Option<Duration>,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let Some((limit, timer)) = limit.and_then(|limit| Some((limit, transport.timer(limit)?))) else {
        return work.await;
    };
    match select(pin!(work), timer).await {
        Either::Left((done, _)) => done,
        Either::Right(_) => Err(timed_out(limit).into()),
    }
}

/// Returns the error for a timeout: `timed out after 500 ms`.
pub(super) fn timed_out(limit: Duration) -> TransportError {
    let shown = if limit.subsec_nanos() == 0 && limit.as_secs() > 0 {
        format!("{} s", limit.as_secs())
    } else if limit.subsec_nanos().is_multiple_of(1_000_000) {
        format!("{} ms", limit.as_millis())
    } else {
        format!("{} µs", limit.as_micros())
    };
    TransportError::timeout(format!("timed out after {shown}"))
}
