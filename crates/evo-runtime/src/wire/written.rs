//! Values as serde writes them, in any format: one half of the [`bridge`](super::bridge).

use serde::ser::{self, Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};

use super::digits::RAW_VALUE;
use super::value::TYPE_MEMBER;
use super::{List, Map, Record, Shape, View, Wire, no_object};

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
            View::Typed(ref class, ref content) => write_typed(class, &content.view(), serializer),
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

fn write_typed<S: Serializer>(class: &str, content: &View<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    match content {
        View::Map(pairs) => write_pairs(Some(class), *pairs, serializer),
        View::Record(record) => write_record(Some(class), *record, serializer),
        View::Made(content) => write_typed(class, &content.view(), serializer),
        _ => Err(ser::Error::custom(no_object(class))),
    }
}

fn write_items<S: Serializer>(list: &dyn List, serializer: S) -> Result<S::Ok, S::Error> {
    let mut seq = serializer.serialize_seq(Some(list.len()))?;
    let mut result = Ok(());
    list.each(&mut |item| {
        result = seq.serialize_element(&item.view());
        result.is_ok()
    });
    result?;
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
