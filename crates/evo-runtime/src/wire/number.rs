//! Integers that were written with a fraction or an exponent.

/// The most digits of an integer that is looked at: an `i128` has fewer.
const MOST_DIGITS: usize = 40;

/// The integer that a text is exactly: `7`, `7.0`, `1E+2`, `9.007199254740993E15`. Never through a binary float.
pub(super) fn exact_integer(text: &str) -> Option<i128> {
    if let Ok(integer) = text.parse() {
        return Some(integer);
    }
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(index) => (text.get(..index)?, text.get(index + 1..)?.parse::<i64>().ok()?),
        None => (text, 0),
    };
    let unsigned = mantissa.strip_prefix(['-', '+']).unwrap_or(mantissa);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = format!("{whole}{fraction}");
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return Some(0);
    }
    let length = usize::try_from(exponent.checked_add(i64::try_from(whole.len()).ok()?)?).ok()?;
    if length < significant.len() || length > MOST_DIGITS + digits.len() - digits.trim_start_matches('0').len() {
        return None;
    }
    let sign = if mantissa.starts_with('-') { "-" } else { "" };
    format!("{sign}{significant:0<length$}").parse().ok()
}

/// The value of a float that is a whole number, up to the size from which floats no longer tell all integers apart.
pub(super) fn whole(value: f64) -> Option<i128> {
    const MOST: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "bounded and without a fraction")]
    (value.fract() == 0.0 && value.abs() <= MOST).then_some(value as i128)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_exact_or_refused() {
        for (text, expected) in [
            ("7", Some(7)),
            ("-7.0", Some(-7)),
            ("+7", Some(7)),
            ("1E+2", Some(100)),
            ("1.50e1", Some(15)),
            ("1200e-2", Some(12)),
            ("0.00e5", Some(0)),
            ("0e-999999999999", Some(0)),
            ("00012.0", Some(12)),
            ("0.0012e4", Some(12)),
            ("9.007199254740993E15", Some(9_007_199_254_740_993)),
            ("1.8446744073709551615E19", Some(18_446_744_073_709_551_615)),
            ("1.5", None),
            ("1200e-3", None),
            ("1e39", None),
            ("1e999999999999999999999", None),
            ("1e9223372036854775807", None),
            ("e5", None),
            (".", None),
            ("1.2.3", None),
            ("0x10", None),
            ("", None),
        ] {
            assert_eq!(exact_integer(text), expected, "{text}");
        }
    }
}
