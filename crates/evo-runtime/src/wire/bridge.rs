//! The bridge to serde: any [`Wire`] value written to any serializer and read from any deserializer.
//!
//! Generic over the format only. What is generic over the value as well is two lines in [`record!`](crate::record).

use std::cell::RefCell;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::digits::{DigitsVisitor, RAW_VALUE};
use super::error::path_text;
pub use super::written::{Written, write};
use super::{Input, ListInput, MapInput, ReadError, Segment, Wanted, Wire};

/// Begins a text that stands for a float that JSON has no number for; a noncharacter, which no server writes.
pub(super) const WORD_MARK: char = '\u{fdd0}';

/// Reads a value of a type that has a default.
///
/// # Errors
///
/// When the input is broken or does not fit; the message names the path to the value.
pub fn read<'de, T: Wire + Default, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::default();
    let trail = Trail::default();
    match read_into(&mut value, deserializer, &trail) {
        Ok(()) => Ok(value),
        Err(error) => {
            let path = trail.path();
            Err(if path.is_empty() { error } else { de::Error::custom(format_args!("{path}: {error}")) })
        }
    }
}

/// Reads into a value; `trail` receives the path to what failed.
///
/// # Errors
///
/// When the input is broken or does not fit.
pub fn read_into<'de, D: Deserializer<'de>>(
    value: &mut dyn Wire,
    deserializer: D,
    trail: &Trail,
) -> Result<(), D::Error> {
    Seed { value, trail }.deserialize(deserializer)
}

/// The path to what could not be read, collected while the error travels outwards.
#[derive(Debug, Default)]
pub struct Trail(RefCell<Vec<Segment>>);

impl Trail {
    /// The path from the outermost value, as `items[3].made`.
    #[must_use]
    pub fn path(&self) -> String {
        path_text(&self.0.borrow())
    }

    /// The path, innermost segment first.
    pub(super) fn take(&self) -> Vec<Segment> {
        self.0.take()
    }

    fn extend(&self, innermost_first: Vec<Segment>) {
        self.0.borrow_mut().extend(innermost_first);
    }
}

pub(super) struct Seed<'a> {
    value: &'a mut dyn Wire,
    trail: &'a Trail,
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.value.wanted() {
            Wanted::Anything => deserializer.deserialize_any(self),
            Wanted::Digits => deserializer.deserialize_newtype_struct(RAW_VALUE, DigitsVisitor(self)),
            Wanted::List => deserializer.deserialize_newtype_struct(evo_jsv::hint::LIST, self),
            Wanted::Character => deserializer.deserialize_newtype_struct(evo_jsv::hint::CHARACTER, self),
            Wanted::Object => deserializer.deserialize_newtype_struct(evo_jsv::hint::OBJECT, self),
        }
    }
}

impl Seed<'_> {
    pub(super) fn take<E: de::Error>(self, input: Input<'_>) -> Result<(), E> {
        self.value.read(input).map_err(|error| {
            let message = error.message().to_owned();
            self.trail.extend(error.into_path());
            E::custom(message)
        })
    }

    /// Takes a map, whose first key may have been taken from it already.
    pub(super) fn take_map<'de, A: MapAccess<'de>>(self, access: A, first: Option<String>) -> Result<(), A::Error> {
        let mut pairs = Pairs { access, first, trail: self.trail, failure: None };
        let result = self.value.read(Input::Map(&mut pairs));
        let failure = pairs.failure.take();
        finish(result, failure, self.trail)
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

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<(), E> {
        self.take(Input::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<(), E> {
        self.take(Input::Int(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<(), E> {
        self.take(Input::UInt(value))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<(), E> {
        self.take(Input::Float(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<(), E> {
        match float_word(value) {
            Some(float) => self.take(Input::Float(float)),
            None => self.take(Input::Str(value)),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        let mut items = Items { access, trail: self.trail, index: 0, failure: None };
        let result = self.value.read(Input::List(&mut items));
        let failure = items.failure.take();
        finish(result, failure, self.trail)
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        self.take_map(access, None)
    }
}

/// The float that a marked text stands for.
pub(super) fn float_word(text: &str) -> Option<f64> {
    // All texts come through here: most are told from a marked one by their first byte.
    if text.as_bytes().first() != Some(&0xef) {
        return None;
    }
    text.strip_prefix(WORD_MARK)?.parse().ok()
}

/// The format's own error where there was one, else the value's.
fn finish<E: de::Error>(result: Result<(), ReadError>, failure: Option<E>, trail: &Trail) -> Result<(), E> {
    match (result, failure) {
        (Ok(()), None) => Ok(()),
        (Ok(()), Some(failure)) => Err(failure),
        (Err(error), failure) => {
            let failure = failure.unwrap_or_else(|| E::custom(error.message()));
            trail.extend(error.into_path());
            Err(failure)
        }
    }
}

struct Items<'a, A, E> {
    access: A,
    trail: &'a Trail,
    index: usize,
    failure: Option<E>,
}

impl<'de, A: SeqAccess<'de>> ListInput for Items<'_, A, A::Error> {
    fn next(&mut self, item: &mut dyn Wire) -> Result<bool, ReadError> {
        match self.access.next_element_seed(Seed { value: item, trail: self.trail }) {
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

struct Pairs<'a, A, E> {
    access: A,
    first: Option<String>,
    trail: &'a Trail,
    failure: Option<E>,
}

impl<A, E> Pairs<'_, A, E> {
    fn checked<T>(&mut self, result: Result<T, E>) -> Result<T, ReadError> {
        result.map_err(|error| {
            self.failure = Some(error);
            ReadError::from_format(Vec::new())
        })
    }
}

impl<'de, A: MapAccess<'de>> MapInput for Pairs<'_, A, A::Error> {
    fn key(&mut self, key: &mut dyn FnMut(&str)) -> Result<bool, ReadError> {
        if let Some(first) = self.first.take() {
            key(&first);
            return Ok(true);
        }
        let result = self.access.next_key_seed(KeySeed(key));
        self.checked(result).map(|key| key.is_some())
    }

    fn value(&mut self, into: &mut dyn Wire) -> Result<(), ReadError> {
        let result = self.access.next_value_seed(Seed { value: into, trail: self.trail });
        self.checked(result)
    }

    fn skip(&mut self) -> Result<(), ReadError> {
        let result = self.access.next_value::<de::IgnoredAny>();
        self.checked(result).map(drop)
    }
}

/// Hands a key over without copying it.
pub(super) struct KeySeed<'a>(pub(super) &'a mut dyn FnMut(&str));

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
