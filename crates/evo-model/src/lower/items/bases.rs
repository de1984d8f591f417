//! Base classes: the arguments for their parameters, and the path up to one of them.

use std::collections::BTreeSet;

use crate::api::{ItemId, Ty};
use crate::diagnostics::Diagnostics;
use crate::lower::builtin;
use crate::lower::limits;
use crate::lower::resolve::{Meaning, Resolver};
use crate::lower::type_expr::TYPE_NAMES;
use crate::metadata::TypeName;

/// The result of a search for a base class.
pub(crate) struct BaseClass<'a> {
    pub name: &'a TypeName,
    /// The class that names it.
    pub named_by: ItemId,
    /// The arguments for the parameters of the class that names it.
    pub arguments: Arguments<'a>,
}

/// Finds the nearest wanted base class, starting with the direct one. Returns `None` if there is none, or if the chain is endless, which is
/// reported when members are collected.
pub(crate) fn find_base_class<'a>(
    id: ItemId,
    is_wanted: impl Fn(&TypeName) -> bool,
    resolver: &'a Resolver<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<BaseClass<'a>> {
    let mut visited = BTreeSet::new();
    let mut current = (id, Vec::new());
    loop {
        let (at, arguments) = current;
        if !visited.insert(at) || visited.len() > limits::BASES {
            return None;
        }
        let entry = &resolver.catalog.entries[at];
        let name = entry.definition.inherits.as_ref()?;
        let arguments = Arguments::new(&entry.parameters, arguments);
        if is_wanted(name) {
            return Some(BaseClass { name, named_by: at, arguments });
        }
        let base = resolver.catalog.find_base(name)?;
        current = (base, resolve_base_arguments(name, base, &arguments, at, resolver, diagnostics));
    }
}

/// Finds the arguments for the parameters of a base class named by the class `at`, whose own parameters have the arguments `arguments`.
pub(super) fn resolve_base_arguments(
    name: &TypeName,
    base: ItemId,
    arguments: &Arguments<'_>,
    at: ItemId,
    resolver: &Resolver<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Ty> {
    let definition = &resolver.catalog.entries[at].definition;
    let pointer = definition.pointer.as_str();
    let stated = match resolver.resolve_name(name, pointer, Some(at), diagnostics) {
        Meaning::Type(Ty::Item(_, args)) => args,
        // A base class that is replaced still contributes its members.
        Meaning::Type(Ty::Foreign(_)) => resolver.resolve_arguments(name, pointer, Some(at), diagnostics),
        _ => Vec::new(),
    };
    let what = format!("an argument of {}, the base class of {},", name.name, definition.name);
    let mut types: Vec<Ty> = stated.iter().map(|arg| arguments.replace(arg, &what, pointer, diagnostics)).collect();
    // An argument that cannot be found must not leave one of the base's parameters behind.
    types.resize(resolver.catalog.entries[base].parameters.len(), builtin::value());
    types
}

/// The arguments for the parameters of a class.
pub(crate) struct Arguments<'a> {
    parameters: &'a [String],
    types: Vec<Ty>,
    /// The number of names in each type.
    names: Vec<usize>,
}

impl<'a> Arguments<'a> {
    pub fn new(parameters: &'a [String], types: Vec<Ty>) -> Self {
        let names = types.iter().map(limits::names).collect();
        Self { parameters, types, names }
    }

    /// Returns a type with the parameters replaced. Each step down a chain of generic classes can double its size, so the size is limited.
    pub fn replace(&self, ty: &Ty, what: &str, pointer: &str, diagnostics: &mut Diagnostics) -> Ty {
        if limits::names_with(ty, self.parameters, &self.names) > TYPE_NAMES {
            return limits::too_large(what, pointer, diagnostics);
        }
        substitute(ty, self.parameters, &self.types)
    }
}

/// Returns a type with parameters replaced by arguments.
pub(crate) fn substitute(ty: &Ty, parameters: &[String], arguments: &[Ty]) -> Ty {
    let mut replaced = ty.clone();
    if !arguments.is_empty() {
        replaced.each_mut(&mut |ty| {
            if let Ty::Parameter(name) = ty {
                let position = parameters.iter().position(|parameter| parameter == name);
                *ty = position.and_then(|index| arguments.get(index)).cloned().unwrap_or_else(builtin::value);
            }
        });
    }
    replaced
}
