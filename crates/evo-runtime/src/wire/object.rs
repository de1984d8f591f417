//! `System.Object`, and every type that a document names without describing it: any JSON.

use serde_json::map::Entry;
use serde_json::{Map as JsonMap, Number, Value};

use super::number::exact_integer;
use super::{Decode, Encode, Input, Map, MapBuilder, ReadError, View, Wanted, pairs_of, read_pairs};

/// The discriminator that ServiceStack.Text writes first in an object whose runtime type differs from the declared one.
pub(crate) const TYPE_MEMBER: &str = "__type";

/// `__type` is read and kept, but omitted when the value is sent back: servers refuse types that they do not allow explicitly.
impl Encode for Value {
    fn view(&self) -> View<'_> {
        View::Untyped(self)
    }
}

/// The content of a value of the C# type `object`.
pub(crate) fn content(value: &Value) -> View<'_> {
    match value {
        Value::Null => View::Null,
        Value::Bool(value) => View::Bool(*value),
        Value::Number(number) => number
            .as_i64()
            .map(View::Int)
            .or_else(|| number.as_u64().map(View::UInt))
            .or_else(|| number.as_f64().map(View::Double))
            .unwrap_or(View::Null),
        Value::String(text) => View::Str(text),
        Value::Array(items) => View::List(items),
        Value::Object(pairs) => View::Map(pairs),
    }
}

impl Decode for Value {
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
        let is_there = !matches!(input, Input::Null);
        *self = match input {
            Input::Null => Value::Null,
            Input::Bool(value) => Value::Bool(value),
            Input::Int(value) => Value::from(value),
            Input::UInt(value) => Value::from(value),
            // NaN and the infinities, which JSON cannot represent, become null.
            Input::Float(value) => Value::from(value),
            Input::Digits(digits) => number(digits),
            Input::Str(text) => Value::from(text),
            Input::List(list) => {
                let mut items = Vec::new();
                items.read(Input::List(list))?;
                Value::Array(items)
            }
            Input::Map(map) => {
                let mut pairs = JsonMap::new();
                pairs.read(Input::Map(map))?;
                Value::Object(pairs)
            }
        };
        Ok(is_there)
    }

    fn wanted(&self) -> Wanted {
        Wanted::Object
    }
}

/// A float; an integer that was written with an exponent and that no float is; or text that keeps all digits of an integer beyond 64 bits.
fn number(digits: &str) -> Value {
    let is_integer = !digits.contains(['.', 'e', 'E']) && digits != "-0";
    let float = digits.parse::<f64>().ok().filter(|_| !is_integer);
    let is_other = |exact: &i128| *exact != 0 && float.is_some_and(|float| float.to_string() != exact.to_string());
    let exact = exact_integer(digits).filter(is_other).and_then(Number::from_i128);
    let number = exact.or_else(|| float.and_then(Number::from_f64));
    number.map_or_else(|| Value::from(digits), Value::Number)
}

impl Encode for JsonMap<String, Value> {
    fn view(&self) -> View<'_> {
        View::Map(self)
    }
}

impl Map for JsonMap<String, Value> {
    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Encode) -> bool) {
        for (key, value) in self {
            if key != TYPE_MEMBER && !visit(key, value) {
                return;
            }
        }
    }
}

impl Decode for JsonMap<String, Value> {
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
        let Some(pairs) = pairs_of(input)? else { return Ok(false) };
        self.clear();
        read_pairs(self, pairs)
    }
}

impl MapBuilder for JsonMap<String, Value> {
    fn place(&mut self, key: &str) -> Result<Option<&mut dyn Decode>, ReadError> {
        match self.entry(key) {
            Entry::Vacant(entry) => Ok(Some(entry.insert(Value::Null))),
            Entry::Occupied(_) => Ok(None),
        }
    }
}
