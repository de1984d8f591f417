//! Limits of documents. Each is far above what real services have, and keeps a malicious document from using more than a few seconds and a
//! few hundred megabytes.
//!
//! The size of a document and the depth of its JSON are limited when it is [read](crate::source::Limits).

use crate::Error;
use crate::api::Ty;
use crate::diagnostics::Diagnostics;
use crate::lower::builtin;
use crate::lower::draft::{Item, ItemKind, Member};
use crate::lower::type_expr::TYPE_NAMES;
use crate::metadata::{Operation, Type, TypeName, Types};

/// The maximum number of operations in a document.
const OPERATIONS: usize = 20_000;

/// The maximum number of types in a document, in addition to requests and responses.
const TYPES: usize = 50_000;

/// The maximum number of members that a type declares.
const MEMBERS: usize = 5_000;

/// The maximum number of values of an enum.
const VALUES: usize = 20_000;

/// The maximum number of routes of an operation.
const ROUTES: usize = 500;

/// The maximum length of any other list: interfaces, inner types, tags, roles.
const LISTED: usize = 2_000;

/// The maximum number of parameters of a generic type.
pub(crate) const PARAMETERS: usize = 64;

/// The maximum length of a name in characters. C# compilers accept 511; the .NET assembly format has room for 1,023.
const NAME: usize = 1_023;

/// The maximum number of parts in a namespace, each of which becomes a folder.
const NAMESPACE_PARTS: usize = 32;

/// The maximum length of a route in characters.
const ROUTE: usize = 4_000;

/// The length in characters at which documentation is truncated.
const TEXT: usize = 10_000;

/// The maximum number of members of all types, including inherited ones. A member with long texts counts as several.
const ALL_MEMBERS: usize = 1_000_000;

/// Bytes of names and texts that count as one member.
const MEMBER_BYTES: usize = 256;

/// The maximum number of classes of all hierarchies together.
const ALL_CLASSES: usize = 200_000;

/// The maximum number of base classes above a class.
pub(crate) const BASES: usize = 64;

/// Rejects a document that exceeds a limit.
///
/// # Errors
///
/// If there is too much of something. The error states where.
pub(crate) fn check(types: &Types) -> Result<(), Error> {
    check_count("EVO0060", "/operations", "operations", types.operations.len(), OPERATIONS)?;
    check_count("EVO0060", "/types", "types", types.types.len(), TYPES)?;
    types.types.iter().try_for_each(check_type)?;
    types.operations.iter().try_for_each(check_operation)
}

fn check_operation(operation: &Operation) -> Result<(), Error> {
    let pointer = operation.pointer.as_str();
    check_type(&operation.request)?;
    operation.response.iter().try_for_each(check_type)?;
    operation.return_type.iter().try_for_each(|name| check_type_name(pointer, name))?;
    check_count("EVO0060", pointer, "routes", operation.routes.len(), ROUTES)?;
    for route in &operation.routes {
        check_length(&route.pointer, "route", &route.path, ROUTE)?;
        route.verbs.iter().try_for_each(|verbs| check_length(&route.pointer, "list of verbs", verbs, NAME))?;
    }
    for (what, names) in [
        ("tags", &operation.tags),
        ("required roles", &operation.required_roles),
        ("roles of which one is required", &operation.requires_any_role),
        ("required permissions", &operation.required_permissions),
        ("permissions of which one is required", &operation.requires_any_permission),
    ] {
        check_count("EVO0060", pointer, what, names.len(), LISTED)?;
        names.iter().try_for_each(|name| check_length(pointer, "name", name, NAME))?;
    }
    Ok(())
}

fn check_type(definition: &Type) -> Result<(), Error> {
    let pointer = definition.pointer.as_str();
    check_length(pointer, "name", &definition.name, NAME)?;
    check_namespace(pointer, &definition.namespace)?;
    check_count("EVO0060", pointer, "type parameters", definition.generic_args.len(), PARAMETERS)?;
    check_count("EVO0060", pointer, "members", definition.properties.len(), MEMBERS)?;
    check_count("EVO0060", pointer, "interfaces", definition.implements.len(), LISTED)?;
    check_count("EVO0060", pointer, "inner types", definition.inner_types.len(), LISTED)?;
    check_count("EVO0060", pointer, "values", definition.enum_members.len(), VALUES)?;
    let related = definition.inherits.iter().chain(&definition.implements).chain(&definition.inner_types);
    related.into_iter().try_for_each(|name| check_type_name(pointer, name))?;
    definition.generic_args.iter().try_for_each(|name| check_length(pointer, "name", name, NAME))?;
    for property in &definition.properties {
        check_length(&property.pointer, "name", &property.name, NAME)?;
        property.wire_name.iter().try_for_each(|name| check_length(&property.pointer, "name", name, NAME))?;
        check_namespace(&property.pointer, &property.namespace)?;
    }
    let mut values = definition.enum_members.iter().flat_map(|member| [Some(&member.name), member.wire_name.as_ref()]);
    values.by_ref().flatten().try_for_each(|name| check_length(pointer, "name", name, NAME))
}

fn check_type_name(pointer: &str, name: &TypeName) -> Result<(), Error> {
    check_length(pointer, "name", &name.name, NAME)?;
    check_namespace(pointer, &name.namespace)
}

fn check_namespace(pointer: &str, namespace: &str) -> Result<(), Error> {
    check_length(pointer, "namespace", namespace, NAME)?;
    check_count("EVO0061", pointer, "names in its namespace", namespace.split('.').count(), NAMESPACE_PARTS)
}

fn check_count(code: &'static str, pointer: &str, what: &str, count: usize, limit: usize) -> Result<(), Error> {
    if count <= limit {
        return Ok(());
    }
    Err(Error::document(format!("{count} {what}: evo-gen accepts up to {limit}"))
        .coded(code)
        .at(pointer)
        .help(NOT_REAL))
}

fn check_length(pointer: &str, what: &str, text: &str, limit: usize) -> Result<(), Error> {
    // A string never has more characters than bytes.
    if text.len() <= limit || text.chars().count() <= limit {
        return Ok(());
    }
    let start: String = text.chars().take(60).filter(|c| !c.is_control()).collect();
    Err(Error::document(format!("the {what} `{start}…` has more than {limit} characters"))
        .coded("EVO0061")
        .at(pointer)
        .help(NOT_REAL))
}

const NOT_REAL: &str = "no real service is like this: check the source of the document, or remove the entry";

/// The number of members of all types so far.
#[derive(Debug, Default)]
pub(crate) struct MemberCount(usize);

impl MemberCount {
    /// Counts the members of the type at `pointer`.
    ///
    /// # Errors
    ///
    /// If the types together have more members than any real service.
    pub fn add(&mut self, item: &Item, pointer: &str) -> Result<(), Error> {
        let ItemKind::Record(record) = &item.kind else { return Ok(()) };
        let weight = |member: &Member| {
            let texts: usize = member.docs.iter().map(String::len).sum();
            let bytes = texts + member.dotnet_name.len() + item.dotnet.len() + 32 * names(&member.ty);
            1 + bytes / MEMBER_BYTES
        };
        self.0 += record.members.iter().map(weight).sum::<usize>();
        if self.0 <= ALL_MEMBERS {
            return Ok(());
        }
        let message = format!("the types have more than {ALL_MEMBERS} members, with those that they inherit");
        Err(Error::document(message).coded("EVO0062").at(pointer).help(
            "leave operations out with `include` or `exclude`, or give large base classes fewer members or fewer classes below them",
        ))
    }
}

/// Rejects a document whose hierarchies hold more than `ALL_CLASSES` classes.
///
/// # Errors
///
/// If there are more.
pub(crate) fn check_hierarchies(count: usize) -> Result<(), Error> {
    if count <= ALL_CLASSES {
        return Ok(());
    }
    Err(Error::document(format!(
        "the hierarchies contain more than {ALL_CLASSES} classes, each counted for every class above it"
    ))
    .coded("EVO0063")
    .at("/types")
    .help(NOT_REAL))
}

/// Returns a text for documentation, truncated if it is too long.
pub(crate) fn text(text: &str, pointer: &str, diagnostics: &mut Diagnostics) -> String {
    match text.char_indices().nth(TEXT) {
        None => text.to_owned(),
        Some((end, _)) => {
            let message = format!("a text has more than {TEXT} characters");
            diagnostics.warn("EVO0064", pointer, message, "the documentation contains only its beginning");
            format!("{}…", text.get(..end).unwrap_or_default())
        }
    }
}

/// Returns the number of names in a type.
pub(crate) fn names(ty: &Ty) -> usize {
    let mut count = 0;
    ty.each(&mut |_| count += 1);
    count
}

/// Returns the number of names in a type once its parameters are replaced by arguments with these numbers of names.
pub(crate) fn names_with(ty: &Ty, parameters: &[String], arguments: &[usize]) -> usize {
    let mut count: usize = 0;
    ty.each(&mut |ty| {
        let argument = match ty {
            Ty::Parameter(name) => parameters.iter().position(|parameter| parameter == name),
            _ => None,
        };
        count = count.saturating_add(argument.and_then(|index| arguments.get(index).copied()).unwrap_or(1));
    });
    count
}

/// Reports a type that would be too large, and returns any JSON in its place.
pub(crate) fn too_large(what: &str, pointer: &str, diagnostics: &mut Diagnostics) -> Ty {
    let message = format!("the type of {what} consists of more than {TYPE_NAMES} names");
    diagnostics.warn("EVO0066", pointer, message, "it is read as any JSON");
    builtin::value()
}
