//! The `evo-gen` program.
fn main() {}
