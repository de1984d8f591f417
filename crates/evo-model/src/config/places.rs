//! The locations of settings in their file.

use std::collections::BTreeMap;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use crate::Error;

/// The location of each key of a client and of each entry below it, such as `evo-gen.toml:3:1`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places(BTreeMap<(String, String), String>);

impl Places {
    /// Collects the locations of the keys of `table`, which was parsed from `text`, the content of the file at `path`.
    pub(super) fn new(table: &DeTable<'_>, text: &str, path: &Path) -> Self {
        let mut places = BTreeMap::new();
        for (key, value) in table {
            let mut add = |entry: &str, at: usize| {
                places.insert((key.get_ref().to_string(), entry.to_owned()), place(text, path, at));
            };
            add("", key.span().start);
            match value.get_ref() {
                DeValue::Table(entries) => entries.keys().for_each(|name| add(name.get_ref(), name.span().start)),
                DeValue::Array(items) => {
                    items.iter().for_each(|item| add(item.get_ref().as_str().unwrap_or_default(), item.span().start));
                }
                _ => {}
            }
        }
        Self(places)
    }

    /// Adds the location to an error about a setting, if it has none yet.
    #[must_use]
    pub fn locate(&self, error: Error) -> Error {
        let place = error.setting_name().filter(|_| error.place().is_none()).and_then(|(key, entry)| {
            let find = |entry: &str| self.0.get(&(key.to_owned(), entry.to_owned()));
            entry.and_then(find).or_else(|| find("")).cloned()
        });
        match place {
            Some(place) => error.at(place),
            None => error,
        }
    }
}

/// Formats a location in a file for editors: path, line and column, both counted from 1.
pub(super) fn place(text: &str, path: &Path, at: usize) -> String {
    let before = text.get(..at).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let line = before.matches('\n').count() + 1;
    let column = before.get(start..).unwrap_or_default().chars().count() + 1;
    format!("{}:{line}:{column}", path.display())
}
