//! HTML elements, by their counterparts in Markdown.

/// The Markdown counterpart of an element.
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
    /// Only its text is kept.
    Plain,
}

impl Element {
    pub fn from_name(name: &str) -> Option<Self> {
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

    /// Returns an element of C# XML documentation comments, which people copy into descriptions. Their names are ordinary words, so they
    /// only count if they are closed.
    pub fn from_comment(name: &str) -> Option<Self> {
        Some(match name {
            "c" => Self::Code,
            "para" | "remarks" | "returns" | "value" | "example" | "description" => Self::Paragraph,
            "term" => Self::Strong,
            "list" => Self::List { is_ordered: false },
            "item" => Self::Item,
            "see" | "seealso" | "paramref" | "typeparamref" => Self::Plain,
            _ => return None,
        })
    }

    pub fn is_inline(self) -> bool {
        matches!(self, Self::Strong | Self::Emphasis | Self::Link | Self::Plain)
    }
}
