//! Quotes text if necessary.

/// Whether an unquoted string would be misread. Old readers trim unquoted strings.
pub(super) fn needs_quotes(text: &str) -> bool {
    text.is_empty()
        || text.starts_with(char::is_whitespace)
        || text.ends_with(char::is_whitespace)
        || text.contains(['"', ':', ',', '{', '}', '[', ']', '\r', '\n'])
}

/// Quotes a string and doubles the quotes inside it. Nothing else is escaped.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for (index, part) in text.split('"').enumerate() {
        if index > 0 {
            quoted.push_str("\"\"");
        }
        quoted.push_str(part);
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::{needs_quotes, quoted};

    #[test]
    fn only_ambiguous_text_is_quoted() {
        for text in ["a", "a b", "9.90 EUR", "back\\slash", "tab\tinside", "\0", "'q'", "snowman ☃", "null", "a=b&c"]
        {
            assert!(!needs_quotes(text), "{text:?}");
        }
        for text in ["", " a", "a ", "\ta", "a\u{a0}", "\"", "a:b", "a,b", "{", "}", "[", "]", "a\rb", "a\nb"] {
            assert!(needs_quotes(text), "{text:?}");
        }
    }

    #[test]
    fn quotes_are_doubled() {
        assert_eq!(quoted(""), r#""""#);
        assert_eq!(quoted("\""), r#""""""#);
        assert_eq!(quoted("2\" x 1\""), r#""2"" x 1""""#);
    }
}
