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
use crate::lower::type_expr::{Name, TypeExpr};

/// The aliases stated by the setting.
pub(super) struct Aliases<'a> {
    types: Vec<Alias<'a>>,
    used: RefCell<BTreeSet<&'a str>>,
}

/// An alias of another type.
struct Alias<'a> {
    /// The name as written in the setting.
    full: &'a str,
    key: Key,
    target: TypeExpr,
}

impl<'a> Aliases<'a> {
    /// Reads the setting.
    ///
    /// # Errors
    ///
    /// If a name or a type cannot be parsed, or if the document describes the type.
    pub fn new(supply: &'a Table<Supplied>, catalog: &Catalog<'_>) -> Result<Self, Error> {
        let mut types: Vec<Alias<'a>> = Vec::new();
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
            types.push(Alias { full, key, target });
        }
        Ok(Self { types, used: RefCell::default() })
    }

    fn find(&self, name: &Name, namespace: Option<&str>) -> Option<&Alias<'a>> {
        self.types.iter().find(|alias| {
            let is_near = namespace.is_none_or(|namespace| namespace == alias.key.namespace);
            is_near && alias.key.name == name.simple && alias.key.arity == name.argument_count()
        })
    }
}

impl Resolver<'_> {
    /// Finds the target of an alias of the setting `supply`, or the Rust type of a NodaTime type.
    pub(super) fn resolve_alias(&self, name: &Name, place: Place<'_>, diagnostics: &mut Diagnostics) -> Option<Ty> {
        if let Some(alias) = self.aliases.find(name, place.namespace) {
            // An alias of an alias stays unknown.
            if self.aliases.mentions_alias(&alias.target) {
                return None;
            }
            self.aliases.used.borrow_mut().insert(alias.full);
            return Some(self.resolve_argument(&alias.target, place, diagnostics));
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
    pub fn check_aliases(&self) -> Result<(), Error> {
        for alias in &self.aliases.types {
            let reject = |message: String| Err(Error::usage(message).setting("supply", Some(alias.full)));
            if self.aliases.mentions_alias(&alias.target) {
                let message = format!("`{}` of `supply` is `{}`, which is also another type", alias.full, alias.target);
                return reject(message).map_err(|error| error.help("write the type that both are"));
            }
            let mut diagnostics = Diagnostics::default();
            self.resolve_argument(&alias.target, Place::nowhere(), &mut diagnostics);
            if let Some(diagnostic) = diagnostics.as_slice().first() {
                return reject(format!("`{}` of `supply`: {}", alias.full, diagnostic.message))
                    .map_err(|error| error.help("write it as in C#: `DateTime`, `string`, `List<Shop.Pet>`"));
            }
            if !self.aliases.used.borrow().contains(alias.full) {
                return reject(format!("`{}` of `supply` matches nothing", alias.full)).map_err(|error| {
                    error.help("nothing in the document mentions it, or its meaning is known already")
                });
            }
        }
        Ok(())
    }
}

impl Aliases<'_> {
    /// Whether a written type contains an alias.
    fn mentions_alias(&self, type_expr: &TypeExpr) -> bool {
        let mut is_inside = false;
        type_expr.each_name(&mut |name| is_inside |= self.find(name, name.outer.as_deref()).is_some());
        is_inside
    }
}
