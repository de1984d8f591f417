//! JSON as ServiceStack servers write it: strict first, and repaired once where that fails.

use super::bridge::{Trail, Written, read_into};
use super::{ReadError, Wire};

/// Writes a value as JSON.
///
/// # Errors
///
/// When a number is NaN or infinite.
pub fn to_vec(value: &dyn Wire) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&Written(value))
}

/// Reads a JSON document into a value.
///
/// # Errors
///
/// When the bytes are no JSON, also after the repair, or do not fit; the message names the path, the line and the column.
pub fn read_slice(bytes: &[u8], into: &mut dyn Wire) -> Result<(), ReadError> {
    let trail = Trail::default();
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let result = read_into(into, &mut json, &trail).and_then(|()| json.end());
    result.map_err(|error| {
        let path = trail.path();
        ReadError::new(if path.is_empty() { error.to_string() } else { format!("{path}: {error}") })
    })
}
