//! `System.Guid`: `uuid::Uuid`.

use std::borrow::Cow;

use uuid::Uuid;

use crate::wire::{Decode, Encode, Input, Key, ReadError, View, read_scalar};

/// Written with dashes, which every server reads. Read with or without dashes, in braces or parentheses, in any case.
impl Encode for Uuid {
    fn view(&self) -> View<'_> {
        View::Text(self.to_string())
    }
}

impl Decode for Uuid {
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
        read_scalar(self, &input, "a Guid", |input| match input {
            Input::Str(text) => parse(text),
            _ => None,
        })
    }
}

impl Key for Uuid {
    fn key_text(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }

    fn parse_key(text: &str) -> Result<Self, ReadError> {
        parse(text).ok_or_else(|| Input::Str(text).unexpected("a Guid"))
    }
}

fn parse(text: &str) -> Option<Uuid> {
    let text = text.trim();
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    Uuid::try_parse(inner.unwrap_or(text)).ok()
}
