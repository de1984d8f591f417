//! The tokens of a Rust text, as pieces of it.
//!
//! Every file that is written or compared goes through here, which is why this is no parser of a library: nothing is copied, and
//! nothing is checked that a comparison does not need.

use unicode_ident::{is_xid_continue, is_xid_start};

/// A token. A bracket is followed by the tokens inside it, and by the one that closes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'text> {
    pub kind: Kind,
    pub text: &'text str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name, a keyword, or the name of a lifetime.
    Ident,
    /// One character.
    Punct,
    Literal,
    /// The text of `///` or `/** */`.
    OuterDoc,
    /// The text of `//!` or `/*! */`.
    InnerDoc,
    /// A bracket, and how many tokens stand inside it.
    Open(usize),
    Close,
}

/// The tokens of `text`, or `None` when it is no Rust.
pub(super) fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    let mut tokens: Vec<Token<'_>> = Vec::with_capacity(text.len() / 8);
    let mut open = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (kind, length) = match first {
            c if c.is_whitespace() || c == '\u{200e}' || c == '\u{200f}' => {
                rest = rest.get(c.len_utf8()..)?;
                continue;
            }
            '/' if rest.starts_with("//") || rest.starts_with("/*") => {
                let length = comment_length(rest)?;
                let (comment, after) = rest.split_at_checked(length)?;
                tokens.extend(documentation(comment));
                rest = after;
                continue;
            }
            '(' | '[' | '{' => {
                open.push(tokens.len());
                (Kind::Open(0), 1)
            }
            ')' | ']' | '}' => {
                let opened = open.pop()?;
                let inside = tokens.len() - opened - 1;
                let bracket = tokens.get_mut(opened)?;
                if !matches!((bracket.text, first), ("(", ')') | ("[", ']') | ("{", '}')) {
                    return None;
                }
                bracket.kind = Kind::Open(inside);
                (Kind::Close, 1)
            }
            _ => leaf(first, rest)?,
        };
        let (text, after) = rest.split_at_checked(length)?;
        tokens.push(Token { kind, text });
        rest = after;
    }
    open.is_empty().then_some(tokens)
}

/// The kind and length of the token that `text` begins with, which is no bracket.
fn leaf(first: char, text: &str) -> Option<(Kind, usize)> {
    if let Some(length) = literal_length(first, text) {
        return Some((Kind::Literal, length));
    }
    let name = text.strip_prefix("r#").unwrap_or(text);
    if name.starts_with(|c| c == '_' || is_xid_start(c)) {
        return Some((Kind::Ident, text.len() - name.len() + name_length(name)));
    }
    "~!@#$%^&*-=+|;:,<.>/?'".contains(first).then_some((Kind::Punct, 1))
}

fn name_length(text: &str) -> usize {
    text.find(|c| !is_xid_continue(c)).unwrap_or(text.len())
}

/// The length of the literal that `text` begins with, if it begins with one that also ends.
fn literal_length(first: char, text: &str) -> Option<usize> {
    if first.is_ascii_digit() {
        return Some(number_length(text));
    }
    let quoted = text.trim_start_matches(['b', 'c', 'r', '#']);
    let before = text.get(..text.len() - quoted.len())?;
    let length = match before.trim_end_matches('#') {
        "r" | "br" | "cr" if quoted.starts_with('"') => raw_string_length(text, before)?,
        _ if before.ends_with('#') => return None,
        "" | "b" | "c" if quoted.starts_with('"') => before.len() + quoted_length(quoted, '"')?,
        "" | "b" if quoted.starts_with('\'') => before.len() + character_length(quoted)?,
        _ => return None,
    };
    Some(length + text.get(length..).map_or(0, suffix_length))
}

/// The length of the suffix of a literal: `u8` in `1u8`.
fn suffix_length(text: &str) -> usize {
    if text.starts_with(|c| c == '_' || is_xid_start(c)) { name_length(text) } else { 0 }
}

/// The length of a text from quote to quote.
fn quoted_length(text: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            c if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The length of a character in quotes; `None` for a lifetime.
fn character_length(text: &str) -> Option<usize> {
    let c = text.chars().nth(1)?;
    if c == '\\' {
        return quoted_length(text, '\'');
    }
    let length = 1 + c.len_utf8();
    text.get(length..)?.starts_with('\'').then_some(length + 1)
}

/// The length of a raw text, of which `before` stands before the quote.
fn raw_string_length(text: &str, before: &str) -> Option<usize> {
    let start = before.len() + 1;
    let hashes = before.len() - before.trim_end_matches('#').len();
    let inside = text.get(start..)?;
    inside.match_indices('"').map(|(at, _)| start + at + 1).find_map(|end| {
        let marks = text.get(end..end + hashes)?;
        marks.bytes().all(|byte| byte == b'#').then_some(end + hashes)
    })
}

/// The length of a number with its suffix. A dot belongs to it unless a method, a field or another dot follows.
fn number_length(text: &str) -> usize {
    let mut at = name_length(text);
    let fraction = text.get(at..).and_then(|rest| rest.strip_prefix('.'));
    if let Some(fraction) = fraction.filter(|rest| !rest.starts_with(|c| c == '.' || c == '_' || is_xid_start(c))) {
        at += 1 + name_length(fraction);
    }
    // The sign of an exponent.
    let is_decimal = !text.starts_with("0x") && text.get(..at).is_some_and(|number| number.ends_with(['e', 'E']));
    match text.get(at..).and_then(|rest| rest.strip_prefix(['+', '-'])) {
        Some(exponent) if is_decimal && exponent.starts_with(|c: char| c.is_ascii_digit()) => {
            at + 1 + name_length(exponent)
        }
        _ => at,
    }
}

/// The length of a comment without the end of its line; block comments hold others.
fn comment_length(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let step = if rest.starts_with("/*") {
            depth += 1;
            2
        } else if rest.starts_with("*/") {
            depth -= 1;
            2
        } else {
            rest.chars().next().map_or(1, char::len_utf8)
        };
        at += step;
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// A comment that documents something.
fn documentation(comment: &str) -> Option<Token<'_>> {
    if comment.starts_with("////") || comment.starts_with("/***") || comment == "/**/" {
        return None;
    }
    let (kind, text) = match (comment.get(..3)?, comment.get(3..)?) {
        ("///", text) => (Kind::OuterDoc, text),
        ("//!", text) => (Kind::InnerDoc, text),
        ("/**", text) => (Kind::OuterDoc, text.strip_suffix("*/")?),
        ("/*!", text) => (Kind::InnerDoc, text.strip_suffix("*/")?),
        _ => return None,
    };
    Some(Token { kind, text })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use proc_macro2::{Delimiter, TokenStream, TokenTree};

    use super::*;

    /// What proc-macro2 reads, with a piece for each bracket, and documentation as what it is short for.
    fn expected(text: &str) -> Option<Vec<String>> {
        fn add(stream: TokenStream, pieces: &mut Vec<String>) {
            for token in stream {
                if let TokenTree::Group(group) = &token {
                    let (open, close) = match group.delimiter() {
                        Delimiter::Parenthesis => ("(", ")"),
                        Delimiter::Brace => ("{", "}"),
                        Delimiter::Bracket | Delimiter::None => ("[", "]"),
                    };
                    pieces.push(open.to_owned());
                    add(group.stream(), pieces);
                    pieces.push(close.to_owned());
                } else {
                    pieces.push(token.to_string());
                }
            }
        }
        let mut pieces = Vec::new();
        add(text.parse().ok()?, &mut pieces);
        Some(pieces)
    }

    fn found(text: &str) -> Option<Vec<String>> {
        let mut pieces = Vec::new();
        for token in tokens(text)? {
            let marks: &[&str] = match token.kind {
                Kind::OuterDoc => &["#", "[", "doc", "="],
                Kind::InnerDoc => &["#", "!", "[", "doc", "="],
                _ => {
                    pieces.push(token.text.to_owned());
                    continue;
                }
            };
            pieces.extend(marks.iter().map(|mark| (*mark).to_owned()));
            pieces.push(proc_macro2::Literal::string(token.text).to_string());
            pieces.push("]".to_owned());
        }
        Some(pieces)
    }

    #[test]
    fn tokens_are_those_of_rust() {
        for text in [
            "let a: &'a str = 'b'; let c = '\\''; let d = b'\\\\'; let e = b\"f\\\"g\"; let h = c\"i\"; 'j: loop {}",
            "r\"a\" r#\"b\"c\"# br##\"d\"#e\"## r#type r#\"\"#suffix \"f\"g 'h'i",
            "1 1.0 1. 1..2 1.max(2) 0xff_u8 1e5 1E-5 1.5e+3f64 0b1 1_000 a.0.1 -1 0xe-1 1u8-2",
            "/* a /* b */ c */ x /**/ y /***/ z //// n\n/// o\n//! p\n/** q */ /*! r */ /*** s */ t // u",
            "#[doc = \"x\"] <- -> => :: ..= ~ ? @ $ ^ | % \u{e4}\u{df} _a _",
            "'a' 'ab 'a,'b '\u{e4}' '\\u{e4}'",
            "",
            "(a [b {c}])",
            "(a [b)",
            "(",
            ")",
            "\"a",
            "r#\"a\"",
            "/* a",
            "\u{2603}",
        ] {
            assert_eq!(found(text), expected(text), "{text}");
        }
    }

    #[test]
    fn tokens_of_files_are_those_of_rust() {
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
        let mut count = 0;
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let text = fs::read_to_string(&path).unwrap();
                    assert_eq!(found(&text), expected(&text), "{}", path.display());
                    count += 1;
                }
            }
        }
        assert!(count > 100, "{count} files");
    }
}
