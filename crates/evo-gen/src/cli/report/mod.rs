//! What a run tells: results on standard output, errors and remarks on standard error.
//!
//! | module | what it makes |
//! |---|---|
//! | `human` | sentences, with excerpts of the document |
//! | `excerpts`, `spans` | the lines of a document that a pointer leads to |
//! | `json` | JSON lines |
//! | `markdown` | the document of `--report` |
//! | `remarks`, `deny` | what is reported about a client, and what of it is not let pass |

mod deny;
mod excerpts;
mod human;
mod json;
mod markdown;
mod remarks;
mod spans;

use std::error::Error as _;
use std::io::{IsTerminal, Write};

use serde_json::Value;

pub use self::deny::Deny;
pub use self::markdown::Journal;
pub use self::remarks::Remarks;
use super::args::{Format, ReportArgs};
use crate::Error;

/// Where a run reports.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    args: &'a ReportArgs,
    journal: &'a Journal,
}

impl<'a> Report<'a> {
    /// Reports as `args` say, and keeps in `journal` what `--report` writes at the end.
    pub fn new(args: &'a ReportArgs, journal: &'a Journal) -> Self {
        Self { args, journal }
    }

    /// The end of a run: why it stopped, if it did, and the document of `--report`. The error that the run ends with.
    pub fn finish(self, outcome: Result<bool, Error>) -> Result<bool, Error> {
        if let Err(error) = &outcome {
            self.error(error);
        }
        if let Some(path) = &self.args.report
            && let Err(error) = self.journal.store(path, outcome.as_ref().err())
        {
            self.error(&error);
            // The first error says more.
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
        }
    }

    /// What there is to say about the document of a client.
    pub fn remarks(self, remarks: &Remarks<'_>) {
        self.journal.add(remarks);
        let ReportArgs { format, quiet, verbose, .. } = *self.args;
        match format {
            Format::Json => to_stderr(&json::remarks(remarks, quiet)),
            Format::Human => {
                to_stderr(&human::remarks(remarks, quiet, verbose));
                if let Some(total) = human::total(remarks).filter(|_| !quiet) {
                    to_stderr(&format!("{total}\n"));
                }
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
            Format::Json => to_stdout(&json::line(value)),
            Format::Human if text.is_empty() || text.ends_with('\n') => to_stdout(text),
            Format::Human => to_stdout(&format!("{text}\n")),
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
