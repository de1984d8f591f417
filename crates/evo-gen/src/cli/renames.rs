//! Names that are not what they were in the run before, and why.

use std::collections::BTreeMap;

use crate::config::Settings;

/// A name that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rename {
    /// `module`, `type`, `member` or `variant`.
    pub what: &'static str,
    /// The .NET name.
    pub name: String,
    /// The Rust name of the run before.
    pub old: String,
    /// The Rust name now.
    pub new: String,
    /// Why it changed.
    pub reason: String,
}

impl std::fmt::Display for Rename {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { what, name, old, new, reason } = self;
        write!(f, "~ {what} {name}: `{old}` -> `{new}`: {reason}")
    }
}

/// The names that both runs decided, and decided differently. What came or went is no change of a name.
pub fn renames(earlier: &BTreeMap<String, String>, now: &BTreeMap<String, String>, settings: &Settings) -> Vec<Rename> {
    let differing = earlier.iter().filter_map(|(key, old)| Some((key, old, now.get(key).filter(|new| *new != old)?)));
    let renames = differing.filter_map(|(key, old, new)| {
        let (kind, name) = key.split_once(':')?;
        let what = match kind {
            "N" => "module",
            "T" => "type",
            "M" => "member",
            "V" => "variant",
            // The prefix that modules leave out shows in their names.
            _ => return None,
        };
        let stated = settings.rename.iter().any(|(_, renamed)| renamed == new);
        let scope = |key: &str| match kind {
            "M" | "V" => key.rsplit_once('.').map(|(owner, _)| owner.to_owned()),
            _ => Some(kind.to_owned()),
        };
        let taker = now.iter().find(|(other, given)| {
            *given == old && other.starts_with(kind) && scope(other) == scope(key) && earlier.get(*other) != Some(old)
        });
        let reason = match taker {
            _ if stated => "`rename` of the configuration says so".to_owned(),
            Some((other, _)) => format!("{} is called `{old}` now", other.split_once(':').map_or("", |(_, name)| name)),
            None => "it is what the document gives; an earlier run had decided otherwise".to_owned(),
        };
        Some(Rename { what, name: name.to_owned(), old: old.clone(), new: new.clone(), reason })
    });
    renames.collect()
}
