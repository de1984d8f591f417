//! Time spans and times of day, which are sent as XSD durations (reference 3.6).

/// The number of 100 ns ticks in a second.
const TICKS: i128 = 10_000_000;

/// Parses `P1DT2H3M4.5S`, or `[-][d.]hh:mm:ss[.fffffff]` if `clock` allows it. The unit of the result is 100 ns.
pub(crate) fn parse(text: &str, clock: bool) -> Option<i64> {
    let text = text.trim();
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let ticks = match unsigned.strip_prefix('P') {
        Some(rest) => parse_xsd(rest)?,
        None if clock && unsigned.contains(':') => parse_clock(unsigned)?,
        // A plain number is in seconds.
        None if clock => parse_seconds(unsigned)?,
        None => return None,
    };
    i64::try_from(sign * ticks).ok()
}

fn parse_xsd(text: &str) -> Option<i128> {
    let mut ticks: i128 = 0;
    let (mut number, mut in_time) = (String::new(), false);
    for c in text.chars() {
        match c {
            '0'..='9' | '.' => number.push(c),
            'T' if number.is_empty() => in_time = true,
            _ => {
                let unit = match (c, in_time) {
                    ('D', false) => 86_400,
                    ('H', true) => 3_600,
                    ('M', true) => 60,
                    ('S', true) => 1,
                    // Servers ignore weeks, months and years.
                    ('W' | 'M' | 'Y', false) => 0,
                    _ => return None,
                };
                ticks += unit * parse_seconds(&std::mem::take(&mut number))?;
            }
        }
    }
    number.is_empty().then_some(ticks)
}

fn parse_clock(text: &str) -> Option<i128> {
    let (days, clock) = match text.split_once('.') {
        Some((days, clock)) if clock.contains(':') => (days.parse::<i128>().ok()?, clock),
        _ => (0, text),
    };
    let mut parts = clock.splitn(3, ':');
    let hours: i128 = parts.next()?.parse().ok()?;
    let minutes: i128 = parts.next()?.parse().ok()?;
    let seconds = parts.next().map_or(Some(0), parse_seconds)?;
    Some((days * 86_400 + hours * 3_600 + minutes * 60) * TICKS + seconds)
}

fn parse_seconds(text: &str) -> Option<i128> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) || whole.is_empty() {
        return None;
    }
    let fraction: String = format!("{fraction:0<7}").chars().take(7).collect();
    Some(whole.parse::<i128>().ok()? * TICKS + fraction.parse::<i128>().ok()?)
}

/// Formats a duration in the XSD form. Days are the largest unit.
pub(crate) fn write(ticks: i64) -> String {
    let sign = if ticks < 0 { "-" } else { "" };
    let ticks = i128::from(ticks).abs();
    let (seconds, fraction) = (ticks / TICKS, ticks % TICKS);
    let (days, hours, minutes, seconds) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    let fraction =
        if fraction == 0 { String::new() } else { format!(".{fraction:07}").trim_end_matches('0').to_owned() };
    let unit = |value: i128, unit: &str| if value == 0 { String::new() } else { format!("{value}{unit}") };
    let seconds = match (seconds, fraction.as_str()) {
        (0, "") => String::new(),
        _ => format!("{seconds}{fraction}S"),
    };
    let time = [unit(hours, "H"), unit(minutes, "M"), seconds].concat();
    match (days, time.as_str()) {
        (0, "") => "PT0S".to_owned(),
        (_, "") => format!("{sign}P{days}D"),
        _ => format!("{sign}P{}T{time}", unit(days, "D")),
    }
}

/// Formats a duration in the clock form, which every host reads in map keys.
pub(crate) fn write_clock(ticks: i64) -> String {
    let sign = if ticks < 0 { "-" } else { "" };
    let ticks = i128::from(ticks).abs();
    let (seconds, fraction) = (ticks / TICKS, ticks % TICKS);
    let days = if seconds >= 86_400 { format!("{}.", seconds / 86_400) } else { String::new() };
    let fraction = if fraction == 0 { String::new() } else { format!(".{fraction:07}") };
    format!("{sign}{days}{:02}:{:02}:{:02}{fraction}", seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_and_written() {
        for text in ["PT0S", "PT1H30M", "P1DT12H1.5S", "-PT1.5S", "PT0.0000001S", "-P10675199DT2H48M5.4775391S", "P2D"]
        {
            assert_eq!(parse(text, false).map(write).as_deref(), Some(text), "{text}");
        }
        let clocks =
            [("01:30:00", "PT1H30M"), ("-1.12:00:00.5", "-P1DT12H0.5S"), ("90", "PT1M30S"), ("14:30", "PT14H30M")];
        for (clock, xsd) in clocks {
            assert_eq!(parse(clock, true).map(write).as_deref(), Some(xsd), "{clock}");
            assert_eq!(parse(clock, false), None, "{clock}");
        }
        assert_eq!(write_clock(parse("P1DT2H", false).unwrap()), "1.02:00:00");
        assert_eq!(parse("P1W", false), Some(0));
        for text in ["", "P1X", "PT1", "1:x:2", "PTS"] {
            assert_eq!(parse(text, true), None, "{text}");
        }
    }
}
