//! How number types hand over digits that no `f64` holds.

/// The name by which `serde_json::value::RawValue` serialises itself: a struct of one field, both of this name, that holds text.
const RAW_VALUE: &str = "$serde_json::private::RawValue";

/// The same for `serde_json::Number` in builds with its feature `arbitrary_precision`.
const NUMBER: &str = "$serde_json::private::Number";

/// Whether a struct of this name holds the digits of a number.
pub(crate) fn is_raw_number(name: &str) -> bool {
    name == RAW_VALUE || name == NUMBER
}
