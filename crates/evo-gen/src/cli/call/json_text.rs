//! Formats JSON for people: indented, and coloured if the terminal supports it.

use std::fmt::Write as _;

use clap::builder::styling::{AnsiColor, Style};

use super::untyped::UntypedValue;

const KEY: Style = AnsiColor::Blue.on_default().bold();
const TEXT: Style = AnsiColor::Green.on_default();
const NUMBER: Style = AnsiColor::Cyan.on_default();
const WORD: Style = AnsiColor::Magenta.on_default();

/// Formats a value as indented JSON. Colours are removed on output if the terminal does not support them.
pub fn styled(untyped: &UntypedValue) -> String {
    let mut printer = Printer { text: String::new(), has_colours: true };
    printer.value(untyped, 0);
    printer.text
}

/// Formats a value as indented JSON without colours.
pub fn plain(untyped: &UntypedValue) -> String {
    let mut printer = Printer { text: String::new(), has_colours: false };
    printer.value(untyped, 0);
    printer.text
}

/// Formats a value as JSON on one line.
pub fn compact(untyped: &UntypedValue) -> String {
    match untyped {
        UntypedValue::Null => "null".to_owned(),
        UntypedValue::Bool(value) => value.to_string(),
        UntypedValue::Number(digits) => digits.clone(),
        UntypedValue::Text(text) | UntypedValue::Word(text) => quoted(text),
        UntypedValue::List(items) => format!("[{}]", items.iter().map(compact).collect::<Vec<_>>().join(",")),
        UntypedValue::Object(pairs) => {
            let pairs = pairs.iter().map(|(key, value)| format!("{}:{}", quoted(key), compact(value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
        }
    }
}

struct Printer {
    text: String,
    has_colours: bool,
}

impl Printer {
    fn value(&mut self, untyped: &UntypedValue, depth: usize) {
        match untyped {
            UntypedValue::Null | UntypedValue::Bool(_) => self.paint(WORD, &compact(untyped)),
            UntypedValue::Number(digits) => self.paint(NUMBER, digits),
            UntypedValue::Text(text) | UntypedValue::Word(text) => self.paint(TEXT, &quoted(text)),
            UntypedValue::List(items) if items.is_empty() => self.text.push_str("[]"),
            UntypedValue::Object(pairs) if pairs.is_empty() => self.text.push_str("{}"),
            UntypedValue::List(items) => {
                self.text.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.line(index, depth + 1);
                    self.value(item, depth + 1);
                }
                self.end(']', depth);
            }
            UntypedValue::Object(pairs) => {
                self.text.push('{');
                for (index, (key, value)) in pairs.iter().enumerate() {
                    self.line(index, depth + 1);
                    self.paint(KEY, &quoted(key));
                    self.text.push_str(": ");
                    self.value(value, depth + 1);
                }
                self.end('}', depth);
            }
        }
    }

    fn line(&mut self, index: usize, depth: usize) {
        self.text.push_str(if index == 0 { "\n" } else { ",\n" });
        self.text.push_str(&"  ".repeat(depth));
    }

    fn end(&mut self, bracket: char, depth: usize) {
        self.text.push('\n');
        self.text.push_str(&"  ".repeat(depth));
        self.text.push(bracket);
    }

    fn paint(&mut self, style: Style, text: &str) {
        // Writing to a `String` cannot fail.
        let _ = if self.has_colours { write!(self.text, "{style}{text}{style:#}") } else { self.text.write_str(text) };
    }
}

/// Quotes a string. Control characters are escaped, so that a response cannot control the terminal.
fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    for char in serde_json::Value::from(text).to_string().chars() {
        match char {
            // JSON does not require these control characters to be escaped.
            '\u{7f}'..='\u{9f}' => {
                // Writing to a `String` cannot fail.
                let _ = write!(quoted, "\\u{:04x}", u32::from(char));
            }
            char => quoted.push(char),
        }
    }
    quoted
}
