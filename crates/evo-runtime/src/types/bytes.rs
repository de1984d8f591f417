//! `System.Byte[]`: `bytes::Bytes`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

use crate::wire::{Decode, Encode, Input, ReadError, View};

/// Padded base64 in the standard alphabet. Arrays of numbers are read as well. (`List<byte>` is an array of numbers in both directions: a
/// `Vec<u8>`.)
impl Encode for Bytes {
    fn view(&self) -> View<'_> {
        View::Text(STANDARD.encode(self))
    }
}

impl Decode for Bytes {
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
        match input {
            Input::Null => Ok(false),
            Input::Str(text) => {
                let bytes = STANDARD.decode(text.trim());
                *self = bytes.map_err(|_| Input::Str(text).unexpected("bytes in base64"))?.into();
                Ok(true)
            }
            Input::List(list) => {
                let mut bytes = Vec::<u8>::new();
                bytes.read(Input::List(list))?;
                *self = bytes.into();
                Ok(true)
            }
            other => Err(other.unexpected("bytes in base64")),
        }
    }
}
