//! The items of the model, in the order of the catalog: what each described type is, with the members it declares and inherits.
//!
//! Types of members are what the document says here: `Option` stands for `Nullable` only. Who sends and who receives a type is
//! not known yet; [`members`](super::members) decides with it.

use std::collections::BTreeSet;

use super::builtin;
use super::catalog::{Catalog, Entry};
use super::resolve::{Meaning, Resolver};
use super::spelling::split_arity;
use crate::api::{Choice, ChoiceMember, Collection, Flags, Item, ItemKind, Member, Record, Ty};
use crate::diagnostics::Diagnostics;
use crate::metadata::{Property, Type, TypeName};

/// Makes an item of each entry of the catalog, with the remarks about it. Names are the .NET ones yet.
pub(super) fn items(resolver: &Resolver<'_>) -> (Vec<Item>, Vec<Diagnostics>) {
    let mut remarks: Vec<Diagnostics> = Vec::new();
    let entries = resolver.catalog.entries.iter().enumerate();
    let items = entries
        .map(|(index, entry)| {
            let mut diagnostics = Diagnostics::default();
            let item = item(index, entry, resolver, &mut diagnostics);
            remarks.push(diagnostics);
            item
        })
        .collect();
    (items, remarks)
}

fn item(index: usize, entry: &Entry<'_>, resolver: &Resolver<'_>, diagnostics: &mut Diagnostics) -> Item {
    Item {
        name: entry.key.simple().to_owned(),
        module: 0,
        namespace: entry.key.namespace.clone(),
        dotnet: entry.key.dotnet(),
        docs: docs(&entry.definition),
        derives: Vec::new(),
        kind: kind(index, entry, resolver, diagnostics),
    }
}

fn docs(definition: &Type) -> Vec<String> {
    [&definition.description, &definition.notes]
        .into_iter()
        .flatten()
        .filter(|text| !text.trim().is_empty())
        .cloned()
        .collect()
}

fn kind(index: usize, entry: &Entry<'_>, resolver: &Resolver<'_>, diagnostics: &mut Diagnostics) -> ItemKind {
    let definition = &entry.definition;
    if definition.is_enum {
        let is_flags = definition.attributes.iter().any(|attribute| attribute.name == "Flags");
        let members = enum_members(definition, diagnostics);
        return if is_flags {
            ItemKind::Flags(Flags { flags: members })
        } else {
            ItemKind::Choice(Choice { is_number: definition.is_enum_int, members, unknown: String::new() })
        };
    }
    if let Some(inner) = collection(index, resolver, diagnostics) {
        return ItemKind::Collection(Collection { inner });
    }
    ItemKind::Record(Box::new(Record {
        dotnet_name: entry.key.simple().to_owned(),
        parameters: entry.parameters.clone(),
        members: members(index, resolver, diagnostics),
        ..Record::default()
    }))
}

fn enum_members(definition: &Type, diagnostics: &mut Diagnostics) -> Vec<ChoiceMember> {
    let names = definition.enum_names.iter().enumerate();
    names
        .map(|(index, name)| {
            let number = i64::try_from(index).unwrap_or(i64::MAX);
            let stated = definition.enum_values.get(index);
            let value = stated.map_or(Ok(number), |value| value.trim().parse());
            let at = |list: &[Option<String>]| list.get(index).cloned().flatten();
            ChoiceMember {
                name: name.clone(),
                dotnet_name: name.clone(),
                wire_name: at(&definition.enum_member_values).filter(|wire| wire != name),
                value: value.unwrap_or_else(|_| {
                    diagnostics.warn(
                        "EVO0030",
                        &definition.pointer,
                        format!("the value of {}.{name} is no 64-bit number", definition.name),
                        "its place in the list is taken",
                    );
                    number
                }),
                docs: at(&definition.enum_descriptions).filter(|text| !text.trim().is_empty()).into_iter().collect(),
            }
        })
        .collect()
}

/// The list or map that a class derives from, itself or through its bases.
fn collection(index: usize, resolver: &Resolver<'_>, diagnostics: &mut Diagnostics) -> Option<Ty> {
    let mut current = index;
    let mut visited = BTreeSet::new();
    while visited.insert(current) {
        let entry = resolver.catalog.get(current)?;
        let base = entry.definition.inherits.as_ref()?;
        if builtin::is_system(&base.namespace) {
            let meaning = resolver.name(base, &entry.definition.pointer, Some(current), diagnostics);
            return match meaning {
                Meaning::Type(ty @ (Ty::List(_) | Ty::Map(..))) => Some(ty),
                _ => None,
            };
        }
        current = described_base(resolver.catalog, base)?;
    }
    None
}

/// The base class, where the document describes it.
pub(super) fn described_base(catalog: &Catalog<'_>, base: &TypeName) -> Option<usize> {
    let (simple, _) = split_arity(&base.name);
    catalog.find(&base.namespace, simple, base.generic_args.len())
}

/// Declared members first, then those of each base; a hidden one is dropped.
fn members(index: usize, resolver: &Resolver<'_>, diagnostics: &mut Diagnostics) -> Vec<Member> {
    let mut members: Vec<Member> = Vec::new();
    let mut current = Some((index, Vec::new()));
    let mut visited = BTreeSet::new();
    while let Some((at, arguments)) = current.take() {
        let Some(entry) = resolver.catalog.get(at).filter(|_| visited.insert(at)) else { break };
        let declared = entry.definition.properties.iter().filter_map(|property| {
            let member = member(property, resolver, at, diagnostics)?;
            Some(Member { ty: substitute(&member.ty, &entry.parameters, &arguments), ..member })
        });
        for member in declared.collect::<Vec<_>>() {
            match members.iter_mut().find(|other| other.dotnet_name == member.dotnet_name) {
                // An override is listed twice; `new` may change the type, and then the base's value can stand in its place.
                Some(hiding) => hiding.hides |= hiding.ty != member.ty,
                None => members.push(member),
            }
        }
        let Some(base) = &entry.definition.inherits else { break };
        if let Some(base_index) = described_base(resolver.catalog, base) {
            let base_arguments = match resolver.name(base, &entry.definition.pointer, Some(at), diagnostics) {
                Meaning::Type(Ty::Item(_, args)) => args,
                _ => Vec::new(),
            };
            let base_arguments = base_arguments.iter().map(|arg| substitute(arg, &entry.parameters, &arguments));
            let mut base_arguments: Vec<Ty> = base_arguments.collect();
            // An argument that cannot be found must not leave a parameter of the base behind.
            let parameters = resolver.catalog.get(base_index).map_or(0, |base| base.parameters.len());
            base_arguments.resize(parameters, builtin::value());
            current = Some((base_index, base_arguments));
        } else {
            for member in undescribed_base(base, resolver, at, diagnostics) {
                if !members.iter().any(|other| other.dotnet_name == member.dotnet_name) {
                    members.push(member);
                }
            }
        }
    }
    members
}

/// The members of a base class of ServiceStack's that the document does not describe.
fn undescribed_base(base: &TypeName, resolver: &Resolver<'_>, at: usize, diagnostics: &mut Diagnostics) -> Vec<Member> {
    let (simple, _) = split_arity(&base.name);
    let known = builtin::is_service_stack(&base.namespace).then(|| builtin::base_members(simple)).flatten();
    let Some(known) = known else {
        if !builtin::is_system(&base.namespace) {
            let pointer = resolver.catalog.get(at).map_or("", |entry| entry.definition.pointer.as_str());
            diagnostics.warn(
                "EVO0031",
                pointer,
                format!("the base class `{}` is not described", base.name),
                "its members are missing",
            );
        }
        return Vec::new();
    };
    let properties = known.iter().map(|(name, type_name, args)| Property {
        name: (*name).to_owned(),
        type_name: (*type_name).to_owned(),
        namespace: "System".to_owned(),
        generic_args: args.iter().map(|arg| (*arg).to_owned()).collect(),
        is_value_type: *type_name == "Nullable`1",
        ..Property::default()
    });
    properties.filter_map(|property| member(&property, resolver, at, diagnostics)).collect()
}

fn member(property: &Property, resolver: &Resolver<'_>, at: usize, diagnostics: &mut Diagnostics) -> Option<Member> {
    let ty = match resolver.property(property, at, diagnostics) {
        Meaning::Type(ty) => ty,
        Meaning::Nothing => {
            diagnostics.warn(
                "EVO0032",
                &property.pointer,
                format!("a {} does not travel", property.type_name),
                format!("the member {} is left out", property.name),
            );
            return None;
        }
    };
    let wire_name = property.data_member.as_ref().and_then(|member| member.name.clone());
    Some(Member {
        name: property.name.clone(),
        dotnet_name: property.name.clone(),
        wire_name: wire_name.filter(|name| !name.is_empty() && *name != property.name),
        hides: false,
        required: property.is_required == Some(true),
        docs: member_docs(property),
        ty,
        setter: None,
    })
}

fn member_docs(property: &Property) -> Vec<String> {
    let mut docs: Vec<String> = property.description.iter().filter(|text| !text.trim().is_empty()).cloned().collect();
    if property.is_required == Some(true) {
        docs.push("Required.".to_owned());
    }
    if !property.allowable_values.is_empty() {
        docs.push(format!("One of {}.", property.allowable_values.join(", ")));
    }
    match (&property.allowable_min, &property.allowable_max) {
        (Some(min), Some(max)) => docs.push(format!("From {min} to {max}.")),
        (Some(min), None) => docs.push(format!("At least {min}.")),
        (None, Some(max)) => docs.push(format!("At most {max}.")),
        (None, None) => {}
    }
    docs
}

/// The type with the parameters of a base class replaced by its arguments.
pub(super) fn substitute(ty: &Ty, parameters: &[String], arguments: &[Ty]) -> Ty {
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
        Ty::Item(index, args) => Ty::Item(*index, all(args)),
        Ty::Option(inner) => Ty::Option(inside(inner)),
        Ty::List(inner) => Ty::List(inside(inner)),
        Ty::Boxed(inner) => Ty::Boxed(inside(inner)),
        Ty::Map(key, value) => Ty::Map(inside(key), inside(value)),
    }
}
