//! Values that are read from files: `@path`.

use evo_runtime::Bytes;

use super::Place;
use crate::Error;

/// The content of the file that `@path` names.
pub fn read_bytes(word: &str, place: &Place) -> Result<Bytes, Error> {
    let path = word.trim_start_matches('@');
    match std::fs::read(path) {
        Ok(bytes) => Ok(Bytes::from(bytes)),
        Err(error) => Err(place.refuse("the file cannot be read").at(path).caused_by(error)),
    }
}
