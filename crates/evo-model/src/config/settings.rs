//! The settings of a client.

use std::collections::BTreeMap;
use std::path::Path;
use std::str::FromStr;

use serde::{Deserialize, Deserializer};

use super::reading::{self, distinct};
use super::rust::{Attribute, Derive, RustType};
use super::supplied::Supplied;
use super::words::{AddressKind, Dates, Decimals, Layout, Maps, Visibility};
use crate::Error;

/// A table from .NET names, or patterns of names, to values.
pub type Table<V> = BTreeMap<String, V>;

/// The settings for the generated code of a client.
///
/// The fields are the keys of a client in `evo-gen.toml`. [`guide::settings`](https://docs.rs/evo-gen/latest/evo_gen/guide/settings)
/// explains each one with an example. In code, parse a string in the same format, or set fields:
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
/// A setting that matches nothing or changes nothing is an error.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of the file")]
pub struct Settings {
    /// The namespace prefix to strip from module names. The default is the common prefix of all namespaces.
    #[serde(deserialize_with = "reading::filled")]
    pub strip: Option<String>,
    /// The operations to generate, with the types that they need. The default is all operations.
    #[serde(deserialize_with = "non_empty_list")]
    pub include: Vec<String>,
    /// The operations to exclude, in the syntax of `include`.
    #[serde(deserialize_with = "distinct")]
    pub exclude: Vec<String>,
    /// The visibility of the generated items.
    pub visibility: Visibility,
    /// The addresses that calls try, in order. The default is only `api`.
    #[serde(deserialize_with = "non_empty_list")]
    pub address: Vec<AddressKind>,
    /// The Rust names of types, members, variants, and modules of namespaces.
    pub rename: Table<String>,
    /// Your own types to use instead of types of the service.
    pub replace: Table<RustType>,
    /// Descriptions of types that the document mentions but does not describe.
    pub supply: Table<Supplied>,
    /// The operations of ServiceStack itself to generate, which documents do not contain.
    #[serde(deserialize_with = "distinct")]
    pub service_stack: Vec<String>,
    /// The type that an ambiguous name refers to, in a member or in the response of a request.
    pub resolve: Table<String>,
    /// Whether members are `Option`s.
    pub optional: Table<bool>,
    /// The members whose lists and maps keep nulls, with `Option` as the type of items.
    #[serde(deserialize_with = "distinct")]
    pub null_items: Vec<String>,
    /// Deprecated types, operations, members and variants, with a note for each.
    pub deprecated: Table<String>,
    /// The Rust types of dates, times and durations.
    pub dates: Dates,
    /// The Rust type of decimals.
    pub decimals: Decimals,
    /// The Rust type of dictionaries.
    pub maps: Maps,
    /// Additional traits to derive.
    pub derive: Table<Vec<Derive>>,
    /// Attributes of types, members and variants.
    pub attributes: Table<Vec<Attribute>>,
    /// The distribution of items over modules and files.
    pub layout: Layout,
    /// Whether each module has a Cargo feature.
    pub features: bool,
    /// The path of the client in other crates. If set, the documentation of each operation has an example.
    pub examples: Option<RustType>,
    /// Whether to generate only types, without operations and client.
    pub types_only: bool,
    /// The abstract types whose values are sent with `__type`.
    #[serde(deserialize_with = "distinct")]
    pub type_names: Vec<String>,
    /// The classes whose values are never of a derived class.
    #[serde(deserialize_with = "distinct")]
    pub sealed: Vec<String>,
    /// Members whose values `Debug` must not show, in addition to those that are recognized by name.
    #[serde(deserialize_with = "distinct")]
    pub secret: Vec<String>,
    /// Whether required members are arguments of `new`, and plain types instead of `Option` in responses.
    pub required: bool,
    /// Whether requests get a method `validate`.
    pub validate: bool,
    /// The warnings and notes that are not reported and that `--deny` ignores: codes, or codes for one item.
    #[serde(deserialize_with = "distinct")]
    pub allow: Vec<String>,
    /// Whether names that an earlier run chose may change (`--update-lock`). It cannot be set in a file.
    #[serde(skip)]
    pub update_names: bool,
    /// Whether the operations that the runtime provides, such as `Authenticate`, are ordinary items: for programs that show and call
    /// operations without generating code. It cannot be set in a file.
    #[serde(skip)]
    pub describe_runtime_operations: bool,
}

/// Parses settings in the format of `evo-gen.toml`, without `source`, `url` and `output`.
impl FromStr for Settings {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let table = reading::parse(text, Path::new("settings"))?;
        reading::deserialize(table, text, Path::new("settings"), &[])
    }
}

/// Deserializes a list that is not empty and has no duplicates. An empty list would mean the same as no list.
fn non_empty_list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
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
