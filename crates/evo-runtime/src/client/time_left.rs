//! How much time a call has.

use std::time::Duration;

use web_time::Instant;

use super::Settings;

/// How long a call may still last; none: as long as it takes.
///
/// Asking for the time costs more than most of what a call does, so that a call has all of its time until something took some of it.
#[derive(Clone, Copy)]
pub(super) struct TimeLeft {
    /// When the call has to be over.
    pub(super) end: Option<Instant>,
    pub(super) left: Option<Duration>,
}

impl TimeLeft {
    /// That of a call that begins now.
    pub(super) fn of_call(settings: &Settings) -> Self {
        let end = settings.timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        Self { end, left: end.and(settings.timeout) }
    }

    /// What is left of it by now.
    pub(super) fn measured(self) -> Self {
        Self { left: self.end.map(|end| end.saturating_duration_since(Instant::now())), ..self }
    }
}
