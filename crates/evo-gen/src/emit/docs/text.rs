//! The one place where text of a document becomes documentation.
//!
//! Text is shown as it was typed: what Markdown and rustdoc would read as markup is escaped, and words that look like code, which
//! clippy asks to be marked, are.

use std::borrow::Cow;

use super::html;

/// A name of the service as code, on one line. More backticks stand around it than it holds in a row.
pub(in crate::emit) fn code(name: &str) -> String {
    if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'`') {
        return format!("`{name}`");
    }
    let clean = printable(name);
    let name = match clean.trim() {
        "" => "(unprintable)",
        name => name,
    };
    let longest = name.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let marks = "`".repeat(longest + 1);
    let pad = if name.starts_with('`') || name.ends_with('`') { " " } else { "" };
    format!("{marks}{pad}{name}{pad}{marks}")
}

/// The text without line breaks, and without characters that show nothing or turn the direction of the text around: they
/// have no place in source code.
pub(super) fn printable(text: &str) -> String {
    text.chars().filter(|c| is_printable(*c)).collect()
}

fn is_printable(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The text of a service as Markdown: HTML as what it shows, anything else unchanged. Blank lines separate paragraphs; other line
/// breaks stay.
pub(in crate::emit) fn escape(text: &str) -> Vec<String> {
    if html::is_html(text) {
        return html::to_markdown(text);
    }
    let text =
        if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { Cow::Borrowed(text) };
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.split('\n') {
        let line = escape_line(escape_words(line));
        if line.is_empty() {
            open = false;
            continue;
        }
        match paragraphs.last_mut() {
            Some(paragraph) if open => {
                paragraph.push('\n');
                paragraph.push_str(&line);
            }
            _ => paragraphs.push(line),
        }
        open = true;
    }
    paragraphs
}

/// The text of a service as Markdown on one line.
pub(super) fn one_line(text: &str) -> String {
    if html::is_html(text) {
        return html::to_line(text);
    }
    escape_line(escape_words(text))
}

/// The words of a line; one of which nothing can be shown is none.
fn escape_words(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len());
    for word in line.split_whitespace() {
        let word = if is_plain(word) { Cow::Borrowed(word) } else { escape_word(word).into() };
        if !escaped.is_empty() && !word.is_empty() {
            escaped.push(' ');
        }
        escaped.push_str(&word);
    }
    escaped
}

/// Whether nothing in a word needs a look, as in most words.
fn is_plain(word: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".,;!?-".contains(&byte);
    word.bytes().all(is_plain) && word.bytes().filter(u8::is_ascii_uppercase).count() < 2
}

/// The line, where what begins a list, a heading, a quotation or a table at the start of a line is text.
pub(super) fn escape_line(mut line: String) -> String {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if line.starts_with(['#', '+', '-', '=', '|', '~', ':']) {
        line.insert(0, '\\');
    } else if digits > 0 && line.get(digits..).is_some_and(|rest| rest.starts_with(['.', ')'])) {
        line.insert(digits, '\\');
    }
    line
}

pub(super) fn escape_word(word: &str) -> String {
    let is_inner = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '/' | '.' | '-' | '@');
    if let Some(colon) = word.find("://") {
        let scheme = word.get(..colon).unwrap_or_default();
        let start = scheme.trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len();
        let (before, rest) = word.split_at(start);
        let end = rest.find(['<', '>', '"', '\'', '`', ')', ']', '}', '|', '\\', '^']).unwrap_or(rest.len());
        let (url, after) = rest.split_at(end);
        let trimmed = url.trim_end_matches(['.', ',', ';', ':', '!', '?']);
        let after = format!("{}{after}", url.get(trimmed.len()..).unwrap_or_default());
        return format!("{}<{trimmed}>{}", escape_word(before), escape_marks(&after));
    }
    if word.contains('\'') {
        return word.split('\'').map(escape_word).collect::<Vec<_>>().join("'");
    }
    let start = word.find(char::is_alphanumeric).unwrap_or(word.len());
    let (before, rest) = word.split_at(start);
    let end = rest.rfind(char::is_alphanumeric).map_or(rest.len(), |last| {
        last + rest.get(last..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
    });
    let (core, after) = rest.split_at(end);
    if core.chars().all(is_inner) {
        let (core, after) = match after.strip_prefix("()") {
            Some(after) => (format!("{core}()"), after),
            None => (core.to_owned(), after),
        };
        if core.ends_with("()") || looks_like_code(&core) {
            // Somebody marked it already.
            let (before, after) = match (before.strip_suffix('`'), after.strip_prefix('`')) {
                (Some(before), Some(after)) => (before, after),
                _ => (before, after),
            };
            let unled = before.trim_end_matches('_');
            let led = before.get(unled.len()..).unwrap_or_default();
            return format!("{}`{led}{core}`{}", escape_marks(unled), escape_marks(after));
        }
    }
    escape_marks(word)
}

/// Words that clippy's `doc_markdown` wants to be marked as code: capitals inside a word, underscores, paths.
fn looks_like_code(word: &str) -> bool {
    let is_camel =
        |part: &str| part.chars().filter(|c| c.is_uppercase()).count() > 1 && part.chars().any(char::is_lowercase);
    word.contains('_') || word.contains("::") || word.split(['/', '.', '-', ':', '@']).any(is_camel)
}

fn escape_marks(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '$' | '|' | '~') {
            escaped.push('\\');
        }
        if is_printable(c) {
            escaped.push(c);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_a_service_is_shown_as_it_was_typed() {
        for (text, shown) in [
            ("The local call SID", vec!["The local call SID"]),
            (
                "Finds \"things\"; \\ a back slash, a */ star and a </summary> tag.\nA second line.",
                vec!["Finds \"things\"; \\\\ a back slash, a \\*/ star and a \\</summary\\> tag.\nA second line."],
            ),
            ("one\r\n\r\n  two\tthree", vec!["one", "two three"]),
            ("see https://example.org/a_b, or [this]", vec!["see <https://example.org/a_b>, or \\[this\\]"]),
            ("<a href='https://x.org/y'>", vec!["\\<a href='<https://x.org/y>'\\>"]),
            ("use ServiceStack or user_id (UserId).", vec!["use `ServiceStack` or `user_id` (`UserId`)."]),
            ("ServiceStack's 'UserId'", vec!["`ServiceStack`'s '`UserId`'"]),
            ("a `UserId`, or ``UserId", vec!["a `UserId`, or \\`\\``UserId`"]),
            ("call reset() or (this).", vec!["call `reset()` or (this)."]),
            ("- a\n1. b\n# c", vec!["\\- a\n1\\. b\n\\# c"]),
            ("```rust\nfn x() {}\n```", vec!["\\`\\`\\`rust\nfn `x()` {}\n\\`\\`\\`"]),
            ("", vec![]),
            ("\u{202e}evil\u{0}", vec!["evil"]),
            ("\u{202e} \u{0} \u{7}\nx \u{0} y", vec!["x y"]),
        ] {
            assert_eq!(escape(text), shown, "{text:?}");
        }
    }

    #[test]
    fn names_of_a_service_stay_inside_their_marks() {
        for (name, shown) in [
            ("Shop.Api", "`Shop.Api`"),
            ("Shop.Page`1", "``Shop.Page`1``"),
            ("`` x", "``` `` x ```"),
            ("x\n; fn evil() {} //", "`x; fn evil() {} //`"),
            ("\u{202e}\n", "`(unprintable)`"),
        ] {
            assert_eq!(code(name), shown, "{name:?}");
        }
    }
}
