//! A Cargo feature for each module, with the features that it needs: the setting `features`.

use std::collections::BTreeSet;

use crate::Error;
use crate::api::{Api, Feature, IdVec, Item, ItemId, ModuleId};
use crate::config::{Layout, Settings};
use crate::identifiers::feature_name;
use crate::lower::reach::reachable;

/// Gives each module a feature. The root module is always compiled, together with the modules that its types mention; so are modules that
/// only hold others. An operation of the root module is compiled only if all modules that it mentions are.
///
/// # Errors
///
/// If the layout puts everything into one module.
pub(crate) fn add_module_features(api: &mut Api, settings: &Settings) -> Result<(), Error> {
    if settings.layout == Layout::File {
        let message = "`features` does nothing with the layout `file`, which has a single module";
        return Err(Error::usage(message)
            .setting("features", None)
            .help("leave `features` out, or split the modules by `namespace` or `tag`"));
    }
    let mentioned: BTreeSet<ItemId> = api.items.iter().flat_map(Item::mentioned_items).collect();
    let is_gated = |id: ItemId, item: &Item| {
        item.module == ModuleId::ROOT && item.operation().is_some() && !mentioned.contains(&id)
    };
    let gated: BTreeSet<ItemId> =
        api.items.enumerate().filter(|(id, item)| is_gated(*id, item)).map(|(id, _)| id).collect();
    let needs: IdVec<ModuleId, BTreeSet<ModuleId>> =
        api.modules.ids().map(|id| find_needed_modules(api, id, &gated)).collect();
    let mut always = reachable([ModuleId::ROOT], |id| needs[id].iter().copied());
    always.extend(api.modules.enumerate().filter(|(_, module)| module.items.is_empty()).map(|(id, _)| id));

    let names: IdVec<ModuleId, String> = api.modules.iter().map(|module| feature_name(&module.path)).collect();
    let optional = |modules: BTreeSet<ModuleId>| -> BTreeSet<String> {
        modules.into_iter().filter(|id| !always.contains(id)).map(|id| names[id].clone()).collect()
    };
    for id in gated {
        let features = optional(modules_of(&api.items[id], api).collect());
        api.items[id].features = features;
    }
    for ((id, module), needs) in api.modules.enumerate_mut().zip(needs) {
        if !always.contains(&id) {
            module.feature = Some(Feature { name: names[id].clone(), needs: optional(needs) });
        }
    }
    Ok(())
}

/// Returns the modules of the items that an item mentions.
fn modules_of<'a>(item: &Item, api: &'a Api) -> impl Iterator<Item = ModuleId> + use<'a> {
    item.mentioned_items().into_iter().map(|id| api.items[id].module)
}

/// Returns the modules that one needs to compile: those whose items its own items mention, and its parent.
fn find_needed_modules(api: &Api, id: ModuleId, gated: &BTreeSet<ItemId>) -> BTreeSet<ModuleId> {
    let module = &api.modules[id];
    let items = module.items.iter().filter(|item| !gated.contains(item));
    let mentioned = items.flat_map(|item| modules_of(&api.items[*item], api));
    let around = module
        .path
        .split_last()
        .and_then(|(_, above)| api.modules.as_slice().binary_search_by(|other| other.path.as_slice().cmp(above)).ok())
        .map(ModuleId::from);
    let mut needs: BTreeSet<ModuleId> = mentioned.chain(around).collect();
    needs.remove(&id);
    needs
}
