//! JSON as ServiceStack servers write it: read strictly, and repaired once if it is malformed.

mod read;
mod repair;
mod scan;
mod write;

use bytes::Bytes;
use serde_json::value::RawValue;

pub(super) use self::read::read_text;
use self::repair::repair;
use super::{Decode, Encode, ReadError, Wire};

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Starts a string that represents a float without a JSON number. It is a noncharacter, which no server writes.
const WORD_MARK: char = '\u{fdd0}';

/// Writes a value as JSON.
///
/// # Errors
///
/// If a number is NaN or infinite, or a value cannot be written.
pub fn to_vec(value: &dyn Encode) -> Result<Vec<u8>, serde_json::Error> {
    let mut text = Vec::with_capacity(256);
    write::write(&value.view(), &mut text)?;
    Ok(text)
}

/// Writes a value as JSON text.
pub fn to_string(value: &dyn Encode) -> Result<String, serde_json::Error> {
    String::from_utf8(to_vec(value)?).map_err(serde::ser::Error::custom)
}

/// Reads a JSON document into a value of a type with a default.
pub fn from_slice<T: Wire>(bytes: &[u8]) -> Result<T, ReadError> {
    let mut value = T::default();
    match read_slice(bytes, &mut value) {
        Ok(_) => Ok(value),
        Err(error) => Err(error),
    }
}

/// Reads a JSON document into a value. Returns whether there was a value, as [`Decode::read`] does.
///
/// ServiceStack.Text writes some values in forms that are not JSON: null items of some lists as nothing (`["a",,"b"]`), `NaN`, `Infinity`
/// and `-Infinity` as bare words, and some keys in doubled quotes. A document that is not JSON is repaired once and read again. A lone
/// surrogate, which a .NET string can contain but a Rust string cannot, becomes U+FFFD.
///
/// # Errors
///
/// If the bytes are not JSON, even after the repair, or do not fit the value. The error has the path to the value and its offset.
pub fn read_slice(bytes: &[u8], into: &mut dyn Decode) -> Result<bool, ReadError> {
    let document = without_mark(bytes);
    let error = match read_bytes(document, into) {
        Err(error) if error.is_broken() => error,
        result => return result.map_err(|error| error.in_document(document, |offset| offset)),
    };
    match repair(document) {
        None => Err(error.in_document(document, |offset| offset)),
        Some(repaired) => read_bytes(&repaired.bytes, into)
            .map_err(|error| error.in_document(document, |offset| repaired.original_offset(offset))),
    }
}

fn read_bytes(bytes: &[u8], into: &mut dyn Decode) -> Result<bool, ReadError> {
    // Validated as a whole, which is several times faster than text by text.
    let no_utf8 = match std::str::from_utf8(bytes) {
        Ok(text) => return read_text(text, into),
        Err(error) => error,
    };
    let valid = bytes.get(..no_utf8.valid_up_to()).and_then(|valid| std::str::from_utf8(valid).ok());
    match read_text(valid.unwrap_or_default(), into) {
        Err(error) if error.offset() != Some(no_utf8.valid_up_to()) => Err(error),
        // Parsing failed at the end of the valid part.
        Err(error) => Err(error.with_message("the text is not UTF-8", no_utf8.valid_up_to())),
        Ok(_) => Err(ReadError::broken("the text is not UTF-8", no_utf8.valid_up_to())),
    }
}

/// Removes a leading byte order mark.
pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes)
}

/// The JSON of each item of a list.
pub(crate) fn list_items(bytes: &[u8]) -> Result<Vec<Bytes>, ReadError> {
    fn split(bytes: &[u8]) -> Option<Vec<Bytes>> {
        let items: Vec<&RawValue> = serde_json::from_slice(bytes).ok()?;
        Some(items.into_iter().map(|item| Bytes::copy_from_slice(item.get().as_bytes())).collect())
    }
    let bytes = without_mark(bytes);
    if let Some(items) = split(bytes).or_else(|| split(&repair(bytes)?.bytes)) {
        return Ok(items);
    }
    let mut list = Vec::<serde_json::Value>::new();
    read_slice(bytes, &mut list)?;
    Err(ReadError::new("expected a list"))
}
