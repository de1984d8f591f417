//! The `evo-gen` program: runs what the command line asks for, and reports about it.

mod args;
mod cargo;
mod changes;
mod configured;
mod dependency;
mod explain;
mod features;
mod flags;
mod generate;
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

use clap::{CommandFactory, Parser};

use self::args::{Cli, Command, Format, ReportArgs};
use self::report::{Journal, Report};
use crate::Error;

/// The exit code when `--check` found differences.
const DIFFERS: u8 = 1;

/// Runs the program with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return refuse_arguments(&error),
    };
    let journal = Journal::default();
    let args = match &cli.command {
        Some(Command::New(args)) => args.report.clone(),
        Some(Command::Init(args)) => args.report.clone(),
        Some(Command::List(args)) => args.report.clone(),
        Some(Command::Show(args)) => args.report.clone(),
        Some(Command::Mock(args)) => args.report.clone(),
        Some(Command::Explain { format, .. }) => ReportArgs { format: *format, ..ReportArgs::default() },
        Some(Command::Completions { .. }) | None => cli.generate.report.clone(),
    };
    let report = Report::new(&args, &journal);
    match report.finish(run(&cli, report)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(DIFFERS),
        Err(error) => ExitCode::from(error.exit_code()),
    }
}

fn run(cli: &Cli, report: Report<'_>) -> Result<bool, Error> {
    match &cli.command {
        None => generate::generate(&cli.generate, report),
        Some(Command::New(args)) => new::new(args, report).map(|()| true),
        Some(Command::Init(args)) => init::init(args, report).map(|()| true),
        Some(Command::List(args)) => look::list(args, report).map(|()| true),
        Some(Command::Show(args)) => look::show(args, report).map(|()| true),
        Some(Command::Mock(args)) => mock::serve(args, report).map(|()| true),
        Some(Command::Explain { code, .. }) => explain::explain(code.as_deref(), report).map(|()| true),
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "evo-gen", &mut script);
            report::to_stdout(&String::from_utf8_lossy(&script));
            Ok(true)
        }
    }
}

/// Prints help and version, or what is wrong with the arguments, as JSON if `--format json` is among them.
fn refuse_arguments(error: &clap::Error) -> ExitCode {
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
        // The exit code is that of clap.
        let _ = Report::new(&args, &Journal::default()).finish(Err(error));
    } else {
        // If this fails, there is nowhere to report it.
        let _ = error.print();
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}
