//! Finds Rust names that differ from those of the previous run, and names that are kept although `rename` no longer lists them.

use std::collections::BTreeMap;

use crate::api::{Api, without_marks};
use crate::config::Settings;
use crate::diff::{Change, NamedThings, rename, split_key};

/// A Rust name that is kept although `rename` no longer lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptName {
    /// `module`, `type`, `member` or `value`.
    pub what: &'static str,
    /// The .NET name.
    pub name: String,
    /// The Rust name.
    pub rust: String,
}

/// The reason why a [`KeptName`] is reported.
pub const KEPT: &str = "`rename` no longer lists it; use --update-lock to let it change";

impl std::fmt::Display for KeptName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { what, name, rust } = self;
        write!(f, "= {what} {name} is still called `{rust}`: {KEPT}")
    }
}

/// Returns the names that differ between two runs. A name that exists in only one of them is not a rename.
pub fn find_renames(earlier: &BTreeMap<String, String>, api: &Api, settings: &Settings) -> Vec<Change> {
    let things = NamedThings::new(api);
    let now = &api.names;
    let changed = earlier.iter().filter_map(|(key, old)| {
        let new = now.get(key).filter(|new| *new != old)?;
        let (what, (_, name)) = (things.what(key)?, split_key(key)?);
        Some(rename(what, &without_marks(name), [old, new], &reason(key, old, new, earlier, now, settings)))
    });
    changed.collect()
}

/// Returns the kept names that `rename` no longer lists.
pub fn find_kept_names(earlier: &BTreeMap<String, String>, api: &Api) -> Vec<KeptName> {
    let things = NamedThings::new(api);
    let kept = earlier.iter().filter_map(|(key, name)| {
        let renamed = key.strip_prefix("R:").filter(|_| !api.names.contains_key(key))?;
        let rust = api.names.get(renamed).filter(|current| *current == name)?;
        let (what, (_, dotnet)) = (things.what(renamed)?, split_key(renamed)?);
        Some(KeptName { what, name: without_marks(dotnet), rust: rust.clone() })
    });
    kept.collect()
}

/// Returns the reason why a name changed, as a clause.
fn reason(
    key: &str,
    old: &str,
    new: &str,
    earlier: &BTreeMap<String, String>,
    now: &BTreeMap<String, String>,
    settings: &Settings,
) -> String {
    if settings.rename.values().any(|renamed| renamed == new) {
        return "set by `rename` in the configuration".to_owned();
    }
    let letter = |key: &str| split_key(key).map(|(letter, _)| letter);
    // The names of members and variants are unique within their type.
    let scope = |key: &str| match letter(key) {
        Some('M' | 'V') => key.rsplit_once('.').map(|(owner, _)| owner.to_owned()),
        other => other.map(String::from),
    };
    let taker = now.iter().find(|(other, given)| {
        *given == old
            && letter(other) == letter(key)
            && scope(other) == scope(key)
            && earlier.get(*other).is_none_or(|earlier| earlier != old)
    });
    match taker {
        Some((other, _)) => {
            let name = split_key(other).map(|(_, name)| without_marks(name)).unwrap_or_default();
            format!("{name} is called `{old}` now")
        }
        None => "derived from the document; an earlier run chose a different name".to_owned(),
    }
}
