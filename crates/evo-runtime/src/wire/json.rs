//! JSON as ServiceStack servers write it: strict first, and repaired once where that fails.

use bytes::Bytes;
use serde_json::value::RawValue;

use super::bridge::{Trail, read_into};
use super::error::Position;
use super::repair::repair;
use super::{ReadError, Wire, json_input, json_text};

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Writes a value as JSON.
///
/// # Errors
///
/// When a number is NaN or infinite.
pub fn to_vec(value: &dyn Wire) -> Result<Vec<u8>, serde_json::Error> {
    let mut text = Vec::with_capacity(256);
    json_text::write(&value.view(), &mut text)?;
    Ok(text)
}

/// Writes a value as JSON text.
///
/// # Errors
///
/// When a number is NaN or infinite.
pub fn to_string(value: &dyn Wire) -> Result<String, serde_json::Error> {
    String::from_utf8(to_vec(value)?).map_err(serde::ser::Error::custom)
}

/// Reads a JSON document into a value of a type that has a default.
///
/// # Errors
///
/// As [`read_slice`].
pub fn from_slice<T: Wire + Default>(bytes: &[u8]) -> Result<T, ReadError> {
    let mut value = T::default();
    read_slice(bytes, &mut value)?;
    Ok(value)
}

/// Reads a JSON document into a value.
///
/// ServiceStack.Text writes some values in forms that are not JSON: null items of some lists as nothing (`["a",,"b"]`),
/// `NaN`, `Infinity` and `-Infinity` bare, some keys in doubled quotes. A document that is no JSON is repaired once,
/// and read again. Half of a surrogate pair, which a .NET string may hold and a Rust one may not, becomes U+FFFD.
///
/// # Errors
///
/// When the bytes are no JSON, also after the repair, or do not fit. The message names the path to the value, the
/// offset of the byte, and the bytes around it.
pub fn read_slice(bytes: &[u8], into: &mut dyn Wire) -> Result<(), ReadError> {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    // Checked as a whole, which is a multiple faster than text by text.
    let text = std::str::from_utf8(bytes);
    if text.is_ok_and(|text| json_input::read(text, into)) {
        return Ok(());
    }
    let Err(failure) = read_strictly(bytes, into) else { return Ok(()) };
    if !failure.is_broken {
        return Err(failure.error_in(bytes, failure.offset));
    }
    let Some(repaired) = repair(bytes) else { return Err(failure.error_in(bytes, failure.offset)) };
    read_strictly(&repaired.bytes, into)
        .map_err(|failure| failure.error_in(bytes, repaired.original_offset(failure.offset)))
}

/// The JSON of each item of a list.
///
/// # Errors
///
/// When the bytes are no JSON, also after the repair, or no list.
pub(crate) fn list_items(bytes: &[u8]) -> Result<Vec<Bytes>, ReadError> {
    fn split(bytes: &[u8]) -> Option<Vec<Bytes>> {
        let items: Vec<&RawValue> = serde_json::from_slice(bytes).ok()?;
        Some(items.into_iter().map(|item| Bytes::copy_from_slice(item.get().as_bytes())).collect())
    }
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    if let Some(items) = split(bytes).or_else(|| split(&repair(bytes)?.bytes)) {
        return Ok(items);
    }
    let mut list = Vec::<serde_json::Value>::new();
    read_slice(bytes, &mut list)?;
    Err(ReadError::new("expected a list"))
}

struct Failure {
    /// The document is no JSON; else a value does not fit.
    is_broken: bool,
    message: String,
    trail: Trail,
    offset: usize,
}

impl Failure {
    fn of_format(error: &serde_json::Error, bytes: &[u8], trail: Trail) -> Self {
        let is_broken = error.is_syntax() || error.is_eof();
        Self { is_broken, message: message(error), trail, offset: offset(bytes, error) }
    }

    fn error_in(&self, bytes: &[u8], offset: usize) -> ReadError {
        ReadError::at(self.message.clone(), self.trail.take(), Position::new(bytes, offset))
    }
}

fn read_strictly(bytes: &[u8], into: &mut dyn Wire) -> Result<(), Failure> {
    let trail = Trail::default();
    let (text, no_utf8) = match std::str::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            (std::str::from_utf8(valid).unwrap_or_default(), Some(error))
        }
    };
    let mut json = serde_json::Deserializer::from_str(text);
    let result = read_into(into, &mut json, &trail).and_then(|()| json.end());
    match (result, no_utf8) {
        (Ok(()), None) => Ok(()),
        (Err(error), None) => Err(Failure::of_format(&error, bytes, trail)),
        (Err(error), Some(_)) if !error.is_eof() => Err(Failure::of_format(&error, bytes, trail)),
        (_, Some(no_utf8)) => {
            let message = "the text is no UTF-8".to_owned();
            Err(Failure { is_broken: false, message, trail, offset: no_utf8.valid_up_to() })
        }
    }
}

/// What was wrong, without the line and the column.
fn message(error: &serde_json::Error) -> String {
    let full = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    full.strip_suffix(&place).unwrap_or(&full).to_owned()
}

/// The byte at which an error was noticed: `serde_json` counts lines and the bytes in a line.
fn offset(bytes: &[u8], error: &serde_json::Error) -> usize {
    let lines_before = error.line().saturating_sub(1);
    let line_start: usize = bytes.split_inclusive(|byte| *byte == b'\n').take(lines_before).map(<[u8]>::len).sum();
    (line_start + error.column().saturating_sub(1)).min(bytes.len())
}
