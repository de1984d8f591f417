//! Compares an API with the names of an earlier run whose document is unknown.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, Class};
use super::comparison::Finding;
use super::verdict::Diff;
use crate::api::{Api, ItemKind, without_marks};

/// The names of a lock: from the .NET name, with a letter for its kind, to the Rust name.
type Names = BTreeMap<String, String>;

/// Returns the additions and removals of `api` since the run that decided the names `locked`.
#[must_use]
pub fn compare_names(locked: &Names, api: &Api) -> Diff {
    let names = &api.names;
    let things = NamedThings::new(api);
    let added = names.keys().filter(|key| !locked.contains_key(*key) && !is_inside(key, names, locked));
    let added = added.filter_map(|key| things.added(key));
    let removed = locked.keys().filter(|key| !names.contains_key(*key) && !is_inside(key, locked, names));
    let removed = removed.filter_map(|key| things.removed(key));
    let mut changes: Vec<Change> = added.chain(removed).collect();
    changes.sort_by(|a, b| (a.class, &a.name, a.kind).cmp(&(b.class, &b.name, b.kind)));
    Diff { changes }
}

/// Returns the change of a Rust name. `reason` is the reason for the change, as a clause.
#[must_use]
pub fn rename(what: &'static str, name: &str, [old, new]: [&str; 2], reason: &str) -> Change {
    let kind = match what {
        "member" => "member-renamed",
        "value" => "value-renamed",
        "class" => "class-renamed",
        "operation" => "operation-renamed",
        "module" => "module-renamed",
        _ => "type-renamed",
    };
    let finding = Finding::replaced(kind, Class::Breaking, "is called", old.to_owned(), new.to_owned());
    let finding =
        if reason.is_empty() { finding.because("code that uses it does not compile") } else { finding.because(reason) };
    finding.about(what, name.to_owned())
}

/// Splits a key of a lock into its letter and its name. Returns `None` for keys that are not names: the prefix of the modules, and the
/// settings of the configuration.
#[must_use]
pub fn split_key(key: &str) -> Option<(char, &str)> {
    let (kind, name) = key.split_once(':')?;
    let letter = kind.chars().next().filter(|letter| kind.len() == 1 && "NTMV".contains(*letter))?;
    Some((letter, name))
}

/// Whether a member, a variant or a module belongs to a type that exists in `there` but not in `elsewhere`.
fn is_inside(key: &str, there: &Names, elsewhere: &Names) -> bool {
    match split_key(key) {
        Some(('M' | 'V', name)) => name.rsplit_once('.').is_some_and(|(owner, _)| {
            let owner = format!("T:{owner}");
            there.contains_key(&owner) && !elsewhere.contains_key(&owner)
        }),
        // A module appears along with its types, and so does a type that accompanies a class.
        Some(('N', _)) => true,
        Some((_, name)) => name.contains('#'),
        None => false,
    }
}

/// The subjects of the names of a lock, from an API.
pub struct NamedThings<'a> {
    operations: BTreeSet<&'a str>,
    hierarchies: BTreeSet<&'a str>,
    only_received: BTreeSet<&'a str>,
}

impl<'a> NamedThings<'a> {
    /// Collects the items of an API.
    #[must_use]
    pub fn new(api: &'a Api) -> Self {
        let names = |is_wanted: &dyn Fn(&crate::api::Item) -> bool| {
            api.items.iter().filter(|item| is_wanted(item)).map(|item| item.dotnet.as_str()).collect()
        };
        Self {
            operations: names(&|item| item.operation().is_some()),
            hierarchies: names(&|item| matches!(item.kind, ItemKind::Variants(_))),
            only_received: names(&|item| matches!(&item.kind, ItemKind::Record(record) if record.new.is_none())),
        }
    }

    /// Returns the kind of subject that a key of the lock refers to; `None` for keys that are not names.
    #[must_use]
    pub fn what(&self, key: &str) -> Option<&'static str> {
        let (letter, name) = split_key(key)?;
        let owner = name.rsplit_once('.').map(|(owner, _)| owner).unwrap_or_default();
        Some(match letter {
            'T' if self.operations.contains(name) => "operation",
            'T' => "type",
            'M' => "member",
            'V' if self.hierarchies.contains(owner) => "class",
            'V' => "value",
            _ => "module",
        })
    }

    fn added(&self, key: &str) -> Option<Change> {
        let what = self.what(key)?;
        let (_, name) = split_key(key)?;
        let owner = name.rsplit_once('.').map(|(owner, _)| owner).unwrap_or_default();
        let finding = match what {
            "operation" => Finding::new("operation-added", Class::Additive, "was added"),
            "member" if self.only_received.contains(owner) => {
                Finding::new("member-added", Class::Additive, "was added")
            }
            "member" => Finding::new("member-added", Class::Breaking, "was added")
                .because("struct literals without `..` do not compile"),
            "value" => Finding::new("value-added", Class::Attention, "was added"),
            "class" => Finding::new("class-added", Class::Attention, "was added"),
            _ => Finding::new("type-added", Class::Additive, "was added"),
        };
        Some(finding.about(what, without_marks(name)))
    }

    fn removed(&self, key: &str) -> Option<Change> {
        let (letter, name) = split_key(key)?;
        // The lock does not state which types were requests.
        let (kind, what) = match letter {
            'T' => ("type-removed", "operation or type"),
            'M' => ("member-removed", "member"),
            _ => ("value-removed", self.what(key)?),
        };
        let finding = Finding::new(kind, Class::Breaking, "was removed").because("code that uses it does not compile");
        Some(finding.about(what, without_marks(name)))
    }
}
