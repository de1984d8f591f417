//! Names that are not what they were in the run before, and why; and names that stay although nothing states them any more.

use std::collections::BTreeMap;

use crate::api::without_marks;
use crate::config::Settings;

/// What happened to a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rename {
    /// `module`, `type`, `member` or `variant`.
    pub what: &'static str,
    /// The .NET name.
    pub name: String,
    /// The Rust name of the run before.
    pub old: String,
    /// The Rust name now; the same if it stays although `rename` no longer states it.
    pub new: String,
    /// Why it changed, or stays.
    pub reason: String,
}

impl std::fmt::Display for Rename {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { what, name, old, new, reason } = self;
        if old == new {
            write!(f, "= {what} {name}: `{old}` stays, {reason}")
        } else {
            write!(f, "~ {what} {name}: `{old}` -> `{new}`: {reason}")
        }
    }
}

/// The names that both runs decided, and decided differently, and those that the configuration no longer states. A name that was
/// added or removed is not a change.
pub fn renames(earlier: &BTreeMap<String, String>, now: &BTreeMap<String, String>, settings: &Settings) -> Vec<Rename> {
    let changed = earlier.iter().filter_map(|(key, old)| changed(key, old, earlier, now, settings));
    changed.chain(earlier.iter().filter_map(|(key, name)| kept(key, name, now))).collect()
}

/// What a key of the manifest names.
pub fn kind(key: &str) -> Option<(&'static str, &str)> {
    let (kind, name) = key.split_once(':')?;
    let what = match kind {
        "N" => "module",
        "T" => "type",
        "M" => "member",
        "V" => "variant",
        // Other keys keep what names follow from: the prefix of the modules, and what the configuration states.
        _ => return None,
    };
    Some((what, name))
}

fn changed(
    key: &str,
    old: &String,
    earlier: &BTreeMap<String, String>,
    now: &BTreeMap<String, String>,
    settings: &Settings,
) -> Option<Rename> {
    let new = now.get(key).filter(|new| *new != old)?;
    let (what, name) = kind(key)?;
    let scope = |key: &str| match what {
        "member" | "variant" => key.rsplit_once('.').map(|(owner, _)| owner.to_owned()),
        _ => Some(what.to_owned()),
    };
    let taker = now.iter().find(|(other, given)| {
        *given == old
            && kind(other).is_some_and(|(kind, _)| kind == what)
            && scope(other) == scope(key)
            && earlier.get(*other) != Some(old)
    });
    let reason = match taker {
        _ if settings.rename.values().any(|renamed| renamed == new) => {
            "`rename` of the configuration says so".to_owned()
        }
        Some((other, _)) => {
            format!("{} is called `{old}` now", kind(other).map(|(_, name)| without_marks(name)).unwrap_or_default())
        }
        None => "the document gives this name; an earlier run had decided otherwise".to_owned(),
    };
    Some(Rename { what, name: without_marks(name), old: old.clone(), new: new.clone(), reason })
}

/// A name that the configuration gave in the run before, and no longer gives, and that stays all the same.
fn kept(key: &str, name: &str, now: &BTreeMap<String, String>) -> Option<Rename> {
    let renamed = key.strip_prefix("R:").filter(|_| !now.contains_key(key))?;
    let current = now.get(renamed).filter(|current| *current == name)?;
    let (what, dotnet) = kind(renamed)?;
    let reason = "which `rename` no longer states; --update-lock lets it change".to_owned();
    Some(Rename { what, name: without_marks(dotnet), old: current.clone(), new: current.clone(), reason })
}
