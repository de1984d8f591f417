//! Batches and one-way calls.
//!
//! <https://docs.servicestack.net/auto-batched-requests>

mod error;
mod exchange;
mod one_by_one;
mod one_way;

pub use self::error::BatchError;
use crate::client::{CallOptions, Client, Reply, call_settings};
use crate::error::Error;
use crate::operations::Operation;
use crate::wire::json;

/// Calls of one operation that are sent together, created by [`Client::batch`].
///
/// They are sent as a single request if the host accepts batches. Otherwise they are made one by one up to the first failure, as in a
/// batch.
///
/// See [`guide::calls`](crate::guide::calls#batches).
#[derive(Debug)]
#[must_use = "a batch is made by sending it"]
pub struct Batch<T> {
    options: CallOptions,
    operations: Vec<T>,
    concurrency: usize,
    one_by_one: bool,
}

impl Client {
    /// Makes several calls of one operation at once, and returns their answers in order. Nothing is sent if there are no calls.
    ///
    /// # Errors
    ///
    /// If one of the calls fails. The error says which one, and how many were completed.
    pub fn send_all<T: Operation>(
        &self,
        operations: Vec<T>,
    ) -> impl Future<Output = Result<Vec<T::Answer>, BatchError<T::Answer>>> + use<T> {
        self.batch(operations).send()
    }

    /// Creates a batch of calls of one operation, which can have its own settings.
    pub fn batch<T: Operation>(&self, operations: Vec<T>) -> Batch<T> {
        Batch { options: CallOptions::new(self.clone()), operations, concurrency: 1, one_by_one: false }
    }
}

impl<T: Operation> Batch<T> {
    /// Sets how many calls run concurrently if they are made one by one. The default is 1. After a failure no further call is started, and
    /// running calls are completed.
    pub fn concurrency(self, calls: usize) -> Self {
        Self { concurrency: calls.max(1), ..self }
    }

    /// Makes the calls one by one, even if the host accepts batches.
    pub fn one_by_one(self) -> Self {
        Self { one_by_one: true, ..self }
    }

    /// Makes the calls.
    pub fn send(self) -> impl Future<Output = Result<Vec<T::Answer>, BatchError<T::Answer>>> + use<T> {
        let Self { options, operations, concurrency, one_by_one } = self;
        let count = operations.len();
        // A batch response contains the description of a stream, not the stream itself.
        let is_single = one_by_one || T::SPEC.shape.is_streamed() || count == 0;
        let together = if is_single { None } else { exchange::prepare(&options, &T::SPEC, &operations) };
        let together = together.map(|request| request.map_err(|error| unprepared(error, &operations)));
        async move {
            if let Some(request) = together
                && let Some(replies) = exchange::batched(&options.client, request?, count).await?
            {
                return decoded::<T>(replies.into_iter().map(|reply| Some(Ok(reply))).collect());
            }
            let mut requests = Vec::new();
            for (index, operation) in operations.iter().enumerate() {
                match options.prepare(&T::SPEC, operation) {
                    Ok(request) => requests.push(request),
                    Err(error) => return Err(BatchError::before_sending(error, index, count)),
                }
            }
            drop(operations);
            decoded::<T>(one_by_one::run(&options.client, requests, concurrency).await)
        }
    }
}

call_settings!(Batch);

/// Creates the error for a batch that could not be built, with the index of the first call that cannot be serialized.
fn unprepared<T: Operation>(error: Error, operations: &[T]) -> BatchError<T::Answer> {
    let error = error.during(T::SPEC.name);
    match operations.iter().position(|operation| json::to_vec(operation).is_err()) {
        Some(index) => BatchError::before_sending(error, index, operations.len()),
        None => exchange::failed(error, operations.len()),
    }
}

/// Decodes the answers of the calls. The error is that of the first failed call, in the order of the calls.
fn decoded<T: Operation>(outcomes: Vec<Option<Result<Reply, Error>>>) -> Result<Vec<T::Answer>, BatchError<T::Answer>> {
    let (mut answers, mut completed, mut failure) = (Vec::with_capacity(outcomes.len()), 0, None);
    for (index, outcome) in outcomes.into_iter().enumerate() {
        completed += usize::from(matches!(outcome, Some(Ok(_))));
        let answer = outcome.map(|outcome| outcome.and_then(T::answer)).transpose();
        answers.push(answer.unwrap_or_else(|error| {
            failure.get_or_insert((index, error.during(T::SPEC.name)));
            None
        }));
    }
    match failure {
        None => Ok(answers.into_iter().flatten().collect()),
        Some((index, error)) => {
            Err(BatchError::new(error, answers.len(), Some(index), Some(completed)).with_answers(answers))
        }
    }
}
