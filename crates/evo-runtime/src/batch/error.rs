//! The error of a batch.

use std::fmt;

use crate::error::Error;

/// Why a batch failed, at which of its calls, and what was done before. It converts into an [`Error`].
pub struct BatchError<A> {
    inner: Box<Inner<A>>,
}

struct Inner<A> {
    error: Error,
    count: usize,
    failed: Option<usize>,
    completed: Option<usize>,
    answers: Vec<Option<A>>,
}

impl<A> BatchError<A> {
    /// How many calls were done, and which one failed, if that is known.
    pub(super) fn new(error: Error, count: usize, failed: Option<usize>, completed: Option<usize>) -> Self {
        Self { inner: Box::new(Inner { error, count, failed, completed, answers: Vec::new() }) }
    }

    /// A call that could not be made; none were sent.
    pub(super) fn before_sending(error: Error, index: usize, count: usize) -> Self {
        Self::new(error, count, Some(index), Some(0))
    }

    /// The same error, with the answers so far.
    pub(super) fn with_answers(mut self, answers: Vec<Option<A>>) -> Self {
        self.inner.answers = answers;
        self
    }

    /// What went wrong.
    #[must_use]
    pub fn error(&self) -> &Error {
        &self.inner.error
    }

    /// The index of the call that failed, counted from 0; `None` if the batch as a whole failed, or the server does not tell which
    /// call did.
    #[must_use]
    pub fn failed_index(&self) -> Option<usize> {
        self.inner.failed
    }

    /// How many calls were done and stay done; `None` if that is unknown, as after the connection broke.
    ///
    /// Servers validate all calls of a batch before they run the first, and run the writes of `AutoQuery` as one transaction: it is
    /// 0 in both cases.
    #[must_use]
    pub fn completed(&self) -> Option<usize> {
        self.inner.completed
    }

    /// The number of calls in the batch.
    #[must_use]
    pub fn count(&self) -> usize {
        self.inner.count
    }

    /// The answers so far, at the index of their call. There are none if the calls were sent as one request, whose response is then
    /// the error.
    #[must_use]
    pub fn answers(&self) -> &[Option<A>] {
        &self.inner.answers
    }

    /// The answers so far, as [`answers`](Self::answers).
    #[must_use]
    pub fn into_answers(self) -> Vec<Option<A>> {
        self.inner.answers
    }
}

/// A batch that was not begun.
impl<A> From<Error> for BatchError<A> {
    fn from(error: Error) -> Self {
        Self::new(error, 0, None, Some(0))
    }
}

impl<A> From<BatchError<A>> for Error {
    fn from(error: BatchError<A>) -> Self {
        error.inner.error
    }
}

impl<A> fmt::Display for BatchError<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.inner.failed {
            Some(index) => write!(f, "call {index} of a batch of {}", self.inner.count)?,
            None => write!(f, "a batch of {}", self.inner.count)?,
        }
        if let Some(completed) = self.inner.completed {
            write!(f, " ({completed} done)")?;
        }
        write!(f, ": {}", self.inner.error)
    }
}

/// Without the answers, which may be confidential.
impl<A> fmt::Debug for BatchError<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchError")
            .field("error", &self.inner.error)
            .field("count", &self.inner.count)
            .field("failed", &self.inner.failed)
            .field("completed", &self.inner.completed)
            .finish_non_exhaustive()
    }
}

impl<A> std::error::Error for BatchError<A> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.inner.error)
    }
}
