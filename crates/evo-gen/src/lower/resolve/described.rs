//! A type of the document, and which of several that are called the same (protocol: metadata 1.7).

use super::{Found, Place, Resolver};
use crate::api::Ty;
use crate::diagnostics::Diagnostics;
use crate::lower::builtin;
use crate::lower::catalog::Entry;
use crate::lower::spelling::Name;

impl Resolver<'_> {
    /// The type of the document that a name means, with its arguments.
    pub(super) fn described(&self, name: &Name, place: Place<'_>, diagnostics: &mut Diagnostics) -> Found<Ty> {
        let mut candidates: Vec<usize> = self.catalog.candidates(&name.simple, name.argument_count()).to_vec();
        let mut args = name.args.as_slice();
        if candidates.is_empty() {
            // A type nested in a generic one, or deriving from one, shows arguments that it does not declare.
            candidates = self.catalog.candidates(&name.simple, 0).to_vec();
            args = &[];
        }
        if place.is_enum {
            // Whatever else is called so, it is not meant.
            candidates.retain(|index| self.catalog.get(*index).is_some_and(|entry| entry.definition.is_enum));
        }
        let index = match self.choose(&candidates, name, place, diagnostics) {
            Found::Type(index) => index,
            Found::Ambiguous => return Found::Ambiguous,
            Found::Nothing => return Found::Nothing,
        };
        let Some(entry) = self.catalog.get(index) else { return Found::Nothing };
        let mut args: Vec<Ty> = args.iter().map(|arg| self.argument(arg, place, diagnostics)).collect();
        args.resize(entry.parameters.len(), builtin::value());
        let replaced = self.replacements.of_described(index, args.clone(), self.catalog);
        Found::Type(replaced.unwrap_or_else(|| self.as_it_travels(Ty::Item(index, args))))
    }

    /// Which of several types of one name is meant: what the settings say, what stands before the name, the namespace beside
    /// it; where none is stated, a type inside the declaring one, one of its namespace, the only one.
    fn choose(
        &self,
        candidates: &[usize],
        name: &Name,
        place: Place<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Found<usize> {
        if let Some(index) = self.settled.among(candidates, place) {
            return Found::Type(index);
        }
        let only = |fits: &dyn Fn(&Entry<'_>) -> bool| {
            let fitting = |index: &usize| self.catalog.get(*index).is_some_and(fits);
            let mut found = candidates.iter().copied().filter(fitting);
            found.next().filter(|_| found.next().is_none())
        };
        let found = name.outer.as_ref().and_then(|outer| only(&|entry| entry.key.stands_in(outer)));
        if let Some(index) = found {
            return Found::Type(index);
        }
        if let Some(namespace) = place.namespace {
            return only(&|entry| entry.key.namespace == namespace).map_or(Found::Nothing, Found::Type);
        }
        let declaring = place.declaring.and_then(|index| self.catalog.get(index));
        let is_inside = |entry: &Entry<'_>| {
            declaring.is_some_and(|declaring| {
                let inner = &declaring.definition.inner_types;
                inner.iter().any(|inner| inner.name == entry.definition.name && inner.namespace == entry.key.namespace)
            })
        };
        let is_beside =
            |entry: &Entry<'_>| declaring.is_some_and(|declaring| declaring.key.namespace == entry.key.namespace);
        let found = only(&is_inside).or_else(|| only(&is_beside)).or_else(|| only(&|_| true));
        match found {
            Some(index) => Found::Type(index),
            None if candidates.is_empty() => Found::Nothing,
            None => {
                self.ambiguous(candidates, name, place, diagnostics);
                Found::Ambiguous
            }
        }
    }

    /// Whether a name of .NET's is described all the same, because the settings supply it.
    pub(super) fn is_supplied(&self, name: &Name, namespace: Option<&str>) -> bool {
        let found = namespace.and_then(|namespace| self.catalog.find(namespace, &name.simple, name.argument_count()));
        found.and_then(|index| self.catalog.get(index)).is_some_and(|entry| entry.is_supplied)
    }

    /// A struct that the settings supply: classic hosts send text where others send the object.
    fn as_it_travels(&self, ty: Ty) -> Ty {
        let Ty::Item(index, _) = &ty else { return ty };
        let is_struct = self.catalog.get(*index).is_some_and(|entry| {
            entry.is_supplied && !entry.definition.is_enum && self.structs.contains(entry.key.simple())
        });
        if is_struct { Ty::Runtime("TextOrObject".to_owned(), vec![ty]) } else { ty }
    }
}
