//! What a run tells: results on standard output, errors and warnings on standard error, as sentences or as JSON lines.

use std::error::Error as _;
use std::fmt::Write as _;
use std::io::{IsTerminal, Write};

use clap::builder::styling::{AnsiColor, Style};
use serde_json::{Value, json};

use super::args::{Format, ReportArgs};
use crate::Error;
use crate::diagnostics::Diagnostic;

/// Where a run reports.
#[derive(Debug, Clone, Copy)]
pub struct Report {
    args: ReportArgs,
}

impl Report {
    /// Reports as `args` say.
    pub fn new(args: ReportArgs) -> Self {
        Self { args }
    }

    /// Why the run stopped.
    pub fn error(self, error: &Error) {
        let mut causes = Vec::new();
        let mut cause = error.source();
        while let Some(error) = cause {
            causes.push(error.to_string());
            cause = error.source();
        }
        let code = error.exit_code();
        match self.args.format {
            Format::Json => to_stderr(&json_line(json!({
                "kind": "error", "message": error.message(), "at": error.place(), "help": error.advice(),
                "causes": causes, "exitCode": code,
            }))),
            Format::Human => {
                let mut text = format!("{} {}\n", label(AnsiColor::Red, "error:"), error.message());
                place(&mut text, error.place(), error.advice());
                for cause in causes {
                    // Writing to a `String` cannot fail.
                    let _ = writeln!(text, "  because: {cause}");
                }
                to_stderr(&text);
            }
        }
    }

    /// A remark about the document of `client`.
    pub fn warning(self, client: &str, warning: &Diagnostic) {
        let Diagnostic { code, pointer, message, help } = warning;
        match self.args.format {
            Format::Json => to_stderr(&json_line(json!({
                "kind": "warning", "client": client, "code": code, "message": message, "at": pointer, "help": help,
            }))),
            Format::Human => {
                let title = format!("warning[{code}]:");
                let mut text = format!("{} {message}\n", label(AnsiColor::Yellow, &title));
                place(&mut text, Some(pointer), Some(help));
                to_stderr(&text);
            }
        }
    }

    /// A step that may take a while: shown to people who watch.
    pub fn progress(self, text: &str) {
        let watched = self.args.verbose || std::io::stderr().is_terminal();
        if watched && !self.args.quiet && self.args.format == Format::Human {
            to_stderr(&format!("{text}\n"));
        }
    }

    /// What was done, for those who want to know more.
    pub fn detail(self, text: &str) {
        if self.args.verbose && self.args.format == Format::Human {
            to_stderr(&format!("{text}\n"));
        }
    }

    /// A result that nobody asked for by an option: `-q` leaves it out.
    pub fn result(self, text: &str, value: Value) {
        if !self.args.quiet {
            self.answer(text, value);
        }
    }

    /// A result that was asked for.
    pub fn answer(self, text: &str, value: Value) {
        match self.args.format {
            Format::Json => to_stdout(&json_line(value)),
            Format::Human if text.is_empty() || text.ends_with('\n') => to_stdout(text),
            Format::Human => to_stdout(&format!("{text}\n")),
        }
    }
}

/// A line of JSON: members that hold nothing are left out.
fn json_line(mut value: Value) -> String {
    if let Value::Object(members) = &mut value {
        members.retain(|_, value| {
            !value.is_null() && value.as_str() != Some("") && value.as_array().is_none_or(|a| !a.is_empty())
        });
    }
    format!("{value}\n")
}

fn label(color: AnsiColor, text: &str) -> String {
    let style = Style::new().bold().fg_color(Some(color.into()));
    format!("{style}{text}{style:#}")
}

fn place(text: &mut String, place: Option<&str>, help: Option<&str>) {
    for (name, line) in [("at", place), ("help", help)] {
        if let Some(line) = line.filter(|line| !line.is_empty()) {
            // Writing to a `String` cannot fail.
            let _ = writeln!(text, "  {name}: {line}");
        }
    }
}

/// Writes text; whoever closed the other end of a pipe has seen enough.
fn to_stdout(text: &str) {
    let _ = anstream::stdout().write_all(text.as_bytes());
}

fn to_stderr(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}
