//! What a generated client of a ServiceStack service calls.

#[macro_use]
mod macros;
pub mod wire;

/// What the macros need, under paths that a user's own names cannot shadow.
#[doc(hidden)]
pub mod private {
    pub use serde;
}
