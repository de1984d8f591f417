//! Maps, whose keys travel as text by rules of their own.

use std::borrow::Cow;
use std::collections::BTreeMap;

use evo_runtime::wire::{Key, ReadError};
use evo_runtime::{Date, DateTime, DateTimeOffset, Decimal, DecimalText, Time, TimeSpan, Uuid};

use super::super::kinds::Kind;
use super::{Value, enums};

/// A map of these pairs, in the order of the keys, as the type of the keys writes them.
pub fn map(key: &Kind<'_>, pairs: Vec<(String, Value)>) -> Result<Value, ReadError> {
    match key {
        Kind::Scalar(name) => match name.as_str() {
            "bool" => keyed::<bool>(pairs),
            "i8" => keyed::<i8>(pairs),
            "u8" => keyed::<u8>(pairs),
            "i16" => keyed::<i16>(pairs),
            "u16" => keyed::<u16>(pairs),
            "i32" => keyed::<i32>(pairs),
            "u32" => keyed::<u32>(pairs),
            "i64" => keyed::<i64>(pairs),
            "u64" => keyed::<u64>(pairs),
            "char" => keyed::<char>(pairs),
            "Decimal" => keyed::<Decimal>(pairs),
            "DecimalText" => keyed::<DecimalText>(pairs),
            "DateTime" => keyed::<DateTime>(pairs),
            "DateTimeOffset" => keyed::<DateTimeOffset>(pairs),
            "Date" => keyed::<Date>(pairs),
            "Time" => keyed::<Time>(pairs),
            "TimeSpan" => keyed::<TimeSpan>(pairs),
            "Uuid" => keyed::<Uuid>(pairs),
            "DayOfWeek" => keyed::<evo_runtime::DayOfWeek>(pairs),
            "HttpStatusCode" => keyed::<evo_runtime::HttpStatusCode>(pairs),
            _ => keyed::<String>(pairs),
        },
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

/// A value of an enum as a key, in the order of the enum.
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
