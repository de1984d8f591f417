//! Types of the document, and the choice between several of the same name (protocol: metadata 1.7).

use super::missing::check_arity;
use super::{Found, Place, Resolver};
use crate::api::{ItemId, Ty};
use crate::diagnostics::Diagnostics;
use crate::lower::builtin;
use crate::lower::catalog::Entry;
use crate::lower::type_expr::Name;

impl Resolver<'_> {
    /// Finds the type of the document that a name refers to, with its arguments.
    pub(super) fn find_described(&self, name: &Name, place: Place<'_>, diagnostics: &mut Diagnostics) -> Found<Ty> {
        let mut candidates: Vec<ItemId> = self.catalog.candidates(&name.simple, name.argument_count()).to_vec();
        let mut args = name.args.as_slice();
        if candidates.is_empty()
            && let Some(declared_arity) = name.arity
        {
            candidates = self.catalog.candidates(&name.simple, declared_arity).to_vec();
        }
        if candidates.is_empty() {
            // A type nested in a generic one, or derived from one, shows arguments that it does not declare.
            candidates = self.catalog.candidates(&name.simple, 0).to_vec();
            candidates.retain(|id| !self.catalog.entries[*id].is_from_service_stack);
            args = &[];
        }
        if self.is_own_undescribed(name, place) {
            candidates.retain(|id| !self.catalog.entries[*id].is_from_service_stack);
        }
        if place.is_enum {
            // The type is an enum: rule out the rest.
            candidates.retain(|id| self.catalog.entries[*id].definition.is_enum);
        }
        let id = match self.choose(&candidates, name, place, diagnostics) {
            Found::Type(id) => id,
            Found::Ambiguous => return Found::Ambiguous,
            Found::Nothing => return Found::Nothing,
        };
        let arity = self.catalog.entries[id].key.arity;
        if arity > 0 {
            check_arity(name, arity, place, diagnostics);
        }
        let mut args: Vec<Ty> = args.iter().map(|arg| self.resolve_argument(arg, place, diagnostics)).collect();
        args.resize(self.catalog.entries[id].parameters.len(), builtin::value());
        let replaced = self.replacements.for_described(id, args.clone(), self.catalog);
        Found::Type(replaced.unwrap_or_else(|| self.wrap_supplied_struct(Ty::Item(id, args))))
    }

    /// Chooses between types of the same name: by the settings, by the class or namespace in front of the name, and by the namespace stated
    /// for it. If none is stated, it is a type nested in the declaring one, one in its namespace, or the only one.
    fn choose(
        &self,
        candidates: &[ItemId],
        name: &Name,
        place: Place<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Found<ItemId> {
        if let Some(id) = self.resolutions.choose(candidates, place) {
            return Found::Type(id);
        }
        let only = |fits: &dyn Fn(&Entry<'_>) -> bool| {
            let fitting = |id: &ItemId| fits(&self.catalog.entries[*id]);
            let mut found = candidates.iter().copied().filter(fitting);
            found.next().filter(|_| found.next().is_none())
        };
        let found = name.outer.as_ref().and_then(|outer| only(&|entry| entry.key.is_declared_in(outer)));
        if let Some(id) = found {
            return Found::Type(id);
        }
        if let Some(namespace) = place.namespace {
            return only(&|entry| entry.key.namespace == namespace).map_or(Found::Nothing, Found::Type);
        }
        let declaring = place.declaring.map(|id| &self.catalog.entries[id]);
        let is_inside = |entry: &Entry<'_>| {
            declaring.is_some_and(|declaring| {
                let inner = &declaring.definition.inner_types;
                inner.iter().any(|inner| inner.name == entry.definition.name && inner.namespace == entry.key.namespace)
            })
        };
        let is_in_same_namespace =
            |entry: &Entry<'_>| declaring.is_some_and(|declaring| declaring.key.namespace == entry.key.namespace);
        // A document prefers the service's own type to ServiceStack's; for ServiceStack's types it is the other way around.
        let is_from_service_stack = declaring.is_some_and(|declaring| declaring.is_from_service_stack);
        let is_of_same_origin = |entry: &Entry<'_>| entry.is_from_service_stack == is_from_service_stack;
        let found = only(&is_inside).or_else(|| only(&is_in_same_namespace)).or_else(|| only(&is_of_same_origin));
        let found = found.or_else(|| only(&|_| true));
        match found {
            Some(id) => Found::Type(id),
            None if candidates.is_empty() => Found::Nothing,
            None => {
                self.report_ambiguous(candidates, name, place, diagnostics);
                Found::Ambiguous
            }
        }
    }

    /// Whether the settings describe a .NET name.
    pub(super) fn is_supplied(&self, name: &Name, namespace: Option<&str>) -> bool {
        let found = namespace.and_then(|namespace| self.catalog.find(namespace, &name.simple, name.argument_count()));
        found.is_some_and(|id| self.catalog.entries[id].is_supplied)
    }

    /// Wraps a struct that the settings supply: classic hosts send text where others send an object.
    fn wrap_supplied_struct(&self, ty: Ty) -> Ty {
        let Ty::Item(id, _) = &ty else { return ty };
        let entry = &self.catalog.entries[*id];
        let is_struct = entry.is_supplied
            && !entry.definition.is_enum
            && self.catalog.undescribed.structs.contains(entry.key.simple());
        if is_struct { Ty::Runtime("TextOrObject".to_owned(), vec![ty]) } else { ty }
    }
}
