//! Flags for the settings that are single values or plain lists. Tables are stated in `evo-gen.toml` alone.

use clap::Args;
use serde::{Serialize, Serializer};

use crate::Error;
use crate::config::{AddressKind, Dates, Decimals, Layout, Maps, RustType, Settings, Visibility};

/// The flags of settings. Each takes the place of what the configuration states.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args, Serialize)]
#[command(next_help_heading = "Settings (also keys of evo-gen.toml; tables such as `rename` are stated there)")]
pub struct SettingFlags {
    /// The namespace prefix that module names leave out [default: what all namespaces share]
    #[arg(long, value_name = "NAMESPACE")]
    pub strip: Option<String>,
    /// Generate these operations: `Find*`, `My.Namespace/*`, `{tag}`, `role:Admin`, the route `/pets/*`; may be repeated
    #[arg(long, value_name = "PATTERN")]
    #[serde(serialize_with = "serialize_patterns")]
    pub include: Option<Vec<String>>,
    /// Leave these operations out; may be repeated
    #[arg(long, value_name = "PATTERN")]
    #[serde(serialize_with = "serialize_patterns")]
    pub exclude: Option<Vec<String>>,
    /// Who sees the generated items: `public` or `crate`
    #[arg(long, value_name = "WHO", hide_possible_values = true)]
    pub visibility: Option<Visibility>,
    /// The addresses that calls try, in order: `api`, `routes`, `reply`
    #[arg(long, value_name = "KINDS", value_delimiter = ',', hide_possible_values = true)]
    pub address: Option<Vec<AddressKind>>,
    /// The types of dates, times and spans: `runtime`, `jiff`, `chrono`, `time` or `string`
    #[arg(long, value_name = "CRATE", hide_possible_values = true)]
    pub dates: Option<Dates>,
    /// The type of decimals: `rust_decimal`, `f64` or `string`
    #[arg(long, value_name = "TYPE", hide_possible_values = true)]
    pub decimals: Option<Decimals>,
    /// The type of dictionaries: `BTreeMap`, `HashMap` or `IndexMap`
    #[arg(long, value_name = "TYPE", hide_possible_values = true)]
    pub maps: Option<Maps>,
    /// One module for each `namespace` or `tag`, or all in one `file`
    #[arg(long, value_name = "LAYOUT", hide_possible_values = true)]
    pub layout: Option<Layout>,
    /// Give each module a Cargo feature, and keep these features in `Cargo.toml`
    #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true", hide_possible_values = true)]
    pub features: Option<bool>,
    /// Show a call in the docs of each operation; other crates name the client by this path, as `my_client::api`
    #[arg(long, value_name = "PATH")]
    pub examples: Option<RustType>,
    /// Generate only types, without operations and client
    #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true", hide_possible_values = true)]
    pub types_only: Option<bool>,
    /// Make required members arguments of `new`, and plain types in responses
    #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true", hide_possible_values = true)]
    pub required: Option<bool>,
    /// Give requests a method `validate` that checks the rules of the service without a call
    #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true", hide_possible_values = true)]
    pub validate: Option<bool>,
}

impl SettingFlags {
    /// Puts what the flags state in the place of what `settings` says.
    pub fn apply(&self, settings: &mut Settings) {
        let flags = self.clone();
        let include = flags.include.map(|stated| patterns(&stated));
        let exclude = flags.exclude.map(|stated| patterns(&stated));
        replace(&mut settings.strip, flags.strip.map(Some));
        replace(&mut settings.include, include);
        replace(&mut settings.exclude, exclude);
        replace(&mut settings.visibility, flags.visibility);
        replace(&mut settings.address, flags.address);
        replace(&mut settings.dates, flags.dates);
        replace(&mut settings.decimals, flags.decimals);
        replace(&mut settings.maps, flags.maps);
        replace(&mut settings.layout, flags.layout);
        replace(&mut settings.features, flags.features);
        replace(&mut settings.examples, flags.examples.map(Some));
        replace(&mut settings.types_only, flags.types_only);
        replace(&mut settings.required, flags.required);
        replace(&mut settings.validate, flags.validate);
    }

    /// The flags that are stated, with their values.
    fn stated(&self) -> toml::Table {
        // Every field is a value that TOML has.
        toml::Table::try_from(self).unwrap_or_default()
    }

    /// The flag that states this setting, if one does.
    pub fn flag_of(&self, setting: &str) -> Option<String> {
        self.stated().contains_key(setting).then(|| flag(setting))
    }

    /// Adds the flag to an error that concerns the setting of a flag.
    pub fn locate(&self, error: Error) -> Error {
        match error.setting_name().and_then(|(key, _)| self.flag_of(key)) {
            Some(flag) => error.at(flag),
            None => error,
        }
    }

    /// The same flags as arguments, for the command that regenerates a client.
    pub fn to_arguments(&self) -> Vec<String> {
        let text = |value: &toml::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let arguments = self.stated().into_iter().flat_map(|(key, value)| {
            let value = match value.as_array() {
                Some(items) => items.iter().map(text).collect::<Vec<_>>().join(","),
                None => text(&value),
            };
            [flag(&key), value]
        });
        arguments.collect()
    }

    /// The lines of `evo-gen.toml` that state the same.
    pub fn to_toml(&self) -> Vec<String> {
        self.stated().into_iter().map(|(key, value)| format!("{key} = {value}")).collect()
    }
}

fn flag(setting: &str) -> String {
    format!("--{}", setting.replace('_', "-"))
}

fn replace<T>(setting: &mut T, stated: Option<T>) {
    if let Some(stated) = stated {
        *setting = stated;
    }
}

/// The patterns in the values of a flag: several are separated by commas, except for commas inside of `{..}`, the name of a tag.
fn patterns(values: &[String]) -> Vec<String> {
    let mut patterns: Vec<String> = Vec::new();
    for value in values {
        let mut is_in_tag = false;
        let parts = value.split(|char: char| {
            match char {
                '{' => is_in_tag = true,
                '}' => is_in_tag = false,
                _ => {}
            }
            char == ',' && !is_in_tag
        });
        for part in parts.map(|part| part.trim().to_owned()) {
            if !patterns.contains(&part) {
                patterns.push(part);
            }
        }
    }
    patterns
}

#[expect(clippy::ref_option, reason = "the signature that serde calls")]
fn serialize_patterns<S: Serializer>(stated: &Option<Vec<String>>, serializer: S) -> Result<S::Ok, S::Error> {
    stated.as_deref().map(patterns).serialize(serializer)
}

#[cfg(test)]
mod tests {
    use clap::{Args as _, FromArgMatches as _};

    use super::*;

    fn read(arguments: &[String]) -> SettingFlags {
        let command = SettingFlags::augment_args(clap::Command::new("evo-gen"));
        let matches = command.try_get_matches_from(std::iter::once(&"evo-gen".to_owned()).chain(arguments)).unwrap();
        SettingFlags::from_arg_matches(&matches).unwrap()
    }

    /// One value for each flag.
    fn all() -> SettingFlags {
        SettingFlags {
            strip: Some("Pets.Api".to_owned()),
            include: Some(vec!["Find*".to_owned(), "{cats, dogs}".to_owned()]),
            exclude: Some(vec!["{admin}".to_owned(), "role:Admin".to_owned()]),
            visibility: Some(Visibility::Crate),
            address: Some(vec![AddressKind::Routes, AddressKind::Reply]),
            dates: Some(Dates::Chrono),
            decimals: Some(Decimals::Text),
            maps: Some(Maps::IndexMap),
            layout: Some(Layout::Tag),
            features: Some(true),
            examples: Some("pets::api".parse().unwrap()),
            types_only: Some(false),
            required: Some(true),
            validate: Some(true),
        }
    }

    fn applied(flags: &SettingFlags) -> Settings {
        let mut settings = Settings::default();
        flags.apply(&mut settings);
        settings
    }

    #[test]
    fn arguments_and_lines_of_the_file_state_the_same_as_the_flags() {
        let expected = applied(&all());
        assert_eq!(applied(&read(&all().to_arguments())), expected);
        assert_eq!(all().to_toml().join("\n").parse::<Settings>().unwrap(), expected);
        assert_eq!(all().to_toml().len(), SettingFlags::augment_args(clap::Command::new("x")).get_arguments().count());
    }

    #[test]
    fn flags_that_are_not_stated_change_nothing() {
        let configured: Settings =
            "include = ['Get*']\nfeatures = true\n[rename]\n'Pets.Dog' = 'Hound'".parse().unwrap();
        let mut settings = configured.clone();
        SettingFlags::default().apply(&mut settings);
        assert_eq!(settings, configured);
        read(&["--include".to_owned(), "Find*".to_owned(), "--features=false".to_owned()]).apply(&mut settings);
        assert_eq!(settings, "include = ['Find*']\n[rename]\n'Pets.Dog' = 'Hound'".parse().unwrap());
    }

    #[test]
    fn commas_separate_patterns_and_belong_to_the_name_of_a_tag() {
        for (values, expected) in [
            (&["Find*,Get*"][..], &["Find*", "Get*"][..]),
            (&["{cats, dogs}", "Find*"], &["{cats, dogs}", "Find*"]),
            (&["{a,b},Shop/*,{c}"], &["{a,b}", "Shop/*", "{c}"]),
            (&["A, B", "A"], &["A", "B"]),
        ] {
            let arguments: Vec<String> =
                values.iter().flat_map(|value| ["--include".to_owned(), (*value).to_owned()]).collect();
            assert_eq!(applied(&read(&arguments)).include, expected, "{values:?}");
        }
    }
}
