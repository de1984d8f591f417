//! The setting `supply`: types that the document mentions but does not describe.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// The description of a type that the document mentions but does not describe.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Supplied {
    /// A class or struct.
    Class {
        /// The base class, such as `Shop.Animal`, `Shop.Page<Shop.Pet>` or `List<Shop.Pet>`.
        base: Option<String>,
        /// The declared members, each with its C# type, such as `Int32`, `String`, `List<Shop.Pet>` or `DateTime?`.
        members: BTreeMap<String, String>,
    },
    /// An enum.
    Enum {
        /// Whether the enum is a set of flags, which is serialized as a number.
        is_flags: bool,
        /// The members, each with its number.
        values: Vec<(String, i64)>,
    },
    /// Another type with the same serialized form, by its C# name, such as `DateTime` or `List<Shop.Pet>`.
    Type(String),
}

/// The key of the base class. `base` is a keyword in C#, so no member has this name.
const BASE: &str = "base";

/// The key that makes an enum a set of flags. Its value is not a number, so an enum may have a member with this name.
const FLAGS: &str = "flags";

impl Supplied {
    /// Creates a class or struct with these members and their C# types.
    pub fn members<N: Into<String>, T: Into<String>>(members: impl IntoIterator<Item = (N, T)>) -> Self {
        let members = members.into_iter().map(|(name, ty)| (name.into(), ty.into())).collect();
        Self::Class { base: None, members }
    }

    /// Creates a class that derives from `base` and declares these members.
    pub fn derived<N: Into<String>, T: Into<String>>(
        base: impl Into<String>,
        members: impl IntoIterator<Item = (N, T)>,
    ) -> Self {
        let members = members.into_iter().map(|(name, ty)| (name.into(), ty.into())).collect();
        Self::Class { base: Some(base.into()), members }
    }

    /// Creates an enum with these members, numbered from 0.
    pub fn values<N: Into<String>>(names: impl IntoIterator<Item = N>) -> Self {
        Self::Enum { is_flags: false, values: names.into_iter().map(Into::into).zip(0..).collect() }
    }

    /// Creates a type with the same serialized form as another one, by its C# name.
    pub fn same_as(name: impl Into<String>) -> Self {
        Self::Type(name.into())
    }

    /// Creates a `[Flags]` enum with these members and their numbers.
    pub fn flags<N: Into<String>>(values: impl IntoIterator<Item = (N, i64)>) -> Self {
        Self::Enum { is_flags: true, values: values.into_iter().map(|(name, number)| (name.into(), number)).collect() }
    }
}

/// A value in the table that describes a type.
#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a C# type in quotes, a 64-bit number, or `true` for `flags`")]
enum TableValue {
    Yes(bool),
    Number(i64),
    Text(String),
}

impl<'de> Deserialize<'de> for Supplied {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SuppliedVisitor)
    }
}

struct SuppliedVisitor;

impl<'de> Visitor<'de> for SuppliedVisitor {
    type Value = Supplied;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "a table of members and C# types, an array of enum members, a table of them and their numbers, or a C# type",
        )
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Supplied, E> {
        Ok(Supplied::Type(name.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Supplied, A::Error> {
        let mut names: Vec<String> = Vec::new();
        while let Some(name) = sequence.next_element()? {
            if names.contains(&name) {
                return Err(A::Error::custom(format!("the list contains `{name}` twice")));
            }
            names.push(name);
        }
        Ok(Supplied::values(names))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Supplied, A::Error> {
        let mut table: BTreeMap<String, TableValue> = BTreeMap::new();
        while let Some((name, value)) = map.next_entry()? {
            table.insert(name, value);
        }
        let is_flags = match table.get(FLAGS) {
            Some(TableValue::Yes(is_flags)) => Some(*is_flags),
            _ => None,
        };
        let is_enum = !table.is_empty() && table.values().all(|value| matches!(value, TableValue::Number(_)));
        if is_flags.is_none() && !is_enum {
            return class(table);
        }
        if is_flags.is_some() {
            table.remove(FLAGS);
        }
        let values = table.into_iter().map(|(name, value)| match value {
            TableValue::Number(number) => Ok((name, number)),
            _ => Err(A::Error::custom(format!("the enum member `{name}` needs a 64-bit number"))),
        });
        let mut values = values.collect::<Result<Vec<_>, _>>()?;
        values.sort_by_key(|(_, number)| *number);
        Ok(Supplied::Enum { is_flags: is_flags == Some(true), values })
    }
}

fn class<E: Error>(table: BTreeMap<String, TableValue>) -> Result<Supplied, E> {
    let members = table.into_iter().map(|(name, value)| match value {
        TableValue::Text(text) if !text.is_empty() => Ok((name, text)),
        _ => Err(E::custom(format!("`{name}` needs a C# type in quotes, such as `{name} = \"Int32\"`"))),
    });
    let mut members = members.collect::<Result<BTreeMap<_, _>, E>>()?;
    Ok(Supplied::Class { base: members.remove(BASE), members })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;

    /// Parses the value of an entry of `supply`.
    fn supplied(value: &str) -> Result<Supplied, String> {
        let settings: Settings =
            format!("supply.X = {value}").parse().map_err(|error: crate::Error| error.message().to_owned())?;
        settings.supply.into_values().next().ok_or_else(|| "nothing is supplied".to_owned())
    }

    #[test]
    fn types_are_described_by_members_or_values() {
        let members = Supplied::members([("Amount", "Decimal"), ("Currency", "String")]);
        assert_eq!(supplied("{ Currency = \"String\", Amount = \"Decimal\" }"), Ok(members));
        assert_eq!(supplied("['Red', 'Green']"), Ok(Supplied::values(["Red", "Green"])));
        let values = vec![("All".to_owned(), -1), ("Read".to_owned(), 16)];
        assert_eq!(supplied("{ Read = 0x10, All = -1 }"), Ok(Supplied::Enum { is_flags: false, values }));
        assert_eq!(supplied("{}"), Ok(Supplied::members::<String, String>([])));
    }

    #[test]
    fn classes_have_a_base_and_enums_can_be_flags() {
        let derived = Supplied::derived("Shop.Animal", [("Lives", "Int32")]);
        assert_eq!(supplied("{ Lives = \"Int32\", base = \"Shop.Animal\" }"), Ok(derived));
        let flags = Supplied::flags([("None", 0), ("Read", 1), ("Write", 2)]);
        assert_eq!(supplied("{ flags = true, Write = 2, Read = 1, None = 0 }"), Ok(flags));
        assert_eq!(supplied("{ flags = true }"), Ok(Supplied::flags::<String>([])));
        // Members of an enum have numbers, members of a class have types.
        let named = Supplied::Enum { is_flags: false, values: vec![("base".to_owned(), 0), ("flags".to_owned(), 1)] };
        assert_eq!(supplied("{ base = 0, flags = 1 }"), Ok(named));
        assert_eq!(supplied("{ flags = \"Int32\" }"), Ok(Supplied::members([("flags", "Int32")])));
    }

    #[test]
    fn invalid_descriptions_are_rejected() {
        for (value, message) in [
            (
                "3",
                "`supply.X`: invalid type: integer `3`, expected a table of members and C# types, an array of enum members, a table of them and their numbers, or a C# type",
            ),
            ("{ flags = true, Read = \"Int32\" }", "`supply.X`: the enum member `Read` needs a 64-bit number"),
            (
                "{ base = 3, Read = \"Int32\" }",
                "`supply.X`: `base` needs a C# type in quotes, such as `base = \"Int32\"`",
            ),
            ("['A', 'A']", "`supply.X`: the list contains `A` twice"),
            ("{ Read = 1.5 }", "`supply.X.Read`: expected a C# type in quotes, a 64-bit number, or `true` for `flags`"),
        ] {
            assert_eq!(supplied(value), Err(message.to_owned()), "{value}");
        }
    }
}
