//! Decides the derives of each type: what its members allow, and what the settings add.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::Error;
use crate::api::{IdVec, ItemId, Ty};
use crate::config::{Derive, Maps, Settings};
use crate::lower::draft::{Item, ItemKind, MemberIds, Record};
use crate::lower::finish::traits::{Trait, Traits};
use crate::lower::lookup::Lookup;
use crate::lower::reach::reachable;

/// The order in which standard traits are derived.
const ORDER: [&str; 9] = ["Debug", "Clone", "Copy", "PartialEq", "Eq", "Hash", "PartialOrd", "Ord", "Default"];

/// The derives of each item: standard traits by name, then others as written.
struct Lists<'a> {
    items: &'a IdVec<ItemId, Item>,
    maps: Maps,
    /// The traits that each item can have, computed when a setting requests more than the useful ones.
    traits: OnceCell<Traits<'a>>,
    derived: IdVec<ItemId, (BTreeSet<&'static str>, Vec<String>)>,
}

/// Decides what each type derives.
///
/// # Errors
///
/// If an entry of `derive` matches nothing, or requests a trait that a type cannot have.
pub(crate) fn decide_derives(
    items: &IdVec<ItemId, Item>,
    new: &IdVec<ItemId, Option<Vec<usize>>>,
    secrets: &MemberIds,
    settings: &Settings,
) -> Result<IdVec<ItemId, Vec<String>>, Error> {
    let with_secrets: BTreeSet<ItemId> = secrets.iter().map(|(id, _)| *id).collect();
    let mut lists = Lists::infer(items, new, settings.maps);
    lists.add_stated(settings)?;
    let derives = items.enumerate().zip(lists.derived).map(|((id, item), (known, others))| {
        let has_secrets = with_secrets.contains(&id);
        let is_derived = |name: &&str| {
            known.contains(name) && !is_implemented(name, &item.kind) && !(*name == "Debug" && has_secrets)
        };
        let known = ORDER.into_iter().filter(is_derived);
        known.map(str::to_owned).chain(others).collect()
    });
    Ok(derives.collect())
}

impl<'a> Lists<'a> {
    fn infer(items: &'a IdVec<ItemId, Item>, new: &IdVec<ItemId, Option<Vec<usize>>>, maps: Maps) -> Self {
        let useful = Traits::new(items, maps, &|wanted, id, item| is_useful(wanted, item, new[id].is_some()));
        let of = |id: ItemId| {
            let inferred = Trait::ALL.into_iter().filter(|wanted| useful.can(id, *wanted));
            let all = ["Debug", "Clone", "PartialEq", "Default"].into_iter().chain(inferred.map(Trait::name));
            (all.collect(), Vec::new())
        };
        Self { items, maps, traits: OnceCell::new(), derived: items.ids().map(of).collect() }
    }

    fn add_stated(&mut self, settings: &Settings) -> Result<(), Error> {
        let mut lookup = Lookup::for_settings("derive", &settings.derive, settings);
        if lookup.is_empty() {
            return Ok(());
        }
        let inferred = self.derived.clone();
        let mut rejected: Vec<(&str, &Derive, Error)> = Vec::new();
        let mut given: BTreeSet<(&str, &Derive)> = BTreeSet::new();
        for (id, item) in self.items.enumerate() {
            for (pattern, stated) in lookup.matching(item.class_name()) {
                for stated in stated {
                    match self.add(id, pattern, stated) {
                        Ok(added) => {
                            given.insert((pattern, stated));
                            if added.is_none_or(|name| !inferred[id].0.contains(name)) {
                                lookup.mark_used(pattern);
                            }
                        }
                        // A pattern applies only to types that can have the trait.
                        Err(error) if pattern.contains('*') => rejected.push((pattern, stated, error)),
                        Err(error) => return Err(error),
                    }
                }
            }
        }
        match rejected.into_iter().find(|(pattern, stated, _)| !given.contains(&(*pattern, *stated))) {
            Some((.., error)) => Err(error),
            None => lookup.finish(),
        }
    }

    /// Adds a trait that a setting states for an item, along with what it requires. Returns its name if it is a trait of Rust, which may be
    /// derived already.
    fn add(&mut self, id: ItemId, entry: &str, stated: &Derive) -> Result<Option<&'static str>, Error> {
        let Some(name) = rust_trait(stated.as_str()) else {
            let stated: String = stated.as_str().split_whitespace().collect();
            let (_, others) = &mut self.derived[id];
            if !others.contains(&stated) {
                others.push(stated);
            }
            return Ok(None);
        };
        let Some(wanted) = Trait::ALL.into_iter().find(|wanted| wanted.name() == name) else { return Ok(Some(name)) };
        let traits = self.traits.get_or_init(|| Traits::new(self.items, self.maps, &|_, _, _| true));
        for wanted in wanted.with_required() {
            if !traits.can(id, *wanted) {
                let name = self.items[id].class_name();
                let obstacle = traits.obstacle(id, *wanted);
                return Err(Error::usage(format!("{name} cannot derive `{}` because of {obstacle}", wanted.name()))
                    .setting("derive", Some(entry))
                    .help("remove the trait from `derive`, or replace the type of that member"));
            }
        }
        for wanted in wanted.with_required() {
            self.spread(id, *wanted);
        }
        Ok(Some(name))
    }

    /// Derives a trait for an item and for everything that it holds, as the derive requires.
    fn spread(&mut self, id: ItemId, wanted: Trait) {
        for held in reachable([id], |id| self.items[id].held_items()) {
            self.derived[held].0.insert(wanted.name());
        }
    }
}

/// The most members of a record that someone would copy, or look up in a set.
const SMALL: usize = 4;

/// Whether a trait that a type can have is derived by default. Every user of the client compiles every derive, so those that only some need
/// are left to the settings.
fn is_useful(wanted: Trait, item: &Item, is_sent: bool) -> bool {
    let is_small = |record: &Record| record.operation.is_none() && (1..=SMALL).contains(&record.members.len());
    let is_useful = match (wanted, &item.kind) {
        (Trait::Hash, ItemKind::Record(record)) => is_small(record),
        (Trait::Eq | Trait::Hash, _) => true,
        // A type that is only received may gain members, and a string among them would remove `Copy`. A new member of a type that is sent
        // breaks literals anyway.
        (Trait::Copy, ItemKind::Record(record)) => is_small(record) && is_sent,
        (Trait::Copy, kind) => matches!(kind, ItemKind::Flags(_)),
        // The order of values is meaningful, that of members is not.
        (Trait::PartialOrd | Trait::Ord, kind) => matches!(kind, ItemKind::Enum(_) | ItemKind::Flags(_)),
    };
    // The traits of the user's own types are unknown.
    is_useful && !holds_foreign(item)
}

fn holds_foreign(item: &Item) -> bool {
    item.held_types().any(|ty| ty.any(|ty| matches!(ty, Ty::Foreign(_))))
}

/// Whether generated code implements a trait by other means than a derive.
fn is_implemented(name: &str, kind: &ItemKind) -> bool {
    match kind {
        ItemKind::Flags(_) => name == "Debug",
        ItemKind::Variants(_) => name == "Default",
        ItemKind::Enum(choice) => name == "Default" && choice.default_member().is_none(),
        ItemKind::Record(_) | ItemKind::Collection(_) => false,
    }
}

/// Returns the name of a standard trait, whichever path it is written with.
fn rust_trait(path: &str) -> Option<&'static str> {
    let path: String = path.chars().filter(|c| !c.is_whitespace()).collect();
    let path = path.trim_start_matches("::");
    let (module, name) = path.rsplit_once("::").unwrap_or(("", path));
    let is_rust = module.is_empty() || module.starts_with("std::") || module.starts_with("core::");
    ORDER.into_iter().find(|known| is_rust && *known == name)
}
