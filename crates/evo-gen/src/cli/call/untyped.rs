//! Values before their types are known: JSON whose numbers keep all digits, or the text of an argument.

use evo_runtime::wire::{Decode, Encode, Input, Map, ReadError, View, json};

use crate::Error;

/// A value before its type is known.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum UntypedValue {
    /// `null`, or an absent value.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// The digits of a number.
    Number(String),
    /// A string from a JSON document.
    Text(String),
    /// The text of an argument, which is parsed as the type of its member.
    Word(String),
    /// A list.
    List(Vec<UntypedValue>),
    /// An object, in the order of its source.
    Object(Vec<(String, UntypedValue)>),
}

impl UntypedValue {
    /// Parses a JSON document. `origin` is the flag or file that contains it.
    pub fn from_json(text: &str, origin: &str) -> Result<Self, Error> {
        // The JSON reader of the runtime is lenient. Here, mistakes are reported.
        if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text) {
            let place = format!("line {}, column {}", error.line(), error.column());
            return Err(Error::usage("the text is not valid JSON").at(format!("{origin}, {place}")));
        }
        let mut untyped = Self::Null;
        match json::read_slice(text.as_bytes(), &mut untyped) {
            Ok(_) => Ok(untyped),
            Err(error) => Err(Error::usage(error.message()).at(origin)),
        }
    }

    /// Parses the text of an argument as a JSON list or object; `None` if it is neither.
    pub fn from_word(word: &str) -> Option<Self> {
        let is_composite = word.trim_start().starts_with(['[', '{']);
        is_composite.then(|| Self::from_json(word, "").ok()).flatten()
    }

    /// Returns the kind of the value, for messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::Text(_) | Self::Word(_) => "a text",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
        }
    }

    /// Converts the value to JSON, for members of any type.
    pub fn to_value(&self) -> serde_json::Value {
        use serde_json::Value;
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Number(digits) => serde_json::from_str(digits).unwrap_or_else(|_| Value::from(digits.as_str())),
            Self::Text(text) => Value::from(text.as_str()),
            // An argument is treated as JSON if possible.
            Self::Word(word) => serde_json::from_str(word).unwrap_or_else(|_| Value::from(word.as_str())),
            Self::List(items) => items.iter().map(Self::to_value).collect(),
            Self::Object(pairs) => pairs.iter().map(|(key, value)| (key.clone(), value.to_value())).collect(),
        }
    }
}

impl Decode for UntypedValue {
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
        *self = match input {
            Input::Null => Self::Null,
            Input::Bool(value) => Self::Bool(value),
            Input::Str(text) => Self::Text(text.to_owned()),
            Input::List(list) => {
                let mut items = Vec::new();
                let mut item = Self::Null;
                while list.next(&mut item)? {
                    items.push(std::mem::take(&mut item));
                }
                Self::List(items)
            }
            Input::Map(map) => {
                let mut pairs = Vec::new();
                let mut key = String::new();
                while map.key(&mut |text| text.clone_into(&mut key))? {
                    let mut value = Self::Null;
                    map.value(&mut value)?;
                    pairs.push((std::mem::take(&mut key), value));
                }
                Self::Object(pairs)
            }
            // NaN and infinity are not JSON numbers.
            Input::Float(value) if !value.is_finite() => Self::Text(value.to_string()),
            number => Self::Number(number.number_text().unwrap_or_default().into_owned()),
        };
        Ok(*self != Self::Null)
    }
}

impl Encode for UntypedValue {
    fn view(&self) -> View<'_> {
        match self {
            Self::Null => View::Null,
            Self::Bool(value) => View::Bool(*value),
            Self::Number(digits) => View::Digits(digits.clone()),
            Self::Text(text) | Self::Word(text) => View::Str(text),
            Self::List(items) => View::List(items),
            Self::Object(_) => View::Map(self),
        }
    }
}

impl Map for UntypedValue {
    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Encode) -> bool) {
        if let Self::Object(pairs) = self {
            pairs.iter().all(|(key, value)| visit(key, value));
        }
    }
}
