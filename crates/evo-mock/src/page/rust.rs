//! A call as a line of Rust.

use crate::schema::Operation;

/// The call of the generated client.
pub(super) fn line(operation: &Operation) -> String {
    operation.rust.clone()
}
