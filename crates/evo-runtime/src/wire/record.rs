//! Records: the single reader behind every generated type.

use serde_json::Value;

use super::buffered::Buffered;
use super::shape::{Match, Seen, Shape};
use super::{Decode, Encode, Input, MapInput, ReadError, Segment, UnknownMembers, View};

/// A type with named members. Implemented by [`record!`](crate::record).
///
/// Members are passed as one slice in the order of the shape, which costs the compiler one expression per type.
pub trait Record {
    /// The names of the members.
    fn shape(&self) -> &'static Shape;

    /// Passes all members to `visit`.
    fn members(&self, visit: &mut dyn FnMut(&[&dyn Encode]));

    /// Passes all members to `visit`, to be read.
    fn members_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Decode]));
}

/// All records have the same wire form, so one implementation spares the compiler functions for each type.
impl<T: Record> Encode for T {
    fn view(&self) -> View<'_> {
        View::Record(self)
    }
}

impl<T: Record> Decode for T {
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
        read_record(self, input)
    }

    fn absent(&mut self) {
        leave_members_absent(self);
    }
}

impl Decode for &mut dyn Record {
    fn read(&mut self, input: Input<'_>) -> Result<bool, ReadError> {
        read_record(*self, input)
    }
}

impl<T: Record> Record for Box<T> {
    fn shape(&self) -> &'static Shape {
        (**self).shape()
    }

    fn members(&self, visit: &mut dyn FnMut(&[&dyn Encode])) {
        (**self).members(visit);
    }

    fn members_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Decode])) {
        (**self).members_mut(visit);
    }
}

/// Reads a record: members may be in any order and casing, unknown ones are skipped, and the first of equal names is kept. Absent members
/// stay unchanged.
///
/// # Errors
///
/// If the input is not an object, or a member cannot read its value.
pub fn read_record(record: &mut dyn Record, input: Input<'_>) -> Result<bool, ReadError> {
    let shape = record.shape();
    if shape.is_collection() {
        return read_collection(record, input);
    }
    match input {
        Input::Null => {
            leave_members_absent(record);
            return Ok(false);
        }
        Input::Map(map) => read_members_and(record, map, None)?,
        // A class that is an `IEnumerable<T>` is described without members but sent as an array.
        Input::List(list) if shape.members().is_empty() => {
            let mut ignored = Value::Null;
            while list.next(&mut ignored)? {}
        }
        Input::Str("") if shape.is_pair() => return Ok(false),
        Input::Str(text) if shape.is_pair() => read_pair(record, text)?,
        other if shape.is_pair() => return Err(other.unexpected(A_PAIR)),
        other => return Err(other.unexpected(&format!("an object ({})", shape.name()))),
    }
    Ok(true)
}

/// Notifies each member that it is not in the document. Not generic, because its closures would be compiled for each type.
fn leave_members_absent(record: &mut dyn Record) {
    record.members_mut(&mut |members| members.iter_mut().for_each(|member| member.absent()));
}

const A_PAIR: &str = "a pair of key and value";

/// Reads `[a, 1]`, the result of `ToString()`, which `ServiceStack.Text` writes for a nullable pair.
fn read_pair(record: &mut dyn Record, text: &str) -> Result<(), ReadError> {
    let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    let Some((key, value)) = inner.and_then(|inner| inner.split_once(", ")) else {
        return Err(Input::Str(text).unexpected(A_PAIR));
    };
    let mut result = Ok(());
    record.members_mut(&mut |members| {
        let mut members = members.iter_mut().zip([key, value]);
        result = members.try_for_each(|(member, text)| member.read(Input::Str(text)).map(drop));
    });
    result
}

/// Reads a list or a map into the only member.
fn read_collection(record: &mut dyn Record, input: Input<'_>) -> Result<bool, ReadError> {
    let (mut input, mut result) = (Some(input), Ok(false));
    record.members_mut(&mut |members| {
        if let (Some(content), Some(input)) = (members.first_mut(), input.take()) {
            result = content.read(input);
        }
    });
    result
}

/// Reads a record and passes each member that it does not have to `unknown`.
///
/// # Errors
///
/// If a member cannot read its value.
pub fn read_members_and(
    record: &mut dyn Record,
    map: &mut dyn MapInput,
    mut unknown: UnknownMembers<'_>,
) -> Result<(), ReadError> {
    let shape = record.shape();
    let mut result = Ok(());
    record.members_mut(&mut |members| result = map.members(shape, members, unknown.take()));
    result
}

pub(super) fn read_into_members<M: MapInput + ?Sized>(
    map: &mut M,
    shape: &'static Shape,
    members: &mut [&mut dyn Decode],
    mut unknown: UnknownMembers<'_>,
) -> Result<(), ReadError> {
    let known = shape.known();
    let mut seen = Seen::default();
    let mut expected = 0;
    let mut name = String::new();
    loop {
        let mut found = Match::Unknown;
        let next = known.written.get(expected).filter(|written| written.is_alone && !seen.contains(expected));
        if next.is_some_and(|written| map.takes_key(&written.json)) {
            found = Match::Member(expected);
        } else {
            let more = map.key(&mut |key| {
                found = shape.find_unseen(key, expected, &seen);
                if let Match::Unknown = found {
                    key.clone_into(&mut name);
                }
            })?;
            if !more {
                break;
            }
        }
        match (found, &mut unknown) {
            (Match::Member(index), _) => {
                expected = index + 1;
                let Some(member) = members.get_mut(index) else { continue };
                let result = if known.members.get(index).is_some_and(|member| member.hides) {
                    read_hiding(map, shape, members, index, &mut seen)
                } else {
                    seen.insert(index);
                    map.value(*member)
                };
                result.map_err(|error| error.within(Segment::Member(shape.written_name(index).to_owned())))?;
            }
            (Match::Unknown, Some(unknown)) => {
                let mut value = Value::Null;
                map.value(&mut value).map_err(|error| error.within(Segment::Member(name.clone())))?;
                unknown(&name, value);
            }
            (Match::Unknown, None) | (Match::Repeated, _) => map.skip()?,
        }
    }
    for (_, absent) in members.iter_mut().enumerate().filter(|(index, _)| !seen.contains(*index)) {
        absent.absent();
    }
    Ok(())
}

/// Reads the value of a member that hides a base class member. Servers may write the value of the hidden member in its place; it then goes
/// to the next member of that name, or is dropped.
fn read_hiding<M: MapInput + ?Sized>(
    map: &mut M,
    shape: &'static Shape,
    members: &mut [&mut dyn Decode],
    index: usize,
    seen: &mut Seen,
) -> Result<(), ReadError> {
    let mut value = Buffered::default();
    map.value(&mut value)?;
    let mut tried = seen.clone();
    let mut next = Match::Member(index);
    while let Match::Member(index) = next {
        let Some(member) = members.get_mut(index) else { break };
        if value.clone().read_into(*member).is_ok() {
            seen.insert(index);
            break;
        }
        tried.insert(index);
        next = shape.find_unseen(shape.written_name(index), 0, &tried);
    }
    Ok(())
}
