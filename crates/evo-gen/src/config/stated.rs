//! The kinds of settings: how each is stated in a file and as a flag, and what it does to what was stated before.

use toml::Spanned;
use toml::de::DeValue;

use super::did_you_mean;
use super::reader::Reader;
use super::table::{Entry, Table};
use crate::Error;

/// Something that a file or a command line states.
pub(super) trait Stated: Sized {
    /// What is kept of it, with a default for what nobody states.
    type Setting;

    /// Reads the value of a key.
    fn read(reader: &Reader<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Result<Self, Error>;

    /// Puts it in the place of, or a table on top of, what was stated before.
    fn apply(self, setting: &mut Self::Setting);

    /// The values of its flag; a flag is repeated for each.
    fn flag_values(&self) -> Vec<String>;

    /// The value in a file.
    fn to_toml(&self) -> String;
}

/// A single value.
pub(super) trait Value: Sized + Clone {
    /// What is kept of it.
    type Setting: From<Self>;

    /// Reads the value of a key.
    fn read(reader: &Reader<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Result<Self, Error>;

    /// The text of a flag.
    fn to_flag(&self) -> String;

    /// The value in a file.
    fn to_toml(&self) -> String {
        quoted(&self.to_flag())
    }

    /// Whether a list of such values may be empty.
    const MAY_BE_EMPTY: bool = true;

    /// Stated for a name for which something was stated before.
    fn add_to(self, earlier: &mut Self) {
        *earlier = self;
    }
}

/// One of a few words.
pub(super) trait Word: Copy + PartialEq + 'static {
    const WORDS: &'static [(&'static str, Self)];

    fn name(self) -> &'static str;
}

impl<W: Word> Value for W {
    type Setting = Self;
    const MAY_BE_EMPTY: bool = false;

    fn read(reader: &Reader<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Result<Self, Error> {
        let word = value.get_ref().as_str().ok_or_else(|| reader.expected(key, value, "a string"))?;
        if let Some((_, value)) = W::WORDS.iter().find(|(name, _)| *name == word) {
            return Ok(*value);
        }
        let names: Vec<&str> = W::WORDS.iter().map(|(name, _)| *name).collect();
        let message = format!("`{key}` cannot be `{word}`");
        Err(reader.error(&value.span(), &message).help(did_you_mean(word, &names)))
    }

    fn to_flag(&self) -> String {
        self.name().to_owned()
    }
}

impl Value for String {
    type Setting = Option<Self>;

    fn read(reader: &Reader<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Result<Self, Error> {
        reader.string(key, value)
    }

    fn to_flag(&self) -> String {
        self.clone()
    }
}

impl Value for bool {
    type Setting = Self;

    fn read(reader: &Reader<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Result<Self, Error> {
        value.get_ref().as_bool().ok_or_else(|| reader.expected(key, value, "`true` or `false`"))
    }

    fn to_flag(&self) -> String {
        self.to_string()
    }

    fn to_toml(&self) -> String {
        self.to_string()
    }
}

impl<V: Value> Stated for V {
    type Setting = <V as Value>::Setting;

    fn read(reader: &Reader<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Result<Self, Error> {
        <V as Value>::read(reader, key, value)
    }

    fn apply(self, setting: &mut Self::Setting) {
        *setting = self.into();
    }

    fn flag_values(&self) -> Vec<String> {
        vec![self.to_flag()]
    }

    fn to_toml(&self) -> String {
        <V as Value>::to_toml(self)
    }
}

/// A list; what is stated takes the place of the whole list.
impl<V: Value + PartialEq> Stated for Vec<V> {
    type Setting = Self;

    fn read(reader: &Reader<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Result<Self, Error> {
        let items = value.get_ref().as_array().ok_or_else(|| reader.expected(key, value, "an array of strings"))?;
        let mut values = Self::new();
        for item in items {
            let value = V::read(reader, key, item)?;
            if values.contains(&value) {
                return Err(reader.error(&item.span(), &format!("`{key}` names the same twice")));
            }
            values.push(value);
        }
        if values.is_empty() && !V::MAY_BE_EMPTY {
            return Err(reader.error(&value.span(), &format!("`{key}` is empty")).help("leave the key out"));
        }
        Ok(values)
    }

    fn apply(self, setting: &mut Self) {
        *setting = self;
    }

    fn flag_values(&self) -> Vec<String> {
        let values: Vec<String> = self.iter().map(Value::to_flag).collect();
        if values.is_empty() { values } else { vec![values.join(",")] }
    }

    fn to_toml(&self) -> String {
        let values: Vec<String> = self.iter().map(Value::to_toml).collect();
        format!("[{}]", values.join(", "))
    }
}

/// A table; what is stated is added to it.
impl<V: Value> Stated for Vec<Entry<V>> {
    type Setting = Table<V>;

    fn read(reader: &Reader<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Result<Self, Error> {
        let table = value.get_ref().as_table().ok_or_else(|| reader.expected(key, value, "a table"))?;
        let entries = table.iter().map(|(name, value)| {
            let name = name.get_ref().to_string();
            let value = V::read(reader, &format!("{key}.\"{name}\""), value)?;
            Ok(Entry { name, value })
        });
        entries.collect()
    }

    fn apply(self, setting: &mut Table<V>) {
        let entries = setting.entries_mut();
        for Entry { name, value } in self {
            match entries.get_mut(&name) {
                Some(earlier) => value.add_to(earlier),
                None => {
                    entries.insert(name, value);
                }
            }
        }
    }

    fn flag_values(&self) -> Vec<String> {
        self.iter().map(|entry| format!("{}={}", entry.name, entry.value.to_flag())).collect()
    }

    fn to_toml(&self) -> String {
        let entries: Vec<String> =
            self.iter().map(|entry| format!("{} = {}", quoted(&entry.name), entry.value.to_toml())).collect();
        if entries.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", entries.join(", ")) }
    }
}

/// A string of TOML.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
