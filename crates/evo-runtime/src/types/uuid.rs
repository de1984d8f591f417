//! `System.Guid`: `uuid::Uuid`.

use std::borrow::Cow;

use uuid::Uuid;

use crate::wire::{Input, Key, Kind, ReadError, View, Wire};

/// Written with dashes, which every server reads; read with and without dashes, in braces, in any case.
impl Wire for Uuid {
    fn view(&self) -> View<'_> {
        View::Text(self.to_string())
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        match input {
            Input::Null | Input::Str("") => Ok(()),
            // A Guid without dashes may have digits only, which a text format cannot tell from a number.
            Input::Str(text) | Input::Digits(text) => {
                *self = parse(text)?;
                Ok(())
            }
            other => Err(other.unexpected("a Guid")),
        }
    }

    fn kind() -> Kind {
        Kind::SCALAR
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
