//! The current time, and the dates in headers. The clocks of the standard library and of jiff panic in browsers, so they are not used.

use std::time::Duration;

use http::{HeaderMap, HeaderName};
use jiff::civil::Date;
use web_time::UNIX_EPOCH;

/// Returns the time since the Unix epoch, or zero if the clock is set to an earlier time.
pub(crate) fn since_unix_epoch() -> Duration {
    web_time::SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// Returns the current time in seconds since the Unix epoch.
pub(crate) fn now() -> i64 {
    i64::try_from(since_unix_epoch().as_secs()).unwrap_or(i64::MAX)
}

/// Returns the date in a header, in seconds since the Unix epoch.
pub(crate) fn date_in(headers: &HeaderMap, name: &HeaderName) -> Option<i64> {
    http_date(headers.get(name)?.to_str().ok()?)
}

/// Parses a date in one of the three HTTP formats (RFC 9110, section 5.6.7), or something similar, to seconds since the Unix epoch.
pub(crate) fn http_date(text: &str) -> Option<i64> {
    let Ok(date) = httpdate::parse_http_date(text.trim()) else { return cookie_date(text) };
    i64::try_from(date.duration_since(std::time::UNIX_EPOCH).ok()?.as_secs()).ok()
}

/// Parses the date of a cookie to seconds since the Unix epoch. Servers use many formats, so a client looks for a time, a day, a month and
/// a year, and ignores everything else (RFC 6265, section 5.1.1).
pub(crate) fn cookie_date(text: &str) -> Option<i64> {
    let (mut time, mut day, mut month, mut year) = (None, None, None, None);
    let is_delimiter = |c: char| matches!(c, '\t' | ' '..='/' | ';'..='@' | '['..='`' | '{'..='~');
    for token in text.split(is_delimiter) {
        // Each token is matched against the components that are still missing, in this order.
        let is_new = set(&mut time, || time_of_day(token))
            || set(&mut day, || leading_number(token, 2))
            || set(&mut month, || month_of(token));
        if !is_new {
            set(&mut year, || {
                leading_number(token, 4).filter(|_| token.as_bytes().get(1).is_some_and(u8::is_ascii_digit))
            });
        }
    }
    let year = match year? {
        short @ 70..=99 => short + 1900,
        short @ 0..=69 => short + 2000,
        1..=1600 => return None,
        long => long,
    };
    let [hour, minute, second] = time?;
    let small = |number: i16| i8::try_from(number).ok();
    let date = Date::new(year, month?, small(day?)?).ok()?;
    let time = jiff::civil::Time::new(small(hour)?, small(minute)?, small(second)?, 0).ok()?;
    // The range of jiff's `Timestamp` ends a day before the last .NET date.
    Some(date.to_datetime(time).duration_since(jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0)).as_secs())
}

/// Sets a missing component; returns whether it did.
fn set<T>(missing: &mut Option<T>, find: impl FnOnce() -> Option<T>) -> bool {
    if missing.is_some() {
        return false;
    }
    *missing = find();
    missing.is_some()
}

/// Parses the number at the start of a token; `None` if it has more than `digits` digits.
fn leading_number(token: &str, digits: usize) -> Option<i16> {
    let end = token.find(|c: char| !c.is_ascii_digit()).unwrap_or(token.len());
    token.get(..end).filter(|_| end <= digits)?.parse().ok()
}

/// Parses a time such as `20:11:44`, ignoring anything after it.
fn time_of_day(token: &str) -> Option<[i16; 3]> {
    let mut parts = token.splitn(3, ':');
    let mut whole = || parts.next().filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let (hour, minute) = (leading_number(whole()?, 2)?, leading_number(whole()?, 2)?);
    Some([hour, minute, leading_number(parts.next()?, 2)?])
}

/// Parses a month by its first three letters.
fn month_of(token: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let name = token.get(..3)?;
    let index = MONTHS.iter().position(|month| month.eq_ignore_ascii_case(name))?;
    i8::try_from(index + 1).ok()
}
