//! RFC 9457 problem details, which ASP.NET sends for requests that do not reach ServiceStack.

use http::response::Parts;
use serde_json::Value;

use super::content_type;
use crate::dto::{ResponseError, ResponseStatus};
use crate::wire::json;

/// The members of a problem that matter here.
#[derive(Debug, Clone, PartialEq, Default)]
struct Problem {
    title: Option<String>,
    detail: Option<String>,
    status: Value,
    errors: Value,
}

crate::record!(Problem { title: "Title", detail: "Detail", status: "Status", errors: "Errors" });

/// Converts problem details into a response status: the title becomes the error code, the detail the message, and field errors are kept.
/// Some hosts label them as JSON. They are then recognized by the HTTP status, which they repeat, if there is no response status of
/// ServiceStack.
pub(super) fn status_of_problem(text: &str, head: &Parts, has_status: bool) -> Option<ResponseStatus> {
    let media_type = content_type(&head.headers).split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_labelled = media_type == "application/problem+json";
    if !is_labelled && (has_status || media_type != "application/json") {
        return None;
    }
    let mut problem = Problem::default();
    json::read_slice(text.as_bytes(), &mut problem).ok()?;
    let Problem { title, detail, status, errors } = problem;
    let is_problem = if is_labelled {
        title.is_some() || detail.is_some()
    } else {
        title.is_some() && status == head.status.as_u16()
    };
    if !is_problem {
        return None;
    }
    let mut found = Vec::new();
    add_errors(None, &errors, &mut found);
    Some(ResponseStatus {
        message: detail.or_else(|| title.clone()),
        error_code: title,
        errors: Some(found),
        ..ResponseStatus::default()
    })
}

/// Collects the errors in a value. ASP.NET lists messages by member; other libraries list objects, whose members go by various names.
fn add_errors(field: Option<&str>, value: &Value, errors: &mut Vec<ResponseError>) {
    match value {
        Value::String(message) => errors.push(ResponseError {
            error_code: None,
            field_name: field.map(str::to_owned),
            message: Some(message.clone()),
            meta: None,
        }),
        Value::Array(values) => values.iter().for_each(|value| add_errors(field, value, errors)),
        Value::Object(members) => {
            let text = |names: &[&str]| {
                let found =
                    names.iter().find_map(|name| members.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)));
                found.and_then(|(_, value)| value.as_str()).map(str::to_owned)
            };
            match text(&["detail", "message", "errorMessage", "reason"]) {
                Some(message) => errors.push(ResponseError {
                    error_code: text(&["errorCode", "code"]),
                    field_name: text(&["fieldName", "propertyName", "name", "field", "pointer"])
                        .or_else(|| field.map(str::to_owned)),
                    message: Some(message),
                    meta: None,
                }),
                None => members.iter().for_each(|(field, value)| add_errors(Some(field), value, errors)),
            }
        }
        _ => {}
    }
}
