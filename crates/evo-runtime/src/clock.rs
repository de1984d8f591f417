//! What time it is, in browsers too, where the clocks of the standard library and of jiff panic; and the dates of headers.

use std::time::Duration;

use http::{HeaderMap, HeaderName};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

/// The time since 1970; none for clocks that stand before it.
pub(crate) fn since_unix_epoch() -> Duration {
    web_time::SystemTime::now().duration_since(web_time::UNIX_EPOCH).unwrap_or_default()
}

/// Now, in seconds since 1970.
pub(crate) fn now() -> i64 {
    i64::try_from(since_unix_epoch().as_secs()).unwrap_or(i64::MAX)
}

/// The date in a header, in seconds since 1970.
pub(crate) fn date_in(headers: &HeaderMap, name: &HeaderName) -> Option<i64> {
    date_of(headers.get(name)?.to_str().ok()?)
}

/// `Fri, 20 Nov 2026 20:11:44 GMT`, also with dashes as old cookies have it, in seconds since 1970.
pub(crate) fn date_of(text: &str) -> Option<i64> {
    let text = text.trim().replace('-', " ");
    DateTimeParser::new().parse_timestamp(&text).ok().map(Timestamp::as_second)
}
