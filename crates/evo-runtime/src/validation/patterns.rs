//! .NET patterns that have the same meaning in Rust.

/// Whether a .NET pattern may match a string. Anything that the two engines may read differently is left to the service.
pub(super) fn may_match(pattern: &str, text: &str) -> bool {
    // Other text differs by Unicode version, by UTF-16 units, or by what ends a line.
    let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if !is_plain || !is_common(pattern) {
        return true;
    }
    regex::Regex::new(pattern).map_or(true, |regex| regex.is_match(text))
}

/// Whether a pattern contains only what both engines read in the same way.
fn is_common(pattern: &str) -> bool {
    let mut rest = pattern;
    let mut in_class = false;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        let mut taken = c.len_utf8();
        let is_alike = match c {
            '\\' => {
                let escaped = after.chars().next().unwrap_or_default();
                taken += escaped.len_utf8();
                // `\<` and `\>` are word boundaries in one engine and literals in the other.
                match escaped {
                    '<' | '>' => false,
                    'd' | 'D' | 'w' | 'W' | 's' | 'S' | 't' | 'n' | 'r' | 'f' | 'v' => true,
                    'b' | 'B' => !in_class && !after.get(1..).unwrap_or_default().starts_with('{'),
                    'A' | 'z' => !in_class,
                    escaped => escaped.is_ascii_punctuation() || escaped == ' ',
                }
            }
            // Nested classes, and operators between classes.
            '[' if in_class => false,
            '[' => {
                in_class = true;
                let content = after.strip_prefix('^').unwrap_or(after);
                !content.starts_with([']', '&', '~', '-'])
            }
            ']' => std::mem::take(&mut in_class),
            '&' | '~' | '-' if in_class => !after.starts_with(c),
            '(' if !in_class => !after.starts_with('?') || after.starts_with("?:"),
            '{' if !in_class => is_quantifier(after),
            '}' if !in_class => true,
            c => c.is_ascii(),
        };
        if !is_alike {
            return false;
        }
        // The content of braces is a quantifier: digits and a comma.
        rest = rest.get(taken..).unwrap_or_default();
    }
    !in_class
}

/// `2}`, `2,}`, `2,3}`: only .NET reads anything else in braces literally.
fn is_quantifier(after: &str) -> bool {
    let Some((bounds, _)) = after.split_once('}') else { return false };
    let (least, most) = bounds.split_once(',').unwrap_or((bounds, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    !least.is_empty() && are_digits(least) && are_digits(most)
}
