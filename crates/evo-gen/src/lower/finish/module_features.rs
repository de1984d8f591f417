//! A Cargo feature for each module, with the features that it needs: the setting `features`.

use std::collections::BTreeSet;

use crate::Error;
use crate::api::{Api, Feature, Item};
use crate::config::{Layout, Settings};
use crate::lower::select::mentions;

/// Names that mean something else among the features of a crate.
const RESERVED: [&str; 2] = ["default", "full"];

/// Gives each module a feature. The root module is always there, with what its types mention; so are modules that only hold others.
/// An operation of the root module is there with all modules that it mentions.
///
/// # Errors
///
/// When there is but one module.
pub(crate) fn module_features(api: &mut Api, settings: &Settings) -> Result<(), Error> {
    if settings.layout == Layout::File {
        let message = "`features` does nothing with the layout `file`: all is in one module";
        return Err(Error::usage(message)
            .setting("features", None)
            .help("leave `features` out, or cut the modules by `namespace` or `tag`"));
    }
    let mentioned: BTreeSet<usize> = api.items.iter().flat_map(mentions).collect();
    let is_gated = |item: usize| {
        api.items.get(item).is_some_and(|it| it.module == 0 && it.operation().is_some() && !mentioned.contains(&item))
    };
    let gated: Vec<usize> = (0..api.items.len()).filter(|item| is_gated(*item)).collect();
    let needs: Vec<BTreeSet<usize>> = (0..api.modules.len()).map(|module| needs(api, module, &gated)).collect();
    let mut always = BTreeSet::new();
    let mut pending = vec![0];
    while let Some(module) = pending.pop() {
        if always.insert(module) {
            pending.extend(needs.get(module).into_iter().flatten());
        }
    }
    always
        .extend((0..api.modules.len()).filter(|module| api.modules.get(*module).is_none_or(|it| it.items.is_empty())));

    let names: Vec<String> = api.modules.iter().map(|module| name(&module.path)).collect();
    for item in gated {
        let modules: Vec<usize> = api.items.get(item).map(|item| modules_of(item, api).collect()).unwrap_or_default();
        let modules = modules.into_iter().filter(|module| !always.contains(module));
        if let Some(item) = api.items.get_mut(item) {
            item.features = modules.filter_map(|module| names.get(module).cloned()).collect();
        }
    }
    for (index, (module, needs)) in api.modules.iter_mut().zip(needs).enumerate() {
        if !always.contains(&index) {
            let others = needs.into_iter().filter(|other| !always.contains(other));
            let needs = others.filter_map(|other| names.get(other).cloned()).collect();
            module.feature = names.get(index).map(|name| Feature { name: name.clone(), needs });
        }
    }
    Ok(())
}

/// The modules of what an item mentions.
fn modules_of<'a>(item: &Item, api: &'a Api) -> impl Iterator<Item = usize> + use<'a> {
    mentions(item).into_iter().filter_map(|item| Some(api.items.get(item)?.module))
}

/// The modules without which one does not compile: those whose items its items mention, and the one around it.
fn needs(api: &Api, index: usize, gated: &[usize]) -> BTreeSet<usize> {
    let Some(module) = api.modules.get(index) else { return BTreeSet::new() };
    let items = module.items.iter().filter(|item| gated.binary_search(item).is_err());
    let mentioned = items.filter_map(|item| api.items.get(*item)).flat_map(|item| modules_of(item, api));
    let around = module
        .path
        .split_last()
        .and_then(|(_, above)| api.modules.binary_search_by(|other| other.path.as_slice().cmp(above)).ok());
    let mut needs: BTreeSet<usize> = mentioned.chain(around).collect();
    needs.remove(&index);
    needs
}

/// The feature of a module: `flows-data` of `flows::data`.
pub(crate) fn name<T: AsRef<str>>(path: &[T]) -> String {
    let parts: Vec<&str> = path.iter().map(AsRef::as_ref).collect();
    let name = parts.join("-");
    if RESERVED.contains(&name.as_str()) { format!("{name}-module") } else { name }
}
