//! The bridge to serde: writes any value to any serializer and reads it from any deserializer.
//!
//! JSON from `serde_json` is read by this crate's own reader, so a DTO is read there in the same way as in a client; other formats are read
//! through their visitors. The code is generic over the format only; what is also generic over the value is two lines in
//! [`record!`](crate::record).

mod encode;

use std::cell::RefCell;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

pub use self::encode::write;
pub(super) use self::encode::{Floats, Written};
use super::error::path_text;
use super::{Decode, Input, ListInput, MapInput, ReadError, Segment, Wanted, Wire, json};

/// The name with which `serde_json::value::RawValue` requests or supplies the raw text of a value: the only access to all digits of a
/// number without the feature `arbitrary_precision`, which would affect every crate of a build. `evo-jsv` recognizes it as well; other
/// formats ignore it.
const RAW_VALUE: &str = "$serde_json::private::RawValue";

/// Reads a value of a type with a default.
///
/// # Errors
///
/// If the input is malformed or does not fit; the message contains the path to the value.
pub fn read<'de, T: Wire, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::default();
    match read_whole(&mut value, deserializer) {
        Ok(()) => Ok(value),
        Err(error) => Err(error),
    }
}

fn read_whole<'de, D: Deserializer<'de>>(value: &mut dyn Decode, deserializer: D) -> Result<(), D::Error> {
    let trail = Trail::default();
    let seed = Seed { value, trail: &trail, may_be_raw: true };
    deserializer.deserialize_newtype_struct(RAW_VALUE, seed).map_err(|error| {
        let path = trail.path();
        if path.is_empty() { error } else { de::Error::custom(format_args!("{path}: {error}")) }
    })
}

/// Reads into a value; on failure, `trail` receives the path.
pub(super) fn read_into<'de, D: Deserializer<'de>>(
    value: &mut dyn Decode,
    deserializer: D,
    trail: &Trail,
) -> Result<(), D::Error> {
    Seed { value, trail, may_be_raw: false }.deserialize(deserializer)
}

/// The path to the value that could not be read, innermost segment first, collected while the error propagates outwards.
#[derive(Debug, Default)]
pub(super) struct Trail(RefCell<Vec<Segment>>);

impl Trail {
    fn path(&self) -> String {
        path_text(&self.0.borrow())
    }

    pub(super) fn take(&self) -> Vec<Segment> {
        self.0.take()
    }

    fn extend(&self, innermost_first: Vec<Segment>) {
        self.0.borrow_mut().extend(innermost_first);
    }

    /// Converts the error of a value to one of the format.
    fn error<E: de::Error>(&self, error: ReadError) -> E {
        let message = error.message().to_owned();
        self.extend(error.into_path());
        E::custom(message)
    }
}

struct Seed<'a> {
    value: &'a mut dyn Decode,
    trail: &'a Trail,
    /// Whether `serde_json` may supply the raw text of the value instead of the value.
    may_be_raw: bool,
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.value.wanted() {
            Wanted::Anything | Wanted::Byte { .. } => deserializer.deserialize_any(self),
            Wanted::List => deserializer.deserialize_newtype_struct(evo_jsv::hint::LIST, self),
            Wanted::Character => deserializer.deserialize_newtype_struct(evo_jsv::hint::CHARACTER, self),
            Wanted::Object => deserializer.deserialize_newtype_struct(evo_jsv::hint::OBJECT, self),
        }
    }
}

impl Seed<'_> {
    fn take<E: de::Error>(self, input: Input<'_>) -> Result<(), E> {
        self.value.read(input).map(drop).map_err(|error| self.trail.error(error))
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        self.take(Input::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<(), E> {
        self.take(Input::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    /// Called if the format does not recognize the name that it was given.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.may_be_raw {
            return Self { may_be_raw: false, ..self }.deserialize(deserializer);
        }
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<(), E> {
        self.take(Input::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<(), E> {
        self.take(Input::Int(value))
    }

    fn visit_i128<E: de::Error>(self, value: i128) -> Result<(), E> {
        self.take(Input::Digits(&value.to_string()))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<(), E> {
        self.take(Input::UInt(value))
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<(), E> {
        self.take(Input::Digits(&value.to_string()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<(), E> {
        self.take(Input::Float(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<(), E> {
        self.take(Input::Str(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        let mut items = SerdeList { access, trail: self.trail, index: 0, failure: None };
        let result = self.value.read(Input::List(&mut items));
        finish(result, items.failure.take(), self.trail)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let mut first = None;
        if self.may_be_raw {
            access.next_key_seed(KeySeed(&mut |key| first = Some(key.to_owned())))?;
            if first.as_deref() == Some(RAW_VALUE) {
                let raw = access.next_value::<String>()?;
                return json::read_text(&raw, self.value).map(drop).map_err(|error| self.trail.error(error));
            }
        }
        let is_over = self.may_be_raw && first.is_none();
        let mut pairs = SerdeMap { access, first, is_over, trail: self.trail, failure: None };
        let result = self.value.read(Input::Map(&mut pairs));
        finish(result, pairs.failure.take(), self.trail)
    }
}

/// The format's own error if there is one, otherwise the value's.
fn finish<E: de::Error>(result: Result<bool, ReadError>, failure: Option<E>, trail: &Trail) -> Result<(), E> {
    match (result, failure) {
        (Ok(_), None) => Ok(()),
        (Ok(_), Some(failure)) => Err(failure),
        (Err(error), Some(failure)) => {
            trail.extend(error.into_path());
            Err(failure)
        }
        (Err(error), None) => Err(trail.error(error)),
    }
}

struct SerdeList<'a, A, E> {
    access: A,
    trail: &'a Trail,
    index: usize,
    failure: Option<E>,
}

impl<'de, A: SeqAccess<'de>> ListInput for SerdeList<'_, A, A::Error> {
    fn next(&mut self, item: &mut dyn Decode) -> Result<bool, ReadError> {
        match self.access.next_element_seed(Seed { value: item, trail: self.trail, may_be_raw: false }) {
            Ok(Some(())) => {
                self.index += 1;
                Ok(true)
            }
            Ok(None) => Ok(false),
            Err(error) => {
                self.failure = Some(error);
                Err(ReadError::from_format(vec![Segment::Item(self.index)]))
            }
        }
    }
}

struct SerdeMap<'a, A, E> {
    access: A,
    /// The first key, if already consumed.
    first: Option<String>,
    /// Whether there was no first key.
    is_over: bool,
    trail: &'a Trail,
    failure: Option<E>,
}

impl<A, E> SerdeMap<'_, A, E> {
    fn checked<T>(&mut self, result: Result<T, E>) -> Result<T, ReadError> {
        result.map_err(|error| {
            self.failure = Some(error);
            ReadError::from_format(Vec::new())
        })
    }
}

impl<'de, A: MapAccess<'de>> MapInput for SerdeMap<'_, A, A::Error> {
    fn key(&mut self, key: &mut dyn FnMut(&str)) -> Result<bool, ReadError> {
        if self.is_over {
            return Ok(false);
        }
        if let Some(first) = self.first.take() {
            key(&first);
            return Ok(true);
        }
        let result = self.access.next_key_seed(KeySeed(key));
        self.checked(result).map(|key| key.is_some())
    }

    fn value(&mut self, into: &mut dyn Decode) -> Result<(), ReadError> {
        let result = self.access.next_value_seed(Seed { value: into, trail: self.trail, may_be_raw: false });
        self.checked(result)
    }

    fn skip(&mut self) -> Result<(), ReadError> {
        let result = self.access.next_value::<de::IgnoredAny>();
        self.checked(result).map(drop)
    }
}

/// Passes a key on without copying it.
struct KeySeed<'a>(&'a mut dyn FnMut(&str));

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<(), E> {
        (self.0)(key);
        Ok(())
    }
}
