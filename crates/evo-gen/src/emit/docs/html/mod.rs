//! HTML in texts of a service becomes Markdown that `rustdoc` takes without a warning, whatever it holds.
//!
//! ServiceStack shows `[Notes]` as HTML, and people write it elsewhere too. Known elements are kept as Markdown where that has
//! them; others go and leave their text; comments, scripts and styles go with theirs. Text that merely has a `<` is none.

mod entities;
mod markdown;
mod pieces;

use std::collections::BTreeSet;

use self::entities::unescape;
use self::markdown::Markdown;
use self::pieces::{Element, Piece, pieces};

/// Whether a text is HTML: it has a known element that is closed, or one that needs no closing.
pub(super) fn is_html(text: &str) -> bool {
    if !text.contains('<') {
        return false;
    }
    let pieces = pieces(text);
    let closed = closed(&pieces);
    pieces.iter().any(|piece| match piece {
        Piece::Open { name, .. } => Element::of(name)
            .is_some_and(|element| matches!(element, Element::Break | Element::Rule) || closed.contains(name.as_str())),
        _ => false,
    })
}

/// The names of the elements that are closed.
fn closed<'a>(pieces: &'a [Piece<'_>]) -> BTreeSet<&'a str> {
    let names = pieces.iter().filter_map(|piece| match piece {
        Piece::Close { name } => Some(name.as_str()),
        _ => None,
    });
    names.collect()
}

/// The text as paragraphs of Markdown.
pub(super) fn to_markdown(text: &str) -> Vec<String> {
    write(text, Markdown::default())
}

/// The text as one line of Markdown, without lists and blocks.
pub(super) fn to_line(text: &str) -> String {
    write(text, Markdown::of_one_line()).concat()
}

fn write(text: &str, mut markdown: Markdown) -> Vec<String> {
    let pieces = pieces(text);
    let closed = closed(&pieces);
    for piece in &pieces {
        match piece {
            Piece::Text(text) => markdown.text(&unescape(text)),
            Piece::Open { name, attributes, source } => match Element::of(name) {
                Some(element) => markdown.open(element, attributes),
                None if closed.contains(name.as_str()) => {}
                // `List<T>`: no element at all.
                None => markdown.text(source),
            },
            Piece::Close { name } => {
                if let Some(element) = Element::of(name) {
                    markdown.close(element);
                }
            }
        }
    }
    markdown.finish()
}

#[cfg(test)]
mod tests;
