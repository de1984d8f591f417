//! Maps, whose keys are encoded as strings by their own rules.

use std::borrow::Cow;
use std::collections::BTreeMap;

use evo_runtime::wire::{Key, ReadError};

use super::super::kinds::Kind;
use super::rust_types::with_key_type;
use super::{Value, enums};

/// Builds a map from these pairs. The type of the keys determines their order and encoding.
pub fn map(key: &Kind<'_>, pairs: Vec<(String, Value)>) -> Result<Value, ReadError> {
    match key {
        Kind::Scalar(name) => {
            macro_rules! keyed {
                ($type:ty) => {
                    keyed::<$type>(pairs)
                };
            }
            with_key_type!(name.as_str(), keyed, keyed::<String>(pairs))
        }
        Kind::Choice(choice) => Ok(ordered(pairs.into_iter().map(|(text, value)| {
            let (position, text) = enums::choice_key(choice, &text);
            (EnumKey { position: position as i128, text }, value)
        }))),
        Kind::Flags(flags) => {
            let pairs = pairs.into_iter().map(|(text, value)| {
                let number = enums::flags_key(flags, &text);
                let number = number.ok_or_else(|| ReadError::new(format!("there is no flag `{text}`")))?;
                Ok((EnumKey { position: number, text: number.to_string() }, value))
            });
            Ok(ordered(pairs.collect::<Result<Vec<_>, ReadError>>()?))
        }
        _ => keyed::<String>(pairs),
    }
}

fn keyed<K: Key + 'static>(pairs: Vec<(String, Value)>) -> Result<Value, ReadError> {
    let pairs = pairs.into_iter().map(|(text, value)| match K::parse_key(&text) {
        Ok(key) => Ok((key, value)),
        Err(error) => Err(ReadError::new(format!("{} {text:?}", error.message()))),
    });
    Ok(ordered(pairs.collect::<Result<Vec<_>, ReadError>>()?))
}

fn ordered<K: Key + 'static>(pairs: impl IntoIterator<Item = (K, Value)>) -> Value {
    Value::new(pairs.into_iter().collect::<BTreeMap<K, Value>>())
}

/// An enum as a map key, ordered by position.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct EnumKey {
    position: i128,
    text: String,
}

impl Key for EnumKey {
    fn key_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.text)
    }

    fn parse_key(text: &str) -> Result<Self, ReadError> {
        Ok(Self { position: 0, text: text.to_owned() })
    }
}
