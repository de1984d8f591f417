//! Converts HTML in descriptions to Markdown that rustdoc accepts without warnings, whatever the HTML contains.
//!
//! ServiceStack renders `[Notes]` as HTML, and people use HTML elsewhere too. It is parsed with html5gum. Elements with a counterpart in
//! Markdown are converted; the tags of all others are dropped and their text is kept. A text that merely contains a `<` is not HTML.

mod elements;
mod markdown;
mod pieces;

use std::collections::BTreeSet;

use self::elements::Element;
use self::markdown::Markdown;
use self::pieces::pieces;
pub(super) use self::pieces::{Piece, decode};

/// A description from the service.
pub(super) enum Text {
    Html(Vec<Piece>),
    /// Text without HTML, whose character references are nevertheless replaced.
    Plain(String),
}

/// Reads a description. It is HTML if it has a known element that is closed or needs no closing tag, or if it begins with a paragraph or a
/// list item, which people leave unclosed. The elements of C# comments count as HTML.
pub(super) fn read(text: &str) -> Text {
    if text.contains('<') {
        let pieces = pieces(text);
        let closed = closed(&pieces);
        let begins_open = matches!(pieces.first(), Some(Piece::Open { source, .. })
            if ["<p>", "<li>"].iter().any(|tag| source.eq_ignore_ascii_case(tag)));
        let is_element = |piece: &Piece| match piece {
            Piece::Open { reference: Some(_), .. } => true,
            Piece::Open { name, source, .. } => find_element(name, &closed).is_some_and(|element| {
                let is_void = matches!(element, Element::Break | Element::Rule) || source.starts_with("<img ");
                is_void || closed.contains(name.as_str())
            }),
            _ => false,
        };
        if begins_open || pieces.iter().any(is_element) {
            return Text::Html(pieces);
        }
    }
    Text::Plain(decode(text))
}

/// Returns the element with a name. `closed` contains the names of the elements that are closed in the text.
fn find_element(name: &str, closed: &BTreeSet<&str>) -> Option<Element> {
    Element::from_name(name).or_else(|| Element::from_comment(name).filter(|_| closed.contains(name)))
}

/// Returns the names of the elements that are closed.
fn closed(pieces: &[Piece]) -> BTreeSet<&str> {
    let names = pieces.iter().filter_map(|piece| match piece {
        Piece::Close { name } => Some(name.as_str()),
        _ => None,
    });
    names.collect()
}

/// Converts pieces to blocks of Markdown.
pub(super) fn to_markdown(pieces: &[Piece]) -> Vec<String> {
    let closed = closed(pieces);
    let is_inline = |piece: &Piece| match piece {
        Piece::Text(_) => true,
        Piece::Open { name, .. } | Piece::Close { name } => {
            find_element(name, &closed).is_none_or(|element| element.is_inline() || element == Element::Code)
        }
    };
    // Text without paragraphs and lists was not laid out as HTML, so its line breaks are significant.
    if pieces.iter().all(is_inline) {
        write(pieces, Markdown::with_line_ends())
    } else {
        write(pieces, Markdown::default())
    }
}

/// Converts pieces to one line of Markdown, without lists or blocks.
pub(super) fn to_line(pieces: &[Piece]) -> String {
    write(pieces, Markdown::for_one_line()).concat()
}

fn write(pieces: &[Piece], mut markdown: Markdown) -> Vec<String> {
    let closed = closed(pieces);
    for piece in pieces {
        match piece {
            Piece::Text(text) => markdown.text(text),
            Piece::Open { reference: Some(reference), .. } => markdown.code(reference),
            Piece::Open { name, href, source, .. } => match find_element(name, &closed) {
                Some(element) => markdown.open(element, href.as_deref()),
                None if closed.contains(name.as_str()) => {}
                // `List<T>` contains no element at all.
                None => markdown.text(source),
            },
            Piece::Close { name } => {
                if let Some(element) = find_element(name, &closed) {
                    markdown.close(element);
                }
            }
        }
    }
    markdown.finish()
}

#[cfg(test)]
mod tests;
