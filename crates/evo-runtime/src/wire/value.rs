//! `System.Object`, and every type that a document names without describing it: any JSON.

use serde_json::{Map as JsonMap, Value};

use super::{Input, Kind, Map, ReadError, Segment, View, Wanted, Wire, pairs_of};

/// The discriminator that ServiceStack.Text puts first into an object whose runtime type is not the declared one.
pub(crate) const TYPE_MEMBER: &str = "__type";

/// `__type` is read and kept, but left out when the value is sent back: servers refuse a type that they did not allow.
impl Wire for Value {
    fn view(&self) -> View<'_> {
        match self {
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

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        *self = match input {
            Input::Null => Value::Null,
            Input::Bool(value) => Value::Bool(value),
            Input::Int(value) => Value::from(value),
            Input::UInt(value) => Value::from(value),
            // NaN and the infinities, which JSON has no number for, are null.
            Input::Float(value) => Value::from(value),
            Input::Digits(digits) => serde_json::from_str(digits).unwrap_or_else(|_| Value::from(digits)),
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
        Ok(())
    }

    fn wanted(&self) -> Wanted {
        Wanted::Object
    }

    fn kind() -> Kind {
        Kind { wanted: Wanted::Object, ..Kind::ANY }
    }
}

impl Wire for JsonMap<String, Value> {
    fn view(&self) -> View<'_> {
        View::Map(self)
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        let Some(map) = pairs_of(input)? else { return Ok(()) };
        self.clear();
        loop {
            let mut key = String::new();
            if !map.key(&mut |text| text.clone_into(&mut key))? {
                return Ok(());
            }
            let mut value = Value::Null;
            map.value(&mut value).map_err(|error| error.within(Segment::Member(key.clone())))?;
            self.entry(key).or_insert(value);
        }
    }
}

impl Map for JsonMap<String, Value> {
    fn len(&self) -> usize {
        self.len() - usize::from(self.contains_key(TYPE_MEMBER))
    }

    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Wire) -> bool) {
        for (key, value) in self {
            if key != TYPE_MEMBER && !visit(key, value) {
                return;
            }
        }
    }
}
