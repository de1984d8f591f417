//! The `evo-gen` program: what the command line asks for, and what is told about it.

mod args;
mod workspace;

pub use self::args::{AccessArgs, Cli, Command, Format, GenerateArgs, NewArgs, ReportArgs};
