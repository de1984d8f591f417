//! The state of a comparison: both APIs, and the changes so far.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use super::change::{Change, Class};
use super::pairs::Pairs;
use super::places::Places;
use super::reach::{Reach, Usage, union};
use super::subject::{Pair, Part, Spot, Subject};
use super::{Diff, Side};
use crate::api::{Api, Item, ItemId, Member, Ty};

/// Both APIs, and the changes so far.
pub(super) struct Comparison<'a> {
    pub old: Version<'a>,
    pub new: Version<'a>,
    pub pairs: Pairs,
    /// The operations that send and receive types, by their components in both APIs.
    usages: BTreeMap<[Option<ItemId>; 2], Usage>,
    /// The changes, without duplicates.
    found: BTreeMap<Key, Change>,
}

/// The identity of a change: two changes with the same key are merged.
type Key = (&'static str, String, &'static str, String);

/// One of the APIs.
pub(super) struct Version<'a> {
    pub api: &'a Api,
    places: Places<'a>,
    reach: Reach,
}

/// A change without its subject.
#[derive(Debug, Clone)]
pub(super) struct Finding {
    kind: &'static str,
    class: Class,
    message: String,
    effect: Vec<String>,
    old: Option<String>,
    new: Option<String>,
}

impl Finding {
    pub fn new(kind: &'static str, class: Class, message: impl Into<String>) -> Self {
        Self { kind, class, message: message.into(), effect: Vec::new(), old: None, new: None }
    }

    /// A value that was replaced: `words new instead of old`.
    pub fn replaced(kind: &'static str, class: Class, words: &str, old: String, new: String) -> Self {
        let message = format!("{words} `{new}` instead of `{old}`");
        Self { old: Some(old), new: Some(new), ..Self::new(kind, class, message) }
    }

    /// Adds an effect of the change, as a clause.
    pub fn because(mut self, effect: impl Into<String>) -> Self {
        self.effect.push(effect.into());
        self
    }

    /// Adds an effect of the change if `condition`.
    pub fn because_if(self, condition: bool, effect: &str) -> Self {
        if condition { self.because(effect) } else { self }
    }

    /// Returns the change of the subject with this name.
    pub fn about(self, what: &'static str, name: String) -> Change {
        let Self { kind, class, message, effect, old, new } = self;
        Change {
            class,
            kind,
            what,
            name,
            message,
            effect: effect.join("; "),
            old,
            new,
            sent_by: Arc::default(),
            received_by: Arc::default(),
            old_pointer: None,
            new_pointer: None,
        }
    }

    /// Adds the old and the new value.
    pub fn values(mut self, old: Option<String>, new: Option<String>) -> Self {
        (self.old, self.new) = (old, new);
        self
    }
}

impl<'a> Comparison<'a> {
    pub fn new(old: Side<'a>, new: Side<'a>) -> Self {
        let pairs = Pairs::new(old.api, new.api);
        Self { old: Version::new(old), new: Version::new(new), pairs, usages: BTreeMap::new(), found: BTreeMap::new() }
    }

    /// Adds a change of an item or a part of one.
    pub fn report(&mut self, subject: &Subject<'_>, finding: Finding) {
        let Some((spot, is_old)) = subject.named() else { return };
        let item = if is_old { self.old.item(spot.item) } else { self.new.item(spot.item) };
        let mut change = finding.about(spot.what(item), spot.name(item));
        change.old_pointer = self.old.pointer(subject.old);
        change.new_pointer = self.new.pointer(subject.new);
        let Usage { sent_by, received_by } = self.usage([subject.old, subject.new].map(|spot| Some(spot?.item)));
        (change.sent_by, change.received_by) = (sent_by, received_by);
        self.add(change);
    }

    /// Returns the operations that a change of these two items affects.
    fn usage(&mut self, [old, new]: [Option<ItemId>; 2]) -> Usage {
        let component = |version: &Version<'_>, id: Option<ItemId>| Some(version.reach.component(id?));
        let key = [component(&self.old, old), component(&self.new, new)];
        if let Some(known) = self.usages.get(&key) {
            return known.clone();
        }
        let usage = |version: &Version<'_>, id: Option<ItemId>| {
            id.map(|id| version.reach.usage(id, version.api)).unwrap_or_default()
        };
        let usage = usage(&self.old, old).union(&usage(&self.new, new));
        self.usages.insert(key, usage.clone());
        usage
    }

    /// Adds a change. Changes with the same key, such as those of a member inherited by several classes, are merged under the worst class.
    pub fn add(&mut self, change: Change) {
        // An inherited member can have a different type in each class. The classes that are sent or received decide the message.
        let message = if change.what == "member" { String::new() } else { change.message.clone() };
        match self.found.entry((change.what, change.name.clone(), change.kind, message)) {
            Entry::Vacant(entry) => _ = entry.insert(change),
            Entry::Occupied(mut entry) => {
                let found = entry.get_mut();
                let is_used = |change: &Change| change.operations().next().is_some();
                let is_worse = (!is_used(&change), change.class) < (!is_used(found), found.class);
                let (worse, other) = if is_worse { (change, found.clone()) } else { (found.clone(), change) };
                *found = worse;
                found.class = found.class.min(other.class);
                found.sent_by = union(&found.sent_by, &other.sent_by);
                found.received_by = union(&found.received_by, &other.received_by);
            }
        }
    }

    /// Whether an old type and a new one are the same.
    pub fn is_same_type(&self, old: &Ty, new: &Ty, parameters: [&[String]; 2]) -> bool {
        let same = |old: &Ty, new: &Ty| self.is_same_type(old, new, parameters);
        let all =
            |old: &[Ty], new: &[Ty]| old.len() == new.len() && old.iter().zip(new).all(|(old, new)| same(old, new));
        let place = |parameters: &[String], name: &String| parameters.iter().position(|other| other == name);
        match (old, new) {
            (Ty::Std(old), Ty::Std(new)) => old == new,
            (Ty::Runtime(old, old_args), Ty::Runtime(new, new_args)) => old == new && all(old_args, new_args),
            (Ty::Item(old, old_args), Ty::Item(new, new_args)) => {
                self.pairs.new_of(*old) == Some(*new) && all(old_args, new_args)
            }
            (Ty::Parameter(old), Ty::Parameter(new)) => {
                let [old_parameters, new_parameters] = parameters;
                place(old_parameters, old) == place(new_parameters, new)
            }
            (Ty::Foreign(old), Ty::Foreign(new)) => old.path == new.path && all(&old.args, &new.args),
            (Ty::Map(old_key, old_value), Ty::Map(new_key, new_value)) => {
                same(old_key, new_key) && same(old_value, new_value)
            }
            (Ty::Option(old), Ty::Option(new)) | (Ty::List(old), Ty::List(new)) | (Ty::Boxed(old), Ty::Boxed(new)) => {
                same(old, new)
            }
            _ => false,
        }
    }

    /// Whether an item was sent before.
    pub fn was_sent(&self, pair: Pair) -> bool {
        self.old.reach.is_sent(pair.0)
    }

    /// Whether an item was received before.
    pub fn was_received(&self, pair: Pair) -> bool {
        self.old.reach.is_received(pair.0)
    }

    /// Whether an item is received now.
    pub fn is_received(&self, pair: Pair) -> bool {
        self.new.reach.is_received(pair.1)
    }

    /// Returns the changes, the worst first.
    pub fn finish(self) -> Diff {
        let mut changes: Vec<Change> = self.found.into_values().collect();
        changes.sort_by(|a, b| {
            (a.class, &a.name, a.what, a.kind, &a.message).cmp(&(b.class, &b.name, b.what, b.kind, &b.message))
        });
        Diff { changes }
    }
}

impl<'a> Version<'a> {
    fn new(side: Side<'a>) -> Self {
        Self { api: side.api, places: Places::new(side.types), reach: Reach::new(side.api) }
    }

    pub fn item(&self, id: ItemId) -> &'a Item {
        &self.api.items[id]
    }

    /// Returns the member under the name of its own class, if `self`, the other API, still declares it there even though the class lost or
    /// gained the base class.
    pub fn own_member(&self, member: &Member) -> Member {
        let class = member.declared_by.as_deref().unwrap_or_default();
        let mut own = member.clone();
        if self.places.declares(class, &member.dotnet_name) {
            own.declared_by = None;
        }
        own
    }

    /// Returns the path of an item below the root module.
    pub fn path(&self, id: ItemId) -> String {
        let item = self.item(id);
        let module = &self.api.modules[item.module].path;
        module.iter().chain([&item.name]).map(String::as_str).collect::<Vec<_>>().join("::")
    }

    fn pointer(&self, spot: Option<Spot<'_>>) -> Option<String> {
        self.places.pointer(self.api, &spot?)
    }
}

impl Subject<'_> {
    /// Creates the subject for an item that only the old API has.
    pub fn removed(item: ItemId) -> Self {
        Self { old: Some(Spot { item, part: Part::Whole }), new: None }
    }

    /// Creates the subject for an item that only the new API has.
    pub fn added(item: ItemId) -> Self {
        Self { old: None, new: Some(Spot { item, part: Part::Whole }) }
    }
}
