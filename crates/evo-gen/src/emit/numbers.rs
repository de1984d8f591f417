//! Numbers as clippy wants them.

/// An integer with `_` between groups of three digits, where it is long.
pub(super) fn integer(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut spelled = if value < 0 { "-".to_owned() } else { String::new() };
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) && digits.len() > 5 {
            spelled.push('_');
        }
        spelled.push(digit);
    }
    spelled
}

/// An integer that a literal alone would take for an `i32`.
pub(super) fn typed(value: i64) -> String {
    integer(value) + if i32::try_from(value).is_ok() { "" } else { "_i64" }
}
