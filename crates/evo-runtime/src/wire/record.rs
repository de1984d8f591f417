//! Records: the one reader and writer behind every generated type.

use std::sync::OnceLock;

use super::names::{camel_case, eq_ignoring_case, eq_ignoring_separators};
use super::{Input, MapInput, ReadError, Segment, Wire};

/// A type with named members; implemented by [`record!`](crate::record).
///
/// Members are handed over as one slice in the order of the shape, which costs the compiler one expression a type.
pub trait Record: Wire {
    /// The names of the members.
    fn shape(&self) -> &'static Shape;

    /// Hands over all members.
    fn members(&self, visit: &mut dyn FnMut(&[&dyn Wire]));

    /// Hands over all members to be read.
    fn members_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Wire]));
}

/// The name of a record and the names of its members.
pub struct Shape {
    name: &'static str,
    members: &'static [ShapeMember],
    /// What the member is called when it is written, worked out at the first use.
    written: OnceLock<Vec<String>>,
}

/// The names of a member.
#[derive(Debug, Clone, Copy)]
pub struct ShapeMember {
    /// The C# name.
    pub name: &'static str,
    /// The name of its `[DataMember(Name)]`, used verbatim in every casing.
    pub wire: Option<&'static str>,
    /// The member hides one of a base class, whose value may arrive in its place: a value that does not fit is no value.
    pub hides: bool,
    /// The service states that it cannot do without the member.
    pub required: bool,
}

impl ShapeMember {
    /// A member of this C# name.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, wire: None, hides: false, required: false }
    }

    /// The member has a `[DataMember(Name)]`.
    #[must_use]
    pub const fn written_as(self, wire: &'static str) -> Self {
        Self { wire: Some(wire), ..self }
    }

    /// The member hides one of a base class.
    #[must_use]
    pub const fn hides(self) -> Self {
        Self { hides: true, ..self }
    }

    /// The service states that it cannot do without the member.
    #[must_use]
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }
}

impl Shape {
    /// The shape of a record: its C# name and its members in the order in which they are written.
    #[must_use]
    pub const fn new(name: &'static str, members: &'static [ShapeMember]) -> Self {
        Self { name, members, written: OnceLock::new() }
    }

    /// The C# name of the record.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The members, in the order in which they are written.
    #[must_use]
    pub const fn members(&self) -> &'static [ShapeMember] {
        self.members
    }

    /// The name under which a member is written: camelCase, which every server reads, or the `DataMember` name verbatim.
    #[must_use]
    pub fn written_name(&self, index: usize) -> &str {
        self.written_names().get(index).map_or("", String::as_str)
    }

    fn written_names(&self) -> &[String] {
        self.written.get_or_init(|| {
            self.members
                .iter()
                .map(|member| member.wire.map_or_else(|| camel_case(member.name), str::to_owned))
                .collect()
        })
    }

    /// The index of the member that a name means: the exact C#, wire or camelCase name first, then ignoring case, then ignoring
    /// `_` and `-` too.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        match self.find_unseen(name, 0, &Seen::default()) {
            Found::Member(index) => Some(index),
            Found::Repeated | Found::Unknown => None,
        }
    }

    /// The member that takes the next occurrence of a name. `expected` is tried first, for servers write members in order.
    fn find_unseen(&self, name: &str, expected: usize, seen: &Seen) -> Found {
        let written = self.written_names();
        let exact = |index: usize, member: &ShapeMember| {
            written.get(index).is_some_and(|written| written == name) || member.name == name
        };
        if let Some(member) = self.members.get(expected)
            && exact(expected, member)
            && !seen.contains(expected)
            && !self.shares_its_name(expected)
        {
            return Found::Member(expected);
        }
        let folded = |_: usize, member: &ShapeMember| {
            eq_ignoring_case(member.name, name) || member.wire.is_some_and(|wire| eq_ignoring_case(wire, name))
        };
        let loose = |_: usize, member: &ShapeMember| {
            eq_ignoring_separators(member.name, name)
                || member.wire.is_some_and(|wire| eq_ignoring_separators(wire, name))
        };
        let tiers: [Tier<'_>; 3] = [&exact, &folded, &loose];
        for matches in tiers {
            let mut repeated = false;
            for (index, member) in self.members.iter().enumerate() {
                if matches(index, member) {
                    if !seen.contains(index) {
                        return Found::Member(index);
                    }
                    repeated = true;
                }
            }
            if repeated {
                return Found::Repeated;
            }
        }
        Found::Unknown
    }

    /// Whether an earlier member is written under the same name (`URL` and `Url`), so that the order of occurrence decides.
    fn shares_its_name(&self, index: usize) -> bool {
        let written = self.written_names();
        written.get(index).is_some_and(|name| written.iter().take(index).any(|earlier| earlier == name))
    }
}

impl std::fmt::Debug for Shape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shape").field("name", &self.name).field("members", &self.members).finish_non_exhaustive()
    }
}

/// Whether a member, by its index and names, is called by the name that was read.
type Tier<'a> = &'a dyn Fn(usize, &ShapeMember) -> bool;

enum Found {
    Member(usize),
    /// Each member of this name has had its value.
    Repeated,
    Unknown,
}

/// Which members have been read; no allocation up to 64 members.
#[derive(Default)]
struct Seen {
    low: u64,
    high: Vec<usize>,
}

impl Seen {
    fn contains(&self, index: usize) -> bool {
        if index < 64 { self.low & (1 << index) != 0 } else { self.high.contains(&index) }
    }

    fn insert(&mut self, index: usize) {
        if index < 64 {
            self.low |= 1 << index;
        } else {
            self.high.push(index);
        }
    }
}

/// Reads a record: members in any order and casing, unknown ones skipped, the first of equal names kept.
///
/// # Errors
///
/// When the input is no object, or a member does not take its value.
pub fn read_record(record: &mut dyn Record, input: Input<'_>) -> Result<(), ReadError> {
    match input {
        Input::Null => Ok(()),
        Input::Map(map) => read_members(record, map),
        // A class that is an IEnumerable<T> is described without members and sent as an array.
        Input::List(list) if record.shape().members().is_empty() => {
            let mut ignored = serde_json::Value::Null;
            while list.next(&mut ignored)? {}
            Ok(())
        }
        other => Err(other.unexpected(&format!("an object ({})", record.shape().name()))),
    }
}

fn read_members(record: &mut dyn Record, map: &mut dyn MapInput) -> Result<(), ReadError> {
    read_members_and(record, map, None, &mut |_, map| map.skip())
}

/// Reads a record and hands each member that it does not have to `unknown`, which reads or skips it. `first` is a key that has been
/// taken from the map already.
///
/// # Errors
///
/// When a member does not take its value, and what `unknown` answers.
pub fn read_members_and(
    record: &mut dyn Record,
    map: &mut dyn MapInput,
    mut first: Option<String>,
    unknown: &mut dyn FnMut(&str, &mut dyn MapInput) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let shape = record.shape();
    let mut result = Ok(());
    record.members_mut(&mut |members| result = read_into_members(shape, members, map, first.take(), unknown));
    result
}

fn read_into_members(
    shape: &Shape,
    members: &mut [&mut dyn Wire],
    map: &mut dyn MapInput,
    first: Option<String>,
    unknown: &mut dyn FnMut(&str, &mut dyn MapInput) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let mut seen = Seen::default();
    let mut expected = 0;
    let mut name = first.unwrap_or_default();
    let mut pending = !name.is_empty();
    loop {
        let mut found = Found::Unknown;
        if pending {
            found = shape.find_unseen(&name, expected, &seen);
            pending = false;
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
        match found {
            Found::Member(index) => {
                seen.insert(index);
                expected = index + 1;
                let Some(member) = members.get_mut(index) else { continue };
                let hides = shape.members().get(index).is_some_and(|member| member.hides);
                let result = if hides { map.value(&mut Hiding(*member)) } else { map.value(*member) };
                result.map_err(|error| error.within(Segment::Member(shape.written_name(index).to_owned())))?;
            }
            Found::Repeated => map.skip()?,
            Found::Unknown => unknown(&name, map)?,
        }
    }
}

/// A member that hides one of a base class: servers may send the hidden one's value, which is then no value of this member.
struct Hiding<'a>(&'a mut dyn Wire);

impl Wire for Hiding<'_> {
    fn view(&self) -> super::View<'_> {
        self.0.view()
    }

    fn read(&mut self, input: Input<'_>) -> Result<(), ReadError> {
        match self.0.read(input) {
            Err(error) if !error.is_from_format() => Ok(()),
            result => result,
        }
    }

    fn needs_digits(&self) -> bool {
        self.0.needs_digits()
    }
}
