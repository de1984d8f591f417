//! Formats changes for people.

use std::fmt::Write as _;

use annotate_snippets::normalize_untrusted_str;
use clap::builder::styling::{AnsiColor, Style};

use super::places::Places;
use super::words;
use crate::diff::{Change, Class, Diff};

/// Formats all changes by class, each with its effect, the affected operations, and its places.
pub fn changes(diff: &Diff, places: &Places) -> String {
    let mut text = String::new();
    for class in Class::ALL.into_iter().filter(|class| diff.count(*class) > 0) {
        let style = style(class);
        // Writing to a `String` cannot fail. Colours are removed on output if the terminal does not support them.
        let _ = writeln!(text, "{style}{} ({}){style:#}", class.title(), diff.count(class));
        for change in diff.of(class) {
            text.push_str(&entry(change, places));
        }
        text.push('\n');
    }
    text
}

fn entry(change: &Change, places: &Places) -> String {
    let found: Vec<String> =
        [places.in_old(change), places.in_new(change)].into_iter().flatten().map(|place| place.to_string()).collect();
    let lines = [change.effect.clone(), words::operations(change), found.join(" -> ")];
    let mut text = format!("  {} {}\n", change.sign(), words::headline(change));
    for line in lines.into_iter().filter(|line| !line.is_empty()) {
        let _ = writeln!(text, "      {}", normalize_untrusted_str(&line));
    }
    text
}

/// Formats the verdict with its reasons.
pub fn verdict(diff: &Diff, version: Option<&str>) -> String {
    let bold = Style::new().bold();
    let mut text = format!("{bold}{}{bold:#}\n", words::verdict(diff));
    if let Some(bump) = diff.verdict().bump {
        let _ = writeln!(text, "  {}", words::version(bump, version));
        let _ = writeln!(text, "  because {}", words::reasons(diff));
    }
    text
}

fn style(class: Class) -> Style {
    let color = match class {
        Class::Breaking => AnsiColor::Red,
        Class::Wire | Class::Attention => AnsiColor::Yellow,
        Class::Additive => AnsiColor::Green,
        Class::Documentation => AnsiColor::Cyan,
    };
    color.on_default().bold()
}
