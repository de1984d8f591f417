//! Strings and numbers in JSON: where they end, and what they mean.

/// A number in JSON.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Number {
    Int(i64),
    UInt(u64),
    /// A number with a fraction or an exponent, one beyond 64 bits, or `-0`.
    Other,
}

/// The number at a position, and its end; `None` if there is none.
pub(super) fn number_at(text: &str, start: usize) -> Option<(Number, usize)> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).filter(|byte| byte.is_ascii_digit()).map(|byte| u64::from(byte - b'0'));
    let is_negative = bytes.get(start) == Some(&b'-');
    let mut at = start + usize::from(is_negative);
    let mut whole = Some(digit(at)?);
    at += 1;
    while let Some(digit) = digit(at) {
        // No digit can follow a leading zero.
        if whole == Some(0) {
            return None;
        }
        whole = whole.and_then(|whole| whole.checked_mul(10)?.checked_add(digit));
        at += 1;
    }
    let end_of_digits = |mut at: usize| {
        digit(at)?;
        while digit(at).is_some() {
            at += 1;
        }
        Some(at)
    };
    let mut is_whole = true;
    if bytes.get(at) == Some(&b'.') {
        (at, is_whole) = (end_of_digits(at + 1)?, false);
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        (at, is_whole) = (end_of_digits(at + 1 + sign)?, false);
    }
    let number = match whole.filter(|_| is_whole) {
        Some(value) if !is_negative => Number::UInt(value),
        // An integer cannot be -0.
        Some(value @ 1..) => 0_i64.checked_sub_unsigned(value).map_or(Number::Other, Number::Int),
        _ => Number::Other,
    };
    Some((number, at))
}

/// The number of bytes before the first quote, backslash or control character.
pub(super) fn plain_bytes(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 0xff;
    const TOPS: u64 = ONES << 7;
    /// Sets the top bit of the lowest byte that is less than `number`, which is at most 128.
    const fn below(word: u64, number: u8) -> u64 {
        word.wrapping_sub(ONES * number as u64) & !word & TOPS
    }
    let mut at = 0;
    // Eight bytes at a time. Anything found above the lowest byte may be wrong, and is ignored.
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let word = u64::from_le_bytes(*eight);
        let [quotes, backslashes] = [b'"', b'\\'].map(|byte| below(word ^ (ONES * u64::from(byte)), 1));
        let found = quotes | backslashes | below(word, b' ');
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..b' ')).unwrap_or(rest.len())
}

/// Appends a string without its escapes, the first of which is at `first`, and returns its length including the closing quote. `None` for
/// an invalid escape or a lone surrogate.
pub(super) fn unescape(text: &str, first: usize, into: &mut String) -> Option<usize> {
    let (mut start, mut end) = (0, first);
    loop {
        into.push_str(text.get(start..end)?);
        let mut after = text.get(end..)?.bytes();
        match after.next()? {
            b'"' => return Some(end + 1),
            b'\\' => {}
            _ => return None,
        }
        let mut length = 2;
        into.push(match after.next()? {
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit_at = |at: usize| escaped_unit(text.as_bytes().get(at..)?);
                let unit = unit_at(end)?;
                let units = [Some(unit), unit_at(end + 6).filter(|_| matches!(unit, 0xd800..0xdc00))];
                length = if units[1].is_some() { 12 } else { 6 };
                char::decode_utf16(units.into_iter().flatten()).next()?.ok()?
            }
            plain @ (b'"' | b'\\' | b'/') => char::from(plain),
            _ => return None,
        });
        start = end + length;
        end = start + plain_bytes(text.as_bytes().get(start..)?);
    }
}

/// The UTF-16 unit of the escape `\uXXXX` at the start.
pub(super) fn escaped_unit(text: &[u8]) -> Option<u16> {
    // `from_str_radix` accepts a sign.
    let digits = text.strip_prefix(br"\u")?.get(..4).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}
