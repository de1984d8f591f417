//! Values of settings that describe Rust: types that the document lacks, derives, attributes, paths.

use std::collections::BTreeMap;
use std::str::FromStr;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::reader::Reader;
use super::stated::{Value, quoted};
use crate::Error;

/// A type that the document mentions and does not describe.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Supplied {
    /// A class or struct.
    Class {
        /// The base class, as `Shop.Animal`, `Shop.Page<Shop.Pet>` or `List<Shop.Pet>`.
        base: Option<String>,
        /// The members that the class declares, each with the C# type, as `Int32`, `String`, `List<Shop.Pet>` or `DateTime?`.
        members: BTreeMap<String, String>,
    },
    /// An enum.
    Enum {
        /// It is a set of flags, which travels as a number.
        is_flags: bool,
        /// Its members, each with its number.
        values: Vec<(String, i64)>,
    },
}

/// The key of a base class. `base` is a keyword of C#, so that no member is called so.
const BASE: &str = "base";

/// The key that makes flags of an enum. Its value is no number, so that an enum may have a member of this name.
const FLAGS: &str = "flags";

impl Supplied {
    /// A class or struct with these members and their C# types.
    pub fn members<N: Into<String>, T: Into<String>>(members: impl IntoIterator<Item = (N, T)>) -> Self {
        let members = members.into_iter().map(|(name, ty)| (name.into(), ty.into())).collect();
        Self::Class { base: None, members }
    }

    /// A class that derives from `base`, with the members that it declares itself.
    pub fn derived<N: Into<String>, T: Into<String>>(
        base: impl Into<String>,
        members: impl IntoIterator<Item = (N, T)>,
    ) -> Self {
        let members = members.into_iter().map(|(name, ty)| (name.into(), ty.into())).collect();
        Self::Class { base: Some(base.into()), members }
    }

    /// An enum with these members, numbered from 0.
    pub fn values<N: Into<String>>(names: impl IntoIterator<Item = N>) -> Self {
        Self::Enum { is_flags: false, values: names.into_iter().map(Into::into).zip(0..).collect() }
    }

    /// A `[Flags]` enum with these members and their numbers.
    pub fn flags<N: Into<String>>(values: impl IntoIterator<Item = (N, i64)>) -> Self {
        Self::Enum { is_flags: true, values: values.into_iter().map(|(name, number)| (name.into(), number)).collect() }
    }
}

impl Value for Supplied {
    type Setting = Self;

    fn read(reader: &Reader<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Result<Self, Error> {
        const EXPECTED: &str =
            "a table of members and C# types, an array of enum members, or a table of them and their numbers";
        if value.get_ref().is_array() {
            return Ok(Self::values(<Vec<String> as super::stated::Stated>::read(reader, key, value)?));
        }
        let table = value.get_ref().as_table().ok_or_else(|| reader.expected(key, value, EXPECTED))?;
        let is_flags = table.get(FLAGS).and_then(|value| value.get_ref().as_bool());
        let is_enum = !table.is_empty() && table.values().all(|value| value.get_ref().is_integer());
        if !is_enum && is_flags.is_none() {
            return class(reader, key, table);
        }
        let values = table.iter().filter(|(name, _)| is_flags.is_none() || name.get_ref() != FLAGS);
        let values = values.map(|(name, value)| match number(value) {
            Some(number) => Ok((name.get_ref().to_string(), number)),
            None => Err(reader.expected(key, value, "a 64-bit number")),
        });
        let mut values = values.collect::<Result<Vec<_>, Error>>()?;
        values.sort_by_key(|(_, number)| *number);
        Ok(Self::Enum { is_flags: is_flags == Some(true), values })
    }

    fn to_flag(&self) -> String {
        let mut entries: Vec<String> = Vec::new();
        match self {
            Self::Class { base, members } => {
                entries.extend(base.iter().map(|base| format!("{BASE} = {}", quoted(base))));
                entries.extend(members.iter().map(|(name, ty)| format!("{} = {}", quoted(name), quoted(ty))));
            }
            Self::Enum { is_flags, values } => {
                entries.extend(is_flags.then(|| format!("{FLAGS} = true")));
                entries.extend(values.iter().map(|(name, number)| format!("{} = {number}", quoted(name))));
            }
        }
        format!("{{ {} }}", entries.join(", "))
    }

    fn to_toml(&self) -> String {
        self.to_flag()
    }
}

fn class(reader: &Reader<'_>, key: &str, table: &DeTable<'_>) -> Result<Supplied, Error> {
    let members = table.iter().map(|(name, value)| Ok((name.get_ref().to_string(), reader.string(key, value)?)));
    let mut members = members.collect::<Result<BTreeMap<_, _>, Error>>()?;
    Ok(Supplied::Class { base: members.remove(BASE), members })
}

fn number(value: &Spanned<DeValue<'_>>) -> Option<i64> {
    let digits = value.get_ref().as_integer()?;
    i64::from_str_radix(digits.as_str(), digits.radix()).ok()
}

/// Reads the value as a file states it.
impl FromStr for Supplied {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let line = format!("supply = {text}");
        let table = DeTable::parse(&line).map_err(|error| error.message().to_owned())?;
        let reader = Reader { text: &line, path: "--supply".as_ref() };
        let value = table.get_ref().get("supply").ok_or("there is no value")?;
        <Self as Value>::read(&reader, "supply", value).map_err(|error| error.message().to_owned())
    }
}

/// A piece of Rust that is spliced into generated code as it stands, after it was checked to be what it should be.
macro_rules! rust_texts {
    ($($(#[$docs:meta])+ $name:ident: $check:expr, $what:literal;)+) => {$(
        $(#[$docs])+
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                let check: fn(&str) -> bool = $check;
                if check(text) { Ok(Self(text.to_owned())) } else { Err(format!(concat!("`{}` is not ", $what), text)) }
            }
        }
    )+};
}

rust_texts! {
    /// The path of a trait to derive, as `Eq` or `serde::Serialize`.
    Derive: |text| syn::parse_str::<syn::Path>(text).is_ok(), "the path of a trait to derive";
    /// An attribute, as `#[cfg_attr(test, derive(Eq))]`.
    Attribute: |text| is_attribute(text), "an outer attribute, as `#[cfg(test)]`";
    /// A Rust type, as `crate::Money` or `std::net::IpAddr`.
    RustType: |text| syn::parse_str::<syn::TypePath>(text).is_ok(), "the path of a Rust type";
}

fn is_attribute(text: &str) -> bool {
    use syn::parse::Parser;
    syn::Attribute::parse_outer.parse_str(text).is_ok_and(|attributes| attributes.len() == 1)
}

/// A list for one name; what is stated once more for the name is added to it.
macro_rules! rust_lists {
    ($($(#[$docs:meta])+ $name:ident($item:ident), $separator:expr;)+) => {$(
        $(#[$docs])+
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
        pub struct $name(pub Vec<$item>);

        impl Value for $name {
            type Setting = Self;

            fn read(reader: &Reader<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Result<Self, Error> {
                let texts = <Vec<String> as super::stated::Stated>::read(reader, key, value)?;
                let items: Result<_, String> = texts.iter().map(|text| text.parse()).collect();
                items.map(Self).map_err(|message| reader.error(&value.span(), &format!("`{key}`: {message}")))
            }

            fn to_flag(&self) -> String {
                self.0.iter().map($item::as_str).collect::<Vec<_>>().join(",")
            }

            fn to_toml(&self) -> String {
                let items: Vec<String> = self.0.iter().map(|item| quoted(item.as_str())).collect();
                format!("[{}]", items.join(", "))
            }

            fn add_to(self, earlier: &mut Self) {
                let known = std::mem::take(&mut earlier.0);
                earlier.0 = known.iter().cloned().chain(self.0.into_iter().filter(|item| !known.contains(item))).collect();
            }
        }

        impl FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                let separator: Option<char> = $separator;
                let parts: Vec<&str> = match separator {
                    Some(separator) => text.split(separator).map(str::trim).collect(),
                    None => vec![text],
                };
                parts.into_iter().map(str::parse).collect::<Result<_, _>>().map(Self)
            }
        }
    )+};
}

rust_lists! {
    /// Traits to derive.
    Derives(Derive), Some(',');
    /// Attributes. As a flag, one at a time: an attribute may hold any text.
    Attributes(Attribute), None;
}

impl RustType {
    /// Whether the path has type arguments of its own.
    pub(crate) fn has_arguments(&self) -> bool {
        self.0.contains('<')
    }
}

impl Value for RustType {
    type Setting = Option<Self>;

    fn read(reader: &Reader<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Result<Self, Error> {
        let text = reader.string(key, value)?;
        text.parse().map_err(|message: String| reader.error(&value.span(), &format!("`{key}`: {message}")))
    }

    fn to_flag(&self) -> String {
        self.0.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_supplied_as_members_or_values() {
        let members = Supplied::members([("Amount", "Decimal"), ("Currency", "String")]);
        assert_eq!("{ Currency = \"String\", Amount = \"Decimal\" }".parse(), Ok(members));
        assert_eq!("['Red', 'Green']".parse(), Ok(Supplied::values(["Red", "Green"])));
        let values = vec![("All".to_owned(), -1), ("Read".to_owned(), 16)];
        assert_eq!("{ Read = 0x10, All = -1 }".parse(), Ok(Supplied::Enum { is_flags: false, values }));
        assert_eq!("{}".parse(), Ok(Supplied::members::<String, String>([])));
        assert!("3".parse::<Supplied>().is_err_and(|message| message.contains("must be a table of members")));
    }

    #[test]
    fn classes_have_a_base_and_enums_can_be_flags() {
        let derived = Supplied::derived("Shop.Animal", [("Lives", "Int32")]);
        assert_eq!("{ Lives = \"Int32\", base = \"Shop.Animal\" }".parse(), Ok(derived.clone()));
        let flags = Supplied::flags([("None", 0), ("Read", 1), ("Write", 2)]);
        assert_eq!("{ flags = true, Write = 2, Read = 1, None = 0 }".parse(), Ok(flags.clone()));
        assert_eq!("{ flags = true }".parse(), Ok(Supplied::flags::<String>([])));
        // A member of an enum has a number, a member of a class a type.
        let named = Supplied::Enum { is_flags: false, values: vec![("base".to_owned(), 0), ("flags".to_owned(), 1)] };
        assert_eq!("{ base = 0, flags = 1 }".parse(), Ok(named));
        assert_eq!("{ flags = \"Int32\" }".parse(), Ok(Supplied::members([("flags", "Int32")])));
        assert_eq!(derived.to_toml().parse(), Ok(derived));
        assert_eq!(flags.to_flag().parse(), Ok(flags));
        for (text, expected) in [
            ("{ flags = true, Read = \"Int32\" }", "must be a 64-bit number"),
            ("{ base = 3, Read = \"Int32\" }", "must be a string"),
        ] {
            let message = text.parse::<Supplied>().unwrap_err();
            assert!(message.contains(expected), "{text}: {message}");
        }
    }

    #[test]
    fn rust_that_is_spliced_is_checked() {
        assert!("Eq, serde::Serialize".parse::<Derives>().is_ok());
        assert_eq!(
            "Eq)] fn x() {}".parse::<Derives>(),
            Err("`Eq)] fn x() {}` is not the path of a trait to derive".to_owned())
        );
        assert!("#[serde(rename = \"a,b\")]".parse::<Attributes>().is_ok());
        assert!("#[a] struct X;".parse::<Attributes>().is_err());
        assert!("std::collections::HashSet<String>".parse::<RustType>().is_ok());
        assert!("fn()".parse::<RustType>().is_err());
    }
}
