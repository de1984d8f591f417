//! Converts the words of a line: code, addresses, names that look like code, and text.

use super::text::{code, is_printable};

/// Appends words to a line of Markdown. White space around them is kept as one space.
pub(super) fn push_words(line: &mut String, text: &str) {
    for span in spans(text) {
        match span {
            Span::Code(text) => {
                let (starts, ends) = (text.starts_with(' '), text.ends_with(' '));
                // Spaces at both ends belong to the delimiters, a space at only one end to the text.
                if starts && !ends {
                    push_blank(line);
                }
                push(line, &code(text));
                if ends && !starts {
                    push_blank(line);
                }
            }
            Span::Text(text) => {
                if text.starts_with(char::is_whitespace) {
                    push_blank(line);
                }
                for word in text.split_whitespace() {
                    push(line, &escape_word(word));
                    push_blank(line);
                }
                if !text.ends_with(char::is_whitespace) && line.ends_with(' ') && !text.is_empty() {
                    line.pop();
                }
            }
        }
    }
}

/// Appends a space unless the line ends with one.
pub(super) fn push_blank(line: &mut String) {
    if !line.is_empty() && !line.ends_with([' ', '\n']) {
        line.push(' ');
    }
}

/// Appends Markdown.
pub(super) fn push(line: &mut String, markdown: &str) {
    // Two adjacent pieces of code would become one with longer delimiters.
    if line.ends_with('`') && !line.ends_with("\\`") && markdown.starts_with('`') {
        line.push(' ');
    }
    line.push_str(markdown);
}

/// Escapes characters that would begin a list, a heading, a block quote or a table at the start of a line.
pub(super) fn escape_line(mut line: String) -> String {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if line.starts_with(['#', '+', '-', '=', '|', '~', ':']) {
        line.insert(0, '\\');
    } else if digits > 0 && line.get(digits..).is_some_and(|rest| rest.starts_with(['.', ')'])) {
        line.insert(digits, '\\');
    }
    line
}

enum Span<'a> {
    /// The text between two runs of the same number of backticks.
    Code(&'a str),
    Text(&'a str),
}

fn spans(text: &str) -> Vec<Span<'_>> {
    let mut spans = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('`')) {
        let open = at + found;
        let marks = run_of_backticks(text, open);
        let inside = open + marks;
        let Some(close) = closing_backticks(text, inside, marks) else {
            at = inside;
            continue;
        };
        let content = text.get(inside..close).unwrap_or_default();
        at = close + marks;
        if content.trim().chars().any(is_printable) {
            spans.extend(text.get(start..open).filter(|text| !text.is_empty()).map(Span::Text));
            spans.push(Span::Code(content));
            start = at;
        }
    }
    spans.extend(text.get(start..).filter(|text| !text.is_empty()).map(Span::Text));
    spans
}

fn run_of_backticks(text: &str, at: usize) -> usize {
    text.get(at..).map_or(0, |rest| rest.len() - rest.trim_start_matches('`').len())
}

/// Finds the next run of exactly `marks` backticks.
fn closing_backticks(text: &str, mut at: usize, marks: usize) -> Option<usize> {
    loop {
        at += text.get(at..)?.find('`')?;
        match run_of_backticks(text, at) {
            run if run == marks => return Some(at),
            run => at += run,
        }
    }
}

/// Escapes a word, or marks it as code.
fn escape_word(word: &str) -> String {
    if is_plain(word) {
        return word.to_owned();
    }
    if let Some(address) = Address::find(word) {
        return format!("{}<{}>{}", escape_word(address.before), address.url, escape_marks(address.after));
    }
    if word.contains('\'') {
        return word.split('\'').map(escape_word).collect::<Vec<_>>().join("'");
    }
    let start = word.find(char::is_alphanumeric).unwrap_or(word.len());
    let (before, rest) = word.split_at(start);
    let (core, after) = rest.split_at(rest.trim_end_matches(|c: char| !c.is_alphanumeric()).len());
    if core.chars().all(is_inside_name) {
        let (core, after) = match after.strip_prefix("()") {
            Some(after) => (format!("{core}()"), after),
            None => (core.to_owned(), after),
        };
        if core.ends_with("()") || looks_like_code(&core) {
            let without_underscores = before.trim_end_matches('_');
            let underscores = before.get(without_underscores.len()..).unwrap_or_default();
            return format!("{}`{underscores}{core}`{}", escape_marks(without_underscores), escape_marks(after));
        }
    }
    escape_marks(word)
}

/// Whether there is nothing to escape or mark in a word, as in most words.
fn is_plain(word: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".,;!?-".contains(&byte);
    word.bytes().all(is_plain) && word.bytes().filter(u8::is_ascii_uppercase).count() < 2
}

fn is_inside_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | ':' | '/' | '.' | '-' | '@')
}

/// A web address in a word.
struct Address<'a> {
    before: &'a str,
    url: &'a str,
    after: &'a str,
}

impl<'a> Address<'a> {
    fn find(word: &'a str) -> Option<Self> {
        let (scheme, _) = word.split_once("://")?;
        let start = scheme.trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len();
        let (before, rest) = word.split_at_checked(start)?;
        let url = rest.get(..end_of_address(rest))?.trim_end_matches(['.', ',', ';', ':', '!', '?']);
        Some(Self { before, url, after: rest.get(url.len()..)? })
    }
}

/// Finds the end of an address: a bracket that was not opened in it, or a character that cannot be part of an address.
fn end_of_address(text: &str) -> usize {
    let mut open = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '{' => open.push(c),
            ')' | ']' | '}' => {
                let is_pair = matches!((open.pop(), c), (Some('('), ')') | (Some('['), ']') | (Some('{'), '}'));
                if !is_pair {
                    return at;
                }
            }
            '<' | '>' | '"' | '\'' | '`' | '|' | '\\' | '^' => return at,
            _ => {}
        }
    }
    text.len()
}

/// Whether clippy's `doc_markdown` wants a word, or a part of a dotted name, to be marked as code.
fn looks_like_code(word: &str) -> bool {
    word.contains('_') || word.contains("::") || word.split('.').any(|part| is_camel_case(part) && !is_word(part))
}

/// Whether a word is camel case by clippy's rule: plurals of abbreviations are not, nor is anything that begins with a lower-case letter.
fn is_camel_case(word: &str) -> bool {
    let singular = word.strip_suffix('s').unwrap_or(word);
    !word.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_lowercase())
        && singular.chars().all(char::is_alphanumeric)
        && singular.chars().filter(|c| c.is_uppercase()).count() > 1
        && singular.chars().any(char::is_lowercase)
}

/// Whether clippy allows a word although it has capitals inside.
fn is_word(word: &str) -> bool {
    const WORDS: [&str; 41] = [
        "DevOps",
        "DirectX",
        "ECMAScript",
        "GPLv2",
        "GPLv3",
        "GitHub",
        "GitLab",
        "IPv4",
        "IPv6",
        "ClojureScript",
        "CoffeeScript",
        "JavaScript",
        "PostScript",
        "PureScript",
        "TypeScript",
        "PowerPC",
        "PowerShell",
        "WebAssembly",
        "NaN",
        "NaNs",
        "OAuth",
        "GraphQL",
        "OCaml",
        "OpenAL",
        "OpenDNS",
        "OpenGL",
        "OpenMP",
        "OpenSSH",
        "OpenSSL",
        "OpenStreetMap",
        "OpenTelemetry",
        "WebGL",
        "WebGPU",
        "WebRTC",
        "WebSocket",
        "WebTransport",
        "FreeBSD",
        "NetBSD",
        "OpenBSD",
        "NixOS",
        "TeX",
    ];
    WORDS.contains(&word)
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

    fn words(text: &str) -> String {
        let mut line = String::new();
        push_words(&mut line, text);
        line
    }

    #[test]
    fn code_in_backticks_stays_code() {
        for (text, shown) in [
            ("Set `mode`, e.g. `{\"a\": 1}`", "Set `mode`, e.g. `{\"a\": 1}`"),
            ("a ``b`c`` d", "a ``b`c`` d"),
            ("`a``b`", "```a``b```"),
            ("`a`, `b`` and `c", "`a`, ```b`` and``` c"),
            ("`a and ``b", "\\`a and \\`\\`b"),
            ("a `UserId`, or ``UserId", "a `UserId`, or \\`\\``UserId`"),
            ("`` ` ``", "`` ` ``"),
            ("` `", "\\` \\`"),
        ] {
            assert_eq!(words(text), shown, "{text:?}");
        }
    }

    #[test]
    fn addresses_are_links_as_a_whole() {
        for (text, shown) in [
            ("see https://example.org/a_b, or [this]", "see <https://example.org/a_b>, or \\[this\\]"),
            ("https://x.org/a[0]?b={c}", "<https://x.org/a[0]?b={c}>"),
            ("(https://x.org/wiki/A_(b))", "(<https://x.org/wiki/A_(b)>)"),
            ("[https://x.org/a[1]].", "\\[<https://x.org/a[1]>\\]."),
            ("\"https://x.org/a\"", "\"<https://x.org/a>\""),
            ("[https://x.org](y), {https://x.org/{a}}", "\\[<https://x.org>\\](y), {<https://x.org/{a}>}"),
        ] {
            assert_eq!(words(text), shown, "{text:?}");
        }
    }

    #[test]
    fn what_clippy_takes_for_words_is_plain() {
        for word in ["IDs", "URLs", "PDFs", "OAuth", "iOS", "macOS", "GitHub", "IPv4", "eBay", "userId", "XML", "A-OrB"]
        {
            assert_eq!(words(word), word);
        }
        for (text, shown) in [
            ("use ServiceStack or user_id (UserId).", "use `ServiceStack` or `user_id` (`UserId`)."),
            ("ServiceStack's 'UserId'", "`ServiceStack`'s '`UserId`'"),
            ("call reset() or (this).", "call `reset()` or (this)."),
            ("OpenID, Shop.PetStore, a::b, __a_b", "`OpenID`, `Shop.PetStore`, `a::b`, `__a_b`"),
        ] {
            assert_eq!(words(text), shown, "{text:?}");
        }
    }
}
