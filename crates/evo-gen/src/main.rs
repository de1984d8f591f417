//! The `evo-gen` program.

use std::process::ExitCode;

/// Most of a run is spent on small texts, which the allocators of operating systems are slow at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    evo_gen::cli::main()
}
