//! Types of the user's own in the place of types of the service: the setting `replace`.
//!
//! A type that the document describes is found by its full name before anything is resolved. One that it only names is looked up
//! where it is met: there a namespace is stated for members, and none inside type arguments, where the last part of the name
//! decides.

use std::cell::RefCell;

use crate::Error;
use crate::api::{Foreign, IdVec, ItemId, Ty};
use crate::config::{RustType, Table};
use crate::lower::catalog::Catalog;
use crate::lower::lookup::Lookup;
use crate::lower::resolve::advice::full_name;
use crate::lower::spelling::Name;

/// What is replaced, and by what.
pub(crate) struct Replacements<'a> {
    /// Of each described type.
    described: IdVec<ItemId, Option<&'a RustType>>,
    /// For what is not described; the resolver asks while it is shared.
    lookup: RefCell<Lookup<'a, RustType>>,
}

impl<'a> Replacements<'a> {
    /// Looks up every described type. `selected` says which operations are wanted.
    ///
    /// # Errors
    ///
    /// If a request would be replaced, which is sent by its own name.
    pub fn new(table: &'a Table<RustType>, catalog: &Catalog<'_>, selected: &[bool]) -> Result<Self, Error> {
        let mut lookup = Lookup::new("replace", table);
        let mut described = IdVec::default();
        for entry in &catalog.entries {
            let name = entry.key.dotnet();
            let replacement = lookup.get(&name);
            let is_wanted = |operation: usize| selected.get(operation).copied().unwrap_or_default();
            if replacement.is_some() && entry.operation.is_some_and(is_wanted) {
                return Err(Error::usage(format!("`replace` cannot replace the request `{name}`"))
                    .setting("replace", Some(&name))
                    .help("replace the types of its members, or leave the operation out with `exclude`"));
            }
            described.push(replacement);
        }
        Ok(Self { described, lookup: RefCell::new(lookup) })
    }

    /// Whether a described type is replaced.
    pub fn is_replaced(&self, id: ItemId) -> bool {
        self.described.find(id).is_some_and(Option::is_some)
    }

    /// The replacement of a described type.
    pub fn of_described(&self, id: ItemId, args: Vec<Ty>, catalog: &Catalog<'_>) -> Option<Ty> {
        let replacement = self.described[id]?;
        Some(foreign(replacement, args, catalog.entries[id].definition.is_enum))
    }

    /// What replaces a type that is only named.
    pub fn of_named(&self, namespace: Option<&str>, name: &Name) -> Option<&'a RustType> {
        let mut lookup = self.lookup.borrow_mut();
        match namespace {
            // A nested class can be named with the class around it, as the warning does, or without.
            Some(namespace) => lookup
                .get(&full_name(name, Some(namespace)))
                .or_else(|| lookup.get(&format!("{namespace}.{}", name.simple))),
            None => lookup.get_by_last_part(&name.simple),
        }
    }

    /// Ends the lookup, when all is resolved.
    ///
    /// # Errors
    ///
    /// If an entry replaces nothing.
    pub fn finish(&self) -> Result<(), Error> {
        self.lookup.replace(Lookup::empty("replace")).finish()
    }
}

/// The type in the place of another one; `is_value` says that that is an enum, a struct or a primitive. The arguments of the replaced
/// type go to a path that has none of its own.
pub(crate) fn foreign(replacement: &RustType, args: Vec<Ty>, is_value: bool) -> Ty {
    let args = if replacement.has_arguments() { Vec::new() } else { args };
    Ty::Foreign(Foreign { path: replacement.as_str().to_owned(), args, is_value })
}
