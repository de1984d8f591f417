//! Converts text without HTML to Markdown. Line breaks and lists are kept.

use super::words::{escape_line, push_words};

/// The depth to which nested lists are kept.
const DEPTH_LIMIT: usize = 4;

/// Breaks a line of Markdown without ending the paragraph.
pub(super) const LINE_END: &str = "\\\n";

/// Converts text to blocks of Markdown. A blank line ends a block, and a list is a separate block.
pub(super) fn to_markdown(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut blocks = Blocks::default();
    for line in text.split('\n') {
        blocks.line(line);
    }
    blocks.blocks
}

#[derive(Default)]
struct Blocks {
    blocks: Vec<String>,
    open: Open,
}

/// The block that the next line can belong to.
#[derive(Default)]
enum Open {
    #[default]
    Nothing,
    Paragraph,
    /// A list, with the indentations of its items and of those around them.
    List(Vec<usize>),
}

impl Blocks {
    fn line(&mut self, line: &str) {
        let indent = line.len() - line.trim_start().len();
        if let Some((mark, text)) = split_item(line.trim()) {
            self.item(indent, &mark, text);
            return;
        }
        let mut text = String::new();
        push_words(&mut text, line.trim());
        if text.is_empty() {
            self.open = Open::Nothing;
            return;
        }
        match (&self.open, self.blocks.last_mut()) {
            (Open::List(indents), Some(list)) if indents.last().is_some_and(|item| indent > *item) => {
                list.extend([" ", &text]);
            }
            (Open::Paragraph, Some(paragraph)) => paragraph.extend([LINE_END, &escape_line(text)]),
            _ => {
                self.blocks.push(escape_line(text));
                self.open = Open::Paragraph;
            }
        }
    }

    fn item(&mut self, indent: usize, mark: &str, text: &str) {
        let mut item = String::new();
        push_words(&mut item, text);
        let item = escape_line(item);
        let mut indents = match std::mem::take(&mut self.open) {
            Open::List(indents) => indents,
            Open::Nothing | Open::Paragraph => {
                self.blocks.push(String::new());
                Vec::new()
            }
        };
        while indents.last().is_some_and(|around| indent <= *around) {
            indents.pop();
        }
        // Nested items are indented to the text of the outer item, whatever its bullet or number.
        let depth = indents.len().min(DEPTH_LIMIT - 1);
        indents.push(indent);
        if let Some(list) = self.blocks.last_mut() {
            let line_end = if list.is_empty() { "" } else { "\n" };
            list.extend([line_end, &"   ".repeat(depth), mark, " ", &item]);
        }
        self.open = Open::List(indents);
    }
}

/// Splits a list item into its bullet or number and its text; `None` if the line is not an item.
fn split_item(line: &str) -> Option<(String, &str)> {
    let is_text = |text: &&str| !text.trim().is_empty();
    // The characters after `*` are bullets.
    if let Some(text) = line.strip_prefix(['-', '*', '\u{2022}', '\u{25e6}', '\u{2023}', '\u{25aa}', '\u{b7}']) {
        let text = text.strip_prefix([' ', '\t'])?;
        return Some(("-".to_owned(), text)).filter(|(_, text)| is_text(text));
    }
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = line.split_at_checked(digits)?;
    let text = rest.strip_prefix(['.', ')'])?.strip_prefix([' ', '\t'])?;
    // Markdown does not accept longer numbers.
    let is_number = (1..=9).contains(&number.len());
    Some((format!("{number}."), text)).filter(|(_, text)| is_number && is_text(text))
}
