//! Types that are aliases: entries of the setting `supply` given as a string, and NodaTime's types.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::{Place, Resolver};
use crate::Error;
use crate::api::Ty;
use crate::config::{Supplied, Table};
use crate::diagnostics::Diagnostics;
use crate::lower::builtin;
use crate::lower::catalog::supply::{described_already, parse_name, parse_written};
use crate::lower::catalog::{Catalog, Key};
use crate::lower::spelling::{Name, Spelling};

/// The aliases stated by the setting.
pub(super) struct SameAs<'a> {
    types: Vec<Same<'a>>,
    used: RefCell<BTreeSet<&'a str>>,
}

/// An alias of another type.
struct Same<'a> {
    /// The name as written in the setting.
    full: &'a str,
    key: Key,
    target: Spelling,
}

impl<'a> SameAs<'a> {
    /// Reads the setting.
    ///
    /// # Errors
    ///
    /// If a name or a type cannot be parsed, or if the document describes the type.
    pub fn new(supply: &'a Table<Supplied>, catalog: &Catalog<'_>) -> Result<Self, Error> {
        let mut types: Vec<Same<'a>> = Vec::new();
        for (full, supplied) in supply {
            let Supplied::Type(target) = supplied else { continue };
            let name = parse_name(full)?;
            let arity = name.argument_count();
            let key = Key { namespace: name.outer.unwrap_or_default(), name: name.simple, arity };
            if catalog.find(&key.namespace, &key.name, key.arity).is_some() {
                return Err(described_already(&key));
            }
            let target = parse_written(target).ok_or_else(|| {
                Error::usage(format!("`{full}` of `supply`: `{target}` is not a C# type"))
                    .setting("supply", Some(full))
                    .help("write it as in C#: `DateTime`, `string`, `List<Shop.Pet>`")
            })?;
            types.push(Same { full, key, target });
        }
        Ok(Self { types, used: RefCell::default() })
    }

    fn find(&self, name: &Name, namespace: Option<&str>) -> Option<&Same<'a>> {
        self.types.iter().find(|same| {
            let is_near = namespace.is_none_or(|namespace| namespace == same.key.namespace);
            is_near && same.key.name == name.simple && same.key.arity == name.argument_count()
        })
    }
}

impl Resolver<'_> {
    /// Finds the target of an alias of the setting `supply`, or the Rust type of a NodaTime type.
    pub(super) fn find_same(&self, name: &Name, place: Place<'_>, diagnostics: &mut Diagnostics) -> Option<Ty> {
        if let Some(same) = self.same_as.find(name, place.namespace) {
            // An alias of an alias stays unknown.
            if self.same_as.find_inside(&same.target) {
                return None;
            }
            self.same_as.used.borrow_mut().insert(same.full);
            return Some(self.resolve_argument(&same.target, place, diagnostics));
        }
        if place.namespace.is_none_or(|namespace| namespace == "NodaTime") && name.args.is_empty() {
            return builtin::noda_time(&name.simple, place.namespace.is_some());
        }
        None
    }

    /// Checks that each alias refers to a known type, and that something mentions it.
    ///
    /// # Errors
    ///
    /// If a type is unknown or not mentioned: a setting without effect is a mistake.
    pub fn check_same_as(&self) -> Result<(), Error> {
        for same in &self.same_as.types {
            let refuse = |message: String| Err(Error::usage(message).setting("supply", Some(same.full)));
            if self.same_as.find_inside(&same.target) {
                let message = format!("`{}` of `supply` is `{}`, which is also another type", same.full, same.target);
                return refuse(message).map_err(|error| error.help("write the type that both are"));
            }
            let mut remarks = Diagnostics::default();
            self.resolve_argument(&same.target, Place::nowhere(), &mut remarks);
            if let Some(remark) = remarks.as_slice().first() {
                return refuse(format!("`{}` of `supply`: {}", same.full, remark.message))
                    .map_err(|error| error.help("write it as in C#: `DateTime`, `string`, `List<Shop.Pet>`"));
            }
            if !self.same_as.used.borrow().contains(same.full) {
                return refuse(format!("`{}` of `supply` matches nothing", same.full)).map_err(|error| {
                    error.help("nothing in the document mentions it, or its meaning is known already")
                });
            }
        }
        Ok(())
    }
}

impl SameAs<'_> {
    /// Whether a written type contains an alias.
    fn find_inside(&self, spelling: &Spelling) -> bool {
        let mut is_inside = false;
        spelling.each_name(&mut |name| is_inside |= self.find(name, name.outer.as_deref()).is_some());
        is_inside
    }
}
