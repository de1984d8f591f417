//! What stays open: names that are not described, or that can mean several types. Each is reported, and read as what it can be.

use std::collections::BTreeSet;

use super::{Place, Resolver};
use crate::api::{ItemId, Ty};
use crate::diagnostics::Diagnostics;
use crate::lower::builtin;
use crate::lower::catalog::Catalog;
use crate::lower::resolve::advice;
use crate::lower::spelling::Name;
use crate::metadata::Types;

/// So many types are named of those that a name can mean.
const SHOWN: usize = 5;

/// The structs of the API by simple name: value types that are no enums, and that no document describes.
pub(super) fn structs(catalog: &Catalog<'_>, types: &Types) -> BTreeSet<String> {
    let described = catalog.entries.iter().flat_map(|entry| &entry.definition.properties);
    let undescribed = types.types.iter().flat_map(|definition| &definition.properties);
    let is_described = |name: &str| catalog.candidates(name, 0).iter().any(|id| !catalog.entries[*id].is_supplied);
    described
        .chain(undescribed)
        .filter(|property| property.is_value_type && !property.is_enum)
        .filter_map(|property| {
            // Of a nullable one the arguments tell the name, and nothing the namespace.
            match (property.type_name.as_str(), property.generic_args.as_slice()) {
                ("Nullable`1", [name]) if builtin::scalar(name).is_none() => Some(name),
                (_, []) if !builtin::is_system(&property.namespace) => Some(&property.type_name),
                _ => None,
            }
        })
        .filter(|name| !name.contains(['<', '[']) && !is_described(name))
        .cloned()
        .collect()
}

impl Resolver<'_> {
    /// A name that no type has.
    pub(super) fn unresolved(&self, name: &Name, place: Place<'_>, diagnostics: &mut Diagnostics) -> Ty {
        let full = advice::full_name(name, place.namespace);
        let is_struct = place.is_value_type || self.structs.contains(&name.simple);
        if place.is_enum {
            diagnostics.warn(
                "EVO0022",
                place.pointer,
                format!("the enum `{}` is not described", name.simple),
                advice::missing_enum(&full),
            );
            return builtin::runtime("UnknownValue");
        }
        if is_struct && !place.namespace.is_some_and(builtin::is_system) {
            diagnostics.warn(
                "EVO0023",
                place.pointer,
                format!("`{}` is a struct, which no document describes", name.simple),
                advice::missing_struct(&full),
            );
            return builtin::runtime("TextOrObject");
        }
        diagnostics.warn(
            "EVO0024",
            place.pointer,
            format!("the type `{}` is not described", name.simple),
            advice::missing_class(&full),
        );
        builtin::value()
    }

    /// A name that several types have.
    pub(super) fn ambiguous(
        &self,
        candidates: &[ItemId],
        name: &Name,
        place: Place<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        let entries = candidates.iter().map(|id| &self.catalog.entries[*id]);
        let mut names: Vec<String> = entries.take(SHOWN).map(|entry| entry.key.dotnet()).collect();
        let first = names.first().cloned();
        if candidates.len() > SHOWN {
            names.push(format!("one of {} others", candidates.len() - SHOWN));
        }
        let declaring = place.declaring.map(|id| &self.catalog.entries[id]);
        diagnostics.warn(
            "EVO0020",
            place.pointer,
            format!("`{}` can mean {}", name.simple, names.join(" or ")),
            advice::ambiguous(declaring.map(|entry| entry.key.dotnet()).zip(place.member), first.as_ref()),
        );
    }
}

/// Remarks on a generic type that has another number of arguments than its name says. Servers lose the inner arguments of some types
/// altogether; that is no mistake of anybody's.
pub(super) fn check_arity(name: &Name, arity: usize, place: Place<'_>, diagnostics: &mut Diagnostics) {
    let count = name.args.len();
    if count == 0 || count == arity {
        return;
    }
    let arguments = if count == 1 { "1 argument".to_owned() } else { format!("{count} arguments") };
    let message = format!("`{}` takes {arity} and has {arguments}", name.simple);
    let help = if count < arity { "what is missing is read as any JSON" } else { "the first are taken" };
    diagnostics.warn("EVO0026", place.pointer, message, help);
}

/// A text that is no type.
pub(super) fn unreadable(text: &str, place: Place<'_>, diagnostics: &mut Diagnostics) -> Ty {
    let shown: String = text.chars().take(60).collect();
    diagnostics.warn("EVO0025", place.pointer, format!("`{shown}` is no type"), "it is read as any JSON");
    builtin::value()
}
