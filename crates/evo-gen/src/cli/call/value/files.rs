//! Reads values from files: `@path`.

use std::io::Read as _;

use evo_runtime::Bytes;

use super::Place;
use crate::Error;

/// Reads the file in `@path`; `@-` is standard input.
pub fn read_bytes(word: &str, place: &Place) -> Result<Bytes, Error> {
    let path = word.trim_start_matches('@');
    let read = match path {
        "-" => {
            let mut bytes = Vec::new();
            std::io::stdin().read_to_end(&mut bytes).map(|_| bytes)
        }
        path => std::fs::read(path),
    };
    match read {
        Ok(bytes) => Ok(Bytes::from(bytes)),
        Err(error) => Err(place.error("the file cannot be read").at(path).caused_by(error)),
    }
}
