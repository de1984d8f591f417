//! The `evo-gen` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    evo_gen::cli::main()
}
