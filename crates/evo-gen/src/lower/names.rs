//! Names: one of its own for each module, type, member and variant, and the same as in the run before.
//!
//! A decision is kept in the manifest under the .NET name, with a letter for its kind: `P:` the prefix that module paths leave
//! out, `N:` a namespace, `T:` a type, `M:` a member, `V:` a value of an enum or a class of a hierarchy. What was decided earlier
//! is taken first, so that a new type never renames an old one.

use std::collections::{BTreeMap, BTreeSet};

use super::builtin;
use super::identifiers::{constant_name, member_name, module_name, type_name};
use crate::api::{Api, Item, ItemKind, Module, Record, Ty};
use crate::config::Settings;

/// Types of Rust's prelude that generated code writes without a path.
const PRELUDE: [&str; 9] = ["Option", "Vec", "Box", "String", "Result", "Some", "None", "Ok", "Err"];

/// Names everything, and sorts the items into modules. `namespaces` holds the namespace of each item.
pub(super) fn names(api: &mut Api, namespaces: &[String], settings: &Settings, earlier: &BTreeMap<String, String>) {
    let nothing = BTreeMap::new();
    let mut names = Names { earlier: if settings.update_names { &nothing } else { earlier }, decided: BTreeMap::new() };
    let mut paths: BTreeMap<Vec<String>, BTreeSet<String>> = BTreeMap::from([(Vec::new(), BTreeSet::new())]);
    let prefix = names.prefix(namespaces, settings);
    let path_of: Vec<Vec<String>> = namespaces.iter().map(|namespace| names.module(namespace, &prefix)).collect();
    for (path, namespace) in path_of.iter().zip(namespaces) {
        // Each folder on the way is a module too.
        for end in 0..path.len() {
            paths.entry(path.get(..end).unwrap_or_default().to_vec()).or_default();
        }
        paths.entry(path.clone()).or_default().insert(namespace.clone());
    }
    let order: Vec<Vec<String>> = paths.keys().cloned().collect();
    let mut items_of: Vec<Vec<usize>> = vec![Vec::new(); order.len()];
    for (index, (item, path)) in api.items.iter_mut().zip(&path_of).enumerate() {
        item.module = order.binary_search(path).unwrap_or_default();
        if let Some(items) = items_of.get_mut(item.module) {
            items.push(index);
        }
    }
    for ((path, namespaces), mut items) in paths.into_iter().zip(items_of) {
        names.types(&items, &mut api.items, path.is_empty());
        items.sort_by_key(|item| {
            api.items.get(*item).map(|item| {
                let is_call = matches!(&item.kind, ItemKind::Record(record) if record.operation.is_some());
                (!is_call, item.name.clone())
            })
        });
        api.modules.push(Module { path, namespaces: namespaces.into_iter().collect(), items });
    }
    let type_names: Vec<String> = api.items.iter().map(|item| item.name.clone()).collect();
    let taken: BTreeSet<&str> = type_names.iter().map(String::as_str).collect();
    for item in &mut api.items {
        if let ItemKind::Record(record) = &mut item.kind {
            name_parameters(record, &taken);
        }
        names.inside(item, &type_names);
    }
    api.names = names.decided;
}

struct Names<'a> {
    earlier: &'a BTreeMap<String, String>,
    decided: BTreeMap<String, String>,
}

impl Names<'_> {
    fn decide(&mut self, key: String, name: &str) {
        self.decided.insert(key, name.to_owned());
    }

    /// What all namespaces of the API begin with.
    fn prefix(&mut self, namespaces: &[String], settings: &Settings) -> String {
        let prefix = match (&settings.strip, self.earlier.get("P:")) {
            (Some(strip), _) => strip.trim_end_matches('.').to_owned(),
            (None, Some(earlier)) => earlier.clone(),
            (None, None) => common_prefix(namespaces),
        };
        self.decide("P:".to_owned(), &prefix);
        prefix
    }

    fn module(&mut self, namespace: &str, prefix: &str) -> Vec<String> {
        let key = format!("N:{namespace}");
        let earlier = self.earlier.get(&key).filter(|path| is_module_path(path));
        let path = earlier.cloned().unwrap_or_else(|| {
            let below = namespace.strip_prefix(prefix).filter(|rest| rest.is_empty() || rest.starts_with('.'));
            let rest = if prefix.is_empty() { namespace } else { below.unwrap_or(namespace) };
            let parts: Vec<String> = rest.split('.').filter(|part| !part.is_empty()).map(module_name).collect();
            parts.join("::")
        });
        self.decide(key, &path);
        path.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// Names the types of a module.
    fn types(&mut self, members: &[usize], items: &mut [Item], is_root: bool) {
        let mut arities: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for item in members.iter().filter_map(|index| items.get(*index)) {
            arities.entry(item.name.clone()).or_default().insert(item.dotnet.clone());
        }
        let mut wanted: Vec<(String, usize, String)> = Vec::new();
        for index in members {
            let Some(item) = items.get(*index) else { continue };
            let parameters = match &item.kind {
                ItemKind::Record(record) => record.parameters.len(),
                _ => 0,
            };
            let mut name = type_name(&item.name);
            if parameters > 0 && arities.get(&item.name).is_some_and(|same| same.len() > 1) {
                name.push_str(if parameters == 1 { "Of" } else { "Of2" });
            }
            if PRELUDE.contains(&name.as_str()) || is_root && name == "Client" {
                name.push_str("Dto");
            }
            wanted.push((format!("T:{}", item.dotnet), *index, name));
        }
        for (index, name) in self.unique(wanted, None, type_name) {
            if let Some(item) = items.get_mut(index) {
                item.name = name;
            }
        }
    }

    /// Names what is inside a type.
    fn inside(&mut self, item: &mut Item, type_names: &[String]) {
        let dotnet = item.dotnet.clone();
        let key = |kind: char, name: &str| format!("{kind}:{dotnet}.{name}");
        match &mut item.kind {
            ItemKind::Record(record) => {
                let wanted = record.members.iter().enumerate();
                let wanted = wanted
                    .map(|(index, member)| (key('M', &member.dotnet_name), index, member_name(&member.dotnet_name)))
                    .collect();
                for (index, name) in self.unique(wanted, None, member_name) {
                    if let Some(member) = record.members.get_mut(index) {
                        member.name = name;
                    }
                }
            }
            ItemKind::Choice(choice) => {
                let wanted = choice.members.iter().enumerate();
                let wanted = wanted
                    .map(|(index, member)| (key('V', &member.dotnet_name), index, type_name(&member.dotnet_name)))
                    .collect();
                for (index, name) in self.unique(wanted, Some(&key('V', "?")), type_name) {
                    if let Some(member) = choice.members.get_mut(index) {
                        member.name = name;
                    }
                }
                let taken: Vec<&str> = choice.members.iter().map(|member| member.name.as_str()).collect();
                choice.unknown = self.free(key('V', "?"), &["Unknown", "Unrecognized"], &taken);
            }
            ItemKind::Flags(flags) => {
                let wanted = flags.flags.iter().enumerate();
                let wanted = wanted
                    .map(|(index, flag)| (key('V', &flag.dotnet_name), index, constant_name(&flag.dotnet_name)))
                    .collect();
                for (index, name) in self.unique(wanted, None, constant_name) {
                    if let Some(flag) = flags.flags.get_mut(index) {
                        flag.name = name;
                    }
                }
            }
            ItemKind::Variants(variants) => {
                let wanted = variants.variants.iter().enumerate();
                let wanted = wanted
                    .map(|(index, variant)| {
                        let name = type_names.get(variant.item).cloned().unwrap_or_else(|| type_name(&variant.name));
                        (key('V', &variant.dotnet), index, name)
                    })
                    .collect();
                for (index, name) in self.unique(wanted, Some(&key('V', "?")), type_name) {
                    if let Some(variant) = variants.variants.get_mut(index) {
                        variant.name = name;
                    }
                }
                let taken: Vec<&str> = variants.variants.iter().map(|variant| variant.name.as_str()).collect();
                variants.other = self.free(key('V', "?"), &["Other", "OtherClass"], &taken);
            }
            ItemKind::Collection(_) => {}
        }
    }

    /// Gives each its name: first those that had one, then the others, a number behind what is taken.
    ///
    /// `reserved` is the key of a name that is decided [later](Self::free); what it was earlier is not given away.
    fn unique(
        &mut self,
        wanted: Vec<(String, usize, String)>,
        reserved: Option<&str>,
        sanitise: fn(&str) -> String,
    ) -> Vec<(usize, String)> {
        let reserved = reserved.and_then(|key| self.earlier.get(key));
        let mut taken: BTreeSet<String> = reserved.cloned().into_iter().collect();
        // The number to try next for a name, since any number of them can be the same in Rust.
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let mut named = Vec::with_capacity(wanted.len());
        // A list can name the same twice; each keeps a name of its own.
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        let wanted = wanted.into_iter().map(|(key, index, name)| {
            let times = times.entry(key.clone()).or_default();
            *times += 1;
            (if *times == 1 { key } else { format!("{key}#{times}") }, index, name)
        });
        let (old, new): (Vec<_>, Vec<_>) = wanted.partition(|(key, ..)| self.earlier.contains_key(key));
        for (key, index, name) in old.into_iter().chain(new) {
            // A manifest can be edited: what is no identifier of this kind is not taken over.
            let earlier = self.earlier.get(&key).filter(|earlier| is_identifier(earlier)).cloned();
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
            named.push((index, candidate));
        }
        named
    }

    /// A name for what the document has no name for.
    fn free(&mut self, key: String, wanted: &[&str], taken: &[&str]) -> String {
        let earlier = self.earlier.get(&key).map(String::as_str);
        let candidates = earlier.into_iter().filter(|name| is_identifier(name)).chain(wanted.iter().copied());
        let mut name = candidates.clone().find(|name| !taken.contains(name)).map(str::to_owned);
        let mut number = 2;
        while name.is_none() {
            let candidate = format!("{}{number}", wanted.first().copied().unwrap_or("Unknown"));
            name = (!taken.contains(&candidate.as_str())).then_some(candidate);
            number += 1;
        }
        let name = name.unwrap_or_default();
        self.decide(key, &name);
        name
    }
}

/// Names the type parameters. Nobody writes these names, so that they need not stay: they give way to the types.
fn name_parameters(record: &mut Record, type_names: &BTreeSet<&str>) {
    let mut named: Vec<String> = Vec::with_capacity(record.parameters.len());
    for parameter in &record.parameters {
        let mut name = type_name(parameter);
        while named.contains(&name) || type_names.contains(name.as_str()) || PRELUDE.contains(&name.as_str()) {
            name.push_str("Arg");
        }
        named.push(name);
    }
    let before = std::mem::replace(&mut record.parameters, named);
    for member in &mut record.members {
        member.ty.each_mut(&mut |ty| {
            if let Ty::Parameter(name) = ty
                && let Some(position) = before.iter().position(|parameter| parameter == name)
                && let Some(named) = record.parameters.get(position)
            {
                name.clone_from(named);
            }
        });
    }
}

fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    let starts = chars.next().is_some_and(|first| unicode_ident::is_xid_start(first) || first == '_' && name.len() > 1);
    starts && chars.all(unicode_ident::is_xid_continue) && !matches!(name, "self" | "Self" | "super" | "crate")
}

fn is_module_path(path: &str) -> bool {
    path.is_empty() || path.split("::").all(|part| is_identifier(part) && module_name(part) == *part)
}

/// What the namespaces of the API begin with; ServiceStack's own do not count.
fn common_prefix(namespaces: &[String]) -> String {
    let mut own = namespaces
        .iter()
        .filter(|namespace| !builtin::is_service_stack(namespace))
        .map(|namespace| namespace.split('.'));
    let Some(first) = own.next() else { return String::new() };
    let mut prefix: Vec<&str> = first.collect();
    for namespace in own {
        let same = prefix.iter().zip(namespace).take_while(|(a, b)| *a == b).count();
        prefix.truncate(same);
    }
    prefix.join(".")
}
