//! The types of a service. Generic types are closed: there is one type for each combination of arguments.

use super::Rules;
use crate::values::Value;

/// The index of a defined type in the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct TypeId(pub(crate) usize);

/// The .NET type of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shape {
    Bool,
    Char,
    /// An integer with its inclusive bounds.
    Integer {
        min: i128,
        max: i128,
    },
    /// `float` or `double`.
    Float,
    /// `decimal`, and integers of more than 64 bits.
    Decimal,
    Text,
    DateTime,
    DateTimeOffset,
    Date,
    Time,
    Span,
    Guid,
    Bytes,
    /// `object`.
    Any,
    List(Box<Shape>),
    Map(Box<Shape>, Box<Shape>),
    /// A struct of the service: a string on classic hosts, an object on others.
    Struct(Box<Shape>),
    /// `ValueTuple`, described as a class of its items. Hosts read an object; classic hosts write a string, others an empty object.
    Tuple(Box<Shape>),
    /// `Nullable<T>`, or a reference that may be absent.
    Nullable(Box<Shape>),
    Defined(TypeId),
}

/// A type that the service defines.
#[derive(Debug, Clone)]
pub(crate) enum Type {
    Record(Record),
    Enum(Enum),
    /// A class that derives from a list or a map.
    Alias(Shape),
    /// An abstract class, or one with derived classes.
    Variants(Variants),
    /// A type that is not described.
    Opaque,
}

/// A class.
#[derive(Debug, Clone, Default)]
pub(crate) struct Record {
    pub(crate) name: String,
    pub(crate) members: Vec<Member>,
}

impl Record {
    /// Finds a member by its wire name or C# name, ignoring case.
    pub(crate) fn find(&self, name: &str) -> Option<&Member> {
        let is_called = |member: &&Member| member.names().any(|own| own.eq_ignore_ascii_case(name));
        self.members.iter().find(is_called)
    }

    /// Whether two members have names that differ only in case.
    pub(crate) fn has_clash(&self) -> bool {
        let names: Vec<&String> =
            self.members.iter().map(|member| member.wire_name.as_ref().unwrap_or(&member.name)).collect();
        names
            .iter()
            .enumerate()
            .any(|(index, name)| names.iter().skip(index + 1).any(|other| name.eq_ignore_ascii_case(other)))
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Member {
    /// The C# name.
    pub(crate) name: String,
    /// The name in its `[DataMember(Name)]`.
    pub(crate) wire_name: Option<String>,
    pub(crate) shape: Shape,
    /// Whether the member has a value type that cannot be null.
    pub(crate) is_value: bool,
    pub(crate) is_required: bool,
    pub(crate) rules: Rules,
    pub(crate) docs: Vec<String>,
    /// The values that the document allows.
    pub(crate) allowed: Vec<String>,
}

impl Member {
    fn names(&self) -> impl Iterator<Item = &str> {
        [Some(self.name.as_str()), self.wire_name.as_deref()].into_iter().flatten()
    }
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Enum {
    pub(crate) name: String,
    /// Whether the enum is `[Flags]`, whose values are sent as numbers.
    pub(crate) is_number: bool,
    pub(crate) members: Vec<EnumMember>,
}

impl Enum {
    /// Whether a string is a wire name in the wrong case.
    pub(crate) fn is_other_case(&self, text: &str) -> bool {
        let mut wire_names = self.members.iter().filter_map(|member| member.wire_name.as_deref());
        wire_names.any(|name| name != text && name.eq_ignore_ascii_case(text))
            && !self.members.iter().any(|member| member.name.eq_ignore_ascii_case(text))
    }
}

#[derive(Debug, Clone)]
pub(crate) struct EnumMember {
    pub(crate) name: String,
    pub(crate) wire_name: Option<String>,
    pub(crate) value: Option<i128>,
}

/// A class with derived classes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Variants {
    pub(crate) base: Option<TypeId>,
    /// Whether the base cannot be instantiated, so that a value must specify its class.
    pub(crate) is_abstract: bool,
    /// The derived classes by their full C# names.
    pub(crate) derived: Vec<(String, TypeId)>,
}

impl Variants {
    /// Returns the class of a value: the one named by `__type` if that is the first member, otherwise the base.
    pub(crate) fn class_of(&self, members: &[(String, Value)]) -> Option<TypeId> {
        let named = match members.first() {
            Some((name, Value::Text(text))) if name == "__type" => Some(text),
            _ => None,
        };
        let variant = named.and_then(|named| self.derived.iter().find(|(name, _)| name == named));
        variant.map(|(_, id)| *id).or(self.base)
    }
}
