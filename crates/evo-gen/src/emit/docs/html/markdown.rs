//! Writes Markdown from pieces of HTML.

use super::elements::Element;
use crate::emit::docs::plain::LINE_END;
use crate::emit::docs::text::{code, code_block, printable};
use crate::emit::docs::words::{escape_line, push, push_blank, push_words};

/// The depth to which nested lists and marks are kept.
const DEPTH_LIMIT: usize = 4;

/// Markdown that is being written.
#[derive(Default)]
pub(super) struct Markdown {
    blocks: Vec<String>,
    /// The paragraph that is being written.
    line: String,
    /// The open marks in the paragraph.
    marks: Vec<Mark>,
    /// The code that is being read, verbatim.
    code: Option<String>,
    is_preformatted: bool,
    /// Whether everything is written on one line.
    is_line: bool,
    /// Whether line breaks in the text are kept.
    keeps_line_ends: bool,
    /// The lists around the current item, with the number of their next item.
    lists: Vec<Option<usize>>,
    block: Block,
    cells: usize,
    /// The kind of the last block, which the next line may continue.
    last: LastBlock,
}

/// The kind of block that the current line becomes.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Block {
    #[default]
    Paragraph,
    Heading,
    Item,
}

/// An open mark.
struct Mark {
    element: Element,
    /// The offset in the line at which its text starts.
    start: usize,
    /// The address of a link.
    address: Option<String>,
    is_shown: bool,
}

/// The kinds of blocks that further lines can belong to.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum LastBlock {
    List,
    Table,
    #[default]
    Other,
}

impl Markdown {
    /// Creates Markdown that stays on one line.
    pub fn for_one_line() -> Self {
        Self { is_line: true, ..Self::default() }
    }

    /// Creates Markdown that keeps line breaks in the text.
    pub fn with_line_ends() -> Self {
        Self { keeps_line_ends: true, ..Self::default() }
    }

    pub fn text(&mut self, text: &str) {
        if let Some(code) = &mut self.code {
            code.push_str(text);
            return;
        }
        // Clippy takes straight quotes in a link for code that is not marked as such.
        let is_link = self.marks.iter().any(|mark| mark.element == Element::Link);
        let text = if is_link { &text.replace('\'', "’").replace('"', "”") } else { text };
        // In HTML, a blank line is just white space, but people who write text with a little HTML mean a paragraph.
        let has_paragraphs = !self.is_line && self.block == Block::Paragraph && self.cells == 0;
        let lines: Vec<&str> = text.split('\n').collect();
        for (index, line) in lines.iter().enumerate() {
            let is_blank = index > 0 && index + 1 < lines.len() && line.trim().is_empty();
            if is_blank && has_paragraphs {
                self.end_block();
            } else if index > 0 && self.keeps_line_ends {
                self.open(Element::Break, None);
            } else if index > 0 || line.starts_with(char::is_whitespace) {
                self.space();
            }
            push_words(&mut self.line, line);
        }
    }

    /// Appends the name that an empty element refers to: `Shop.Pet` for `T:Shop.Pet`.
    pub fn code(&mut self, reference: &str) {
        let name = match reference.split_once(':') {
            Some((kind, name)) if kind.len() == 1 => name,
            _ => reference,
        };
        match &mut self.code {
            Some(code) => code.push_str(name),
            None => self.push(&code(name)),
        }
    }

    fn space(&mut self) {
        push_blank(&mut self.line);
    }

    fn push(&mut self, text: &str) {
        push(&mut self.line, text);
    }

    pub fn open(&mut self, element: Element, href: Option<&str>) {
        if self.code.is_some() {
            if element == Element::Break {
                self.text("\n");
            }
            return;
        }
        match element {
            Element::Code => self.code = Some(String::new()),
            Element::Preformatted if self.is_line => self.code = Some(String::new()),
            element if self.is_line && !element.is_inline() => self.space(),
            Element::Paragraph | Element::Rule if self.block == Block::Item => self.space(),
            Element::Paragraph | Element::Rule => self.end_block(),
            Element::Heading => {
                self.end_block();
                self.block = Block::Heading;
            }
            Element::Break if self.block == Block::Heading || self.cells > 0 => self.space(),
            Element::Break => {
                self.line.truncate(self.line.trim_end().len());
                if !self.line.is_empty() {
                    self.line.push('\n');
                }
            }
            Element::Strong | Element::Emphasis | Element::Link => {
                // A mark nested in a mark of the same kind has no effect, and headings are already bold.
                let is_idle = self.marks.iter().any(|mark| mark.element == element)
                    || self.block == Block::Heading && element == Element::Strong;
                if self.marks.len() < DEPTH_LIMIT {
                    let address = if element == Element::Link { href.and_then(web_address) } else { None };
                    self.marks.push(Mark { element, start: self.line.len(), address, is_shown: !is_idle });
                }
            }
            Element::Preformatted => {
                self.is_preformatted = self.block != Block::Item && self.cells == 0;
                if self.is_preformatted {
                    self.end_block();
                }
                self.code = Some(String::new());
            }
            Element::List { is_ordered } => {
                self.end_block();
                self.lists.push(is_ordered.then_some(1));
            }
            Element::Item => {
                self.end_block();
                self.block = Block::Item;
            }
            Element::Row => {
                self.end_block();
                self.cells = 0;
            }
            Element::Cell => {
                if self.cells > 0 {
                    self.line.truncate(self.line.trim_end().len());
                    self.push(" \\| ");
                }
                self.cells += 1;
            }
            Element::Plain => {}
        }
    }

    pub fn close(&mut self, element: Element) {
        if let Some(code) = self.code.take() {
            let is_end = element == Element::Preformatted || element == Element::Code && !self.is_preformatted;
            if is_end {
                self.end_code(&code);
                if self.is_line && element == Element::Preformatted {
                    self.space();
                }
            } else {
                self.code = Some(code);
            }
            return;
        }
        match element {
            element if self.is_line && !element.is_inline() => self.space(),
            Element::Paragraph if self.block == Block::Item => self.space(),
            Element::Paragraph | Element::Heading | Element::Item => self.end_block(),
            Element::Row => {
                self.end_block();
                self.cells = 0;
            }
            Element::List { .. } => {
                self.end_block();
                self.lists.pop();
            }
            element if element.is_inline() => {
                if let Some(at) = self.marks.iter().rposition(|mark| mark.element == element) {
                    while self.marks.len() > at {
                        self.end_mark();
                    }
                }
            }
            _ => {}
        }
    }

    /// Ends the innermost mark: encloses its text in the delimiters, and moves surrounding white space outside.
    fn end_mark(&mut self) {
        let Some(Mark { element, start, address, is_shown }) = self.marks.pop() else { return };
        if !is_shown {
            return;
        }
        let start = (0..=start.min(self.line.len())).rev().find(|at| self.line.is_char_boundary(*at));
        let inside = self.line.split_off(start.unwrap_or_default());
        let text = inside.trim();
        if inside.starts_with(char::is_whitespace) {
            self.space();
        }
        match element {
            _ if text.is_empty() => {}
            Element::Strong => self.push(&format!("**{text}**")),
            Element::Emphasis => self.push(&format!("*{text}*")),
            _ => match address {
                Some(address) => {
                    // `![` would begin an image.
                    if self.line.ends_with('!') {
                        self.line.insert(self.line.len() - 1, '\\');
                    }
                    let text = without_autolinks(text);
                    self.push(&format!("[{text}](<{address}>)"));
                }
                None => self.push(text),
            },
        }
        if inside.ends_with(char::is_whitespace) {
            self.space();
        }
    }

    fn end_code(&mut self, text: &str) {
        // In C# comments, a `<code>` with several lines is a block.
        let has_lines = text.trim().contains('\n') && !self.is_line && self.block != Block::Item && self.cells == 0;
        if std::mem::take(&mut self.is_preformatted) || has_lines {
            self.end_block();
            if let Some(block) = code_block(text) {
                self.push_block(block, LastBlock::Other);
            }
        } else if !text.trim().is_empty() {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            self.push(&code(&text));
        }
    }

    /// Ends the paragraph, heading, item or row.
    fn end_block(&mut self) {
        while !self.marks.is_empty() {
            self.end_mark();
        }
        let line = std::mem::take(&mut self.line);
        let kind = std::mem::take(&mut self.block);
        let lines: Vec<String> = line.trim().lines().map(|line| escape_line(line.trim().to_owned())).collect();
        let text = lines.join(if kind == Block::Heading || self.cells > 0 { " " } else { LINE_END });
        if text.is_empty() {
            return;
        }
        if kind == Block::Heading {
            self.push_block(format!("**{text}**"), LastBlock::Other);
        } else if kind == Block::Item {
            self.item(&text);
        } else if self.cells > 0 {
            // Rows follow each other without a blank line.
            self.push_block(text, LastBlock::Table);
        } else {
            self.push_block(text, LastBlock::Other);
        }
    }

    fn item(&mut self, text: &str) {
        let depth = self.lists.len().clamp(1, DEPTH_LIMIT);
        let number = self.lists.last_mut().and_then(Option::as_mut).map(|next| {
            *next += 1;
            *next - 1
        });
        let mark = number.map_or_else(|| "-".to_owned(), |number| format!("{number}."));
        // Nested items are indented to the text of the outer item, whatever its bullet or number.
        let indent = if self.last == LastBlock::List { "   ".repeat(depth - 1) } else { String::new() };
        // Further lines are indented like the first.
        let text = text.replace('\n', &format!("\n{indent}{}", " ".repeat(mark.len() + 1)));
        self.push_block(format!("{indent}{mark} {text}"), LastBlock::List);
    }

    /// Appends a block, or a line to the last block if it belongs there.
    fn push_block(&mut self, text: String, kind: LastBlock) {
        match self.blocks.last_mut() {
            Some(block) if kind == self.last && kind != LastBlock::Other => {
                // Rows of a table are lines of a paragraph.
                block.extend([if kind == LastBlock::Table { LINE_END } else { "\n" }, &text]);
            }
            _ => self.blocks.push(text),
        }
        self.last = kind;
    }

    pub fn finish(mut self) -> Vec<String> {
        if let Some(code) = self.code.take() {
            self.end_code(&code);
        }
        self.end_block();
        self.blocks
    }
}

/// Replaces links inside the text of a link with their addresses, because links cannot be nested.
fn without_autolinks(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        plain.push_str(before);
        // Addresses never contain `<`, so the text is scanned only once.
        let end = if before.ends_with('\\') { None } else { after.find(['<', '>']) };
        let address = end.and_then(|end| Some((after.get(..end)?, after.get(end..)?.strip_prefix('>')?)));
        match address.filter(|(address, _)| address.contains("://")) {
            Some((address, after)) => {
                plain += &address.replace('[', "\\[").replace(']', "\\]");
                rest = after;
            }
            None => {
                plain.push('<');
                rest = after;
            }
        }
    }
    plain + rest
}

/// Encodes the address of a link; `None` if it is not a web address.
fn web_address(href: &str) -> Option<String> {
    let address = href.trim();
    let lower = address.to_ascii_lowercase();
    if !lower.starts_with("https://") && !lower.starts_with("http://") {
        return None;
    }
    let mut encoded = String::with_capacity(address.len());
    for c in printable(address).chars() {
        match c {
            '<' => encoded.push_str("%3C"),
            '>' => encoded.push_str("%3E"),
            '`' => encoded.push_str("%60"),
            '\\' => encoded.push_str("%5C"),
            '[' => encoded.push_str("%5B"),
            ']' => encoded.push_str("%5D"),
            c if c.is_whitespace() => encoded.push_str("%20"),
            c => encoded.push(c),
        }
    }
    Some(encoded)
}
