//! The one definition of the settings.

use std::collections::BTreeMap;
use std::path::Path;
use std::str::FromStr;

use serde::{Deserialize, Deserializer};

use super::reading::{self, distinct};
use super::rust::{Attribute, Derive, RustType};
use super::supplied::Supplied;
use super::words::{AddressKind, Dates, Decimals, Layout, Maps, Visibility};
use crate::Error;

/// Values by the .NET name, or the pattern of names, that they are for.
pub type Table<V> = BTreeMap<String, V>;

/// How the code of one client is generated.
///
/// The fields are the keys of a client in `evo-gen.toml`; [`guide::settings`](https://docs.rs/evo-gen/latest/evo_gen/guide/settings) explains each of them with an
/// example. In code, read the same text, or set fields:
///
/// ```
/// # extern crate evo_model as evo_gen;
/// use evo_gen::config::{Settings, Visibility};
///
/// let mut settings: Settings = "
///     include = ['FindPets', '{orders}']
///     [rename]
///     'Shop.Pet' = 'Animal'
/// ".parse()?;
/// settings.visibility = Visibility::Crate;
/// settings.rename.insert("Shop.Pet.Name".to_owned(), "called".to_owned());
/// assert_eq!(settings.rename.len(), 2);
/// # Ok::<(), evo_gen::Error>(())
/// ```
///
/// A setting that matches nothing, or that changes nothing, is an error of the run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of the file")]
pub struct Settings {
    /// The namespace prefix that module names leave out. By default it is what all namespaces share.
    #[serde(deserialize_with = "reading::filled")]
    pub strip: Option<String>,
    /// The operations to generate, with the types that they need. By default all.
    #[serde(deserialize_with = "stated_list")]
    pub include: Vec<String>,
    /// The operations to leave out, written as in `include`.
    #[serde(deserialize_with = "distinct")]
    pub exclude: Vec<String>,
    /// Who sees the generated items.
    pub visibility: Visibility,
    /// The addresses that calls try, in order. By default `api` alone.
    #[serde(deserialize_with = "stated_list")]
    pub address: Vec<AddressKind>,
    /// Rust names: of a type, a member, a variant, or the module of a namespace.
    pub rename: Table<String>,
    /// Types of your own in the place of types of the service.
    pub replace: Table<RustType>,
    /// Types that the document mentions and does not describe.
    pub supply: Table<Supplied>,
    /// Operations of ServiceStack itself to generate, which documents leave out.
    #[serde(deserialize_with = "distinct")]
    pub service_stack: Vec<String>,
    /// The type that a name means inside a member, or in the answer of a request, if it can mean several.
    pub resolve: Table<String>,
    /// Whether a member is an `Option`.
    pub optional: Table<bool>,
    /// The members whose lists and maps keep nulls: their items become `Option`.
    #[serde(deserialize_with = "distinct")]
    pub null_items: Vec<String>,
    /// Types, operations, members and variants that are deprecated, with the note that says so.
    pub deprecated: Table<String>,
    /// The Rust types of dates, times and spans.
    pub dates: Dates,
    /// The Rust type of decimals.
    pub decimals: Decimals,
    /// The Rust type of dictionaries.
    pub maps: Maps,
    /// Traits to derive in addition to those that a type derives anyway.
    pub derive: Table<Vec<Derive>>,
    /// Attributes of types, members and variants.
    pub attributes: Table<Vec<Attribute>>,
    /// How items are spread over modules and files.
    pub layout: Layout,
    /// Whether each module has a Cargo feature.
    pub features: bool,
    /// The path by which other crates name the client. With it, the documentation of each operation has an example.
    pub examples: Option<RustType>,
    /// Whether only types are generated, without operations and client.
    pub types_only: bool,
    /// The abstract types whose values are sent with their `__type`.
    #[serde(deserialize_with = "distinct")]
    pub type_names: Vec<String>,
    /// The classes of which no value is of a derived class.
    #[serde(deserialize_with = "distinct")]
    pub sealed: Vec<String>,
    /// Members whose values `Debug` must not show, besides those whose names say so.
    #[serde(deserialize_with = "distinct")]
    pub secret: Vec<String>,
    /// Whether required members are arguments of `new`, and plain types in answers.
    pub required: bool,
    /// Whether requests get a method `validate`.
    pub validate: bool,
    /// The remarks that are not reported and that `--deny` lets pass: codes, or codes for one place.
    #[serde(deserialize_with = "distinct")]
    pub allow: Vec<String>,
    /// Whether names that an earlier run decided may change: a decision of one run (`--update-lock`), which no file states.
    #[serde(skip)]
    pub update_names: bool,
}

/// Reads the settings from the text of an `evo-gen.toml` without `source`, `url` and `output`.
impl FromStr for Settings {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let table = reading::parse(text, Path::new("settings"))?;
        reading::deserialize(table, text, Path::new("settings"), &[])
    }
}

/// A list in which nothing is repeated, and that is not empty: an empty one would mean the same as none.
fn stated_list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + PartialEq,
{
    let list: Vec<T> = distinct(deserializer)?;
    if list.is_empty() {
        return Err(serde::de::Error::custom("the list is empty; remove the key for the default"));
    }
    Ok(list)
}
