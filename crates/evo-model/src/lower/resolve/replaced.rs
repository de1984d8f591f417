//! The setting `replace` for types that the document does not describe.

use super::{Place, Resolver};
use crate::api::{ItemId, Ty};
use crate::diagnostics::Diagnostics;
use crate::lower::builtin::{self, Generic};
use crate::lower::resolve::replace::foreign;
use crate::lower::type_expr::{Name, parse};
use crate::metadata::TypeName;

impl Resolver<'_> {
    /// Finds the replacement of a name. Lists, maps and similar types are never replaced.
    pub(super) fn find_replaced(&self, name: &Name, place: Place<'_>, diagnostics: &mut Diagnostics) -> Option<Ty> {
        let is_generic = !name.args.is_empty();
        let is_known = !matches!(builtin::generic(&name.simple, name.args.len()), Generic::Nothing | Generic::Unknown);
        let is_dotnet =
            || place.namespace.map_or_else(|| builtin::is_collection_name(&name.simple), builtin::is_system);
        if is_generic && is_known && is_dotnet() {
            return None;
        }
        let replacement = self.replacements.for_named(place.namespace, name)?;
        let is_primitive = builtin::scalar(&name.simple).is_some_and(|ty| builtin::is_value_type(&ty));
        let is_struct = place.is_enum || place.is_value_type || self.catalog.undescribed.structs.contains(&name.simple);
        let args = name.args.iter().map(|arg| self.resolve_argument(arg, place, diagnostics)).collect();
        Some(foreign(replacement, args, is_primitive || is_struct))
    }

    /// Resolves the arguments of a name such as a base class.
    pub fn resolve_arguments(
        &self,
        name: &TypeName,
        pointer: &str,
        declaring: Option<ItemId>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Ty> {
        let place = Place { pointer, declaring, member: None, namespace: None, is_enum: false, is_value_type: false };
        let args = name.generic_args.iter().filter_map(|arg| parse(arg, &[]));
        args.map(|arg| self.resolve_argument(&arg, place, diagnostics)).collect()
    }
}
