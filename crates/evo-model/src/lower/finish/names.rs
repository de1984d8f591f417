//! Gives each module, type, member and variant a unique name, the same as in the previous run.
//!
//! A decision is kept in the manifest under the .NET name, with a letter for its kind: `P:` the prefix that module paths omit, `N:` a
//! namespace, `T:` a type, `M:` a member, `V:` an enum value or a class of a hierarchy. Earlier decisions take precedence, so that a new
//! type never renames an old one; only the setting `rename` overrides them.

use std::collections::{BTreeMap, BTreeSet};

use crate::Error;
use crate::api::{IdVec, Item, ItemId, ItemKind, Module, ModuleId, without_marks};
use crate::config::{Layout, Settings};
use crate::diagnostics::Diagnostics;
use crate::identifiers::{is_identifier, module_name, type_name};
use crate::lower::builtin;
use crate::lower::draft;
use crate::lower::finish::name_items::{Decisions, ItemNames};
use crate::lower::finish::preferred_names::{PreferredName, is_reserved, preferred_member_names, preferred_type_names};
use crate::lower::lookup::{Found, Lookup};

/// The items with their names, sorted into modules.
pub(crate) struct NamedItems {
    pub modules: IdVec<ModuleId, Module>,
    pub items: IdVec<ItemId, Item>,
    /// Every name that was decided, for the manifest.
    pub names: BTreeMap<String, String>,
}

/// Names everything, sorts the items into modules, and adds to each the decisions about it. `groups` holds the namespace or tag of each
/// item.
///
/// # Errors
///
/// If a setting names something that does not exist, or assigns an invalid name.
pub(crate) fn assign_names(
    drafts: IdVec<ItemId, draft::Item>,
    mut decisions: Decisions<'_>,
    groups: &IdVec<ItemId, String>,
    settings: &Settings,
    earlier: &BTreeMap<String, String>,
    diagnostics: &mut Diagnostics,
) -> Result<NamedItems, Error> {
    let nothing = BTreeMap::new();
    let mut names = Names {
        earlier: if settings.update_names { &nothing } else { earlier },
        decided: Vec::new(),
        rename: Lookup::for_settings("rename", &settings.rename, settings),
        first_error: None,
    };
    let prefix = names.choose_prefix(groups.as_slice(), settings, diagnostics);
    let mut modules: BTreeMap<Vec<String>, (BTreeSet<String>, Vec<ItemId>)> = BTreeMap::from([Default::default()]);
    for (id, group) in groups.enumerate() {
        let path = names.name_module(group, &prefix);
        // Each folder along the path is a module too.
        for end in 0..path.len() {
            modules.entry(path.get(..end).unwrap_or_default().to_vec()).or_default();
        }
        let (namespaces, items) = modules.entry(path).or_default();
        namespaces.insert(group.clone());
        items.push(id);
    }
    let mut type_names: BTreeMap<ItemId, String> = BTreeMap::new();
    for (path, (_, items)) in &modules {
        let renamed = |class: &str| names.rename.find(class).map(|found| found.value.clone());
        let preferred = preferred_type_names(items, &drafts, path.is_empty(), renamed);
        names.reject_reserved(&preferred, path.is_empty());
        type_names.extend(items.iter().copied().zip(names.give_unique_names(preferred, None, type_name)));
    }
    // Each item belongs to one module, so all have names now.
    let type_names: IdVec<ItemId, String> = type_names.into_values().collect();
    let order = |id: &ItemId| (drafts[*id].operation().is_none(), type_names[*id].clone());
    let modules: IdVec<ModuleId, Module> = modules
        .into_iter()
        .map(|(path, (namespaces, mut items))| {
            items.sort_by_cached_key(order);
            Module { path, namespaces: namespaces.into_iter().collect(), items, parts: Vec::new(), feature: None }
        })
        .collect();
    let homes: BTreeMap<ItemId, ModuleId> =
        modules.enumerate().flat_map(|(home, module)| module.items.iter().map(move |id| (*id, home))).collect();
    let types: BTreeSet<&str> = type_names.iter().map(String::as_str).collect();
    let is_collection = |item: &draft::Item| matches!(item.kind, ItemKind::Collection(_));
    let collections = drafts.enumerate().filter(|(_, item)| is_collection(item)).map(|(id, _)| id).collect();
    let preferred: Vec<_> = drafts.iter().map(|item| preferred_member_names(item, &type_names)).collect();
    let mut inside = ItemNames { names: &mut names, decisions: &mut decisions, types: &types, collections };
    let places = type_names.iter().cloned().zip(homes.into_values());
    let items = drafts.ids().zip(drafts).zip(places).zip(preferred);
    let items = items.map(|(((id, draft), place), preferred)| inside.name_item(id, draft, place, preferred)).collect();
    let Names { decided, rename, first_error, .. } = names;
    if let Some(error) = first_error {
        return Err(error);
    }
    rename.finish_with("leave it out: this is the name without it")?;
    decisions.annotations.finish()?;
    Ok(NamedItems { modules, items, names: decided.into_iter().collect() })
}

pub(super) struct Names<'a> {
    earlier: &'a BTreeMap<String, String>,
    decided: Vec<(String, String)>,
    rename: Lookup<'a, String>,
    /// The first error of the setting `rename`.
    first_error: Option<Error>,
}

impl<'a> Names<'a> {
    fn reject(&mut self, name: &str, message: String, help: &str) {
        self.first_error.get_or_insert_with(|| Error::usage(message).setting("rename", Some(name)).help(help));
    }

    /// Finds the name that the setting `rename` assigns. `is_contested` indicates that others want the same name.
    fn find_renamed<P>(
        &mut self,
        preferred: &PreferredName<P>,
        is_contested: bool,
        sanitise: fn(&str) -> String,
    ) -> Option<String> {
        if self.rename.is_empty() {
            return None;
        }
        let key = preferred.key.as_str();
        let dotnet = dotnet(key);
        let found = match key.strip_prefix("T:").filter(|full_name| full_name.contains('#')) {
            // A companion type follows the name of its class, unless it is renamed by its marked name.
            Some(full_name) => self.rename.find_exact(full_name)?,
            None => {
                let names: Vec<String> = [dotnet.clone()].into_iter().chain(preferred.inherited.clone()).collect();
                self.rename.find_first(&names)?
            }
        };
        let name = found.value.clone();
        let is_change = is_contested || self.is_renamed(key, &preferred.name, &name);
        self.rename.mark_used_if(&found, is_change);
        if !is_identifier(&name) || sanitise(&name) != name {
            let message = format!("`{name}` of `rename` cannot be the name of {dotnet}");
            self.reject(found.entry, message, &format!("use a valid Rust name, for example `{}`", sanitise(&name)));
        }
        self.decide_by_setting(key, &name);
        Some(name)
    }

    /// Rejects a type that the setting `rename` gives a name reserved for generated code.
    fn reject_reserved(&mut self, preferred: &[PreferredName<ItemId>], is_root: bool) {
        for key in preferred.iter().map(|preferred| dotnet(&preferred.key)) {
            let Some(found) = self.rename.find(&key) else { continue };
            let name = found.value;
            if !is_reserved(name, is_root) {
                continue;
            }
            let message =
                format!("`{name}` of `rename` cannot be the name of {key}: generated code uses this name itself");
            self.reject(found.entry, message, &format!("choose another name, for example `{name}Dto`"));
        }
    }

    /// Whether the settings change a name, compared with the default or the previous name. An entry that did so in an earlier run still
    /// counts.
    fn is_renamed(&self, key: &str, natural: &str, name: &str) -> bool {
        let earlier = self.earlier.get(key);
        name != natural
            || earlier.is_some_and(|earlier| earlier != name)
            || self.earlier.contains_key(&format!("R:{key}"))
    }

    /// Records in the manifest that the settings chose a name, so that a later run can tell when they no longer do.
    fn decide_by_setting(&mut self, key: &str, name: &str) {
        self.decide(format!("R:{key}"), name);
    }

    fn decide(&mut self, key: String, name: &str) {
        self.decided.push((key, name.to_owned()));
    }

    /// Chooses the prefix that module paths omit.
    fn choose_prefix(&mut self, namespaces: &[String], settings: &Settings, diagnostics: &mut Diagnostics) -> String {
        if settings.layout != Layout::Namespace {
            return String::new();
        }
        let strip = settings.strip.as_ref().map(|strip| strip.trim_end_matches('.').to_owned());
        let earlier = self.earlier.get("P:").cloned();
        let (prefix, kept) = match (strip, earlier) {
            (Some(strip), Some(earlier)) if strip != earlier => {
                diagnostics.warn(
                    "EVO0050",
                    "",
                    format!("`strip` says `{strip}`, and an earlier run named the modules without `{earlier}`"),
                    "existing modules keep their names; --update-lock renames them",
                );
                // The prefix in use stays in the manifest, so that the next run warns again.
                (strip, earlier)
            }
            (Some(prefix), _) | (None, Some(prefix)) => (prefix.clone(), prefix),
            (None, None) => {
                let prefix = find_common_prefix(namespaces);
                (prefix.clone(), prefix)
            }
        };
        self.decide("P:".to_owned(), &kept);
        prefix
    }

    fn name_module(&mut self, namespace: &str, prefix: &str) -> Vec<String> {
        let key = format!("N:{namespace}");
        let earlier = self.earlier.get(&key).filter(|path| is_module_path(path)).cloned();
        let below = namespace.strip_prefix(prefix).filter(|rest| rest.is_empty() || rest.starts_with('.'));
        let natural = module_path(if prefix.is_empty() { namespace } else { below.unwrap_or(namespace) });
        let renamed = self.find_renamed_module(namespace);
        if let Some((found, path)) = &renamed {
            let is_change = self.is_renamed(&key, &natural, path);
            self.rename.mark_used_if(found, is_change);
            self.decide_by_setting(&key, path);
        }
        let path = renamed.map(|(_, path)| path).or(earlier).unwrap_or(natural);
        self.decide(key, &path);
        path.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// Finds the path that the setting `rename` assigns to a namespace or to one that contains it, and the entry that does so.
    fn find_renamed_module(&mut self, namespace: &str) -> Option<(Found<'a, String>, String)> {
        let ends = namespace.match_indices('.').map(|(at, _)| at).chain([namespace.len()]);
        for end in ends.collect::<Vec<_>>().into_iter().rev() {
            let (outer, rest) = namespace.split_at_checked(end)?;
            let entry = format!("{outer}/*");
            let Some(found) = self.rename.find_exact(&entry) else { continue };
            let path = found.value;
            if !is_module_path(path) {
                let message = format!("`{path}` of `rename` cannot be the module of {outer}");
                self.reject(&entry, message, "write a path below the root module, such as `calls` or `calls::archive`");
            }
            let rest = module_path(rest);
            let parts: Vec<&str> = [path.as_str(), rest.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
            return Some((found, parts.join("::")));
        }
        None
    }

    /// Gives each thing a unique name, and returns the names in the order of their places. Renamed things come first, then those with an
    /// earlier name, then the rest; a name that is taken gets a number.
    ///
    /// `reserved` is the key of a name that is assigned [later](Self::give_free_name); its earlier name is not given to anything else.
    pub(super) fn give_unique_names<P: Ord>(
        &mut self,
        preferred: Vec<PreferredName<P>>,
        reserved: Option<&str>,
        sanitise: fn(&str) -> String,
    ) -> Vec<String> {
        let reserved = reserved.and_then(|key| self.earlier.get(key));
        let mut taken: BTreeSet<String> = reserved.cloned().into_iter().collect();
        // The next number to try for each name, since any number of .NET names can map to the same Rust name.
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let mut claimed: BTreeSet<&str> = BTreeSet::new();
        let contested: BTreeSet<String> = preferred
            .iter()
            .filter(|preferred| !claimed.insert(&preferred.name))
            .map(|preferred| preferred.name.clone())
            .collect();
        let mut named = Vec::with_capacity(preferred.len());
        let mut rest = Vec::with_capacity(preferred.len());
        for preferred in preferred {
            let Some(name) = self.find_renamed(&preferred, contested.contains(&preferred.name), sanitise) else {
                rest.push(preferred);
                continue;
            };
            if !taken.insert(name.clone()) {
                let message = format!(
                    "`rename` gives the name `{name}` to {} and to something else in the same scope",
                    dotnet(&preferred.key)
                );
                self.reject(&dotnet(&preferred.key), message, "choose another name for one of them");
            }
            self.decide(preferred.key, &name);
            named.push((preferred.place, name));
        }
        let renamed: BTreeSet<String> = named.iter().map(|(_, name)| name.clone()).collect();
        let (old, mut new): (Vec<_>, Vec<_>) =
            rest.into_iter().partition(|preferred| self.earlier.contains_key(&preferred.key));
        // The most regular .NET name gets the plain Rust name, and a numbered name never takes one that belongs to another.
        new.sort_by_key(|preferred| preferred.irregularity);
        let mut claimed: BTreeSet<String> = BTreeSet::new();
        let (first, others): (Vec<_>, Vec<_>) =
            new.into_iter().partition(|preferred| claimed.insert(preferred.name.clone()));
        for PreferredName { key, place, name, .. } in old.into_iter().chain(first).chain(others) {
            // A manifest can be edited by hand: ignore names that are not identifiers.
            let earlier = self.earlier.get(&key).filter(|earlier| is_identifier(earlier)).cloned();
            if let Some(earlier) = earlier.as_ref().filter(|earlier| renamed.contains(*earlier)) {
                let message =
                    format!("`rename` gives away `{earlier}`, the name of {} since an earlier run", dotnet(&key));
                self.reject(&dotnet(&key), message, "rename that too, or let it change with --update-lock");
            }
            let name = earlier.unwrap_or(name);
            debug_assert!(is_identifier(&name), "{name} from {}", sanitise(&name));
            let mut candidate = name.clone();
            if !taken.insert(candidate.clone()) {
                let number = numbers.entry(name.clone()).or_insert(2);
                let separator = if name.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
                while !taken.insert(candidate.clone()) {
                    candidate = format!("{}{separator}{number}", name.trim_end_matches('_'));
                    *number += 1;
                }
            }
            self.decide(key, &candidate);
            named.push((place, candidate));
        }
        named.sort_by(|(a, _), (b, _)| a.cmp(b));
        named.into_iter().map(|(_, name)| name).collect()
    }

    /// Names something that has no name in the document.
    pub(super) fn give_free_name(&mut self, key: String, preferred: &[&str], taken: &[String]) -> String {
        let is_free = |name: &str| !taken.iter().any(|other| other == name);
        let earlier = self.earlier.get(&key).map(String::as_str);
        let candidates = earlier.into_iter().filter(|name| is_identifier(name)).chain(preferred.iter().copied());
        let mut name = candidates.clone().find(|name| is_free(name)).map(str::to_owned);
        let mut number = 2;
        while name.is_none() {
            let candidate = format!("{}{number}", preferred.first().copied().unwrap_or("Unknown"));
            name = is_free(&candidate).then_some(candidate);
            number += 1;
        }
        let name = name.unwrap_or_default();
        self.decide(key, &name);
        name
    }
}

/// Returns the .NET name in a manifest key, as people write it in settings.
fn dotnet(key: &str) -> String {
    without_marks(key.split_once(':').map_or(key, |(_, name)| name))
}

/// Returns the module path of a namespace, or of the remainder of one.
fn module_path(namespace: &str) -> String {
    let parts: Vec<String> = namespace.split('.').filter(|part| !part.is_empty()).map(module_name).collect();
    parts.join("::")
}

fn is_module_path(path: &str) -> bool {
    path.is_empty() || path.split("::").all(|part| is_identifier(part) && module_name(part) == *part)
}

/// Finds the common prefix of the namespaces of the API, ignoring those of ServiceStack and .NET.
fn find_common_prefix(namespaces: &[String]) -> String {
    let mut own = namespaces
        .iter()
        .filter(|namespace| !builtin::is_service_stack(namespace) && !builtin::is_system(namespace))
        .map(|namespace| namespace.split('.'));
    let Some(first) = own.next() else { return String::new() };
    let mut prefix: Vec<&str> = first.collect();
    for namespace in own {
        let same = prefix.iter().zip(namespace).take_while(|(a, b)| *a == b).count();
        prefix.truncate(same);
    }
    prefix.join(".")
}
