//! JSV, `ServiceStack`'s text format.

use super::bridge::{Trail, Written, read_into};
use super::error::Position;
use super::{ReadError, Wire};

/// Writes a value as JSV.
///
/// # Errors
///
/// When a number is NaN or infinite.
pub fn to_vec(value: &dyn Wire) -> Result<Vec<u8>, evo_jsv::Error> {
    evo_jsv::to_string(&Written(value)).map(String::into_bytes)
}

/// Reads a JSV document into a value.
///
/// # Errors
///
/// When the bytes are no JSV, or do not fit; the message names the path to the value,
/// the offset of the byte, and the bytes around it.
pub fn read_slice(bytes: &[u8], into: &mut dyn Wire) -> Result<(), ReadError> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        ReadError::at("the text is no UTF-8".to_owned(), Vec::new(), Position::new(bytes, error.valid_up_to()))
    })?;
    let trail = Trail::default();
    let mut jsv = evo_jsv::Deserializer::new(text);
    let result = read_into(into, &mut jsv, &trail).and_then(|()| jsv.end());
    result.map_err(|error| {
        let offset = error.offset().unwrap_or_default();
        ReadError::at(error.message().to_owned(), trail.take(), Position::new(bytes, offset))
    })
}
