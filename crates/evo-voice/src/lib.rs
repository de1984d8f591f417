//! Client for Evo Voice, a cloud phone system.

#[rustfmt::skip]
mod generated;

pub use evo_runtime;
pub use generated::*;
