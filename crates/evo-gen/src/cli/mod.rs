//! The `evo-gen` program: what the command line asks for, and what is told about it.

mod args;
mod changes;
mod dependency;
mod generate;
mod new;
mod report;
mod select;
mod stored;
mod workspace;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use self::args::{Cli, Command, Format, ReportArgs};
use self::report::Report;
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
    let report = Report::new(match &cli.command {
        Some(Command::New(args)) => args.report,
        _ => cli.generate.report,
    });
    match run(&cli, report) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(DIFFERS),
        Err(error) => {
            report.error(&error);
            ExitCode::from(error.exit_code())
        }
    }
}

fn run(cli: &Cli, report: Report) -> Result<bool, Error> {
    match &cli.command {
        None => generate::generate(&cli.generate, report),
        Some(Command::New(args)) => new::new(args, report).map(|()| true),
        Some(Command::Completions { shell }) => {
            clap_complete::generate(*shell, &mut Cli::command(), "evo-gen", &mut anstream::stdout());
            Ok(true)
        }
    }
}

/// Prints help and version, or what is wrong with the arguments; a program that asked for JSON gets that.
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
        let args = ReportArgs { format: Format::Json, quiet: false, verbose: false };
        Report::new(args).error(&Error::usage(message).help("see `evo-gen --help`"));
    } else {
        // Nobody is left to tell when this fails.
        let _ = error.print();
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}
