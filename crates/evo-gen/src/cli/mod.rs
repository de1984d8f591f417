//! The `evo-gen` program.

mod args;
mod call;
mod cargo;
mod configured;
mod dependency;
mod diff;
mod explain;
mod features;
mod flags;
mod generate;
mod help;
mod hints;
mod init;
mod locked;
mod look;
mod mock;
mod module;
mod new;
mod renames;
mod report;
mod select;
mod stored;
mod subject;
mod templates;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use self::args::{Cli, Command, Format, ReportArgs};
use self::report::{Journal, Report};
use crate::Error;

/// The exit code of a successful run.
const DONE: u8 = 0;

/// The exit code if `--check` or `diff` found differences.
const DIFFERS: u8 = 1;

/// Runs the program with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    let parsed = help::command().try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return report_usage_error(&error),
    };
    let journal = Journal::default();
    let args = match &cli.command {
        Some(Command::New(args)) => args.report.clone(),
        Some(Command::Init(args)) => args.report.clone(),
        Some(Command::List(args)) => args.report.clone(),
        Some(Command::Show(args)) => args.report.clone(),
        Some(Command::Mock(args)) => args.report.clone(),
        Some(Command::Call(args)) => args.report(),
        Some(Command::Diff(args)) => args.report_args(),
        Some(Command::Explain { format, .. }) => ReportArgs { format: *format, ..ReportArgs::default() },
        Some(Command::Completions { .. }) | None => cli.generate.report.clone(),
    };
    let report = Report::new(&args, &journal);
    match report.finish(run(&cli, report)) {
        Ok(code) => ExitCode::from(code),
        Err(error) => ExitCode::from(error.exit_code()),
    }
}

/// Runs a command, and returns the exit code.
fn run(cli: &Cli, report: Report<'_>) -> Result<u8, Error> {
    match &cli.command {
        None => generate::generate(&cli.generate, report).map(|is_same| if is_same { DONE } else { DIFFERS }),
        Some(Command::New(args)) => new::new(args, report).map(|()| DONE),
        Some(Command::Init(args)) => init::init(args, report).map(|()| DONE),
        Some(Command::List(args)) => look::list(args, report).map(|()| DONE),
        Some(Command::Show(args)) => look::show(args, report).map(|()| DONE),
        Some(Command::Mock(args)) => mock::serve(args, report).map(|()| DONE),
        Some(Command::Call(args)) => call::call(args, report),
        Some(Command::Diff(args)) => diff::diff(args, report).map(|is_fine| if is_fine { DONE } else { DIFFERS }),
        Some(Command::Explain { code, .. }) => explain::explain(code.as_deref(), report).map(|()| DONE),
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "evo-gen", &mut script);
            report::to_stdout(&String::from_utf8_lossy(&script));
            Ok(DONE)
        }
    }
}

/// Prints help, the version, or an error about the arguments, as JSON if `--format json` is among them.
fn report_usage_error(error: &clap::Error) -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let wants_json = arguments.iter().any(|argument| argument == "--format=json")
        || arguments
            .iter()
            .zip(arguments.iter().skip(1))
            .any(|(option, value)| option == "--format" && value == "json");
    if error.use_stderr() && wants_json {
        let text = error.to_string();
        let message = text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
        let args = ReportArgs { format: Format::Json, ..ReportArgs::default() };
        let error = Error::usage(message).help("see `evo-gen --help`");
        // The exit code comes from clap.
        let _ = Report::new(&args, &Journal::default()).finish::<()>(Err(error));
    } else {
        // If this fails, there is nowhere to report it.
        let _ = error.print();
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}
