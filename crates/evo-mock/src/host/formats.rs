//! The format of a response: from the suffix, a parameter or `Accept` (reference 5.6).

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
    /// An HTML page, which a host sends if it knows none of the types in `Accept`.
    Html,
}

impl Format {
    /// Returns the format with this name in a suffix, a parameter or an address.
    pub(super) fn named(name: &str) -> Self {
        match name {
            "jsv" => Self::Jsv,
            "html" => Self::Html,
            "csv" => Self::Csv,
            "jsonl" => Self::JsonLines,
            "xml" => Self::Xml,
            _ => Self::Json,
        }
    }
}

/// Returns the format of a response on a predefined address: its own, unless a suffix or a parameter selects another.
pub(super) fn for_predefined(request: &Request, own: Format, suffix: Option<&str>) -> Format {
    requested_format(request, suffix).unwrap_or(own)
}

/// Returns the format of a response on a declared route: the first known type in `Accept`.
pub(super) fn for_route(request: &Request, suffix: Option<&str>) -> Format {
    if let Some(format) = requested_format(request, suffix) {
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

fn requested_format(request: &Request, suffix: Option<&str>) -> Option<Format> {
    let format = suffix.or_else(|| request.parameter("format"))?;
    let format = FORMATS.iter().find(|own| own.eq_ignore_ascii_case(format))?;
    Some(Format::named(format))
}
