//! Recognizes numbers with more digits than an `f64` can hold, which are serialized as a struct with a reserved name.

/// The name of the struct, and of its only field, that `serde_json::value::RawValue` serializes as.
const RAW_VALUE: &str = "$serde_json::private::RawValue";

/// The corresponding name for `serde_json::Number` if its feature `arbitrary_precision` is enabled.
const NUMBER: &str = "$serde_json::private::Number";

/// Whether a struct with this name contains the digits of a number.
pub(crate) fn is_raw_number(name: &str) -> bool {
    name == RAW_VALUE || name == NUMBER
}
