//! The service's own types that the document names but does not describe.

use std::collections::{BTreeMap, BTreeSet};

use super::{Entry, Key};
use crate::lower::builtin;
use crate::lower::type_expr::{Name, TypeExpr, parse};
use crate::metadata::{Property, Types};

/// The simple names of the service's types that are not described.
#[derive(Default)]
pub(crate) struct Undescribed {
    /// All that are named with a namespace, or that are evidently structs.
    pub names: BTreeSet<String>,
    /// The structs among them: value types other than enums, which servers never describe.
    pub structs: BTreeSet<String>,
}

impl Undescribed {
    /// Collects the names from the members of all types. `found` holds the described types.
    pub(super) fn find(found: &BTreeMap<Key, Entry<'_>>, types: &Types) -> Self {
        let described = found.values().filter(|entry| !entry.is_supplied);
        let described: BTreeSet<(&str, usize)> = described.map(|entry| (entry.key.simple(), entry.key.arity)).collect();
        let mut undescribed = Self::default();
        let members = found.values().flat_map(|entry| &entry.definition.properties);
        for property in members.chain(types.types.iter().flat_map(|definition| &definition.properties)) {
            let Some(name) = own_name(property) else { continue };
            if described.contains(&(name.simple.as_str(), name.argument_count())) {
                continue;
            }
            if property.is_value_type && !property.is_enum {
                undescribed.structs.insert(name.simple.clone());
            }
            undescribed.names.insert(name.simple);
        }
        undescribed
    }
}

/// Returns the name of a member's type, if that type is the service's own. For a nullable type, the name is in the arguments and the
/// namespace is unknown.
fn own_name(property: &Property) -> Option<Name> {
    let type_expr = match (property.type_name.as_str(), property.generic_args.as_slice()) {
        ("Nullable`1", [inner]) if property.is_value_type && !property.is_enum => parse(inner, &[])?,
        ("Nullable`1", _) => return None,
        (name, args) if is_own(&property.namespace) => parse(name, args)?,
        _ => return None,
    };
    match type_expr {
        TypeExpr::Name(name) if builtin::scalar(&name.simple).is_none() || is_own(&property.namespace) => Some(name),
        TypeExpr::Name(_) | TypeExpr::Array(_) => None,
    }
}

/// Whether a namespace is stated and belongs to the service.
fn is_own(namespace: &str) -> bool {
    !namespace.is_empty() && !builtin::is_system(namespace) && !builtin::is_service_stack(namespace)
}
