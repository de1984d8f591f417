//! Integers that are written with a fraction or an exponent.

/// The most digits of an integer to consider: an `i128` has fewer.
const MOST_DIGITS: usize = 40;

/// The integer that a string exactly represents: `7`, `7.0`, `1E+2`, `9.007199254740993E15`. Never converted through a binary float.
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

/// The value of a float that is a whole number, up to the magnitude beyond which floats can no longer represent every integer.
pub(super) fn whole(value: f64) -> Option<i128> {
    const MOST: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "bounded and without a fraction")]
    (value.fract() == 0.0 && value.abs() <= MOST).then_some(value as i128)
}
