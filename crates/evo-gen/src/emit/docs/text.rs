//! The only place where text from a document becomes documentation.
//!
//! Text is shown as it was typed: line breaks, lists and code in backticks are kept, and everything else that Markdown and rustdoc would
//! treat as markup is escaped. Words are marked as code where clippy would demand it.

use super::fences::{self, Part};
use super::html;
use super::plain;
use super::words::{escape_line, push_blank, push_words};

/// Marks a name from the service as code, on one line, with more backticks than the name has in a row.
pub(in crate::emit) fn code(name: &str) -> String {
    if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'`') {
        return format!("`{name}`");
    }
    if name.is_empty() {
        return "`\"\"`".to_owned();
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

/// Removes line breaks, and characters that are invisible or change the direction of the text, which do not belong in source code.
pub(super) fn printable(text: &str) -> String {
    text.chars().filter(|c| is_printable(*c)).collect()
}

pub(super) fn is_printable(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Converts text from the service to blocks of Markdown: paragraphs, lists and code. HTML is converted too, and line breaks are kept.
pub(in crate::emit) fn escape(text: &str) -> Vec<String> {
    let blocks = fences::split(text).into_iter().flat_map(|part| match part {
        Part::Code(code) => code_block(&html::decode(&code)).into_iter().collect(),
        Part::Text(text) => match html::read(&text) {
            html::Text::Html(pieces) => html::to_markdown(&pieces),
            html::Text::Plain(text) => plain::to_markdown(&text),
        },
    });
    blocks.collect()
}

/// Returns a code block that is not a doctest, without the common indentation of its lines; `None` if it is empty.
pub(super) fn code_block(code: &str) -> Option<String> {
    let lines: Vec<String> =
        code.lines().map(|line| printable(&line.replace('\t', "    ")).trim_end().to_owned()).collect();
    let indents = lines.iter().filter(|line| !line.is_empty()).map(|line| line.len() - line.trim_start().len());
    let indent = indents.min()?;
    let lines: Vec<&str> = lines.iter().map(|line| line.get(indent..).unwrap_or_default()).collect();
    let code = lines.join("\n");
    let code = code.trim_matches('\n');
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    Some(format!("{fence}text\n{code}\n{fence}"))
}

/// Converts text to one line, without HTML and without the escapes that documentation needs.
#[cfg(feature = "cli")]
pub(in crate::emit) fn plain_line(text: &str) -> String {
    let text = match html::read(text) {
        html::Text::Html(pieces) => html::to_line(&pieces),
        html::Text::Plain(text) => text,
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Converts text from the service to one line of Markdown.
pub(super) fn one_line(text: &str) -> String {
    match html::read(text) {
        html::Text::Html(pieces) => html::to_line(&pieces),
        html::Text::Plain(text) => {
            let mut line = String::new();
            for part in text.lines() {
                push_words(&mut line, part);
                push_blank(&mut line);
            }
            escape_line(line.trim_end().to_owned())
        }
    }
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
                vec!["Finds \"things\"; \\\\ a back slash, a \\*/ star and a \\</summary\\> tag.\\\nA second line."],
            ),
            ("one\r\n\r\n  two\tthree", vec!["one", "two three"]),
            ("<a href='https://x.org/y'>", vec!["\\<a href='<https://x.org/y>'\\>"]),
            ("# c\n> d\n+ e\n| f", vec!["\\# c\\\n\\> d\\\n\\+ e\\\n\\| f"]),
            ("```rust\nfn x() {}", vec!["\\`\\`\\`rust\\\nfn `x()` {}"]),
            ("", vec![]),
            ("\u{202e}evil\u{0}", vec!["evil"]),
            ("\u{202e} \u{0} \u{7}\nx \u{0} y", vec!["x y"]),
        ] {
            assert_eq!(escape(text), shown, "{text:?}");
        }
    }

    #[test]
    fn line_ends_stay_visible() {
        for (text, shown) in [
            ("Kind:\r\n  Daily\r\n  Weekly", vec!["Kind:\\\nDaily\\\nWeekly"]),
            ("a\rb\n\nc", vec!["a\\\nb", "c"]),
            ("Kind:<br>Daily<br />Weekly", vec!["Kind:\\\nDaily\\\nWeekly"]),
            ("<b>Kind</b>:\r\n  Daily\r\n  <i>Weekly</i>\r\n\r\nend", vec!["**Kind**:\\\nDaily\\\n*Weekly*", "end"]),
            ("<p>a\nb<p>c", vec!["a b", "c"]),
            ("ends with a back slash \\\nb", vec!["ends with a back slash \\\\\\\nb"]),
        ] {
            assert_eq!(escape(text), shown, "{text:?}");
        }
    }

    #[test]
    fn lists_stay_lists() {
        for (text, shown) in [
            ("Kinds:\n- Daily\n- Weekly", vec!["Kinds:", "- Daily\n- Weekly"]),
            ("* a\n  goes on\n* b\nend", vec!["- a goes on\n- b", "end"]),
            ("1. a\n2) b\n\n\u{2022} c", vec!["1. a\n2. b", "- c"]),
            ("- a\n  - deep\n    1. deeper\n- b", vec!["- a\n   - deep\n      1. deeper\n- b"]),
            ("-1 to 1\n-\n1.5 is\n2026.", vec!["\\-1 to 1\\\n\\-\\\n1\\.5 is\\\n2026\\."]),
            ("- # a\n- - b", vec!["- \\# a\n- \\- b"]),
        ] {
            assert_eq!(escape(text), shown, "{text:?}");
        }
    }

    #[test]
    fn fenced_code_is_code_that_is_no_doctest() {
        for (text, shown) in [
            ("```rust\nfn x() {}\n```", vec!["```text\nfn x() {}\n```"]),
            (
                "Send:\r\n```json\r\n{\r\n\t\"a_b\": [1]\r\n\r\n}\r\n```\r\nor nothing.",
                vec!["Send:", "```text\n{\n    \"a_b\": [1]\n\n}\n```", "or nothing."],
            ),
            ("- a\n  ~~~\n  b\n    c\n  ~~~\n- d", vec!["- a", "```text\nb\n  c\n```", "- d"]),
            ("````md\n```\nx\n```\n````", vec!["````text\n```\nx\n```\n````"]),
            ("```xml\n<p>a &lt; b</p>\n```\n<b>c</b>", vec!["```text\n<p>a < b</p>\n```", "**c**"]),
            ("```\n\n```", vec![]),
            ("``` a ``` b", vec!["`a` b"]),
            ("<pre>\n```\nx\n```\n</pre>", vec!["````text\n```\nx\n```\n````"]),
        ] {
            assert_eq!(escape(text), shown, "{text:?}");
        }
    }

    #[test]
    fn entities_are_read_with_and_without_tags() {
        for (text, shown) in [
            ("Values &gt;=1000", "Values \\>=1000"),
            ("a &amp;&amp; b &lt;i&gt; &#39;x&#x27; &nbsp;&eacute;", "a \\&\\& b \\<i\\> 'x' é"),
            ("R&D, a && b, ?a=1&copy=2", "R\\&D, a \\&\\& b, ?a=1\\&copy=2"),
            ("<b>&gt;</b> &gt;", "**\\>** \\>"),
        ] {
            assert_eq!(escape(text), [shown], "{text:?}");
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
            ("", "`\"\"`"),
        ] {
            assert_eq!(code(name), shown, "{name:?}");
        }
    }
}
