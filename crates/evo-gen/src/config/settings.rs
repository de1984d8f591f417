//! The settings that shape the generated code: one list, from which the keys of files, the flags and the defaults are made.

use super::reader::Reader;
use super::stated::Stated;
use super::supplied::{Attributes, Derives, RustType, Supplied};
use super::table::{Entry, Table};
use super::words::{AddressKind, Dates, Decimals, Layout, Maps, Visibility};
use crate::Error;

/// Makes [`Settings`], [`Overrides`] and all that is done with each setting.
macro_rules! settings {
    ($($(#[doc = $docs:literal])+ $key:ident: $stated:ty => $kept:ty, arg($($arg:tt)*);)+) => {
        /// How the code of one client is generated, with every default filled in.
        #[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub struct Settings {
            $($(#[doc = $docs])+ pub $key: $kept,)+
            /// Whether names that an earlier run decided may change.
            pub update_names: bool,
        }

        /// Settings as a file or a command line states them: what is left out is not decided here.
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        #[cfg_attr(feature = "cli", derive(clap::Args), command(next_help_heading = "Settings (also keys of evo-gen.toml)"))]
        pub struct Overrides {
            $($(#[doc = $docs])+ #[cfg_attr(feature = "cli", arg(long, $($arg)*))] pub $key: Option<$stated>,)+
        }

        /// The keys of the settings, in the order of the documentation.
        pub(super) const SETTING_KEYS: &[&str] = &[$(stringify!($key)),+];

        impl Overrides {
            /// Puts what is stated here in the place of what `settings` says.
            pub fn apply(self, settings: &mut Settings) {
                $(if let Some(stated) = self.$key {
                    stated.apply(&mut settings.$key);
                })+
            }

            /// The flags that state the same, for the command that regenerates a client.
            #[must_use]
            pub fn to_flags(&self) -> Vec<String> {
                let mut flags = Vec::new();
                $(for value in self.$key.iter().flat_map(Stated::flag_values) {
                    flags.extend([concat!("--", stringify!($key)).replace('_', "-"), value]);
                })+
                flags
            }

            /// The lines of `evo-gen.toml` that state the same.
            #[must_use]
            pub fn to_toml(&self) -> Vec<String> {
                let mut lines = Vec::new();
                $(lines.extend(self.$key.iter().map(|stated| format!("{} = {}", stringify!($key), stated.to_toml())));)+
                lines
            }

            /// Reads the value of a key; answers whether there is such a setting.
            pub(super) fn read(
                &mut self,
                reader: &Reader<'_>,
                key: &str,
                value: &toml::Spanned<toml::de::DeValue<'_>>,
            ) -> Result<bool, Error> {
                match key {
                    $(stringify!($key) => self.$key = Some(Stated::read(reader, key, value)?),)+
                    _ => return Ok(false),
                }
                Ok(true)
            }
        }
    };
}

settings! {
    /// Namespace prefix that module names leave out (default: what all namespaces share)
    strip: String => Option<String>, arg(value_name = "NAMESPACE");
    /// Operations to generate, with their types: a name, `Find*`, `My.Namespace/*`, `{tag}`, `role:Admin` or the route `/pets/*`
    include: Vec<String> => Vec<String>, arg(value_name = "PATTERN", value_delimiter = ',');
    /// Operations to leave out, written as for `include`
    exclude: Vec<String> => Vec<String>, arg(value_name = "PATTERN", value_delimiter = ',');
    /// Who sees the generated items
    visibility: Visibility => Visibility, arg(value_name = "WHO");
    /// Addresses that calls try, in order
    address: Vec<AddressKind> => Vec<AddressKind>, arg(value_name = "KIND", value_delimiter = ',');
    /// Rust names: of a type (`Shop.Pet`), a member or variant (`Shop.Pet.Name`), or the module of a namespace (`Shop.Pets/*`)
    rename: Vec<Entry<String>> => Table<String>, arg(value_name = "NAME=RUST");
    /// A type of your own in the place of a type of the service
    replace: Vec<Entry<RustType>> => Table<RustType>, arg(value_name = "NAME=PATH");
    /// A type that the document does not describe: members and C# types, or the members of an enum
    supply: Vec<Entry<Supplied>> => Table<Supplied>, arg(value_name = "NAME=TOML");
    /// Which type a name means inside a member, or in the answer of a request, where it can mean several
    resolve: Vec<Entry<String>> => Table<String>, arg(value_name = "MEMBER=TYPE");
    /// Whether a member is an `Option`
    optional: Vec<Entry<bool>> => Table<bool>, arg(value_name = "MEMBER=BOOL");
    /// Members whose lists and maps keep nulls: their items become `Option`
    null_items: Vec<String> => Vec<String>, arg(value_name = "MEMBER", value_delimiter = ',');
    /// What is deprecated, with the note that says so: a type, an operation, a member or a variant
    deprecated: Vec<Entry<String>> => Table<String>, arg(value_name = "NAME=NOTE");
    /// The types of dates, times and spans
    dates: Dates => Dates, arg(value_name = "CRATE");
    /// The type of decimals
    decimals: Decimals => Decimals, arg(value_name = "TYPE");
    /// The type of dictionaries
    maps: Maps => Maps, arg(value_name = "TYPE");
    /// Traits to derive besides those that a type can have anyway
    derive: Vec<Entry<Derives>> => Table<Derives>, arg(value_name = "NAME=TRAITS");
    /// Attributes of a type or member
    attributes: Vec<Entry<Attributes>> => Table<Attributes>, arg(value_name = "NAME=ATTRIBUTE");
    /// How items are spread over modules and files
    layout: Layout => Layout, arg(value_name = "LAYOUT");
    /// A Cargo feature for each module, with what they need of each other; the program keeps them in `Cargo.toml`
    features: bool => bool, arg(value_name = "BOOL", num_args = 0..=1, default_missing_value = "true");
    /// The path by which other crates name the client, as `my_client::api`; with it the docs of each operation have an example
    examples: RustType => Option<RustType>, arg(value_name = "PATH");
    /// Only types, without operations and client
    types_only: bool => bool, arg(value_name = "BOOL", num_args = 0..=1, default_missing_value = "true");
    /// Abstract types whose values are sent with their `__type`, which servers refuse unless they allow it
    type_names: Vec<String> => Vec<String>, arg(value_name = "TYPE", value_delimiter = ',');
    /// A method `validate` for requests that have rules of the service, which checks them without a call
    validate: bool => bool, arg(value_name = "BOOL", num_args = 0..=1, default_missing_value = "true");
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use toml::de::DeTable;

    use super::*;

    /// One value for each setting.
    fn all() -> Overrides {
        Overrides {
            strip: Some("Pets.Api".to_owned()),
            include: Some(vec!["Find*".to_owned()]),
            exclude: Some(vec!["{admin}".to_owned(), "role:Admin".to_owned()]),
            visibility: Some(Visibility::Crate),
            address: Some(vec![AddressKind::Routes, AddressKind::Reply]),
            rename: Some(vec![Entry::new("Pets.Dog", "Hound"), Entry::new("Pets.Dog.Name", "called")]),
            replace: Some(vec![Entry::new("Pets.Money", "crate::Money".parse::<RustType>().unwrap())]),
            supply: Some(vec![
                Entry::new("Pets.Kind", Supplied::values(["Small", "Big"])),
                Entry::new("Pets.Size", Supplied::members([("Width", "Int32")])),
            ]),
            resolve: Some(vec![Entry::new("Pets.Dog.Line", "Pets.Line")]),
            optional: Some(vec![Entry::new("Pets.Dog.Name", false)]),
            null_items: Some(vec!["Pets.Dog.Names".to_owned()]),
            deprecated: Some(vec![Entry::new("Pets.Dog.Old", "use \"New\"")]),
            dates: Some(Dates::Chrono),
            decimals: Some(Decimals::Text),
            maps: Some(Maps::IndexMap),
            derive: Some(vec![Entry::new("Pets.*", "Eq, Hash".parse::<Derives>().unwrap())]),
            attributes: Some(vec![Entry::new("Pets.Dog", "#[doc(alias = \"a,b\")]".parse::<Attributes>().unwrap())]),
            layout: Some(Layout::Tag),
            features: Some(true),
            examples: Some("pets::api".parse::<RustType>().unwrap()),
            types_only: Some(false),
            type_names: Some(vec!["Pets.Animal".to_owned()]),
            validate: Some(true),
        }
    }

    #[test]
    fn every_setting_is_read_from_the_file_that_states_it() {
        let text = all().to_toml().join("\n");
        let table = DeTable::parse(&text).unwrap();
        let reader = Reader { text: &text, path: Path::new("evo-gen.toml") };
        let mut read = Overrides::default();
        for (key, value) in table.get_ref() {
            assert!(read.read(&reader, key.get_ref(), value).unwrap(), "{key:?} is no setting");
        }
        assert_eq!(read, all());
        assert_eq!(table.get_ref().len(), SETTING_KEYS.len());
    }

    #[cfg(feature = "cli")]
    #[test]
    fn every_setting_is_read_from_the_flags_that_state_it() {
        use clap::{Args as _, FromArgMatches as _};

        let command = Overrides::augment_args(clap::Command::new("evo-gen"));
        let flags = all().to_flags();
        let matches = command.try_get_matches_from(std::iter::once("evo-gen".to_owned()).chain(flags)).unwrap();
        assert_eq!(Overrides::from_arg_matches(&matches).unwrap(), all());
    }

    #[test]
    fn a_list_takes_the_place_of_a_list_and_a_table_is_added_to_a_table() {
        let mut settings = Settings::default();
        all().apply(&mut settings);
        let flags = Overrides {
            include: Some(vec!["Get*".to_owned()]),
            rename: Some(vec![Entry::new("Pets.Dog", "Dog"), Entry::new("Pets.Cat", "Cat")]),
            derive: Some(vec![Entry::new("Pets.*", "Ord,Eq".parse::<Derives>().unwrap())]),
            ..Overrides::default()
        };
        flags.apply(&mut settings);
        assert_eq!(settings.include, ["Get*"]);
        assert_eq!(settings.exclude, ["{admin}", "role:Admin"]);
        let renamed: Vec<(&str, &str)> = settings.rename.iter().map(|(name, rust)| (name, rust.as_str())).collect();
        assert_eq!(renamed, [("Pets.Cat", "Cat"), ("Pets.Dog", "Dog"), ("Pets.Dog.Name", "called")]);
        let derives: Vec<(&str, &Derives)> = settings.derive.iter().collect();
        assert_eq!(derives, [("Pets.*", &"Eq,Hash,Ord".parse::<Derives>().unwrap())]);
    }
}
