//! Looks up settings by names in the document, and finds entries that match nothing.

use std::collections::BTreeSet;

use crate::Error;
use crate::config::{Settings, Table, matches_pattern, suggest, without_arity};

/// The entries of a setting, and which of them were used.
///
/// A name can be written in several ways (with and without arity). An exact entry takes precedence over a pattern, and a longer pattern
/// over a shorter one. An entry that matches nothing, or changes nothing, is an error.
pub(super) struct Lookup<'a, V> {
    setting: &'static str,
    /// The longest first, exact names before patterns.
    entries: Vec<(&'a str, &'a V)>,
    used: BTreeSet<&'a str>,
    /// The names that were looked up, for suggestions.
    looked_up: BTreeSet<String>,
    /// Whether entries may change nothing.
    allows_idle: bool,
}

/// An entry that was found.
pub(super) struct Found<'a, V> {
    pub entry: &'a str,
    pub value: &'a V,
    /// Whether a less specific entry says something else.
    overrides: bool,
}

impl<'a> Lookup<'a, ()> {
    /// Creates a lookup for a setting that is a list of names.
    pub fn from_list(setting: &'static str, names: &'a [String]) -> Self {
        Self::from_entries(setting, names.iter().map(|name| (name.as_str(), &())).collect())
    }
}

impl<'a, V: PartialEq> Lookup<'a, V> {
    pub fn new(setting: &'static str, table: &'a Table<V>) -> Self {
        Self::from_entries(setting, table.iter().map(|(name, value)| (name.as_str(), value)).collect())
    }

    /// Creates a lookup for a setting whose entries may change nothing when the settings that it goes with are not applied.
    pub fn for_settings(setting: &'static str, table: &'a Table<V>, settings: &Settings) -> Self {
        Self { allows_idle: settings.describe_runtime_operations, ..Self::new(setting, table) }
    }

    /// Creates a lookup without entries.
    pub fn empty(setting: &'static str) -> Self {
        Self::from_entries(setting, Vec::new())
    }

    fn from_entries(setting: &'static str, mut entries: Vec<(&'a str, &'a V)>) -> Self {
        entries.sort_by_key(|(pattern, _)| (pattern.contains('*'), std::cmp::Reverse(pattern.len())));
        Self { setting, entries, used: BTreeSet::new(), looked_up: BTreeSet::new(), allows_idle: false }
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns the names of a member in the entries: in the class that has it, then in the class that declares it, if that is another one.
    /// Without entries there are no names, because most settings are empty and services have thousands of members.
    pub fn member_names(&self, class: &str, member: &str, declared_by: Option<&str>) -> Vec<String> {
        let classes = [Some(class), declared_by].into_iter().flatten().filter(|_| !self.is_empty());
        classes.map(|class| format!("{class}.{member}")).collect()
    }

    /// Returns the value of the most specific entry that matches this name. Every entry that matches counts as used.
    pub fn get(&mut self, name: &str) -> Option<&'a V> {
        self.all(name).first().copied()
    }

    /// Returns the most specific entry that matches this name. It counts as used only if [`mark_used_if`](Self::mark_used_if) marks it.
    pub fn find(&mut self, name: &str) -> Option<Found<'a, V>> {
        self.find_first(&[name.to_owned()])
    }

    /// Returns the most specific entry for the first of these names that has one, as [`find`](Self::find) does.
    pub fn find_first(&mut self, names: &[String]) -> Option<Found<'a, V>> {
        let matching: Vec<_> = names.iter().flat_map(|name| self.matching(name)).collect();
        let (entry, value) = *matching.first()?;
        Some(Found { entry, value, overrides: matching.iter().any(|(_, other)| *other != value) })
    }

    /// Marks an entry as used if it changes the code, or if it overrides a less specific entry.
    pub fn mark_used_if(&mut self, found: &Found<'a, V>, is_change: bool) {
        if is_change || found.overrides {
            self.used.insert(found.entry);
        }
    }

    /// Marks an entry as used.
    pub fn mark_used(&mut self, entry: &'a str) {
        self.used.insert(entry);
    }

    /// Whether an entry without `*` has this name.
    pub fn names(&self, name: &str) -> bool {
        let plain = without_arity(name);
        self.entries.iter().any(|(entry, _)| *entry == name || *entry == plain)
    }

    /// Returns the entry with exactly this name, as [`find`](Self::find) does.
    pub fn find_exact(&mut self, text: &str) -> Option<Found<'a, V>> {
        let (entry, value) = self.entries.iter().find(|(entry, _)| *entry == text)?;
        self.looked_up.insert((*entry).to_owned());
        Some(Found { entry, value, overrides: false })
    }

    /// Returns the value of an entry whose last part is this.
    pub fn get_by_last_part(&mut self, part: &str) -> Option<&'a V> {
        let (pattern, value) = self.entries.iter().find(|(pattern, _)| {
            let last = pattern.rsplit(['.', '+']).next();
            last.is_some_and(|last| last == part || without_arity(last) == part)
        })?;
        self.used.insert(pattern);
        Some(value)
    }

    /// Returns the values of all entries that match this name, the most specific first, and marks them as used.
    pub fn all(&mut self, name: &str) -> Vec<&'a V> {
        let matching = self.matching(name);
        self.used.extend(matching.iter().map(|(entry, _)| *entry));
        matching.into_iter().map(|(_, value)| value).collect()
    }

    /// Returns all entries that match this name, the most specific first.
    pub fn matching(&mut self, name: &str) -> Vec<(&'a str, &'a V)> {
        if self.entries.is_empty() {
            return Vec::new();
        }
        self.looked_up.insert(without_arity(name));
        self.entries.iter().filter(|(pattern, _)| matches(pattern, name)).copied().collect()
    }

    /// Checks that every entry was used.
    ///
    /// # Errors
    ///
    /// If an entry was never used. The message suggests the most similar of the names that were looked up.
    pub fn finish(self) -> Result<(), Error> {
        self.finish_with("leave it out: the code is the same without it")
    }

    /// Checks that every entry was used. `idle` is the help text for an entry whose matches it does not change.
    ///
    /// # Errors
    ///
    /// As in [`finish`](Self::finish).
    pub fn finish_with(self, idle: &str) -> Result<(), Error> {
        let is_idle = |pattern: &str| self.looked_up.iter().any(|name| matches(pattern, name));
        let mut unused =
            self.entries.iter().map(|(pattern, _)| *pattern).filter(|pattern| !self.used.contains(pattern));
        let Some(pattern) = unused.find(|pattern| !(self.allows_idle && is_idle(pattern))) else { return Ok(()) };
        let is_idle = is_idle(pattern);
        let fault = if is_idle { "changes nothing" } else { "matches nothing" };
        let error = Error::usage(format!("`{pattern}` of `{}` {fault}", self.setting));
        let error = error.setting(self.setting, Some(pattern));
        if is_idle {
            return Err(error.help(idle));
        }
        let looked_up: Vec<&str> = self.looked_up.iter().map(String::as_str).collect();
        let form =
            "write the .NET name with its namespace, such as `Shop.Pet` or `Shop.Pet.Name`, or a pattern with `*`";
        Err(error.help(suggest(pattern, &looked_up, form)))
    }
}

/// Whether an entry applies to this name. Either can state the arity of a generic class.
fn matches(pattern: &str, name: &str) -> bool {
    matches_pattern(pattern, name)
        || matches_pattern(pattern, &without_arity(name))
        || (!name.contains('`') && pattern.contains('`') && matches_pattern(&without_arity(pattern), name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table<String> {
        let entries = [("Shop.*", "any"), ("Shop.Pet", "pet"), ("Shop.Page.*", "page"), ("Shop.Box`1", "box")];
        entries.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    #[test]
    fn the_nearest_entry_is_the_answer() {
        let table = table();
        let mut lookup = Lookup::new("rename", &table);
        for (name, expected) in [
            ("Shop.Pet", Some("pet")),
            ("Shop.Dog", Some("any")),
            ("Shop.Page`1.Items", Some("page")),
            ("Zoo.Pet", None),
            ("Shop.Box", Some("box")),
            ("Shop.Box`1", Some("box")),
            ("Shop.Box`2", Some("any")),
        ] {
            assert_eq!(lookup.get(name).map(String::as_str), expected, "{name}");
        }
        assert_eq!(lookup.all("Shop.Page`1.Items"), ["page", "any"]);
        assert!(lookup.finish().is_ok());
    }

    #[test]
    fn an_entry_that_matches_nothing_is_an_error() {
        let table = table();
        let mut lookup = Lookup::new("rename", &table);
        assert_eq!(lookup.get("Shop.Pets"), Some(&"any".to_owned()));
        assert_eq!(lookup.get("Shop.Page.Id"), Some(&"page".to_owned()));
        assert_eq!(lookup.get("Shop.Box"), Some(&"box".to_owned()));
        let error = lookup.finish().unwrap_err();
        assert_eq!(error.to_string(), "`Shop.Pet` of `rename` matches nothing; did you mean `Shop.Pets`?");
    }
}
