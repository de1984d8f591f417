//! Names that are not described or are ambiguous: each is reported, and becomes a type that holds any such value.

use super::{Place, Resolver};
use crate::api::{ItemId, Ty};
use crate::diagnostics::Diagnostics;
use crate::lower::builtin;
use crate::lower::resolve::advice;
use crate::lower::type_expr::{Name, TypeExpr};

/// The maximum number of candidates that a message lists for an ambiguous name.
const SHOWN: usize = 5;

impl Resolver<'_> {
    /// Reports a name without a type, and returns a type that holds its values.
    pub(super) fn report_missing(&self, name: &Name, place: Place<'_>, diagnostics: &mut Diagnostics) -> Ty {
        let full = advice::full_name(name, place.namespace);
        let is_struct = place.is_value_type || self.catalog.undescribed.structs.contains(&name.simple);
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

    /// Reports a name that several types share.
    pub(super) fn report_ambiguous(
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

/// Warns about a type that has no arguments although its name announces some: the type of a member, or one of .NET. Inside arguments and
/// arrays this is not a mistake, since servers lose the arguments there; the arguments of a response may be known from its members.
pub(super) fn check_announced(type_expr: &TypeExpr, place: Place<'_>, diagnostics: &mut Diagnostics) {
    let is_needed = place.member.is_some() || place.namespace.is_some_and(builtin::is_system);
    if let TypeExpr::Name(name @ Name { arity: Some(1..), .. }) = type_expr
        && name.args.is_empty()
        && is_needed
    {
        report_arity(name, name.argument_count(), place, diagnostics);
    }
}

/// Warns about a generic type that has arguments, but not as many as it takes.
pub(super) fn check_arity(name: &Name, arity: usize, place: Place<'_>, diagnostics: &mut Diagnostics) {
    if !name.args.is_empty() && name.args.len() != arity {
        report_arity(name, arity, place, diagnostics);
    }
}

fn report_arity(name: &Name, arity: usize, place: Place<'_>, diagnostics: &mut Diagnostics) {
    let count = name.args.len();
    let arguments = match count {
        0 => "no arguments".to_owned(),
        1 => "1 argument".to_owned(),
        count => format!("{count} arguments"),
    };
    let message = format!("`{}` takes {arity} and has {arguments}", name.simple);
    let help = if count < arity { "missing arguments are read as any JSON" } else { "only the first ones are used" };
    diagnostics.warn("EVO0026", place.pointer, message, help);
}

/// Reports a string that is not a type.
pub(super) fn report_unreadable(text: &str, place: Place<'_>, diagnostics: &mut Diagnostics) -> Ty {
    let shown: String = text.chars().take(60).collect();
    diagnostics.warn("EVO0025", place.pointer, format!("`{shown}` is not a type"), "it is read as any JSON");
    builtin::value()
}
