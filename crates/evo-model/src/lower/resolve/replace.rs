//! The setting `replace`: the user's types in place of the service's.
//!
//! A type that the document describes is found by its full name before anything is resolved. One that is only mentioned is looked up where
//! it is mentioned: the document states a namespace for members but not inside type arguments, where the last part of the name decides.

use std::cell::RefCell;

use crate::Error;
use crate::api::{Foreign, IdVec, ItemId, Ty};
use crate::config::{RustType, Table};
use crate::lower::catalog::Catalog;
use crate::lower::lookup::Lookup;
use crate::lower::resolve::advice::full_name;
use crate::lower::type_expr::Name;

/// The types that are replaced, and their replacements.
pub(crate) struct Replacements<'a> {
    /// The replacement of each described type.
    described: IdVec<ItemId, Option<&'a RustType>>,
    /// For types that are not described. It changes during lookups, although the resolver is shared.
    lookup: RefCell<Lookup<'a, RustType>>,
}

impl<'a> Replacements<'a> {
    /// Looks up every described type. `selected` indicates which operations are generated.
    ///
    /// # Errors
    ///
    /// If a request would be replaced: its own name is part of the call.
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

    /// Returns the replacement of a described type.
    pub fn for_described(&self, id: ItemId, args: Vec<Ty>, catalog: &Catalog<'_>) -> Option<Ty> {
        let replacement = self.described[id]?;
        Some(foreign(replacement, args, catalog.entries[id].definition.is_enum))
    }

    /// Returns the replacement of a type that is only mentioned.
    pub fn for_named(&self, namespace: Option<&str>, name: &Name) -> Option<&'a RustType> {
        let mut lookup = self.lookup.borrow_mut();
        match namespace {
            // A nested class can be named with its enclosing class, as in the warning, or without.
            Some(namespace) => lookup
                .get(&full_name(name, Some(namespace)))
                .or_else(|| lookup.get(&format!("{namespace}.{}", name.simple))),
            None => lookup.get_by_last_part(&name.simple),
        }
    }

    /// Ends the lookup once everything is resolved.
    ///
    /// # Errors
    ///
    /// If an entry replaces nothing.
    pub fn finish(&self) -> Result<(), Error> {
        self.lookup.replace(Lookup::empty("replace")).finish()
    }
}

/// Returns the type that replaces another one. `is_value` indicates that the replaced type is an enum, a struct or a primitive. Its
/// arguments are appended to a path without arguments.
pub(crate) fn foreign(replacement: &RustType, args: Vec<Ty>, is_value: bool) -> Ty {
    let args = if replacement.has_arguments() { Vec::new() } else { args };
    Ty::Foreign(Foreign { path: replacement.as_str().to_owned(), args, is_value })
}
