//! Fenced code blocks: code between lines of three or more backticks or tildes.

/// A part of a description.
pub(super) enum Part {
    Text(String),
    /// The lines between two fences.
    Code(String),
}

/// Splits text at its fences. A fence that is never closed is text, and so is one in text with `<pre>`, which shows lines as they are.
pub(super) fn split(text: &str) -> Vec<Part> {
    if !text.contains("```") && !text.contains("~~~") || text.contains("<pre") {
        return vec![Part::Text(text.to_owned())];
    }
    let lines: Vec<&str> = text.split('\n').flat_map(|line| line.trim_end_matches('\r').split('\r')).collect();
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(line) = lines.get(at) {
        at += 1;
        let Some(fence) = Fence::open(line) else { continue };
        let Some(length) = lines.get(at..).and_then(|rest| rest.iter().position(|line| fence.is_closed_by(line)))
        else {
            continue;
        };
        parts.extend(lines.get(start..at - 1).map(|lines| Part::Text(lines.join("\n"))));
        parts.extend(lines.get(at..at + length).map(|lines| Part::Code(lines.join("\n"))));
        at += length + 1;
        start = at;
    }
    parts.extend(lines.get(start..).map(|lines| Part::Text(lines.join("\n"))));
    parts
}

/// The opening line of a code block.
struct Fence {
    mark: char,
    length: usize,
}

impl Fence {
    fn open(line: &str) -> Option<Self> {
        let text = line.trim_start();
        let mark = text.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
        let info = text.trim_start_matches(mark);
        let length = text.len() - info.len();
        // Backticks followed by further backticks are inline code.
        let is_fence = length >= 3 && !info.contains('`');
        is_fence.then_some(Self { mark, length })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let line = line.trim();
        line.len() >= self.length && line.chars().all(|c| c == self.mark)
    }
}
