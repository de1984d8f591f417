//! Deserializes settings from TOML. Errors contain the key and its location.

use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::did_you_mean;
use super::places::place;
use crate::Error;

/// Parses `text`, the content of the file at `path`.
pub(super) fn parse<'a>(text: &'a str, path: &Path) -> Result<Spanned<DeTable<'a>>, Error> {
    DeTable::parse(text).map_err(|error| {
        let at = place(text, path, error.span().unwrap_or_default().start);
        Error::usage(format!("the file is not valid TOML: {}", error.message())).at(at)
    })
}

/// Deserializes a table of `text`, the content of the file at `path`. `also` lists keys that were removed from the table before.
pub(super) fn deserialize<T: DeserializeOwned>(
    table: Spanned<DeTable<'_>>,
    text: &str,
    path: &Path,
    also: &[&str],
) -> Result<T, Error> {
    let whole = table.clone();
    T::deserialize(toml::Deserializer::from(table)).map_err(|error| {
        let at = error.span().unwrap_or(whole.span()).start;
        let error = explain(error.message(), &key_at(whole.get_ref(), at), also);
        error.at(place(text, path, at))
    })
}

/// Terms of serde, and those of TOML.
const TERMS: [(&str, &str); 5] = [
    ("expected a sequence", "expected an array"),
    ("expected a map", "expected a table"),
    ("type: sequence", "type: array"),
    ("type: map", "type: table"),
    ("wanted string or table", "expected a string"),
];

/// Rewrites a serde error about the value of a key.
fn explain(message: &str, key: &str, also: &[&str]) -> Error {
    // serde quotes the unknown name first, then the known ones.
    let mut quoted = message.split('`').skip(1).step_by(2);
    if message.starts_with("unknown field") {
        let unknown = quoted.next().unwrap_or_default();
        let known: Vec<&str> = also.iter().copied().chain(quoted).collect();
        return Error::usage(format!("unknown key `{unknown}`")).help(did_you_mean(unknown, &known));
    }
    if message.starts_with("unknown variant") {
        let unknown = quoted.next().unwrap_or_default();
        let known: Vec<&str> = quoted.collect();
        return Error::usage(format!("`{key}` cannot be `{unknown}`")).help(did_you_mean(unknown, &known));
    }
    if message.starts_with("missing field") {
        let missing = quoted.next().unwrap_or_default();
        return Error::usage(format!("`{missing}` is missing"));
    }
    // Replaces terms of serde by those of TOML.
    let message = TERMS.iter().fold(message.to_owned(), |message, (serde, toml)| message.replace(serde, toml));
    Error::usage(format!("`{key}`: {message}"))
}

/// Returns the key whose value contains the byte offset `at`, such as `rename."Shop.Pet"`.
fn key_at(table: &DeTable<'_>, at: usize) -> String {
    let found = table.iter().find(|(key, value)| {
        let holds = |value: &Spanned<DeValue<'_>>| value.span().contains(&at);
        key.span().contains(&at) || holds(value) || is_in_table(value, at)
    });
    let Some((key, value)) = found else { return String::new() };
    let name = key.get_ref();
    let below = value.get_ref().as_table().map(|table| key_at(table, at)).unwrap_or_default();
    let is_bare = name.chars().all(|char| char.is_ascii_alphanumeric() || "-_".contains(char));
    let name = if is_bare { name.to_string() } else { format!("\"{name}\"") };
    if below.is_empty() { name } else { format!("{name}.{below}") }
}

/// Whether a byte offset is inside a table with a `[header]`. The span of such a table covers only the header.
fn is_in_table(value: &Spanned<DeValue<'_>>, at: usize) -> bool {
    let entries = value.get_ref().as_table();
    entries.is_some_and(|table| {
        table
            .iter()
            .any(|(key, value)| key.span().contains(&at) || value.span().contains(&at) || is_in_table(value, at))
    })
}

/// Deserializes a list without duplicates.
pub(super) fn distinct<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + PartialEq,
{
    let list = Vec::<T>::deserialize(deserializer)?;
    let is_repeated = list.iter().enumerate().any(|(index, item)| list.iter().take(index).any(|other| other == item));
    if is_repeated { Err(serde::de::Error::custom("the list contains a duplicate")) } else { Ok(list) }
}

/// Deserializes a string that is not empty.
pub(super) fn filled<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.is_empty() { Err(serde::de::Error::custom("the text is empty")) } else { Ok(Some(text)) }
}
