//! JSV, `ServiceStack`'s text format.

use serde::Serialize;

use super::bridge::{Floats, Trail, Written, read_into};
use super::query::Refusal;
use super::{Decode, Encode, ReadError};

/// Writes a value as JSV.
///
/// # Errors
///
/// If a number is NaN or infinite, or a value cannot be written.
pub fn to_vec(value: &dyn Encode) -> Result<Vec<u8>, evo_jsv::Error> {
    let mut serializer = evo_jsv::Serializer::new(Vec::new());
    Written { view: value.view(), floats: Floats::Finite }.serialize(&mut serializer)?;
    Ok(serializer.into_inner())
}

/// Why servers would lose part of a value in a JSV body; `None` if they read all of it.
///
/// A list with a single null arrives empty, a pair with a null value does not arrive, version 10 keeps the doubled quotes of a key, and a
/// value of type object arrives as text.
pub(crate) fn find_loss(value: &dyn Encode) -> Option<&'static str> {
    match super::query::refusal(&value.view()) {
        Some(Refusal::NeedsBody(why)) => Some(why),
        // Writing reports this.
        Some(Refusal::Unwritable(_)) | None => None,
    }
}

/// Reads a JSV document into a value. Returns whether there was a value.
///
/// # Errors
///
/// If the bytes are not JSV, or do not fit the value. The error has the path to the value and its offset.
pub fn read_slice(bytes: &[u8], into: &mut dyn Decode) -> Result<bool, ReadError> {
    let in_document = |error: ReadError| error.in_document(bytes, |offset| offset);
    let text = std::str::from_utf8(bytes)
        .map_err(|error| in_document(ReadError::broken("the text is not UTF-8", error.valid_up_to())))?;
    let trail = Trail::default();
    let mut jsv = evo_jsv::Deserializer::new(text);
    let result = read_into(into, &mut jsv, &trail).and_then(|()| jsv.end());
    result.map_err(|error| {
        let offset = error.offset().unwrap_or_default();
        in_document(ReadError::with_path(error.message().to_owned(), trail.take()).at(offset))
    })?;
    Ok(!matches!(text.trim(), "" | "null"))
}
