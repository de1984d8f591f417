//! The setting `types_only`: requests stay as plain types, and nothing calls.

use crate::Error;
use crate::api::{Api, ItemKind};
use crate::config::Settings;

/// Drops the operations and the client.
///
/// # Errors
///
/// When a setting is stated that only calls obey.
pub(super) fn drop_calls(api: &mut Api, settings: &Settings) -> Result<(), Error> {
    let stated = [("address", !settings.address.is_empty()), ("validate", settings.validate)];
    if let Some((setting, _)) = stated.into_iter().find(|(_, is_stated)| *is_stated) {
        return Err(Error::usage(format!("`{setting}` does nothing with `types_only`"))
            .help(format!("leave `{setting}` out, or generate the client too")));
    }
    for item in &mut api.items {
        match &mut item.kind {
            ItemKind::Record(record) => record.operation = None,
            ItemKind::Collection(collection) => collection.operation = None,
            ItemKind::Choice(_) | ItemKind::Flags(_) | ItemKind::Variants(_) => {}
        }
    }
    api.runtime_operations.clear();
    api.runtime_answers.clear();
    api.types_only = true;
    Ok(())
}
