//! The settings `examples` and `types_only`.

use crate::Error;
use crate::api::{Api, ItemKind};
use crate::config::{Settings, Visibility};

/// Returns the module path that the examples of operations begin with.
///
/// # Errors
///
/// If it is not the path of a module, or if the client is not visible to other crates.
pub(crate) fn examples(settings: &Settings) -> Result<Option<String>, Error> {
    let Some(path) = &settings.examples else { return Ok(None) };
    if path.has_arguments() {
        return Err(Error::usage(format!("`{}` of `examples` is not a module path", path.as_str()))
            .setting("examples", None)
            .help(
                "write the name of the crate, and the modules in it that lead to the client, such as `my_client::api`",
            ));
    }
    if settings.visibility == Visibility::Crate {
        return Err(Error::usage("`examples` does nothing with the visibility `crate`")
            .setting("examples", None)
            .help("leave `examples` out: examples are built outside of the crate, and could not see the client"));
    }
    Ok(Some(path.as_str().trim_start_matches("::").to_owned()))
}

/// Drops the operations and the client. Requests remain as plain types.
///
/// # Errors
///
/// If a setting that only affects calls is set.
pub(crate) fn drop_calls(api: &mut Api, settings: &Settings) -> Result<(), Error> {
    let stated = [
        ("address", !settings.address.is_empty()),
        ("validate", settings.validate),
        ("examples", settings.examples.is_some()),
    ];
    if let Some((setting, _)) = stated.into_iter().find(|(_, is_stated)| *is_stated) {
        return Err(Error::usage(format!("`{setting}` does nothing with `types_only`"))
            .setting(setting, None)
            .help(format!("leave `{setting}` out, or generate the client too")));
    }
    for item in &mut api.items {
        match &mut item.kind {
            ItemKind::Record(record) => record.operation = None,
            ItemKind::Collection(collection) => collection.operation = None,
            ItemKind::Enum(_) | ItemKind::Flags(_) | ItemKind::Variants(_) => {}
        }
    }
    api.runtime_operations.clear();
    api.runtime_answers.clear();
    Ok(())
}
