//! The items of the model, in the order of the catalog: what each described type is, with the members it declares and inherits.
//!
//! Types of members are what the document says here: `Option` stands for `Nullable` only. Who sends and who receives a type is
//! not known yet; a later pass decides with it.

mod enums;
pub(crate) mod hints;
pub(crate) mod rules;
pub(crate) mod supplied;

use std::collections::{BTreeMap, BTreeSet};

use crate::Error;
use crate::api::{Collection, FilePart, Foreign, IdVec, ItemId, Ty};
use crate::diagnostics::Diagnostics;
use crate::lower::builtin;
use crate::lower::catalog::{Catalog, Entry};
use crate::lower::draft::{Enum, Flags, Item, ItemKind, Member, Record};
use crate::lower::limits;
use crate::lower::resolve::advice;
use crate::lower::resolve::{Meaning, Resolver};
use crate::lower::spelling::{TYPE_NAMES, split_arity};
use crate::metadata::{Property, Type, TypeName};

/// The remarks about each item.
pub(crate) type Remarks = IdVec<ItemId, Diagnostics>;

/// Makes an item of each entry of the catalog, with the remarks about it. Names are the .NET ones yet.
///
/// # Errors
///
/// If the types have more members together than any service has.
pub(crate) fn make_items(resolver: &Resolver<'_>) -> Result<(IdVec<ItemId, Item>, Remarks), Error> {
    let mut members = limits::MemberCount::default();
    let mut items = IdVec::default();
    let mut remarks = IdVec::default();
    for (id, entry) in resolver.catalog.entries.enumerate() {
        let mut diagnostics = Diagnostics::default();
        let item = make_item(id, entry, resolver, &mut diagnostics);
        members.add(&item, &entry.definition.pointer)?;
        items.push(item);
        // Nobody can do anything about what ServiceStack's own types leave open.
        remarks.push(if entry.is_service_stacks { Diagnostics::default() } else { diagnostics });
    }
    Ok((items, remarks))
}

fn make_item(id: ItemId, entry: &Entry<'_>, resolver: &Resolver<'_>, diagnostics: &mut Diagnostics) -> Item {
    let kind = kind(id, entry, resolver, diagnostics);
    Item {
        name: (),
        module: (),
        simple_name: entry.key.simple().to_owned(),
        namespace: entry.key.namespace.clone(),
        dotnet: entry.key.dotnet(),
        docs: docs(&entry.definition, diagnostics),
        deprecated: None,
        derives: (),
        attributes: Vec::new(),
        features: BTreeSet::new(),
        kind,
    }
}

fn docs(definition: &Type, diagnostics: &mut Diagnostics) -> Vec<String> {
    let texts = [&definition.description, &definition.notes].into_iter().flatten();
    let texts = texts.filter(|text| !text.trim().is_empty());
    texts.map(|text| limits::text(text, &definition.pointer, diagnostics)).collect()
}

fn kind(id: ItemId, entry: &Entry<'_>, resolver: &Resolver<'_>, diagnostics: &mut Diagnostics) -> ItemKind {
    let definition = &entry.definition;
    if definition.is_enum {
        let is_flags = definition.attributes.iter().any(|attribute| attribute.name == "Flags");
        return if is_flags {
            ItemKind::Flags(Flags { flags: enums::flags(definition, diagnostics) })
        } else {
            let members = enums::members(definition, diagnostics);
            ItemKind::Enum(Enum { is_number: definition.is_enum_int, members, unknown: () })
        };
    }
    if let Some(inner) = collection(id, resolver, diagnostics) {
        return ItemKind::Collection(Collection { inner, operation: None });
    }
    let Members { all, files, .. } = members(id, resolver, diagnostics);
    ItemKind::Record(Box::new(Record {
        parameters: entry.parameters.clone(),
        members: all,
        files,
        only_received: false,
        new: None,
        operation: None,
        validate: None,
    }))
}

/// The list or map that a class derives from, itself or through its bases.
fn collection(id: ItemId, resolver: &Resolver<'_>, diagnostics: &mut Diagnostics) -> Option<Ty> {
    let mut current = (id, Vec::new());
    let mut visited = BTreeSet::new();
    loop {
        let (at, arguments) = current;
        // The members of such a class tell of a circle.
        if !visited.insert(at) || visited.len() > limits::BASES {
            return None;
        }
        let entry = &resolver.catalog.entries[at];
        let base = entry.definition.inherits.as_ref()?;
        let arguments = Arguments::new(&entry.parameters, arguments);
        if builtin::is_system(&base.namespace) {
            return match resolver.name(base, &entry.definition.pointer, Some(at), diagnostics) {
                Meaning::Type(ty @ (Ty::List(_) | Ty::Map(..))) => {
                    let what = format!("the items of {}", entry.definition.name);
                    Some(arguments.replace(&ty, &what, &entry.definition.pointer, diagnostics))
                }
                _ => None,
            };
        }
        let base_id = resolver.catalog.find_base(base)?;
        current = (base_id, base_arguments(base, base_id, &arguments, at, resolver, diagnostics));
    }
}

/// Declared members first, then those of each base; a hidden one is dropped.
fn members(id: ItemId, resolver: &Resolver<'_>, diagnostics: &mut Diagnostics) -> Members {
    let mut members = Members::default();
    let mut current = Some((id, Vec::new()));
    // The interfaces that an interface extends, which are still to be looked at.
    let mut pending: Vec<ItemId> = Vec::new();
    let mut visited = BTreeSet::new();
    while let Some((at, arguments)) = current.take() {
        let entry = &resolver.catalog.entries[at];
        if !visited.insert(at) || visited.len() > limits::BASES {
            report_endless_bases(id, resolver.catalog, visited.len(), diagnostics);
            break;
        }
        let arguments = Arguments::new(&entry.parameters, arguments);
        for property in &entry.definition.properties {
            let member = match member(property, resolver, at, diagnostics) {
                Some(Declared::Member(member)) => *member,
                Some(Declared::File(file)) => {
                    members.files.push(file);
                    continue;
                }
                None => continue,
            };
            let what = format!("{}.{}", entry.definition.name, property.name);
            let declared_by = (at != id).then(|| entry.key.dotnet());
            let ty = arguments.replace(&member.ty, &what, &property.pointer, diagnostics);
            members.declare(Member { declared_by, ty, ..member });
        }
        if entry.definition.is_interface {
            let extended = entry.definition.implements.iter().filter_map(|name| resolver.catalog.find_base(name));
            let is_plain = |interface: &ItemId| resolver.catalog.entries[*interface].parameters.is_empty();
            let extended = extended.filter(is_plain);
            pending.extend(extended);
            // Several can extend the same one.
            pending.retain(|interface| !visited.contains(interface));
            current = pending.pop().map(|interface| (interface, Vec::new()));
            continue;
        }
        let Some(base) = &entry.definition.inherits else { break };
        if let Some(base_id) = resolver.catalog.find_base(base) {
            let base_arguments = base_arguments(base, base_id, &arguments, at, resolver, diagnostics);
            current = Some((base_id, base_arguments));
        } else {
            report_undescribed_base(base, &entry.definition, diagnostics);
        }
    }
    members
}

/// The types that stand for the parameters of a base class, named by the class `at`, whose own parameters stand for `arguments`.
pub(crate) fn base_arguments(
    base: &TypeName,
    base_id: ItemId,
    arguments: &Arguments<'_>,
    at: ItemId,
    resolver: &Resolver<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Ty> {
    let entry = &resolver.catalog.entries[at];
    let pointer = entry.definition.pointer.as_str();
    let stated = match resolver.name(base, pointer, Some(at), diagnostics) {
        Meaning::Type(Ty::Item(_, args)) => args,
        // A base class that is replaced still gives its members.
        Meaning::Type(Ty::Foreign(_)) => resolver.arguments(base, pointer, Some(at), diagnostics),
        _ => Vec::new(),
    };
    let what = format!("an argument of {}, the base class of {},", base.name, entry.definition.name);
    let mut types: Vec<Ty> = stated.iter().map(|arg| arguments.replace(arg, &what, pointer, diagnostics)).collect();
    // An argument that cannot be found must not leave a parameter of the base behind.
    types.resize(resolver.catalog.entries[base_id].parameters.len(), builtin::value());
    types
}

/// Says that the base classes above a class have no end.
fn report_endless_bases(id: ItemId, catalog: &Catalog<'_>, found: usize, diagnostics: &mut Diagnostics) {
    let entry = &catalog.entries[id];
    let message = if found > limits::BASES {
        format!("more than {} base classes stand above {}", limits::BASES, entry.key.dotnet())
    } else {
        format!("the base classes above {} lead back to a class that they came from", entry.key.dotnet())
    };
    diagnostics.warn("EVO0065", &entry.definition.pointer, message, "the members up to there are taken");
}

/// The members of a record while they are found, each name once.
#[derive(Default)]
struct Members {
    all: Vec<Member>,
    files: Vec<FilePart>,
    by_name: BTreeMap<String, usize>,
}

impl Members {
    /// Adds a member that a class declares, unless one below hides it.
    fn declare(&mut self, member: Member) {
        let hiding = self.by_name.get(&member.dotnet_name).and_then(|index| self.all.get_mut(*index));
        match hiding {
            // An override is listed twice; `new` may change the type, and then the base's value can stand in its place.
            Some(hiding) => hiding.hides |= hiding.ty != member.ty,
            None => self.add(member),
        }
    }

    /// Adds a member unless there is one of its name.
    fn add(&mut self, member: Member) {
        if !self.by_name.contains_key(&member.dotnet_name) {
            self.by_name.insert(member.dotnet_name.clone(), self.all.len());
            self.all.push(member);
        }
    }
}

/// What stands for the parameters of a base class.
pub(crate) struct Arguments<'a> {
    parameters: &'a [String],
    types: Vec<Ty>,
    /// How many names make up each.
    names: Vec<usize>,
}

impl<'a> Arguments<'a> {
    pub fn new(parameters: &'a [String], types: Vec<Ty>) -> Self {
        let names = types.iter().map(limits::names).collect();
        Self { parameters, types, names }
    }

    /// The type with the parameters replaced. Each step down a chain of generic classes can double it, so that it is measured before.
    pub fn replace(&self, ty: &Ty, what: &str, pointer: &str, diagnostics: &mut Diagnostics) -> Ty {
        if limits::names_with(ty, self.parameters, &self.names) > TYPE_NAMES {
            return limits::too_large(what, pointer, diagnostics);
        }
        substitute(ty, self.parameters, &self.types)
    }
}

/// Remarks on a base class that is not described, unless it is one of .NET's.
fn report_undescribed_base(base: &TypeName, at: &Type, diagnostics: &mut Diagnostics) {
    if !builtin::is_system(&base.namespace) {
        diagnostics.warn(
            "EVO0031",
            &at.pointer,
            format!("the base class `{}` is not described", base.name),
            advice::missing_base(base),
        );
    }
}

/// What a class declares.
enum Declared {
    Member(Box<Member>),
    /// A file that is sent beside the request.
    File(FilePart),
}

/// What a property is; `None` if it does not travel.
fn member(property: &Property, resolver: &Resolver<'_>, at: ItemId, diagnostics: &mut Diagnostics) -> Option<Declared> {
    let meaning = resolver.property(property, at, diagnostics);
    let hints = hints::hints(property, &meaning);
    let ty = match meaning {
        Meaning::Type(ty) => ty,
        Meaning::Nothing => {
            diagnostics.note(
                "EVO0032",
                &property.pointer,
                format!("`{}` does not travel", property.type_name),
                format!("the member {} is left out", property.name),
            );
            return None;
        }
        Meaning::File => {
            diagnostics.note(
                "EVO0032",
                &property.pointer,
                format!("{} is a file, which is sent beside the request", property.name),
                "the member is left out; the documentation of the request tells the name of its part",
            );
            let part = FilePart { name: property.name.clone(), location: property.upload_to.clone() };
            return Some(Declared::File(part));
        }
    };
    let wire_name = property.data_member.as_ref().and_then(|member| member.name.clone());
    let texts = property.description.iter().cloned().chain(hints::help(property));
    Some(Declared::Member(Box::new(Member {
        name: (),
        dotnet_name: property.name.clone(),
        dotnet_type: dotnet_type(property),
        declared_by: None,
        deprecated: None,
        attributes: Vec::new(),
        wire_name: wire_name.filter(|name| !name.is_empty() && *name != property.name),
        hides: false,
        secret: false,
        required: property.is_required == Some(true),
        is_value: property.is_value_type && !matches!(ty, Ty::Option(_)),
        rules: rules::rules(&property.attributes, counts_items(&ty)),
        hints,
        docs: texts
            .filter(|text| !text.trim().is_empty())
            .map(|text| limits::text(&text, &property.pointer, diagnostics))
            .collect(),
        upload_to: property.upload_to.clone(),
        ty,
        setter: (),
    })))
}

/// Whether the length of a value is a number of items.
fn counts_items(ty: &Ty) -> bool {
    match ty {
        Ty::List(_) | Ty::Map(..) => true,
        Ty::Runtime(name, _) => name == "Bytes",
        _ => false,
    }
}

/// The .NET type of a property as C# spells it, without namespaces.
fn dotnet_type(property: &Property) -> String {
    let (simple, _) = split_arity(&property.type_name);
    let spelled = match property.generic_args.as_slice() {
        [] => simple.to_owned(),
        args => format!("{simple}<{}>", args.join(", ")),
    };
    // Older servers spell the parameters of generic types `'T`.
    spelled.replace('\'', "")
}

/// The type with the parameters of a base class replaced by its arguments.
pub(crate) fn substitute(ty: &Ty, parameters: &[String], arguments: &[Ty]) -> Ty {
    if arguments.is_empty() {
        return ty.clone();
    }
    let inside = |ty: &Ty| Box::new(substitute(ty, parameters, arguments));
    let all = |args: &[Ty]| args.iter().map(|arg| substitute(arg, parameters, arguments)).collect();
    match ty {
        Ty::Parameter(name) => {
            let position = parameters.iter().position(|parameter| parameter == name);
            position.and_then(|index| arguments.get(index)).cloned().unwrap_or_else(builtin::value)
        }
        Ty::Std(_) => ty.clone(),
        Ty::Runtime(name, args) => Ty::Runtime(name.clone(), all(args)),
        Ty::Item(id, args) => Ty::Item(*id, all(args)),
        Ty::Foreign(foreign) => Ty::Foreign(Foreign { args: all(&foreign.args), ..foreign.clone() }),
        Ty::Option(inner) => Ty::Option(inside(inner)),
        Ty::List(inner) => Ty::List(inside(inner)),
        Ty::Boxed(inner) => Ty::Boxed(inside(inner)),
        Ty::Map(key, value) => Ty::Map(inside(key), inside(value)),
    }
}
