//! Scripted responses by operation, with the types of the operation.

use std::any::Any;
use std::time::Duration;

use bytes::Bytes;

use super::received::received;
use super::{Body, HttpReply, OperationName, ScriptedTransport, TransportError};
use crate::operations::{AnswerShape, Operation};
use crate::wire::Wire;

/// What a [`ScriptedTransport`] does instead of returning an answer.
#[derive(Debug)]
#[non_exhaustive]
pub enum Refusal {
    /// Returns this response, such as an error of the service.
    Reply(Box<HttpReply>),
    /// Fails without a response.
    NoResponse(TransportError),
}

impl From<HttpReply> for Refusal {
    fn from(reply: HttpReply) -> Self {
        Self::Reply(Box::new(reply))
    }
}

impl From<TransportError> for Refusal {
    fn from(error: TransportError) -> Self {
        Self::NoResponse(error)
    }
}

/// Creates the response to a request of an operation.
pub(super) type Handler = dyn Fn(&http::Request<Body>) -> Result<HttpReply, Refusal> + Send + Sync;

impl ScriptedTransport {
    /// Responds to all calls of an operation with the return value of a function of the request. For a batch it is called with each item.
    ///
    /// Operations without such a function get the responses that were added with [`answer`](Self::answer).
    #[must_use]
    pub fn on<T>(self, answer: impl Fn(T) -> Result<T::Answer, Refusal> + Send + Sync + 'static) -> Self
    where
        T: Operation + Default,
        T::Answer: Wire + 'static,
    {
        self.handle(T::SPEC.name, move |request| {
            let mut requests =
                received::<T>(request).map_err(|message| HttpReply::error(400, "BadScript", &message))?;
            if !requests.is_batch {
                let request = requests.items.pop().unwrap_or_default();
                return Ok(reply_of(T::SPEC.shape, &answer(request)?));
            }
            let answers: Result<Vec<T::Answer>, Refusal> = requests.items.into_iter().map(&answer).collect();
            Ok(HttpReply::json(&answers?))
        })
    }

    /// Responds to all calls of an operation with the HTTP response that a function of the request returns, which operations that return a
    /// [`Download`](crate::Download) need.
    #[must_use]
    pub fn on_reply<T>(self, answer: impl Fn(T) -> Result<HttpReply, Refusal> + Send + Sync + 'static) -> Self
    where
        T: Operation + Default,
    {
        self.handle(T::SPEC.name, move |request| {
            let requests = received::<T>(request).map_err(|message| HttpReply::error(400, "BadScript", &message))?;
            answer(requests.items.into_iter().next().unwrap_or_default())
        })
    }

    /// Delays the responses to an operation from now on. Tests do not actually wait: a call with a shorter time limit times out at once.
    #[must_use]
    pub fn delay<T: Operation>(self, delay: Duration) -> Self {
        self.lock().delays.insert(T::SPEC.name, delay);
        self
    }

    /// Returns the requests of an operation so far, decoded as a service would. Each item of a batch counts as one. Requests that cannot be
    /// decoded are left out.
    #[must_use]
    pub fn sent<T: Operation + Default>(&self) -> Vec<T> {
        let requests = self.requests();
        let of_operation = requests.iter().filter(|request| {
            request.extensions().get::<OperationName>().is_some_and(|operation| operation.0 == T::SPEC.name)
        });
        of_operation.filter_map(|request| received::<T>(request).ok()).flat_map(|received| received.items).collect()
    }
}

impl HttpReply {
    /// Creates the response of a service: a DTO as JSON, with status 200.
    pub fn json(value: &impl Wire) -> Self {
        match crate::wire::json::to_vec(value) {
            Ok(body) => Self::of(200, "application/json; charset=utf-8", body),
            Err(error) => Self::error(500, "SerializationException", &error.to_string()),
        }
    }

    /// Creates an error response of a service, with its code and message.
    pub fn error(status: u16, error_code: &str, message: &str) -> Self {
        let body = serde_json::json!({"responseStatus": {"errorCode": error_code, "message": message}});
        Self::of(status, "application/json; charset=utf-8", body.to_string()).with_reason(error_code)
    }
}

/// Creates the response that a service would send for a value: text and bytes are the whole body, anything else is JSON.
fn reply_of<A: Wire + 'static>(shape: AnswerShape, answer: &A) -> HttpReply {
    let any: &dyn Any = answer;
    match (shape, any.downcast_ref::<String>(), any.downcast_ref::<Bytes>()) {
        (AnswerShape::Raw, Some(text), _) => HttpReply::of(200, "text/plain", text.clone()),
        (AnswerShape::Raw, _, Some(bytes)) => HttpReply::of(200, "application/octet-stream", bytes.clone()),
        (AnswerShape::Nothing, ..) => HttpReply::of(204, "", ""),
        _ => HttpReply::json(answer),
    }
}
