//! The error of a batch.

use std::fmt;

use crate::error::Error;

/// The error of a batch: what failed, at which call, and which calls were completed. It converts into an [`Error`].
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
    /// Creates an error with the index of the failed call and the number of completed calls, if they are known.
    pub(super) fn new(error: Error, count: usize, failed: Option<usize>, completed: Option<usize>) -> Self {
        Self { inner: Box::new(Inner { error, count, failed, completed, answers: Vec::new() }) }
    }

    /// Creates the error for a call that could not be built. None were sent.
    pub(super) fn before_sending(error: Error, index: usize, count: usize) -> Self {
        Self::new(error, count, Some(index), Some(0))
    }

    /// Adds the answers received so far.
    pub(super) fn with_answers(mut self, answers: Vec<Option<A>>) -> Self {
        self.inner.answers = answers;
        self
    }

    /// Returns the underlying error.
    #[must_use]
    pub fn error(&self) -> &Error {
        &self.inner.error
    }

    /// Returns the index of the call that failed, counted from 0. `None` if the batch as a whole failed, or if the server does not report
    /// which call did.
    #[must_use]
    pub fn failed_index(&self) -> Option<usize> {
        self.inner.failed
    }

    /// Returns the number of calls that were completed and not undone, or `None` if it is unknown, for example because the connection
    /// broke.
    ///
    /// Servers validate all calls of a batch before they run the first one, and run the writes of `AutoQuery` in a single transaction. In
    /// both cases a failure leaves 0 calls completed.
    #[must_use]
    pub fn completed(&self) -> Option<usize> {
        self.inner.completed
    }

    /// Returns the number of calls in the batch.
    #[must_use]
    pub fn count(&self) -> usize {
        self.inner.count
    }

    /// Returns the answers received before the failure, at the index of their call. It is empty if the calls were sent as one request,
    /// since its only response is the error.
    #[must_use]
    pub fn answers(&self) -> &[Option<A>] {
        &self.inner.answers
    }

    /// Consumes the error and returns its [`answers`](Self::answers).
    #[must_use]
    pub fn into_answers(self) -> Vec<Option<A>> {
        self.inner.answers
    }
}

/// Creates the error of a batch that was not started.
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

/// Omits the answers, which may be confidential.
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
