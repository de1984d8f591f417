//! Numbers that were written with a fraction or an exponent: read by their digits, never through a binary float.

use std::borrow::Cow;

/// The maximum number of zeros that an exponent adds. No .NET number that keeps all its digits has as many.
const MAX_ZEROS: usize = 40;

/// The integer that a text is exactly: `7`, `7.0`, `1E+2`, `9.007199254740993E15`.
pub(super) fn exact_integer(text: &str) -> Option<i128> {
    if let Ok(integer) = text.parse() {
        return Some(integer);
    }
    let plain = without_exponent(text)?;
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    whole.parse().ok().filter(|_| fraction.bytes().all(|byte| byte == b'0'))
}

/// Writes a number without its exponent: `1500` for `1.5E+3`, `0.0015` for `1.5E-3`. `None` if the text is not a number, or if the number is
/// too large.
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
    // A number below the smallest one of .NET is still below it with fewer zeros.
    let zeros = usize::try_from(point.saturating_neg()).unwrap_or_default().min(MAX_ZEROS);
    let point = usize::try_from(point).unwrap_or_default();
    if point > digits.len() + MAX_ZEROS {
        return None;
    }
    let digits = format!("{}{digits:0<point$}", "0".repeat(zeros));
    let (whole, fraction) = digits.split_at_checked(point)?;
    Some(Cow::Owned(format!("{sign}{whole}.{fraction}")))
}
