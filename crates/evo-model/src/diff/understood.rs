//! Lowers documents with the settings of a client.

use std::collections::BTreeMap;

use super::Side;
use crate::Error;
use crate::api::Api;
use crate::config::{Settings, Table};
use crate::diagnostics::Diagnostics;
use crate::facts::Facts;
use crate::lower::lower;
use crate::metadata::{self, Types};
use crate::source::Document;

/// A document, and the API of a client for it.
#[derive(Debug, Clone)]
pub struct Understood {
    /// The API.
    pub api: Api,
    /// The content of the document.
    pub types: Types,
}

impl Understood {
    /// Reads and lowers a document with the settings and the earlier names of a client.
    ///
    /// A setting that matches nothing is dropped, since it may be meant for the other document.
    ///
    /// # Errors
    ///
    /// If the document cannot be used.
    pub fn new(document: &Document, settings: &Settings, names: &BTreeMap<String, String>) -> Result<Self, Error> {
        let types = metadata::read(document, &mut Diagnostics::default())?;
        let api = lower_with_applicable_settings(&types, document.facts.as_ref(), settings, names)?;
        Ok(Self { api, types })
    }

    /// Reads both documents. The new one keeps the names of the old one, as if the client were regenerated.
    ///
    /// # Errors
    ///
    /// If a document cannot be used.
    pub fn both(
        old: &Document,
        new: &Document,
        settings: &Settings,
        names: &BTreeMap<String, String>,
    ) -> Result<(Self, Self), Error> {
        let old = Self::new(old, settings, names)?;
        let mut kept = old.api.names.clone();
        kept.extend(names.clone());
        let new = Self::new(new, settings, &kept)?;
        Ok((old, new))
    }

    /// Returns the argument of [`compare`](super::compare).
    #[must_use]
    pub fn side(&self) -> Side<'_> {
        Side { api: &self.api, types: &self.types }
    }
}

/// Lowers a document without the settings that do not apply to it.
fn lower_with_applicable_settings(
    types: &Types,
    facts: Option<&Facts>,
    settings: &Settings,
    names: &BTreeMap<String, String>,
) -> Result<Api, Error> {
    let mut settings = settings.clone();
    loop {
        let error = match lower(types, facts, &settings, names, &mut Diagnostics::default()) {
            Ok(api) => return Ok(api),
            Err(error) => error,
        };
        let (selects, excludes) = (!settings.include.is_empty(), !settings.exclude.is_empty());
        let is_removed = error.setting_name().is_some_and(|(key, entry)| remove_setting(&mut settings, key, entry));
        if !is_removed {
            return Err(error);
        }
        if selects && settings.include.is_empty() {
            // An empty `include` would select everything, but nothing is selected.
            return Ok(Api::default());
        }
        if excludes && settings.exclude.is_empty() && settings.include.is_empty() {
            // Types that no operation needs remain excluded.
            settings.include.push("*".to_owned());
        }
    }
}

/// Removes a setting, or one entry of it. Returns whether it existed.
fn remove_setting(settings: &mut Settings, key: &str, entry: Option<&str>) -> bool {
    fn from_table<V>(table: &mut Table<V>, entry: Option<&str>) -> bool {
        let before = table.len();
        table.retain(|name, _| entry.is_some_and(|entry| name != entry));
        table.len() < before
    }
    let from_list = |list: &mut Vec<String>| {
        let before = list.len();
        list.retain(|name| entry.is_some_and(|entry| name != entry));
        list.len() < before
    };
    match key {
        "include" => from_list(&mut settings.include),
        "exclude" => from_list(&mut settings.exclude),
        "service_stack" => from_list(&mut settings.service_stack),
        "null_items" => from_list(&mut settings.null_items),
        "type_names" => from_list(&mut settings.type_names),
        "sealed" => from_list(&mut settings.sealed),
        "secret" => from_list(&mut settings.secret),
        "rename" => from_table(&mut settings.rename, entry),
        "replace" => from_table(&mut settings.replace, entry),
        "supply" => from_table(&mut settings.supply, entry),
        "resolve" => from_table(&mut settings.resolve, entry),
        "optional" => from_table(&mut settings.optional, entry),
        "deprecated" => from_table(&mut settings.deprecated, entry),
        "derive" => from_table(&mut settings.derive, entry),
        "attributes" => from_table(&mut settings.attributes, entry),
        "required" => std::mem::take(&mut settings.required),
        "validate" => std::mem::take(&mut settings.validate),
        "features" => std::mem::take(&mut settings.features),
        _ => false,
    }
}
