//! `System.Guid`: `uuid::Uuid`.

use std::borrow::Cow;

use uuid::Uuid;

use crate::wire::{Decode, Encode, Input, Key, ReadError, View};

/// Written with dashes, which every server reads; read with and without dashes, in braces, in any case.
impl Encode for Uuid {
    fn view(&self) -> View<'_> {
        View::Text(self.to_string())
    }
}

impl Decode for Uuid {
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
        match input {
            absent if absent.is_absent() => Ok(false),
            Input::Str(text) => {
                *self = parse(text)?;
                Ok(true)
            }
            other => Err(other.unexpected("a Guid")),
        }
    }
}

impl Key for Uuid {
    fn key_text(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }

    fn parse_key(text: &str) -> Result<Self, ReadError> {
        parse(text)
    }
}

fn parse(text: &str) -> Result<Uuid, ReadError> {
    Uuid::try_parse(text.trim()).map_err(|_| Input::Str(text).unexpected("a Guid"))
}
