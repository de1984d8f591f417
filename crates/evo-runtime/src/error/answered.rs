//! Error responses. They are read by their content, since the content type of an error cannot be trusted.

use std::borrow::Cow;

use bytes::Bytes;
use http::response::Parts;
use http::{HeaderMap, HeaderValue, StatusCode, header};

use super::problem::status_of_problem;
use super::truncated::close;
use super::{Error, ErrorKind, MAX_BODY};
use crate::dto::ResponseStatus;
use crate::facts::Address;
use crate::transport::ReasonPhrase;
use crate::wire::names::eq_ignoring_separators;
use crate::wire::{Decode, ReadError, charset, json, jsv};

/// The only part of a response DTO that matters here.
#[derive(Debug, Clone, PartialEq, Default)]
struct Envelope {
    response_status: Option<ResponseStatus>,
}

crate::record!(Envelope { response_status: "ResponseStatus" });

impl Error {
    /// Records the response that caused the error.
    pub(crate) fn with_answer(mut self, mut head: Parts, body: &Bytes) -> Self {
        if let header::Entry::Occupied(mut cookies) = head.headers.entry(header::SET_COOKIE) {
            cookies.iter_mut().for_each(|cookie| cookie.set_sensitive(true));
        }
        // Copied, so that a small part does not keep a large body alive.
        let body = Bytes::copy_from_slice(body.get(..MAX_BODY).unwrap_or(body));
        self.inner.response = Some(http::Response::from_parts(head, body));
        self
    }
}

/// Returns the error for a response with an error status. `address` is where the call was sent; if not `is_complete`, the body was cut off.
///
/// <https://docs.servicestack.net/error-handling>
pub(crate) fn error_from_answer(address: Option<Address>, head: Parts, body: &Bytes, is_complete: bool) -> Error {
    let (status, headers) = (head.status, &head.headers);
    let text = text_of(body, headers, is_complete);
    let own_status = status_of(&text, headers);
    let problem = status_of_problem(&text, &head, own_status.is_some());
    let response_status = problem.clone().or(own_status);
    let of_status = |member: fn(&ResponseStatus) -> &Option<String>| {
        response_status.as_ref().and_then(|status| member(status).clone()).filter(|text| !text.is_empty())
    };
    let plain = plain_text(&text, headers);
    let reason = ReasonPhrase::of(&head.extensions);
    let error_code = of_status(|status| &status.error_code)
        .or_else(|| reason.filter(|reason| !is_standard(reason, status)).map(str::to_owned))
        .or_else(|| plain.and_then(code_in_text).map(str::to_owned))
        .unwrap_or_else(|| status.canonical_reason().map_or_else(|| status.as_str().to_owned(), str::to_owned));
    let message = of_status(|status| &status.message)
        .or_else(|| plain.and_then(|text| message_in_text(text, status)).map(str::to_owned))
        .unwrap_or_else(|| error_code.clone());

    // A service whose DTO has no response status responds with `{}` and its own reason phrase.
    let is_bare = match &problem {
        Some(problem) => problem.message == problem.error_code && is_standard(&error_code, status),
        None => response_status.is_none() && !text.starts_with('{') && is_standard(&error_code, status),
    };
    let reason_is_standard = reason.is_none_or(|reason| is_standard(reason, status));
    let (kind, mut hint) = if reason_is_standard && is_unknown_operation(status, &error_code, &message) {
        (ErrorKind::UnknownOperation, advice(address))
    } else {
        kind_of(address, status, is_bare, headers)
    };
    if !is_complete {
        hint = Some(format!("the body of the response was cut off after {} bytes", body.len()));
    } else if reason == Some("") && response_status.is_none() && plain.is_none() {
        hint =
            hint.or_else(|| Some("the server sent no reason phrase, or one that is not ASCII and was lost".to_owned()));
    }
    let mut error = Error::new(kind, message).with_answer(head, body);
    error.inner.error_code = Some(error_code);
    error.inner.response_status = response_status;
    match hint {
        Some(hint) => error.with_hint(hint),
        None => error,
    }
}

/// Returns the error in a body that consists only of a response status with an error code and no field errors. System.Text.Json hosts send
/// this with status 200 if they fail before writing anything. Any other response status was returned by the service itself, next to other
/// members or with warnings.
pub(crate) fn soft_only(head: &Parts, body: &Bytes) -> Option<Error> {
    let document = charset::to_utf8(body, content_type(&head.headers));
    if !begins_with_status(&document) {
        return None;
    }
    let mut members = serde_json::Map::new();
    read_document(&document, &head.headers, &mut members).ok().filter(|_| members.len() == 1)?;
    let mut envelope = Envelope::default();
    read_document(&document, &head.headers, &mut envelope).ok()?;
    let status = envelope.response_status?;
    let is_failure =
        status.errors.is_some_and(|errors| errors.is_empty()) && status.error_code.is_some_and(|code| !code.is_empty());
    is_failure.then(|| error_from_answer(None, head.clone(), body, true))
}

/// Returns the error of a server that failed while writing: the body breaks off anywhere and is followed by a response status.
pub(crate) fn failed_while_writing(head: &Parts, body: &[u8]) -> Option<Error> {
    let mut braces = (0..body.len()).rev().filter(|index| body.get(*index) == Some(&b'{'));
    let start = braces.find(|start| body.get(*start..).is_some_and(begins_with_status))?;
    let status = Bytes::copy_from_slice(body.get(start..)?);
    let mut envelope = Envelope::default();
    read_document(&status, &head.headers, &mut envelope).ok()?;
    envelope.response_status?.error_code.filter(|code| !code.is_empty())?;
    Some(error_from_answer(None, head.clone(), &status, true))
}

/// Whether the first member of an object, in JSON or JSV, is a response status.
pub(crate) fn begins_with_status(body: &[u8]) -> bool {
    let name = || {
        let inside = json::without_mark(body).trim_ascii_start().strip_prefix(b"{")?.trim_ascii_start();
        let inside = inside.strip_prefix(b"\"").unwrap_or(inside);
        // A name contains no brace, and the next search starts after the brace, so no byte is scanned twice.
        let end = inside.iter().position(|byte| matches!(byte, b'"' | b':' | b'{')).unwrap_or(inside.len());
        let (name, rest) = inside.split_at_checked(end)?;
        if rest.first() == Some(&b'{') { None } else { std::str::from_utf8(name).ok() }
    };
    name().is_some_and(|name| eq_ignoring_separators(name, "ResponseStatus"))
}

/// Reads a document in the format of its content type.
fn read_document(document: &[u8], headers: &HeaderMap, into: &mut dyn Decode) -> Result<bool, ReadError> {
    if is_jsv(content_type(headers)) {
        return jsv::read_slice(json::without_mark(document), into);
    }
    json::read_slice(document, into)
}

/// Decodes the text of an error lossily, and closes an object that was cut off.
fn text_of<'a>(body: &'a [u8], headers: &HeaderMap, is_complete: bool) -> Cow<'a, str> {
    let text = match charset::decode_lossy(body, content_type(headers)) {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    };
    if is_complete || !text.starts_with('{') {
        return text;
    }
    // The last character may be cut off as well.
    let text = text.trim_end_matches(char::REPLACEMENT_CHARACTER);
    Cow::Owned(close(text, is_jsv(content_type(headers))))
}

/// Returns the response status in a text, which is either a member of a response DTO or the whole text.
fn status_of(text: &str, headers: &HeaderMap) -> Option<ResponseStatus> {
    if !text.starts_with('{') {
        return None;
    }
    let is_jsv = is_jsv(content_type(headers));
    let read = |into: &mut dyn Decode| {
        if !is_jsv && json::read_slice(text.as_bytes(), into).is_ok() {
            return true;
        }
        jsv::read_slice(text.as_bytes(), into).is_ok()
    };
    let mut envelope = Envelope::default();
    if read(&mut envelope) && envelope.response_status.is_some() {
        return envelope.response_status;
    }
    let mut bare = ResponseStatus::default();
    (read(&mut bare) && bare.error_code.is_some()).then_some(bare)
}

/// Whether the host reports that it has no such operation. A service that throws a `NotImplementedException` has the same status and error
/// code, but then the code is also the reason phrase.
fn is_unknown_operation(status: StatusCode, error_code: &str, message: &str) -> bool {
    status == StatusCode::METHOD_NOT_ALLOWED
        && error_code == "NotImplementedException"
        && message.starts_with("The operation")
        && message.contains("does not exist")
}

/// Returns what an error means to the caller, with advice on how to fix it.
fn kind_of(
    address: Option<Address>,
    status: StatusCode,
    is_bare: bool,
    headers: &HeaderMap,
) -> (ErrorKind, Option<String>) {
    match status {
        StatusCode::UNAUTHORIZED => (ErrorKind::Unauthorized, None),
        StatusCode::METHOD_NOT_ALLOWED if is_bare => {
            let allowed = headers.get(header::ALLOW).and_then(|value| value.to_str().ok());
            (ErrorKind::WrongMethod, allowed.map(|methods| format!("the server allows {methods}")))
        }
        StatusCode::NOT_FOUND if is_bare => match advice(address) {
            Some(advice) => (ErrorKind::UnknownOperation, Some(advice)),
            None => (ErrorKind::Service, None),
        },
        _ => (ErrorKind::Service, None),
    }
}

/// Returns advice for a host that does not support an address.
fn advice(address: Option<Address>) -> Option<String> {
    let advice = match address? {
        Address::Api => {
            "hosts older than ServiceStack 6 have no `/api`: set the addresses of the client to Address::Routes and Address::Reply"
        }
        Address::Reply => {
            "hosts with endpoint routing have no `/json/reply`: set the addresses of the client to Address::Api"
        }
        Address::Routes => return None,
    };
    Some(advice.to_owned())
}

fn is_standard(reason: &str, status: StatusCode) -> bool {
    reason.is_empty() || status.canonical_reason().is_some_and(|standard| standard.eq_ignore_ascii_case(reason))
}

pub(crate) fn content_type(headers: &HeaderMap) -> &str {
    headers.get(header::CONTENT_TYPE).map(HeaderValue::to_str).and_then(Result::ok).unwrap_or_default()
}

/// Whether a content type is one of those for JSV, ignoring case.
pub(crate) fn is_jsv(content_type: &str) -> bool {
    content_type.as_bytes().windows(3).any(|name| name.eq_ignore_ascii_case(b"jsv"))
}

/// Returns the text of a response if it is plain text.
fn plain_text<'a>(text: &'a str, headers: &HeaderMap) -> Option<&'a str> {
    content_type(headers).trim_start().to_ascii_lowercase().starts_with("text/plain").then_some(text)
}

/// Returns the code in `Error (NotFound): gone`.
fn code_in_text(text: &str) -> Option<&str> {
    let (code, _) = text.strip_prefix("Error (")?.split_once("):")?;
    Some(code)
}

/// Returns the message in a plain text: its first line, unless it only repeats the status or describes the request.
fn message_in_text(text: &str, status: StatusCode) -> Option<&str> {
    if text.contains("Request.HttpMethod:") {
        return None;
    }
    let line = text.lines().next().unwrap_or_default();
    let line = if line.starts_with("Error (") { line.split_once("): ").map_or(line, |(_, rest)| rest) } else { line };
    (!line.is_empty() && line != status.as_str()).then_some(line)
}
