//! Errors in the form of RFC 9457, which ASP.NET sends for what does not reach ServiceStack.

use std::collections::BTreeMap;

use http::HeaderMap;

use super::content_type;
use crate::dto::{ResponseError, ResponseStatus};
use crate::wire::json;

/// The part of a problem that matters here.
#[derive(Debug, Clone, PartialEq, Default)]
struct Problem {
    title: Option<String>,
    detail: Option<String>,
    errors: BTreeMap<String, Vec<String>>,
}

crate::record!(Problem { title: "Title", detail: "Detail", errors: "Errors" });

/// The problem in a body as a response status: its title is the error code, its detail the message, and the errors of single members are kept.
pub(super) fn status_of_problem(body: &[u8], headers: &HeaderMap) -> Option<ResponseStatus> {
    let media_type = content_type(headers).split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if media_type != "application/problem+json" {
        return None;
    }
    let mut problem = Problem::default();
    json::read_slice(body, &mut problem).ok()?;
    let Problem { title, detail, errors } = problem;
    if title.is_none() && detail.is_none() {
        return None;
    }
    let errors = errors.into_iter().flat_map(|(field, messages)| {
        messages.into_iter().map(move |message| ResponseError {
            error_code: None,
            field_name: Some(field.clone()),
            message: Some(message),
            meta: None,
        })
    });
    Some(ResponseStatus {
        message: detail.or_else(|| title.clone()),
        error_code: title,
        errors: Some(errors.collect()),
        ..ResponseStatus::default()
    })
}
