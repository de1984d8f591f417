//! Settings for what a name or a pattern names.

use std::collections::BTreeMap;
use std::str::FromStr;

/// Values by the .NET name, or the pattern of names, that they are for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Table<V>(BTreeMap<String, V>);

impl<V> Default for Table<V> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<V> Table<V> {
    /// Whether nothing is stated.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn entries_mut(&mut self) -> &mut BTreeMap<String, V> {
        &mut self.0
    }

    /// Every name with its value, ordered by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }
}

/// One name with its value: an entry of a table in a file, `NAME=VALUE` as a flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<V> {
    /// The .NET name, or a pattern of names.
    pub name: String,
    /// What is stated for it.
    pub value: V,
}

impl<V> Entry<V> {
    /// An entry.
    pub fn new(name: impl Into<String>, value: impl Into<V>) -> Self {
        Self { name: name.into(), value: value.into() }
    }
}

/// Reads `NAME=VALUE`.
impl<V: FromStr> FromStr for Entry<V>
where
    V::Err: std::fmt::Display,
{
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, value) = text.split_once('=').ok_or("write NAME=VALUE")?;
        if name.trim().is_empty() {
            return Err("there is no name before `=`".to_owned());
        }
        let value = value.trim().parse().map_err(|error: V::Err| error.to_string())?;
        Ok(Self { name: name.trim().to_owned(), value })
    }
}

/// Whether a name matches a pattern in which `*` stands for any text.
#[must_use]
pub(crate) fn matches_pattern(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| name.strip_prefix(first)) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_names() {
        for (pattern, name, expected) in [
            ("Shop.Pet", "Shop.Pet", true),
            ("Shop.Pet", "Shop.Pets", false),
            ("Shop.*", "Shop.Pet", true),
            ("*.Id", "Shop.Pet.Id", true),
            ("Shop.*.Id", "Shop.Pet.Id", true),
            ("Shop.*.Id", "Shop.Pet.Name", false),
            ("*", "", true),
            ("a*a", "a", false),
        ] {
            assert_eq!(matches_pattern(pattern, name), expected, "{pattern} and {name}");
        }
    }

    #[test]
    fn flags_state_entries() {
        assert_eq!("Shop.Pet = Animal".parse(), Ok(Entry::<String>::new("Shop.Pet", "Animal")));
        assert_eq!("Shop.Pet".parse::<Entry<String>>(), Err("write NAME=VALUE".to_owned()));
        assert_eq!("=Animal".parse::<Entry<String>>(), Err("there is no name before `=`".to_owned()));
    }
}
