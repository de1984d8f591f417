//! Requests that are under way.

use std::collections::BTreeMap;

use super::ResponseStatus;
use crate::{TimeSpan, record, setters};

/// Cancels a request.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct CancelRequest {
    /// The tag that the request was sent with.
    pub tag: Option<String>,
    /// More, by names of the service's own.
    pub meta: Option<BTreeMap<String, String>>,
}

record!(CancelRequest { tag: "Tag", meta: "Meta" });
setters!(CancelRequest() { tag: String, meta: BTreeMap<String, String> });

/// What was cancelled.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct CancelRequestResponse {
    /// The tag of the request.
    pub tag: Option<String>,
    /// How long the request had run.
    pub elapsed: TimeSpan,
    /// More, by names of the service's own.
    pub meta: BTreeMap<String, String>,
    /// Set where something went wrong.
    pub response_status: Option<ResponseStatus>,
}

record!(CancelRequestResponse { tag: "Tag", elapsed: "Elapsed", meta: "Meta", response_status: "ResponseStatus" });
