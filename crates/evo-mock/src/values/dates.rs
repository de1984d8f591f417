//! Dates and times as servers read and write them (reference 3.4).

use jiff::civil;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

/// The time zone of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Zone {
    Utc,
    /// Seconds east of UTC.
    Offset(i32),
    Unspecified,
}

/// A .NET date and time: the local time, and the zone if it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Date {
    pub(crate) clock: civil::DateTime,
    pub(crate) zone: Zone,
}

impl Date {
    /// Parses ISO 8601 in every length that servers accept, the WCF form, and a plain date.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(inside) = text.strip_prefix("/Date(").and_then(|rest| rest.strip_suffix(")/")) {
            return Self::parse_wcf(inside);
        }
        let is_date = text.len() == 10 || (text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()));
        if let Some(date) = text.parse::<civil::Date>().ok().filter(|_| is_date) {
            return Some(Self { clock: date.to_datetime(civil::Time::midnight()), zone: Zone::Unspecified });
        }
        let (clock, zone) = split_zone(text)?;
        let clock: civil::DateTime = cut_fraction(clock).parse().ok()?;
        Some(Self { clock, zone })
    }

    fn parse_wcf(inside: &str) -> Option<Self> {
        let sign = inside.char_indices().skip(1).find(|(_, c)| matches!(c, '+' | '-')).map(|(at, _)| at);
        let (digits, offset) = inside.split_at(sign.unwrap_or(inside.len()));
        let timestamp = Timestamp::from_millisecond(digits.parse().ok()?).ok()?;
        let zone = match offset {
            "" => Zone::Utc,
            "-0000" => Zone::Unspecified,
            _ => Zone::Offset(parse_offset(offset)?),
        };
        let seconds = if let Zone::Offset(seconds) = zone { seconds } else { 0 };
        Some(Self { clock: Offset::from_seconds(seconds).ok()?.to_datetime(timestamp), zone })
    }

    /// Formats the date as ISO 8601 without trailing zeros, like `System.Text.Json`. This is the canonical form of a date.
    pub(crate) fn iso(self) -> String {
        let fraction = self.clock.subsec_nanosecond() / 100;
        let fraction =
            if fraction == 0 { String::new() } else { format!(".{fraction:07}").trim_end_matches('0').to_owned() };
        format!("{}{fraction}{}", self.seconds(), self.suffix())
    }

    /// Formats the date as ISO 8601 with seven fractional digits, like `ServiceStack.Text` with `jsconfig=dh:iso8601`.
    pub(crate) fn iso_with_ticks(self) -> String {
        format!("{}.{:07}{}", self.seconds(), self.clock.subsec_nanosecond() / 100, self.suffix())
    }

    /// Formats the date in the WCF form, `/Date(1335867630123+0800)/`, which `ServiceStack.Text` writes by default.
    pub(crate) fn wcf(self) -> String {
        let offset = if let Zone::Offset(seconds) = self.zone { seconds } else { 0 };
        let utc = self.clock.saturating_sub(i64::from(offset).seconds());
        let epoch = civil::date(1970, 1, 1).at(0, 0, 0, 0);
        let milliseconds = utc.duration_since(epoch).as_millis();
        let suffix = match self.zone {
            Zone::Utc => String::new(),
            Zone::Unspecified => "-0000".to_owned(),
            Zone::Offset(seconds) => format_offset(seconds, ""),
        };
        format!("/Date({milliseconds}{suffix})/")
    }

    /// Formats the date for JSV: a plain date at midnight, otherwise ISO 8601 with seven fractional digits.
    pub(crate) fn jsv(self) -> String {
        match self.clock.time() == civil::Time::midnight() {
            true => self.clock.date().to_string(),
            false if self.clock.subsec_nanosecond() == 0 => format!("{}{}", self.seconds(), self.suffix()),
            false => self.iso_with_ticks(),
        }
    }

    fn seconds(self) -> String {
        self.clock.strftime("%Y-%m-%dT%H:%M:%S").to_string()
    }

    fn suffix(self) -> String {
        match self.zone {
            Zone::Utc => "Z".to_owned(),
            Zone::Offset(seconds) => format_offset(seconds, ":"),
            Zone::Unspecified => String::new(),
        }
    }
}

fn format_offset(seconds: i32, separator: &str) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{sign}{:02}{separator}{:02}", minutes / 60, minutes % 60)
}

fn parse_offset(text: &str) -> Option<i32> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let digits = digits.replace(':', "");
    let (hours, minutes) = digits.split_at_checked(2)?;
    let minutes = if minutes.is_empty() { 0 } else { minutes.parse::<i32>().ok()? };
    Some(sign * (hours.parse::<i32>().ok()? * 3600 + minutes * 60))
}

fn split_zone(text: &str) -> Option<(&str, Zone)> {
    if let Some(clock) = text.strip_suffix(['Z', 'z']) {
        return Some((clock, Zone::Utc));
    }
    // Skip the dashes of the date.
    let sign = text.char_indices().skip(11).find(|(_, c)| matches!(c, '+' | '-')).map(|(at, _)| at);
    match sign {
        Some(at) => Some((text.get(..at)?, Zone::Offset(parse_offset(text.get(at..)?)?))),
        None => Some((text, Zone::Unspecified)),
    }
}

/// Truncates a fraction to seven digits, as .NET does.
fn cut_fraction(clock: &str) -> &str {
    match clock.find('.') {
        Some(point) => clock.get(..(point + 8).min(clock.len())).unwrap_or(clock),
        None => clock,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read_and_written() {
        let cases = [
            ("2012-05-01T10:20:30.1234567Z", "/Date(1335867630123)/", "2012-05-01T10:20:30.1234567Z"),
            ("2012-05-01T10:20:30+08:00", "/Date(1335838830000+0800)/", "2012-05-01T10:20:30+08:00"),
            ("2012-05-01T00:00:00", "/Date(1335830400000-0000)/", "2012-05-01"),
            ("0001-01-01T00:00:00", "/Date(-62135596800000-0000)/", "0001-01-01"),
        ];
        for (iso, wcf, jsv) in cases {
            let date = Date::parse(iso).unwrap();
            assert_eq!((date.iso().as_str(), date.wcf().as_str(), date.jsv().as_str()), (iso, wcf, jsv));
        }
        assert_eq!(Date::parse("/Date(1335838830000+0800)/").unwrap().iso(), "2012-05-01T10:20:30+08:00");
        assert_eq!(Date::parse("20120501"), Date::parse("2012-05-01"));
        assert_eq!(Date::parse("2012-05-01 10:20:30").unwrap().iso(), "2012-05-01T10:20:30");
        for text in ["", "x", "1335867630", "2012-13-01", "/Date(x)/"] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }
}
