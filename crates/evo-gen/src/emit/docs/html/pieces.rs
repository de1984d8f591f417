//! HTML as pieces: texts and tags.

use std::borrow::Cow;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

/// A piece of a text.
pub(in crate::emit) enum Piece {
    Text(String),
    Open {
        name: String,
        /// The address, if it is a link that has one.
        href: Option<String>,
        /// The tag as it stands in the text.
        source: String,
    },
    Close {
        name: String,
    },
}

/// The pieces of a text. Comments and declarations are none, and neither is what stands in scripts and styles.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let text = plain_ampersands(text);
    let mut pieces = Vec::new();
    let mut hidden: Option<String> = None;
    for token in tokens(&text) {
        let piece = match token {
            Token::String(value) => Piece::Text(to_text(&value)),
            Token::StartTag(tag) => {
                let href = tag.attributes.iter().find(|(name, _)| name.as_slice() == b"href");
                let source = text.get(tag.span.start..tag.span.end).unwrap_or_default();
                Piece::Open {
                    name: to_text(&tag.name),
                    href: href.map(|(_, value)| to_text(value)),
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

/// The text with its character references replaced.
pub(super) fn decode(text: &str) -> String {
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

/// HTML reads `&copy=2` as `©=2`; who writes texts by hand means a reference only if there is a semicolon.
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
