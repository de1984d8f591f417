//! Numbers that were written with a fraction or an exponent: read by their digits, never through a binary float.

use std::borrow::Cow;

/// The most zeros that an exponent adds: no number of .NET that has all its digits has so many.
const MOST_ZEROS: usize = 40;

/// The integer that a text is exactly: `7`, `7.0`, `1E+2`, `9.007199254740993E15`.
pub(super) fn exact_integer(text: &str) -> Option<i128> {
    if let Ok(integer) = text.parse() {
        return Some(integer);
    }
    let plain = without_exponent(text)?;
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    whole.parse().ok().filter(|_| fraction.bytes().all(|byte| byte == b'0'))
}

/// A number without its exponent: `1500` for `1.5E+3`, `0.0015` for `1.5E-3`. `None` if the exponent does not belong to a number, or to one that
/// is too large.
pub(crate) fn without_exponent(text: &str) -> Option<Cow<'_, str>> {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else { return Some(Cow::Borrowed(text)) };
    let unsigned = mantissa.strip_prefix(['-', '+']).unwrap_or(mantissa);
    let sign = if mantissa.starts_with('-') { "-" } else { "" };
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = format!("{whole}{fraction}");
    let point = exponent.parse::<i64>().ok()?.checked_add(i64::try_from(whole.len()).ok()?)?;
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if digits.bytes().all(|byte| byte == b'0') {
        return Some(Cow::Borrowed("0"));
    }
    // What is smaller than all numbers of .NET stays so with fewer zeros.
    let zeros = usize::try_from(point.saturating_neg()).unwrap_or_default().min(MOST_ZEROS);
    let point = usize::try_from(point).unwrap_or_default();
    if point > digits.len() + MOST_ZEROS {
        return None;
    }
    let digits = format!("{}{digits:0<point$}", "0".repeat(zeros));
    let (whole, fraction) = digits.split_at_checked(point)?;
    Some(Cow::Owned(format!("{sign}{whole}.{fraction}")))
}
