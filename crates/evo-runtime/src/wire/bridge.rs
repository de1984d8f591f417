//! The bridge to serde: any [`Wire`] value written to any serializer and read from any deserializer.
//!
//! Generic over the format only. What is generic over the value as well is two lines in [`record!`](crate::record).

use std::cell::RefCell;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{self, Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};

use super::error::path_text;
use super::value::TYPE_MEMBER;
use super::{Input, List, ListInput, Map, MapInput, ReadError, Record, Segment, Shape, View, Wanted, Wire, no_object};

/// The name by which `serde_json::value::RawValue` asks `serde_json` for, and gives it, the text of a value as it stands. The only
/// way to keep the digits of a decimal without the `arbitrary_precision` feature, which would change every crate of a build.
/// `evo-jsv` knows it too; other formats ignore it.
const RAW_VALUE: &str = "$serde_json::private::RawValue";

/// Begins a text that stands for a float that JSON has no number for; a noncharacter, which no server writes.
pub(super) const WORD_MARK: char = '\u{fdd0}';

/// A borrowed value as something serde can write.
pub struct Written<'a>(pub &'a dyn Wire);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write(self.0, serializer)
    }
}

impl Serialize for View<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            View::Null => serializer.serialize_unit(),
            View::Bool(value) => serializer.serialize_bool(value),
            View::Int(value) => serializer.serialize_i64(value),
            View::UInt(value) => serializer.serialize_u64(value),
            View::Single(value) if value.is_finite() => serializer.serialize_f32(value),
            View::Double(value) if value.is_finite() => serializer.serialize_f64(value),
            View::Single(value) => Err(not_finite(f64::from(value))),
            View::Double(value) => Err(not_finite(value)),
            View::Digits(ref digits) => {
                let mut raw = serializer.serialize_struct(RAW_VALUE, 1)?;
                raw.serialize_field(RAW_VALUE, digits)?;
                raw.end()
            }
            View::Str(text) => serializer.serialize_str(text),
            View::Text(ref text) => serializer.serialize_str(text),
            View::List(list) => write_items(list, serializer),
            View::Map(pairs) => write_pairs(None, pairs, serializer),
            View::Record(record) => write_record(None, record, serializer),
            View::Typed(ref class, content) => match content.view() {
                View::Map(pairs) => write_pairs(Some(&**class), pairs, serializer),
                View::Record(record) => write_record(Some(&**class), record, serializer),
                _ => Err(ser::Error::custom(no_object(class))),
            },
            View::Made(ref value) => value.view().serialize(serializer),
            View::Failed(ref why) => Err(ser::Error::custom(why)),
        }
    }
}

/// Writes a value.
///
/// # Errors
///
/// When a number is NaN or infinite, which no server of every dialect reads, and when the serializer fails.
pub fn write<S: Serializer>(value: &dyn Wire, serializer: S) -> Result<S::Ok, S::Error> {
    value.view().serialize(serializer)
}

fn write_items<S: Serializer>(list: &dyn List, serializer: S) -> Result<S::Ok, S::Error> {
    let mut seq = serializer.serialize_seq(Some(list.len()))?;
    for index in 0..list.len() {
        if let Some(item) = list.item(index) {
            seq.serialize_element(&item.view())?;
        }
    }
    seq.end()
}

fn write_pairs<S: Serializer>(class: Option<&str>, pairs: &dyn Map, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(pairs.len() + usize::from(class.is_some())))?;
    if let Some(class) = class {
        map.serialize_entry(TYPE_MEMBER, class)?;
    }
    let mut result = Ok(());
    pairs.each(&mut |key, value| {
        result = map.serialize_entry(key, &value.view());
        result.is_ok()
    });
    result?;
    map.end()
}

fn write_record<S: Serializer>(class: Option<&str>, record: &dyn Record, serializer: S) -> Result<S::Ok, S::Error> {
    let mut serializer = Some(serializer);
    let mut result = None;
    record.members(&mut |members| {
        result = serializer.take().map(|serializer| write_members(class, record.shape(), members, serializer));
    });
    result.unwrap_or_else(|| Err(ser::Error::custom("the record does not show its members")))
}

fn write_members<S: Serializer>(
    class: Option<&str>,
    shape: &'static Shape,
    members: &[&dyn Wire],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    if let (true, [content]) = (shape.is_collection(), members) {
        return content.view().serialize(serializer);
    }
    let mut set = members.iter().filter(|member| !member.is_unset());
    // Text has no room for a count: that there are members is all that its writers ask. Counting them would cost a tenth of the time.
    let count = if serializer.is_human_readable() { set.next().map_or(0, |_| members.len()) } else { set.count() };
    let mut written = serializer.serialize_struct(shape.name(), count + usize::from(class.is_some()))?;
    if let Some(class) = class {
        written.serialize_field(TYPE_MEMBER, class)?;
    }
    for (name, member) in shape.written_names().zip(members) {
        let view = member.view();
        if !matches!(view, View::Null) || !member.is_unset() {
            written.serialize_field(name, &view)?;
        }
    }
    written.end()
}

fn not_finite<E: ser::Error>(value: f64) -> E {
    E::custom(format!("{value} cannot be sent: servers refuse or lose it"))
}

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

struct Seed<'a> {
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
    fn take<E: de::Error>(self, input: Input<'_>) -> Result<(), E> {
        self.value.read(input).map_err(|error| {
            let message = error.message().to_owned();
            self.trail.extend(error.into_path());
            E::custom(message)
        })
    }

    /// Takes a map, whose first key may have been taken from it already.
    fn take_map<'de, A: MapAccess<'de>>(self, access: A, first: Option<String>) -> Result<(), A::Error> {
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

/// Takes the text of a number: from `serde_json` as a raw value, from other formats as whatever they have.
struct DigitsVisitor<'a>(Seed<'a>);

impl DigitsVisitor<'_> {
    fn take_raw<E: de::Error>(self, raw: &str) -> Result<(), E> {
        if raw.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
            return self.0.take(Input::Digits(raw));
        }
        serde_json::Deserializer::from_str(raw).deserialize_any(self.0).map_err(E::custom)
    }
}

impl<'de> Visitor<'de> for DigitsVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let mut first = None;
        access.next_key_seed(KeySeed(&mut |key| first = Some(key.to_owned())))?;
        if first.as_deref() == Some(RAW_VALUE) {
            let raw = access.next_value::<RawText>()?;
            return self.take_raw(&raw.0);
        }
        self.0.take_map(access, first)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        self.0.visit_seq(access)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        self.0.take(Input::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<(), E> {
        self.0.take(Input::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_newtype_struct(RAW_VALUE, self)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<(), E> {
        self.0.take(Input::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<(), E> {
        self.0.take(Input::Int(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<(), E> {
        self.0.take(Input::UInt(value))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<(), E> {
        self.0.take(Input::Float(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<(), E> {
        self.0.take(Input::Str(value))
    }
}

struct RawText(String);

impl<'de> de::Deserialize<'de> for RawText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = RawText;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the text of a value")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<RawText, E> {
                Ok(RawText(text.to_owned()))
            }
        }
        deserializer.deserialize_str(Text)
    }
}
