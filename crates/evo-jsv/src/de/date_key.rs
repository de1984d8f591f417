//! Recognizes dates as map keys. Servers do not quote them, although they contain colons.

/// Returns the length of a date and time at the start of a pair, if there is one. Other unquoted keys end at the first colon, a date at the
/// colon after its time zone.
pub(super) fn date_key_length(pair: &str) -> Option<usize> {
    let bytes = pair.as_bytes();
    let mut length = matching(bytes, 0, b"0000-00-00T00:00:00")?;
    if bytes.get(length) == Some(&b'.') {
        let digits = bytes.iter().skip(length + 1).take_while(|byte| byte.is_ascii_digit()).count();
        length += 1 + digits;
    }
    length = match bytes.get(length) {
        Some(b'Z') => length + 1,
        Some(b'+' | b'-') => matching(bytes, length + 1, b"00:00").or_else(|| matching(bytes, length + 1, b"0000"))?,
        _ => length,
    };
    (bytes.get(length) == Some(&b':')).then_some(length)
}

/// Returns the end of `form` if it matches at the offset. A `0` in the form matches any digit.
fn matching(bytes: &[u8], offset: usize, form: &[u8]) -> Option<usize> {
    let end = offset + form.len();
    let found = bytes.get(offset..end)?;
    let matches = found.iter().zip(form).all(|(byte, form)| match form {
        b'0' => byte.is_ascii_digit(),
        literal => byte == literal,
    });
    matches.then_some(end)
}

#[cfg(test)]
mod tests {
    use super::date_key_length;

    #[test]
    fn the_key_ends_at_the_colon_after_the_zone() {
        for key in [
            "2012-05-01T10:20:30Z",
            "2012-05-01T10:20:30.1234567Z",
            "2012-05-01T10:20:30",
            "2012-05-01T10:20:30.5",
            "2012-05-01T10:20:30+08:00",
            "2012-05-01T10:20:30.0000000-0330",
        ] {
            assert_eq!(date_key_length(&format!("{key}:1:2}}")), Some(key.len()), "{key}");
        }
    }

    #[test]
    fn other_keys_are_not_dates() {
        for pair in ["", "a:1", "2012-05-01:1", "2012-05-01T10:20:1", "2012-05-01T10:20:30Z", "2012-05-01T10:20:30+8:1"]
        {
            assert_eq!(date_key_length(pair), None, "{pair}");
        }
    }
}
