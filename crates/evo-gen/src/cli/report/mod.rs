//! Reports results on standard output, and errors, warnings and notes on standard error. [`guide::reports`](crate::guide::reports)
//! describes the formats for programs.
//!
//! | module | purpose |
//! |---|---|
//! | `human` | text for people, with excerpts of the document |
//! | `json` | JSON lines |
//! | `github` | annotations for workflows |
//! | `markdown` | the file of `--report` |
//! | `remarks`, `deny` | the diagnostics of a client, and those that fail the run |
//! | `count` | counts with their nouns |

mod count;
mod deny;
mod github;
mod human;
mod json;
mod markdown;
mod remarks;

use std::error::Error as _;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::OnceLock;

use serde_json::Value;

pub use self::count::{list_first, pluralize};
pub use self::deny::Deny;
pub use self::github::annotation as annotate;
pub use self::json::line as json_line;
pub use self::markdown::{Journal, plain};
pub use self::remarks::Remarks;
use super::args::{Format, ReportArgs};
use crate::Error;
pub(crate) use crate::places::{Excerpts, Place, shown_path};

/// The first error of writing to standard output, which fails the run at its end.
static OUTPUT_ERROR: OnceLock<std::io::Error> = OnceLock::new();

/// The output of a run.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    args: &'a ReportArgs,
    journal: &'a Journal,
}

impl<'a> Report<'a> {
    /// Creates a report in the format of `args`. The content for the file of `--report` is collected in `journal`.
    pub fn new(args: &'a ReportArgs, journal: &'a Journal) -> Self {
        Self { args, journal }
    }

    /// Ends a run: reports its error, if any, and writes the file of `--report`. Returns the outcome of the run.
    pub fn finish<T>(self, outcome: Result<T, Error>) -> Result<T, Error> {
        let outcome = outcome.and_then(|value| match OUTPUT_ERROR.get() {
            Some(error) => Err(Error::write("standard output cannot be written").caused_by(error.to_string())),
            None => Ok(value),
        });
        if let Err(error) = &outcome {
            self.error(error);
        }
        if let Some(path) = &self.args.report
            && let Err(error) = self.journal.store(path, outcome.as_ref().err())
        {
            self.error(&error);
            // The first error is more useful.
            return outcome.and(Err(error));
        }
        outcome
    }

    fn error(self, error: &Error) {
        let mut causes = Vec::new();
        let mut cause = error.source();
        while let Some(error) = cause {
            causes.push(error.to_string());
            cause = error.source();
        }
        match self.args.format {
            Format::Json => to_stderr(&json::error(error, &causes)),
            Format::Human => to_stderr(&human::error(error, &causes)),
            Format::Github => to_stdout(&github::error(error, &causes)),
        }
    }

    /// Reports the diagnostics of a client.
    pub fn remarks(self, remarks: &Remarks<'_>) {
        self.journal.add(remarks);
        let ReportArgs { format, quiet, verbose, .. } = *self.args;
        match format {
            Format::Json => to_stderr(&json::remarks(remarks, quiet)),
            Format::Github => to_stdout(&github::remarks(remarks, quiet)),
            Format::Human => {
                to_stderr(&human::remarks(remarks, quiet, verbose));
                if let Some(total) = human::total(remarks).filter(|_| !quiet) {
                    to_stderr(&format!("{total}\n"));
                }
            }
        }
    }

    /// Reports a warning about the run itself, which `-q` does not suppress.
    pub fn warning(self, text: &str) {
        match self.args.format {
            Format::Json => to_stderr(&json::line(serde_json::json!({ "kind": "warning", "message": text }))),
            Format::Human => to_stderr(&human::warning(text)),
            Format::Github => to_stdout(&github::warning(text)),
        }
    }

    /// Shows a step that may take a while, if standard error is a terminal.
    pub fn progress(self, text: &str) {
        let watched = self.args.verbose || std::io::stderr().is_terminal();
        if watched && !self.args.quiet && self.args.format != Format::Json {
            to_stderr(&format!("{text}\n"));
        }
    }

    /// Prints a detail if `--verbose` is set.
    pub fn detail(self, text: &str) {
        if self.args.verbose && self.args.format != Format::Json {
            to_stderr(&format!("{text}\n"));
        }
    }

    /// Annotates a file that `--check` found out of date. In other formats, the diff shows it.
    pub fn out_of_date(self, path: &Path, command: &str) {
        if self.args.format == Format::Github {
            to_stdout(&github::out_of_date(path, command));
        }
    }

    /// Reports a failure outside of this program, with a line for each detail.
    pub fn failure(self, title: &str, lines: &[(&str, String)], value: Value) {
        match self.args.format {
            Format::Json => to_stderr(&json::line(value)),
            Format::Human | Format::Github => to_stderr(&human::failure(title, lines)),
        }
    }

    /// Reports an additional action on standard error, unless `-q` is given.
    pub fn note(self, text: &str, value: Value) {
        match self.args.format {
            _ if self.args.quiet => {}
            Format::Json => to_stderr(&json::line(value)),
            Format::Human | Format::Github => to_stderr(&format!("{text}\n")),
        }
    }

    /// Reports a result that `-q` suppresses.
    pub fn result(self, text: &str, value: Value) {
        if !self.args.quiet {
            self.answer(text, value);
        }
    }

    /// Reports a result that `-q` does not suppress.
    pub fn answer(self, text: &str, value: Value) {
        match self.args.format {
            Format::Json => to_stdout(&json::line(value)),
            Format::Human | Format::Github if text.is_empty() || text.ends_with('\n') => to_stdout(text),
            Format::Human | Format::Github => to_stdout(&format!("{text}\n")),
        }
    }
}

/// Writes text to standard output, without colours if the terminal does not support them.
pub fn to_stdout(text: &str) {
    write_to_stdout(anstream::stdout(), text.as_bytes());
}

/// Writes bytes to standard output. Returns whether more can be written.
pub fn bytes_to_stdout(bytes: &[u8]) -> bool {
    write_to_stdout(std::io::stdout(), bytes)
}

/// Writes bytes and stores the first error. A closed pipe is not an error: its reader, such as `head`, needs no more.
fn write_to_stdout(mut stdout: impl Write, bytes: &[u8]) -> bool {
    let written = stdout.write_all(bytes).and_then(|()| stdout.flush());
    let is_written = written.is_ok();
    if let Some(error) = written.err().filter(|error| error.kind() != std::io::ErrorKind::BrokenPipe) {
        // Later errors have the same cause.
        let _ = OUTPUT_ERROR.set(error);
    }
    is_written
}

/// Writes text to standard error.
pub fn to_stderr(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}
