//! Writing values with serde, in any format.

use serde::ser::{self, Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};

use super::RAW_VALUE;
use crate::wire::encode::{count_pairs, no_object};
use crate::wire::object::{TYPE_MEMBER, content};
use crate::wire::{Encode, List, Map, Record, Shape, View};

/// Writes a value.
///
/// # Errors
///
/// If a number is NaN or infinite, which cannot be sent to every server in a body, or if the serializer fails.
pub fn write<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    Written { view: value.view(), floats: Floats::Finite }.serialize(serializer)
}

/// The floats that can be written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Floats {
    /// Only finite ones.
    Finite,
    /// All: in a query, NaN and the infinities are words.
    All,
}

/// A view that serde can serialize.
pub(crate) struct Written<'a> {
    pub(crate) view: View<'a>,
    pub(crate) floats: Floats,
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let floats = self.floats;
        match self.view {
            View::Null => serializer.serialize_unit(),
            View::Bool(value) => serializer.serialize_bool(value),
            View::Int(value) => serializer.serialize_i64(value),
            View::UInt(value) => serializer.serialize_u64(value),
            View::Single(value) if value.is_finite() || floats == Floats::All => serializer.serialize_f32(value),
            View::Double(value) if value.is_finite() || floats == Floats::All => serializer.serialize_f64(value),
            View::Single(value) => Err(not_finite(f64::from(value))),
            View::Double(value) => Err(not_finite(value)),
            View::Digits(ref digits) => {
                let mut raw = serializer.serialize_struct(RAW_VALUE, 1)?;
                raw.serialize_field(RAW_VALUE, digits)?;
                raw.end()
            }
            View::Str(text) => serializer.serialize_str(text),
            View::Text(ref text) => serializer.serialize_str(text),
            View::List(list) => write_items(list, floats, serializer),
            View::Map(pairs) => write_pairs(None, pairs, floats, serializer),
            View::Record(record) => write_record(None, record, floats, serializer),
            View::Typed(ref class, ref content) => write_typed(class, &content.view(), floats, serializer),
            View::Untyped(value) => Written { view: content(value), floats }.serialize(serializer),
            View::Made(ref value) => Written { view: value.view(), floats }.serialize(serializer),
            View::Failed(ref why) => Err(ser::Error::custom(why)),
        }
    }
}

fn write_typed<S: Serializer>(
    class: &str,
    content: &View<'_>,
    floats: Floats,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match content {
        View::Map(pairs) => write_pairs(Some(class), *pairs, floats, serializer),
        View::Record(record) => write_record(Some(class), *record, floats, serializer),
        View::Made(content) => write_typed(class, &content.view(), floats, serializer),
        _ => Err(ser::Error::custom(no_object(class))),
    }
}

fn write_items<S: Serializer>(list: &dyn List, floats: Floats, serializer: S) -> Result<S::Ok, S::Error> {
    let mut seq = serializer.serialize_seq(Some(list.len()))?;
    let mut result = Ok(());
    list.each(&mut |item| {
        result = seq.serialize_element(&Written { view: item.view(), floats });
        result.is_ok()
    });
    result?;
    seq.end()
}

/// A member name as a map key, which JSV does not quote.
struct MemberName<'a>(&'a str);

impl Serialize for MemberName<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(evo_jsv::hint::NAME, self.0)
    }
}

fn write_pairs<S: Serializer>(
    class: Option<&str>,
    pairs: &dyn Map,
    floats: Floats,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(count_pairs(pairs) + usize::from(class.is_some())))?;
    if let Some(class) = class {
        map.serialize_entry(&MemberName(TYPE_MEMBER), class)?;
    }
    let mut result = Ok(());
    pairs.each(&mut |key, value| {
        let value = Written { view: value.view(), floats };
        result = if pairs.has_members() {
            map.serialize_entry(&MemberName(key), &value)
        } else {
            map.serialize_entry(key, &value)
        };
        result.is_ok()
    });
    result?;
    map.end()
}

fn write_record<S: Serializer>(
    class: Option<&str>,
    record: &dyn Record,
    floats: Floats,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut serializer = Some(serializer);
    let mut result = None;
    record.members(&mut |members| {
        result = serializer.take().map(|serializer| write_members(class, record.shape(), members, floats, serializer));
    });
    result.unwrap_or_else(|| Err(ser::Error::custom("the record does not show its members")))
}

fn write_members<S: Serializer>(
    class: Option<&str>,
    shape: &'static Shape,
    members: &[&dyn Encode],
    floats: Floats,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    if let (true, [content]) = (shape.is_collection(), members) {
        return Written { view: content.view(), floats }.serialize(serializer);
    }
    let mut set = members.iter().filter(|member| !member.is_unset());
    // Text formats do not write the count; their serializers only check whether there are members.
    let count = if serializer.is_human_readable() { set.next().map_or(0, |_| members.len()) } else { set.count() };
    let mut written = serializer.serialize_struct(shape.name(), count + usize::from(class.is_some()))?;
    if let Some(class) = class {
        written.serialize_field(TYPE_MEMBER, class)?;
    }
    for (name, member) in shape.written_names().zip(members) {
        let view = member.view();
        if !matches!(view, View::Null) || !member.is_unset() {
            written.serialize_field(name, &Written { view, floats })?;
        }
    }
    written.end()
}

fn not_finite<E: ser::Error>(value: f64) -> E {
    E::custom(format!("{value} cannot be sent in a body: servers refuse or lose it"))
}
