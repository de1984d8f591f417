//! The format of an answer: by suffix, parameter and `Accept` (reference 5.6).

use super::addresses::FORMATS;
use crate::request::Request;

/// A format that the mock writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Jsv,
    Csv,
    /// A line of JSON for each row.
    JsonLines,
    Xml,
    /// A page for a person: what a host sends that understands no type of `Accept`.
    Html,
}

/// The format of an answer on a predefined address: JSON unless a suffix or a parameter asks for another.
pub(super) fn of_predefined(request: &Request, own: Format, suffix: Option<&str>) -> Format {
    asked(request, suffix).unwrap_or(own)
}

/// The format of an answer on a declared route: the first type of `Accept` that is registered.
pub(super) fn of_route(request: &Request, suffix: Option<&str>) -> Format {
    if let Some(format) = asked(request, suffix) {
        return format;
    }
    let accept = request.header("accept").unwrap_or_default();
    let types = accept.split(',').map(|part| part.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
    let known = types.filter_map(|media_type| match media_type.as_str() {
        "application/json" | "*/*" => Some(Format::Json),
        "application/jsv" => Some(Format::Jsv),
        "text/csv" => Some(Format::Csv),
        "text/jsonl" => Some(Format::JsonLines),
        "application/xml" => Some(Format::Xml),
        "text/html" => Some(Format::Html),
        _ => None,
    });
    known.into_iter().next().unwrap_or(Format::Html)
}

fn asked(request: &Request, suffix: Option<&str>) -> Option<Format> {
    let format = suffix.or_else(|| request.parameter("format"))?;
    let format = FORMATS.iter().find(|own| own.eq_ignore_ascii_case(format))?;
    Some(match *format {
        "jsv" => Format::Jsv,
        "html" => Format::Html,
        "csv" => Format::Csv,
        "jsonl" => Format::JsonLines,
        "xml" => Format::Xml,
        _ => Format::Json,
    })
}
