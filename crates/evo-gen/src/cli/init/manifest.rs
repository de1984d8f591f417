//! Adds the dependency on the runtime to the `Cargo.toml` of a crate, preserving its formatting.

use std::collections::BTreeSet;
use std::path::Path;

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use crate::Error;
use crate::cli::dependency::{Missing, RUNTIME, Runtime, renamed};

/// Reads a manifest and converts its line endings to `\n`.
pub fn read(path: &Path) -> Result<String, Error> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Error::usage("the manifest cannot be read").at(path.display().to_string()).caused_by(error))?;
    Ok(text.replace("\r\n", "\n"))
}

/// Adds the missing dependency on the runtime, or its missing features, to a manifest.
pub fn with_runtime(
    text: &str,
    missing: &Missing<'_>,
    runtime: &Runtime,
    features: &BTreeSet<&str>,
) -> Result<String, Error> {
    let mut document: DocumentMut =
        text.parse().map_err(|_| Error::usage("the manifest of the crate is not valid TOML"))?;
    match missing {
        Missing::Nothing => return Ok(text.to_owned()),
        Missing::Renamed(name) => {
            let (message, help) = renamed(name);
            return Err(Error::usage(message).help(help));
        }
        Missing::Dependency => {
            let dependencies = document.entry("dependencies").or_insert_with(|| Item::Table(Table::new()));
            insert(dependencies, runtime, features)?;
        }
        Missing::Features(missing) => {
            let dependency = document.get_mut("dependencies").and_then(|table| table.get_mut(RUNTIME));
            add_features(dependency.ok_or_else(no_table)?, missing)?;
        }
    }
    Ok(document.to_string())
}

fn no_table() -> Error {
    Error::usage("`dependencies` of the manifest is not a table")
}

/// Inserts the dependency with the formatting of the existing ones, in order if they are sorted.
fn insert(dependencies: &mut Item, runtime: &Runtime, features: &BTreeSet<&str>) -> Result<(), Error> {
    // With `[dependencies.serde]` but no `[dependencies]`, the table exists only implicitly.
    let has_header = !dependencies.as_table().is_some_and(Table::is_implicit);
    let table = dependencies.as_table_like_mut().ok_or_else(no_table)?;
    let names: Vec<String> = table.iter().map(|(name, _)| name.to_owned()).collect();
    let keys = runtime.table(features);
    let value = if has_header { inline(runtime, keys) } else { Item::Table(keys.into_table()) };
    table.insert(RUNTIME, value);
    if names.is_sorted() {
        sort(dependencies);
    }
    Ok(())
}

/// Formats the dependency on one line. A version alone is formatted as a string.
fn inline(runtime: &Runtime, mut keys: InlineTable) -> Item {
    match (runtime, keys.len(), keys.remove("version")) {
        (Runtime::Published, 1, Some(version)) => Item::Value(version),
        (_, _, version) => {
            let mut table = InlineTable::new();
            table.extend(version.map(|version| ("version", version)));
            table.extend(keys.iter().map(|(key, value)| (key.to_owned(), value.clone())));
            Item::Value(Value::InlineTable(table))
        }
    }
}

fn sort(dependencies: &mut Item) {
    match dependencies {
        Item::Table(table) => table.sort_values(),
        Item::Value(Value::InlineTable(table)) => table.sort_values(),
        _ => {}
    }
}

/// Adds features to a dependency, which may be a string or a table.
fn add_features(dependency: &mut Item, missing: &BTreeSet<&str>) -> Result<(), Error> {
    if let Item::Value(Value::String(version)) = dependency {
        let mut table = InlineTable::new();
        table.insert("version", version.value().as_str().into());
        // Keeps a comment after the version.
        *table.decor_mut() = version.decor().clone();
        *dependency = Item::Value(Value::InlineTable(table));
    }
    let table: &mut dyn TableLike = dependency.as_table_like_mut().ok_or_else(no_table)?;
    let features = table.entry("features").or_insert_with(|| toml_edit::value(Array::new()));
    let features =
        features.as_array_mut().ok_or_else(|| Error::usage(format!("`features` of {RUNTIME} is not an array")))?;
    features.extend(missing.iter().copied());
    Ok(())
}
