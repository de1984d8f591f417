//! Responses that services share.

use std::collections::BTreeMap;

use super::ResponseStatus;
use crate::record;

/// A response that is an error only.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct ErrorResponse {
    /// Set where something went wrong.
    pub response_status: Option<ResponseStatus>,
}

record!(ErrorResponse { response_status: "ResponseStatus" });

/// A response without content.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct EmptyResponse {
    /// Set where something went wrong.
    pub response_status: Option<ResponseStatus>,
}

record!(EmptyResponse { response_status: "ResponseStatus" });

/// The id of what was made: text, whatever the type of the key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct IdResponse {
    /// The id.
    pub id: Option<String>,
    /// Set where something went wrong.
    pub response_status: Option<ResponseStatus>,
}

record!(IdResponse { id: "Id", response_status: "ResponseStatus" });

/// A text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct StringResponse {
    /// The text.
    pub result: Option<String>,
    /// More, by names of the service's own.
    pub meta: BTreeMap<String, String>,
    /// Set where something went wrong.
    pub response_status: Option<ResponseStatus>,
}

record!(StringResponse { result: "Result", meta: "Meta", response_status: "ResponseStatus" });

/// Texts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct StringsResponse {
    /// The texts.
    pub results: Vec<String>,
    /// More, by names of the service's own.
    pub meta: BTreeMap<String, String>,
    /// Set where something went wrong.
    pub response_status: Option<ResponseStatus>,
}

record!(StringsResponse { results: "Results", meta: "Meta", response_status: "ResponseStatus" });
