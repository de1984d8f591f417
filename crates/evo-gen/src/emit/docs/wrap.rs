//! Breaks long lines of documentation without changing their meaning.

/// The maximum width of a line, not counting the indentation of a member and `/// `. Only a line with a long word is wider.
const WIDTH: usize = 92;

/// Wraps the lines of Markdown. Code blocks, tables and headings stay as they are.
pub(super) fn wrap<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut wrapped = Vec::new();
    // The length of the fence that the current code block began with.
    let mut fence = None;
    for line in lines {
        let text = line.trim_start();
        let marks = text.len() - text.trim_start_matches('`').len();
        // Three backticks can also begin inline code.
        let is_fence = marks > 2 && !text.get(marks..).unwrap_or_default().contains('`');
        let is_code = fence.is_some() || is_fence;
        fence = match fence {
            None => is_fence.then_some(marks),
            Some(open) => Some(open).filter(|open| marks < *open),
        };
        if is_code || text.starts_with(['|', '#']) || line.chars().count() <= WIDTH {
            wrapped.push(line.to_owned());
        } else {
            wrap_line(line, &mut wrapped);
        }
    }
    wrapped
}

fn wrap_line(line: &str, wrapped: &mut Vec<String>) {
    let next = continuation(line);
    let mut current = String::new();
    let mut length = 0;
    for word in words(line) {
        let word_length = word.chars().count();
        let has_text = !current.trim().is_empty();
        // At the start of a line, this word would begin a list or a heading.
        if has_text && length + 1 + word_length > WIDTH && !begins_block(word) {
            wrapped.push(std::mem::replace(&mut current, next.clone()));
            length = next.chars().count();
        } else if !current.is_empty() {
            current.push(' ');
            length += 1;
        }
        current.push_str(word);
        length += word_length;
    }
    wrapped.push(current);
}

/// Returns what precedes the text of the following lines: the indentation of a list item, or the marker of a block quote.
fn continuation(line: &str) -> String {
    let text = line.trim_start();
    let indentation = " ".repeat(line.len() - text.len());
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after_digits = text.get(digits..).unwrap_or_default();
    if text.starts_with("> ") {
        format!("{indentation}> ")
    } else if text.starts_with("- ") || text.starts_with("* ") {
        format!("{indentation}  ")
    } else if digits > 0 && (after_digits.starts_with(". ") || after_digits.starts_with(") ")) {
        format!("{indentation}{}", " ".repeat(digits + 2))
    } else {
        indentation
    }
}

fn begins_block(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    word.starts_with(['#', '+', '-', '=', '|', '~', ':', '>', '*', '`']) && !is_code(word)
        || digits.len() < word.len() && digits.starts_with(['.', ')'])
}

/// Whether a word is code rather than a fence.
fn is_code(word: &str) -> bool {
    word.starts_with('`') && !word.starts_with("```")
}

/// Splits a line into pieces between which it can be broken: words, and entire code spans and links. Indentation belongs to the first
/// piece.
fn words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let start_of_text = line.len() - line.trim_start().len();
    let (mut start, mut at) = (0, start_of_text);
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        let step = match rest.chars().next() {
            Some(' ') => {
                // Spaces at the end of a line are a line break, and are kept.
                if rest.trim().is_empty() {
                    break;
                }
                words.extend(line.get(start..at).filter(|word| !word.is_empty()));
                start = at + 1;
                1
            }
            Some('\\') => 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
            Some('`') => code_length(rest),
            Some('[') => link_length(rest),
            Some(other) => other.len_utf8(),
            None => break,
        };
        at += step;
    }
    words.extend(line.get(start..).filter(|word| !word.is_empty()));
    words
}

/// Returns the length of the code span at the start of `text`, or of its backticks if it is not closed.
fn code_length(text: &str) -> usize {
    let marks = text.len() - text.trim_start_matches('`').len();
    let mut at = marks;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('`')) {
        let run = text.get(at + found..).map_or(0, |rest| rest.len() - rest.trim_start_matches('`').len());
        at += found + run;
        if run == marks {
            return at;
        }
    }
    marks
}

/// Returns the length of the link at the start of `text`, or of its bracket if it is not a link.
fn link_length(text: &str) -> usize {
    let end = text.find("](").and_then(|middle| {
        let target = text.get(middle..)?;
        Some(middle + target.find(')')? + 1)
    });
    end.unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str) -> Vec<String> {
        wrap(text.lines())
    }

    #[test]
    fn long_lines_are_broken_between_words() {
        // With ten letters and a space each, eight words are 87 wide.
        let words = |count: usize| vec!["wordsworth"; count].join(" ");
        for (text, expected) in [
            (words(10), vec![words(8), words(2)]),
            (words(17), vec![words(8), words(8), words(1)]),
            (format!("- {}", words(10)), vec![format!("- {}", words(8)), format!("  {}", words(2))]),
            (format!("  12. {}", words(10)), vec![format!("  12. {}", words(7)), format!("      {}", words(3))]),
            (format!("> {}", words(10)), vec![format!("> {}", words(8)), format!("> {}", words(2))]),
        ] {
            assert_eq!(wrapped(&text), expected, "{text}");
        }
    }

    #[test]
    fn what_a_break_would_change_is_not_broken() {
        let filler = "x".repeat(85);
        let half = "x".repeat(60);
        for (text, expected) in [
            // A break before these would begin a list, a heading, a block quote or a fence.
            (format!("{filler} yyyyyy - b"), vec![format!("{filler} yyyyyy -"), "b".to_owned()]),
            (format!("{filler} yyyyyy 1. b"), vec![format!("{filler} yyyyyy 1."), "b".to_owned()]),
            (format!("{filler} yyyyyy ``` b"), vec![format!("{filler} yyyyyy ```"), "b".to_owned()]),
            (format!("{half} `{half} b` c"), vec![half.clone(), format!("`{half} b` c")]),
            (format!("{half} ``{half} ` b`` c"), vec![half.clone(), format!("``{half} ` b`` c")]),
            (format!("{half} [{half} b](c d) e"), vec![half.clone(), format!("[{half} b](c d) e")]),
            (format!("{half} \\`{half} b\\` c"), vec![half.clone(), format!("\\`{half} b\\` c")]),
            (format!("| {filler} | {filler} |"), vec![format!("| {filler} | {filler} |")]),
            (format!("# {filler} {filler}"), vec![format!("# {filler} {filler}")]),
            (format!("{filler}{filler}"), vec![format!("{filler}{filler}")]),
            (format!("{filler} bbbbbbbbbb  "), vec![filler.clone(), "bbbbbbbbbb  ".to_owned()]),
        ] {
            assert_eq!(wrapped(&text), expected, "{text}");
        }
        for (fence, inside) in [("```", "x"), ("````", "```")] {
            let block = format!("{fence}text\n{inside}\n{filler} {filler}\n{fence}\n{filler} {filler}");
            let code = [&format!("{fence}text"), inside, &format!("{filler} {filler}"), fence].map(str::to_owned);
            assert_eq!(wrapped(&block), [&code[..], &[filler.clone(), filler.clone()]].concat());
        }
    }
}
