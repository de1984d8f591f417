//! Recognizes numbers with more digits than `f64`, which serialize as a struct with a reserved name.

/// The name of the struct, and of its only field, as which `serde_json::value::RawValue` serializes.
const RAW_VALUE: &str = "$serde_json::private::RawValue";

/// The same for `serde_json::Number` if its feature `arbitrary_precision` is enabled.
const NUMBER: &str = "$serde_json::private::Number";

/// Whether a struct with this name contains the digits of a number.
pub(crate) fn is_raw_number(name: &str) -> bool {
    name == RAW_VALUE || name == NUMBER
}
