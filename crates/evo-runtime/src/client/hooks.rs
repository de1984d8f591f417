//! User functions that observe requests and responses.

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};

use crate::request::PreparedRequest;

/// The hooks of a client, shared by its clones.
#[derive(Clone, Default)]
pub(crate) struct Hooks {
    pub(super) on_request: Vec<Arc<RequestHook>>,
    pub(super) on_response: Vec<Arc<ResponseHook>>,
}

/// Observes and may change a request before it is sent.
pub(super) type RequestHook = dyn Fn(&mut PreparedRequest) + Send + Sync;

/// Observes the outcome of an attempt.
pub(super) type ResponseHook = dyn Fn(&Exchange<'_>) + Send + Sync;

/// One attempt to send a request, up to the head of the response or the failure.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Exchange<'a> {
    /// The C# name of the operation.
    pub operation: &'a str,
    /// The method.
    pub method: &'a Method,
    /// The number of the attempt, counted from 1.
    pub attempt: u32,
    /// The time until the head of the response arrived or the attempt failed.
    pub elapsed: Duration,
    /// The status and the headers of the response; `None` if there was no response.
    pub response: Option<(StatusCode, &'a HeaderMap)>,
}
