//! Functions of the user that see requests and answers.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;

use crate::operations::Verb;
use crate::request::PreparedRequest;

/// What a client lets its user see and change. Shared by clones.
#[derive(Clone, Default)]
pub(crate) struct Hooks {
    pub(super) on_request: Vec<Arc<RequestHook>>,
    pub(super) on_response: Vec<Arc<ResponseHook>>,
}

/// Sees and changes a request before it is sent.
pub(super) type RequestHook = dyn Fn(&mut PreparedRequest) + Send + Sync;

/// Sees how an attempt ended.
pub(super) type ResponseHook = dyn Fn(&Exchange<'_>) + Send + Sync;

/// One attempt to send a request, as far as it is known when the head of the answer is there, or when there will be none.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Exchange<'a> {
    /// The C# name of the operation.
    pub operation: &'a str,
    /// The verb.
    pub verb: Verb,
    /// Which attempt it was, counted from 1.
    pub attempt: u32,
    /// How long it took until the head of the answer was there.
    pub elapsed: Duration,
    /// The status and the headers of the answer; none where there was no answer.
    pub answer: Option<(u16, &'a HeaderMap)>,
}

impl Hooks {
    /// Shows a request to those who want to change it.
    pub(super) fn request(&self, request: &mut PreparedRequest) {
        self.on_request.iter().for_each(|hook| hook(request));
    }

    /// Shows how an attempt ended.
    pub(super) fn response(&self, exchange: &Exchange<'_>) {
        self.on_response.iter().for_each(|hook| hook(exchange));
    }
}
