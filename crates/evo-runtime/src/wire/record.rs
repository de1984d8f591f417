//! Records: the one reader and writer behind every generated type.

use serde_json::Value;

use super::shape::{Found, Seen, Shape};
use super::{Input, Kind, MapInput, ReadError, Segment, UnknownMembers, View, Wanted, Wire};

/// A type with named members; implemented by [`record!`](crate::record).
///
/// Members are handed over as one slice in the order of the shape, which costs the compiler one expression a type.
pub trait Record {
    /// The names of the members.
    fn shape(&self) -> &'static Shape;

    /// Hands over all members.
    fn members(&self, visit: &mut dyn FnMut(&[&dyn Wire]));

    /// Hands over all members to be read.
    fn members_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Wire]));

    /// Whether a list is no value of this type: one without members is described so because it is a collection.
    #[must_use]
    fn refuses_lists() -> bool
    where
        Self: Sized,
    {
        true
    }
}

/// Every record travels in the same way; saying so once spares the compiler two functions a type.
impl<T: Record> Wire for T {
    fn view(&self) -> View<'_> {
        View::Record(self)
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        read_record(self, input)
    }

    fn kind() -> Kind {
        Kind { refuses_lists: T::refuses_lists(), ..Kind::ANY }
    }
}

/// A record that is only written.
impl Wire for &dyn Record {
    fn view(&self) -> View<'_> {
        View::Record(*self)
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        Err(input.unexpected("nothing: the record is only written"))
    }
}

/// A value that is only written.
impl Wire for &dyn Wire {
    fn view(&self) -> View<'_> {
        (**self).view()
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        Err(input.unexpected("nothing: the value is only written"))
    }

    fn is_unset(&self) -> bool {
        (**self).is_unset()
    }
}

/// A record of whatever type.
impl Wire for &mut dyn Record {
    fn view(&self) -> View<'_> {
        View::Record(&**self)
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        read_record(*self, input)
    }
}

impl<T: Record> Record for Box<T> {
    fn refuses_lists() -> bool {
        T::refuses_lists()
    }

    fn shape(&self) -> &'static Shape {
        (**self).shape()
    }

    fn members(&self, visit: &mut dyn FnMut(&[&dyn Wire])) {
        (**self).members(visit);
    }

    fn members_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Wire])) {
        (**self).members_mut(visit);
    }
}

/// Reads a record: members in any order and casing, unknown ones skipped, the first of equal names kept.
///
/// # Errors
///
/// When the input is no object, or a member does not take its value.
pub fn read_record(record: &mut dyn Record, input: Input<'_>) -> Result<(), ReadError> {
    let shape = record.shape();
    if shape.is_collection() {
        return read_collection(record, input);
    }
    match input {
        Input::Null => Ok(()),
        Input::Map(map) => read_members_and(record, map, None),
        // A class that is an IEnumerable<T> is described without members and sent as an array.
        Input::List(list) if shape.members().is_empty() => {
            let mut ignored = Value::Null;
            while list.next(&mut ignored)? {}
            Ok(())
        }
        Input::Str(text) if shape.is_pair() => read_pair(record, text),
        other if shape.is_pair() => Err(other.unexpected(A_PAIR)),
        other => Err(other.unexpected(&format!("an object ({})", shape.name()))),
    }
}

const A_PAIR: &str = "a pair of key and value";

/// Reads `[a, 1]`, the text of `ToString()`, as which `ServiceStack.Text` writes a nullable pair.
fn read_pair(record: &mut dyn Record, text: &str) -> Result<(), ReadError> {
    let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    let Some((key, value)) = inner.and_then(|inner| inner.split_once(", ")) else {
        return Err(Input::Str(text).unexpected(A_PAIR));
    };
    let mut result = Ok(());
    record.members_mut(&mut |members| {
        result = members.iter_mut().zip([key, value]).try_for_each(|(member, text)| member.read(Input::Str(text)));
    });
    result
}

/// Reads a list or a map into the only member.
fn read_collection(record: &mut dyn Record, input: Input<'_>) -> Result<(), ReadError> {
    let (mut input, mut result) = (Some(input), Ok(()));
    record.members_mut(&mut |members| {
        if let (Some(content), Some(input)) = (members.first_mut(), input.take()) {
            result = content.read(input);
        }
    });
    result
}

/// Reads a record and hands each member that it does not have to `unknown`.
///
/// # Errors
///
/// When a member does not take its value.
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
    members: &mut [&mut dyn Wire],
    mut unknown: UnknownMembers<'_>,
) -> Result<(), ReadError> {
    let known = shape.known();
    let mut seen = Seen::default();
    let mut expected = 0;
    let mut name = String::new();
    loop {
        let mut found = Found::Unknown;
        let next = known.written.get(expected).filter(|written| written.is_alone && !seen.contains(expected));
        if next.is_some_and(|written| map.takes_key(&written.json)) {
            found = Found::Member(expected);
        } else {
            let more = map.key(&mut |key| {
                found = shape.find_unseen(key, expected, &seen);
                if let Found::Unknown = found {
                    key.clone_into(&mut name);
                }
            })?;
            if !more {
                return Ok(());
            }
        }
        match (found, &mut unknown) {
            (Found::Member(index), _) => {
                seen.insert(index);
                expected = index + 1;
                let Some(member) = members.get_mut(index) else { continue };
                let hides = known.members.get(index).is_some_and(|member| member.hides);
                let result = if hides { map.value(&mut Hiding(*member)) } else { map.value(*member) };
                result.map_err(|error| error.within(Segment::Member(shape.written_name(index).to_owned())))?;
            }
            (Found::Unknown, Some(unknown)) => {
                let mut value = Value::Null;
                map.value(&mut value).map_err(|error| error.within(Segment::Member(name.clone())))?;
                unknown(&name, value);
            }
            (Found::Unknown, None) | (Found::Repeated, _) => map.skip()?,
        }
    }
}

/// A member that hides one of a base class: servers may send the hidden one's value, which is then no value of this member.
struct Hiding<'a>(&'a mut dyn Wire);

impl Wire for Hiding<'_> {
    fn view(&self) -> View<'_> {
        self.0.view()
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        match self.0.read(input) {
            Err(error) if !error.is_from_format() => Ok(()),
            result => result,
        }
    }

    fn wanted(&self) -> Wanted {
        self.0.wanted()
    }
}
