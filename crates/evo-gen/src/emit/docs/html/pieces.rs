//! HTML as pieces: texts and tags, and what a tag means.

/// A piece of a text.
pub(super) enum Piece<'a> {
    Text(&'a str),
    Open { name: String, attributes: &'a str, source: &'a str },
    Close { name: String },
}

/// The pieces of a text; comments and declarations are none.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut start = 0;
    while let Some(at) = rest.get(start..).and_then(|rest| rest.find('<')).map(|at| at + start) {
        let (before, tag) = rest.split_at(at);
        let Some((piece, length)) = tag_piece(tag) else {
            start = at + 1;
            continue;
        };
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        let hidden = match &piece {
            Some(Piece::Open { name, .. }) if matches!(name.as_str(), "script" | "style" | "title") => {
                Some(name.clone())
            }
            _ => None,
        };
        rest = tag.get(length..).unwrap_or_default();
        match hidden {
            Some(name) => rest = after_element(rest, &name),
            None => pieces.extend(piece),
        }
        start = 0;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

/// The tag that a text begins with, and its length; no piece for a comment. `None` for a `<` that begins no tag.
fn tag_piece(text: &str) -> Option<(Option<Piece<'_>>, usize)> {
    if let Some(comment) = text.strip_prefix("<!--") {
        return Some((None, comment.find("-->").map_or(text.len(), |end| end + 7)));
    }
    let inside = text.get(1..)?;
    if inside.starts_with(['!', '?']) {
        // No tag holds a `<`, so that a text is read once, whatever it holds.
        let end = inside.find(['<', '>'])?;
        return inside.get(end..)?.starts_with('>').then_some((None, end + 2));
    }
    let is_close = inside.starts_with('/');
    let inside = inside.strip_prefix('/').unwrap_or(inside);
    let end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
    let (name, after) = inside.split_at(end);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !after.starts_with(['>', '/', ' ', '\t', '\n', '\r']) {
        return None;
    }
    let close = after.find(['<', '>']).filter(|at| after.get(*at..).is_some_and(|rest| rest.starts_with('>')))?;
    let attributes = after.get(..close)?;
    let length = text.len() - after.len() + close + 1;
    let name = name.to_ascii_lowercase();
    let source = text.get(..length)?;
    let piece = if is_close { Piece::Close { name } } else { Piece::Open { name, attributes, source } };
    Some((Some(piece), length))
}

/// What follows an element whose text is not shown.
fn after_element<'a>(text: &'a str, name: &str) -> &'a str {
    let is_end = |at: usize| {
        let end = text.get(at + 2..at + 2 + name.len());
        end.is_some_and(|end| end.eq_ignore_ascii_case(name))
    };
    let end = text.match_indices("</").map(|(at, _)| at).find(|at| is_end(*at));
    let rest = end.and_then(|at| text.get(at..)).unwrap_or_default();
    rest.split_once('>').map_or("", |(_, rest)| rest)
}

/// What an element means for Markdown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    Paragraph,
    Heading,
    Break,
    Rule,
    Strong,
    Emphasis,
    Code,
    Preformatted,
    Link,
    List {
        is_ordered: bool,
    },
    Item,
    Row,
    Cell,
    /// Kept for its text alone.
    Plain,
}

impl Element {
    pub fn of(name: &str) -> Option<Self> {
        Some(match name {
            "p" | "div" | "section" | "article" | "blockquote" | "table" | "thead" | "tbody" | "tfoot" | "dl"
            | "dd" | "dt" | "header" | "footer" | "main" | "figure" | "figcaption" | "caption" | "details"
            | "summary" => Self::Paragraph,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Self::Heading,
            "br" => Self::Break,
            "hr" => Self::Rule,
            "b" | "strong" => Self::Strong,
            "i" | "em" => Self::Emphasis,
            "code" | "tt" | "kbd" | "samp" => Self::Code,
            "pre" => Self::Preformatted,
            "a" => Self::Link,
            "ul" => Self::List { is_ordered: false },
            "ol" => Self::List { is_ordered: true },
            "li" => Self::Item,
            "tr" => Self::Row,
            "td" | "th" => Self::Cell,
            "span" | "u" | "s" | "small" | "big" | "sub" | "sup" | "font" | "center" | "mark" | "abbr" | "cite"
            | "del" | "ins" | "q" | "var" | "label" | "html" | "body" | "head" | "img" => Self::Plain,
            _ => return None,
        })
    }

    pub fn is_inline(self) -> bool {
        matches!(self, Self::Strong | Self::Emphasis | Self::Link | Self::Plain)
    }
}
