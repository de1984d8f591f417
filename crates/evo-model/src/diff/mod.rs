//! Compares two APIs: what was added, removed or changed, and what that means for code that uses the client.
//!
//! ```
//! # extern crate evo_model as evo_gen;
//! use std::collections::BTreeMap;
//!
//! use evo_gen::config::Settings;
//! use evo_gen::diff::{Bump, Class, Side, Understood, compare};
//! use evo_gen::source::{Limits, read_standard_input};
//!
//! let read = |text: &str| read_standard_input(text.as_bytes(), &Limits::default());
//! let old = read(r#"{"types":[{"name":"Kind","namespace":"Pets","isEnum":true,"enumNames":["Cat","Dog"]}],"operations":[]}"#)?;
//! let new = read(r#"{"types":[{"name":"Kind","namespace":"Pets","isEnum":true,"enumNames":["Cat"]}],"operations":[]}"#)?;
//! let (old, new) = Understood::both(&old, &new, &Settings::default(), &BTreeMap::new())?;
//! let diff = compare(old.side(), new.side());
//!
//! assert_eq!(diff.changes[0].class, Class::Breaking);
//! assert_eq!(diff.changes[0].headline(), "value Pets.Kind.Dog was removed");
//! assert_eq!(diff.verdict().bump, Some(Bump::Major));
//! # Ok::<(), evo_gen::Error>(())
//! ```
//!
//! | module | purpose |
//! |---|---|
//! | `change`, `kinds`, `verdict` | the result |
//! | `understood` | lowers both documents with the settings that apply to them |
//! | `pairs` | matches old and new items |
//! | `reach` | determines the operations that send and receive a type |
//! | `subject`, `places` | the subject of a change, and its places in the documents |
//! | `comparison` | collects the changes without duplicates |
//! | `items` | compares the items of both APIs, with a module for each kind: `records`, `members`, `rules`, `enums`, `hierarchies`, `operations` |
//! | `service` | compares everything outside of items |
//! | `names` | compares with the names of an earlier run whose document is unknown |

mod change;
mod comparison;
mod enums;
mod hierarchies;
mod items;
mod kinds;
mod members;
mod names;
mod operations;
mod pairs;
mod places;
mod reach;
mod records;
mod rules;
mod service;
mod subject;
mod types;
mod understood;
mod verdict;

use self::comparison::Comparison;
use crate::api::Api;
use crate::metadata::Types;

pub use self::change::{Change, Class, Sign};
pub use self::kinds::KINDS;
pub use self::names::{NamedThings, compare_names, rename, split_key};
pub use self::understood::Understood;
pub use self::verdict::{Bump, Diff, Verdict};

/// An API and its document.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The API.
    pub api: &'a Api,
    /// The document, for the places of changes.
    pub types: &'a Types,
}

/// Compares two APIs. Their names should come from the same lock, so that they differ only where the names of a client would.
#[must_use]
pub fn compare(old: Side<'_>, new: Side<'_>) -> Diff {
    let mut comparison = Comparison::new(old, new);
    items::compare_items(&mut comparison);
    service::compare_services(&mut comparison);
    comparison.finish()
}
