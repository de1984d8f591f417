//! Flags for the settings that are single values or plain lists. Tables can only be set in `evo-gen.toml`.

use clap::Args;
use serde::{Serialize, Serializer};

use crate::Error;
use crate::config::{AddressKind, Dates, Decimals, Layout, Maps, RustType, Settings, Visibility};

/// The flags for settings. Each overrides the value in the configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args, Serialize)]
#[command(next_help_heading = "Settings (also keys of evo-gen.toml; tables such as `rename` can only be set there)")]
pub struct SettingFlags {
    /// The namespace prefix to strip from module names [default: the common prefix of all namespaces]
    #[arg(long, value_name = "NAMESPACE")]
    pub strip: Option<String>,
    /// Generate only these operations: `Find*`, `My.Namespace/*`, `{tag}`, `role:Admin` or a route `/pets/*`; may be repeated
    #[arg(long, value_name = "PATTERN")]
    #[serde(serialize_with = "serialize_patterns")]
    pub include: Option<Vec<String>>,
    /// Exclude these operations; may be repeated
    #[arg(long, value_name = "PATTERN")]
    #[serde(serialize_with = "serialize_patterns")]
    pub exclude: Option<Vec<String>>,
    /// The visibility of generated items: `public` or `crate`
    #[arg(long, value_name = "WHO", hide_possible_values = true)]
    pub visibility: Option<Visibility>,
    /// The addresses that calls try, in order: `api`, `routes`, `reply`
    #[arg(long, value_name = "KINDS", value_delimiter = ',', hide_possible_values = true)]
    pub address: Option<Vec<AddressKind>>,
    /// The types of dates, times and durations: `runtime`, `jiff`, `chrono`, `time` or `string`
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
    /// Give each module a Cargo feature, and update these features in `Cargo.toml`
    #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true", hide_possible_values = true)]
    pub features: Option<bool>,
    /// Add an example to the docs of each operation; the value is the path of the client in other crates, such as `my_client::api`
    #[arg(long, value_name = "PATH")]
    pub examples: Option<RustType>,
    /// Generate only types, without operations and client
    #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true", hide_possible_values = true)]
    pub types_only: Option<bool>,
    /// Make required members arguments of `new`, and plain types instead of `Option` in responses
    #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true", hide_possible_values = true)]
    pub required: Option<bool>,
    /// Give requests a method `validate` that checks the validation rules locally
    #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true", hide_possible_values = true)]
    pub validate: Option<bool>,
}

impl SettingFlags {
    /// Overrides `settings` with the flags that are set.
    pub fn apply(&self, settings: &mut Settings) {
        let flags = self.clone();
        let include = flags.include.map(|value| patterns(&value));
        let exclude = flags.exclude.map(|value| patterns(&value));
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

    /// Returns the flags that are set, with their values.
    fn present_flags(&self) -> toml::Table {
        // Every field can be represented in TOML.
        toml::Table::try_from(self).unwrap_or_default()
    }

    /// Returns the flag for this setting, if it is set.
    pub fn flag_of(&self, setting: &str) -> Option<String> {
        self.present_flags().contains_key(setting).then(|| flag(setting))
    }

    /// Adds the flag to an error about a setting that was set by a flag.
    pub fn locate(&self, error: Error) -> Error {
        match error.setting_name().and_then(|(key, _)| self.flag_of(key)) {
            Some(flag) => error.at(flag),
            None => error,
        }
    }

    /// Returns the flags as command-line arguments, for the command that regenerates a client.
    pub fn to_arguments(&self) -> Vec<String> {
        let text = |value: &toml::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let arguments = self.present_flags().into_iter().flat_map(|(key, value)| {
            let value = match value.as_array() {
                Some(items) => items.iter().map(text).collect::<Vec<_>>().join(","),
                None => text(&value),
            };
            [flag(&key), value]
        });
        arguments.collect()
    }

    /// Returns the flags as lines of `evo-gen.toml`.
    pub fn to_toml(&self) -> Vec<String> {
        self.present_flags().into_iter().map(|(key, value)| format!("{key} = {value}")).collect()
    }
}

fn flag(setting: &str) -> String {
    format!("--{}", setting.replace('_', "-"))
}

fn replace<T>(setting: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *setting = value;
    }
}

/// Splits the values of a flag into patterns at commas, except for commas in a tag name in `{..}`.
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

#[expect(clippy::ref_option, reason = "serde requires this signature")]
fn serialize_patterns<S: Serializer>(value: &Option<Vec<String>>, serializer: S) -> Result<S::Ok, S::Error> {
    value.as_deref().map(patterns).serialize(serializer)
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

    /// Returns one value for each flag.
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
    fn flags_round_trip_through_arguments_and_toml() {
        let expected = applied(&all());
        assert_eq!(applied(&read(&all().to_arguments())), expected);
        assert_eq!(all().to_toml().join("\n").parse::<Settings>().unwrap(), expected);
        assert_eq!(all().to_toml().len(), SettingFlags::augment_args(clap::Command::new("x")).get_arguments().count());
    }

    #[test]
    fn absent_flags_change_nothing() {
        let configured: Settings =
            "include = ['Get*']\nfeatures = true\n[rename]\n'Pets.Dog' = 'Hound'".parse().unwrap();
        let mut settings = configured.clone();
        SettingFlags::default().apply(&mut settings);
        assert_eq!(settings, configured);
        read(&["--include".to_owned(), "Find*".to_owned(), "--features=false".to_owned()]).apply(&mut settings);
        assert_eq!(settings, "include = ['Find*']\n[rename]\n'Pets.Dog' = 'Hound'".parse().unwrap());
    }

    #[test]
    fn commas_separate_patterns_except_in_tag_names() {
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
