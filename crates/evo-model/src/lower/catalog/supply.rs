//! The setting `supply`: adds types to the catalog that the document names but does not describe.

use crate::Error;
use crate::api::ItemId;
use crate::config::{Supplied, Table};
use crate::lower::builtin::{self, Generic};
use crate::lower::catalog::service_stack::service_stack;
use crate::lower::catalog::{Catalog, Key};
use crate::lower::csharp;
use crate::lower::type_expr::{Name, TypeExpr, parse, split_arity};
use crate::metadata::{Attribute, EnumMember, Property, Type, TypeName};

/// Returns the supplied types as a document would describe them.
///
/// # Errors
///
/// If a name or the type of a member cannot be parsed, or if a type need not be supplied.
pub(super) fn make_definitions(supply: &Table<Supplied>) -> Result<Vec<Type>, Error> {
    let described = supply.iter().filter(|(_, supplied)| !matches!(supplied, Supplied::Type(_)));
    described.map(|(name, supplied)| make_definition(name, supplied)).collect()
}

/// Parses the name of a supplied type.
///
/// # Errors
///
/// If the string is not a name.
pub(crate) fn parse_name(full: &str) -> Result<Name, Error> {
    match parse(full, &[]) {
        Some(TypeExpr::Name(name)) if !full.contains(['*', '?', '\'']) => Ok(name),
        _ => Err(Error::usage(format!("`{full}` of `supply` is not the name of a type"))
            .setting("supply", Some(full))
            .help("write the .NET name with its namespace, such as `Shop.Money` or `Shop.Box<T>`")),
    }
}

fn make_definition(full: &str, supplied: &Supplied) -> Result<Type, Error> {
    let name = parse_name(full)?;
    let namespace = name.outer.clone().unwrap_or_default();
    let count = name.argument_count();
    let is_runtime_type = builtin::is_service_stack(&namespace) && builtin::runtime_dto(&name.simple, count).is_some();
    let is_known = builtin::is_system(&namespace) && count == 0 && builtin::scalar(&name.simple).is_some();
    if is_runtime_type || is_known {
        return Err(Error::usage(format!("`{full}` of `supply` needs no description: the runtime brings it"))
            .setting("supply", Some(full)));
    }
    let mut definition = Type { namespace, generic_args: name_parameters(&name), ..Type::default() };
    definition.name = if count == 0 { name.simple } else { format!("{}`{count}", name.simple) };
    match supplied {
        Supplied::Class { base, members } => {
            definition.inherits = base.as_deref().map(|text| base_class(full, text)).transpose()?;
            let properties = members.iter().map(|(member, text)| property(full, member, text));
            definition.properties = properties.collect::<Result<_, Error>>()?;
        }
        Supplied::Enum { is_flags, values } => {
            definition.is_enum = true;
            definition.is_enum_int = *is_flags;
            let flags = Attribute { name: "Flags".to_owned(), ..Attribute::default() };
            definition.attributes = is_flags.then_some(flags).into_iter().collect();
            let member = |(name, number): &(String, i64)| EnumMember {
                name: name.clone(),
                value: Some(number.to_string()),
                ..EnumMember::default()
            };
            definition.enum_members = values.iter().map(member).collect();
        }
        // Such a type has no definition, since its name refers to another type.
        Supplied::Type(_) => {}
    }
    Ok(definition)
}

/// Names the parameters as in the name of the type, or `T`, `T2`, ... otherwise.
fn name_parameters(name: &Name) -> Vec<String> {
    if name.args.is_empty() {
        return (1..=name.argument_count()).map(|n| if n == 1 { "T".to_owned() } else { format!("T{n}") }).collect();
    }
    name.args.iter().map(TypeExpr::to_string).collect()
}

fn property(full: &str, member: &str, text: &str) -> Result<Property, Error> {
    let type_expr = parse_written(text).ok_or_else(|| {
        Error::usage(format!("`{full}.{member}` of `supply`: `{text}` is not a C# type"))
            .setting("supply", Some(full))
            .help("write it as in C#: `Int32`, `string`, `List<Shop.Pet>`, `DateTime?`")
    })?;
    Ok(Property { name: member.to_owned(), type_name: type_expr.to_string(), ..Property::default() })
}

/// Parses a type as people write it, and replaces C# keywords by .NET names.
pub(crate) fn parse_written(text: &str) -> Option<TypeExpr> {
    let mut type_expr = parse(text, &[])?;
    type_expr.each_name_mut(&mut |name| {
        if name.outer.is_none() && name.args.is_empty() {
            name.simple = csharp::dotnet_name(&name.simple).to_owned();
        }
    });
    Some(type_expr)
}

/// Parses a base class as people write it; [`find_bases`] resolves it.
fn base_class(full: &str, text: &str) -> Result<TypeName, Error> {
    let Some(TypeExpr::Name(name)) = parse_written(text).filter(|_| !text.contains(['?', '*', '\''])) else {
        return Err(Error::usage(format!("the base class `{text}` of `{full}` in `supply` is not a C# class"))
            .setting("supply", Some(full))
            .help("write the .NET name with its namespace, such as `Shop.Animal` or `Shop.Page<Shop.Pet>`"));
    };
    let arity = if name.args.is_empty() { String::new() } else { format!("`{}", name.args.len()) };
    Ok(TypeName {
        name: format!("{}{arity}", name.simple),
        namespace: name.outer.unwrap_or_default(),
        generic_args: name.args.iter().map(TypeExpr::to_string).collect(),
    })
}

/// Resolves the base classes of supplied types, once all types are known.
///
/// # Errors
///
/// If there is no such class.
pub(crate) fn find_bases(catalog: &mut Catalog<'_>) -> Result<(), Error> {
    let stated: Vec<(ItemId, TypeName)> = catalog
        .entries
        .enumerate()
        .filter(|(_, entry)| entry.is_supplied)
        .filter_map(|(id, entry)| Some((id, entry.definition.inherits.clone()?)))
        .collect();
    for (id, base) in stated {
        let found = resolve_base(catalog, &base).ok_or_else(|| {
            let dot = if base.namespace.is_empty() { "" } else { "." };
            let full = catalog.entries[id].key.plain();
            Error::usage(format!("`{full}` of `supply`: no class is called `{}{dot}{}`", base.namespace, base.name))
                .setting("supply", Some(&full))
                .help("write the .NET name of the base class with its namespace; `supply` can describe that too")
        })?;
        catalog.entries[id].definition.to_mut().inherits = Some(found);
    }
    Ok(())
}

/// Resolves a base class to the name that a document would give it: a class of the document, a .NET collection, or a ServiceStack class.
fn resolve_base(catalog: &Catalog<'_>, base: &TypeName) -> Option<TypeName> {
    let (simple, arity) = (split_arity(&base.name).0, base.generic_args.len());
    let candidates = catalog.candidates(simple, arity).iter().map(|id| &catalog.entries[*id]);
    let mut fitting = candidates.filter(|entry| {
        !entry.definition.is_enum && (base.namespace.is_empty() || entry.key.is_declared_in(&base.namespace))
    });
    if let Some(entry) = fitting.next() {
        let arity = if arity == 0 { String::new() } else { format!("`{arity}") };
        let name = format!("{}{arity}", entry.key.name);
        let found = TypeName { name, namespace: entry.key.namespace.clone(), generic_args: base.generic_args.clone() };
        return fitting.next().is_none().then_some(found);
    }
    let or = |namespace: &str| {
        let stated = if base.namespace.is_empty() { namespace } else { &base.namespace };
        TypeName { namespace: stated.to_owned(), ..base.clone() }
    };
    let is_collection = matches!(builtin::generic(simple, arity), Generic::List | Generic::Map)
        && builtin::is_collection_name(simple)
        && (base.namespace.is_empty() || builtin::is_system(&base.namespace));
    if is_collection {
        return Some(or("System.Collections.Generic"));
    }
    let of_service_stack = or("ServiceStack");
    let is_known = service_stack().find(&of_service_stack.namespace, simple).next().is_some();
    is_known.then_some(of_service_stack)
}

/// Returns the error for a type that the document describes.
pub(crate) fn described_already(key: &Key) -> Error {
    Error::usage(format!("`{}` of `supply` is described by the document", key.plain()))
        .setting("supply", Some(&key.plain()))
        .help("`replace` uses a type of your own instead")
}
