//! Splits HTML into text and tags.

use std::borrow::Cow;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

/// A piece of HTML.
pub(in crate::emit) enum Piece {
    Text(String),
    Open {
        name: String,
        /// The address, if the tag is a link that has one.
        href: Option<String>,
        /// The target of an empty element of a C# comment: `<see cref="T:Shop.Pet"/>`.
        reference: Option<String>,
        /// The tag as it is written in the text.
        source: String,
    },
    Close {
        name: String,
    },
}

/// Splits HTML into pieces. Comments, declarations, and the contents of scripts and styles are dropped.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let text = plain_ampersands(text);
    let mut pieces = Vec::new();
    let mut hidden: Option<String> = None;
    for token in tokens(&text) {
        let piece = match token {
            Token::String(value) => Piece::Text(to_text(&value)),
            Token::StartTag(tag) => {
                let attribute = |wanted: &str| {
                    let found = tag.attributes.iter().find(|(name, _)| name.as_slice() == wanted.as_bytes());
                    found.map(|(_, value)| to_text(value))
                };
                let refers = tag.self_closing
                    && matches!(tag.name.as_slice(), b"see" | b"seealso" | b"paramref" | b"typeparamref");
                let reference = ["cref", "langword", "name"].into_iter().filter(|_| refers).find_map(attribute);
                let source = text.get(tag.span.start..tag.span.end).unwrap_or_default();
                Piece::Open {
                    name: to_text(&tag.name),
                    href: attribute("href"),
                    reference,
                    source: source.replace("&amp;", "&"),
                }
            }
            Token::EndTag(tag) => Piece::Close { name: to_text(&tag.name) },
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => continue,
        };
        match (&hidden, &piece) {
            (Some(element), Piece::Close { name }) if element == name => hidden = None,
            (Some(_), _) => {}
            (None, Piece::Open { name, .. }) if matches!(name.as_str(), "script" | "style" | "title") => {
                hidden = Some(name.clone());
            }
            (None, _) => pieces.push(piece),
        }
    }
    pieces
}

/// Replaces character references with the characters that they refer to.
pub(in crate::emit::docs) fn decode(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let text = plain_ampersands(text).replace('<', "&lt;");
    let strings = tokens(&text).filter_map(|token| match token {
        Token::String(value) => Some(to_text(&value)),
        _ => None,
    });
    strings.collect()
}

fn tokens(text: &str) -> impl Iterator<Item = Token<usize>> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(text, emitter).map(|token| match token {
        Ok(token) => token,
        Err(never) => match never {},
    })
}

fn to_text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Escapes ampersands that do not begin a reference with a semicolon: HTML reads `&copy=2` as `©=2`, which is not what authors mean.
fn plain_ampersands(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let name = part.split(';').next().filter(|name| name.len() < part.len()).unwrap_or_default();
        let is_reference = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#');
        plain.push_str(if is_reference { "&" } else { "&amp;" });
        plain.push_str(part);
    }
    plain.into()
}
