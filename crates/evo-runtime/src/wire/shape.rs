//! The names of a record and its members, and the lookup of members by name.

use std::sync::OnceLock;

use serde_json::Value;

use super::names::{camel_case, eq_ignoring_case, eq_ignoring_separators};

/// The name of a record and the names of its members.
///
/// Generated code contains only lists of strings. Everything else is computed on first use rather than by the compiler.
pub struct Shape {
    name: &'static str,
    names: &'static [&'static str],
    marks: &'static [(&'static str, Mark)],
    form: Representation,
    known: OnceLock<Known>,
}

/// The wire form of a record.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Representation {
    /// Its members.
    Members,
    /// Its only member.
    Content,
    /// Its two members, or one text for both.
    Pair,
}

/// A property of a member in addition to its C# name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The name of its `[DataMember(Name)]`.
    WrittenAs(&'static str),
    /// Its value must not be shown.
    Secret,
    /// It hides a member of a base class.
    Hides,
    /// The service requires it.
    Required,
}

/// What is derived from the names and marks.
pub(super) struct Known {
    pub(super) members: Vec<ShapeMember>,
    pub(super) written: Vec<WrittenName>,
}

pub(super) struct WrittenName {
    name: String,
    /// With quotes and colon.
    pub(super) json: Vec<u8>,
    /// No other member has this name, so an exact match is unambiguous.
    pub(super) is_alone: bool,
}

/// A member of a record.
#[derive(Debug, Clone, Copy)]
pub struct ShapeMember {
    /// The C# name.
    pub name: &'static str,
    /// The name of its `[DataMember(Name)]`, used verbatim in every casing.
    pub wire: Option<&'static str>,
    /// The value must not be shown, such as a password or a token.
    pub secret: bool,
    /// The member hides a base class member, whose value may arrive in its place: a value that does not fit counts as no value.
    pub hides: bool,
    /// The service requires the member.
    pub required: bool,
}

impl ShapeMember {
    fn new(name: &'static str, marks: &[(&'static str, Mark)]) -> Self {
        let mut member = Self { name, wire: None, secret: false, hides: false, required: false };
        for (_, mark) in marks.iter().filter(|(marked, _)| *marked == name) {
            match mark {
                Mark::WrittenAs(wire) => member.wire = Some(wire),
                Mark::Secret => member.secret = true,
                Mark::Hides => member.hides = true,
                Mark::Required => member.required = true,
            }
        }
        member
    }
}

impl Shape {
    /// Creates the shape of a record from its name, the C# names of its members in the order in which they are written, and the marks of
    /// members by their C# names.
    #[must_use]
    pub const fn new(
        name: &'static str,
        names: &'static [&'static str],
        marks: &'static [(&'static str, Mark)],
    ) -> Self {
        Self { name, names, marks, form: Representation::Members, known: OnceLock::new() }
    }

    /// Creates the shape of a request that is a list or a map: its only member is written in place of the whole.
    #[must_use]
    pub const fn of_collection(name: &'static str) -> Self {
        Self { name, names: &[""], marks: &[], form: Representation::Content, known: OnceLock::new() }
    }

    /// Whether the only member is written in place of the whole.
    #[must_use]
    pub const fn is_collection(&self) -> bool {
        matches!(self.form, Representation::Content)
    }

    /// Creates the shape of a pair, which servers may write as text.
    pub(crate) const fn of_pair(name: &'static str, names: &'static [&'static str]) -> Self {
        Self { name, names, marks: &[], form: Representation::Pair, known: OnceLock::new() }
    }

    pub(super) const fn is_pair(&self) -> bool {
        matches!(self.form, Representation::Pair)
    }

    /// The name of the record.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The members, in the order in which they are written.
    #[must_use]
    pub fn members(&self) -> &[ShapeMember] {
        &self.known().members
    }

    /// The name under which a member is written: camelCase, which every server reads, or the `DataMember` name verbatim.
    #[must_use]
    pub fn written_name(&self, index: usize) -> &str {
        self.written().get(index).map_or("", |written| &written.name)
    }

    /// The names under which the members are written, in order.
    pub(crate) fn written_names(&self) -> impl Iterator<Item = &str> {
        self.written().iter().map(|written| written.name.as_str())
    }

    /// The names as written in JSON: with quotes, escapes and colon.
    pub(super) fn json_names(&self) -> impl Iterator<Item = &[u8]> {
        self.written().iter().map(|written| written.json.as_slice())
    }

    fn written(&self) -> &[WrittenName] {
        &self.known().written
    }

    pub(super) fn known(&self) -> &Known {
        self.known.get_or_init(|| {
            let members: Vec<ShapeMember> = self.names.iter().map(|name| ShapeMember::new(name, self.marks)).collect();
            let name_of = |member: &ShapeMember| member.wire.map_or_else(|| camel_case(member.name), str::to_owned);
            let names: Vec<String> = members.iter().map(name_of).collect();
            let is_called = |index: usize, name: &str| {
                names.get(index).is_some_and(|written| written == name)
                    || members.get(index).is_some_and(|member| member.name == name)
            };
            let is_alone = |index: usize| {
                let own = [names.get(index).map(String::as_str), members.get(index).map(|member| member.name)];
                let mut others = (0..names.len()).filter(|other| *other != index);
                !others.any(|other| own.iter().flatten().any(|name| is_called(other, name)))
            };
            let alone: Vec<bool> = (0..names.len()).map(is_alone).collect();
            let json = |name: &str| format!("{}:", Value::from(name)).into_bytes();
            let written =
                |(name, is_alone): (&String, bool)| WrittenName { json: json(name), name: name.clone(), is_alone };
            let written = names.iter().zip(alone).map(written).collect();
            Known { members, written }
        })
    }

    /// The index of the member that a name refers to: by the exact C#, wire or camelCase name first, then ignoring case, then also ignoring
    /// `_` and `-`.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        // Route templates contain the C# names.
        let exact = self.names.iter().position(|known| *known == name);
        if let Some(index) = exact.filter(|index| self.written().get(*index).is_some_and(|written| written.is_alone)) {
            return Some(index);
        }
        match self.find_unseen(name, 0, &Seen::default()) {
            Match::Member(index) => Some(index),
            Match::Repeated | Match::Unknown => None,
        }
    }

    /// The member that takes the next occurrence of a name. Members from `expected` on are tried first, because servers write members in
    /// order.
    pub(super) fn find_unseen(&self, name: &str, expected: usize, seen: &Seen) -> Match {
        let written = self.written();
        let (before, after) = written.split_at_checked(expected).unwrap_or((written, &[]));
        let position = after.iter().position(|written| written.name == name).map(|index| index + expected);
        let position = position.or_else(|| before.iter().position(|written| written.name == name));
        match position {
            Some(index) if written.get(index).is_some_and(|written| written.is_alone) => {
                if seen.contains(index) {
                    Match::Repeated
                } else {
                    Match::Member(index)
                }
            }
            _ => self.find_by_tiers(name, seen),
        }
    }

    fn find_by_tiers(&self, name: &str, seen: &Seen) -> Match {
        let written = self.written();
        let exact = |index: usize, member: &ShapeMember| {
            member.name == name || written.get(index).is_some_and(|written| written.name == name)
        };
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
            for (index, member) in self.members().iter().enumerate() {
                if matches(index, member) {
                    if !seen.contains(index) {
                        return Match::Member(index);
                    }
                    repeated = true;
                }
            }
            if repeated {
                return Match::Repeated;
            }
        }
        Match::Unknown
    }
}

impl std::fmt::Debug for Shape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shape").field("name", &self.name).field("members", &self.members()).finish_non_exhaustive()
    }
}

/// Whether a member, given by its index and names, matches the name that was read.
type Tier<'a> = &'a dyn Fn(usize, &ShapeMember) -> bool;

/// The member that a name refers to.
pub(super) enum Match {
    Member(usize),
    /// Every member of this name already has its value.
    Repeated,
    Unknown,
}

/// The members that have been read; allocates only beyond 64 members.
#[derive(Clone, Default)]
pub(super) struct Seen {
    low: u64,
    high: Vec<usize>,
}

impl Seen {
    pub(super) fn contains(&self, index: usize) -> bool {
        if index < 64 { self.low & (1 << index) != 0 } else { self.high.contains(&index) }
    }

    pub(super) fn insert(&mut self, index: usize) {
        if index < 64 {
            self.low |= 1 << index;
        } else {
            self.high.push(index);
        }
    }
}
