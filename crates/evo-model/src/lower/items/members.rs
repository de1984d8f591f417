//! The members of a class: those that it declares, then those of its base classes.

use std::collections::{BTreeMap, BTreeSet};

use super::bases::{Arguments, resolve_base_arguments};
use super::{hints, rules};
use crate::api::{FilePart, ItemId, Ty};
use crate::diagnostics::Diagnostics;
use crate::lower::draft::Member;
use crate::lower::resolve::{Meaning, Resolver, advice};
use crate::lower::{builtin, csharp, limits};
use crate::metadata::{Property, Type, TypeName};

/// Collects the members of a class, and the files that are sent alongside it. Declared members come first, then those of each base class;
/// hidden ones are dropped.
pub(super) fn collect_members(
    id: ItemId,
    resolver: &Resolver<'_>,
    diagnostics: &mut Diagnostics,
) -> (Vec<Member>, Vec<FilePart>) {
    let catalog = resolver.catalog;
    let mut collected = Collected::default();
    let mut current = Some((id, Vec::new()));
    // The same arguments in C# syntax, for the documentation.
    let mut spelled: Vec<String> = Vec::new();
    // The interfaces extended by an interface that are still to be visited.
    let mut pending: Vec<ItemId> = Vec::new();
    let mut visited = BTreeSet::new();
    while let Some((at, arguments)) = current.take() {
        let entry = &catalog.entries[at];
        if !visited.insert(at) || visited.len() > limits::BASES {
            report_endless_bases(id, resolver, visited.len(), diagnostics);
            break;
        }
        let arguments = Arguments::new(&entry.parameters, arguments);
        let in_csharp = csharp::Arguments { parameters: &entry.parameters, spelled: &spelled };
        let declared_by = (at != id).then(|| entry.key.dotnet());
        for property in &entry.definition.properties {
            match read_property(property, declared_by.as_ref(), in_csharp, resolver, at, diagnostics) {
                Some(Declared::Member(mut member)) => {
                    let what = format!("{}.{}", entry.definition.name, property.name);
                    member.ty = arguments.replace(&member.ty, &what, &property.pointer, diagnostics);
                    collected.declare(*member);
                }
                Some(Declared::File(file)) => collected.files.push(file),
                None => {}
            }
        }
        if entry.definition.is_interface {
            let extended = entry.definition.implements.iter().filter_map(|name| catalog.find_base(name));
            let is_plain = |interface: &ItemId| catalog.entries[*interface].parameters.is_empty();
            pending.extend(extended.filter(is_plain));
            // Several interfaces may extend the same one.
            pending.retain(|interface| !visited.contains(interface));
            current = pending.pop().map(|interface| (interface, Vec::new()));
            continue;
        }
        let Some(name) = &entry.definition.inherits else { break };
        match catalog.find_base(name) {
            Some(base) => {
                current = Some((base, resolve_base_arguments(name, base, &arguments, at, resolver, diagnostics)));
                spelled = name.generic_args.iter().map(|arg| csharp::format_type(arg, &[], in_csharp)).collect();
            }
            None => report_undescribed_base(name, &entry.definition, diagnostics),
        }
    }
    (collected.members, collected.files)
}

/// The members of a class as they are collected, each name once.
#[derive(Default)]
struct Collected {
    members: Vec<Member>,
    files: Vec<FilePart>,
    by_name: BTreeMap<String, usize>,
}

impl Collected {
    /// Adds a member unless a derived class hides it.
    fn declare(&mut self, member: Member) {
        let hiding = self.by_name.get(&member.dotnet_name).and_then(|index| self.members.get_mut(*index));
        match hiding {
            // An override is listed twice; `new` may change the type, in which case the base's value may be sent instead.
            Some(hiding) => hiding.hides |= hiding.ty != member.ty,
            None => {
                self.by_name.insert(member.dotnet_name.clone(), self.members.len());
                self.members.push(member);
            }
        }
    }
}

/// A property that a class declares.
enum Declared {
    Member(Box<Member>),
    /// A file that is sent alongside the request.
    File(FilePart),
}

/// Reads a property of the class `at`. Returns `None` if it is never serialized.
fn read_property(
    property: &Property,
    declared_by: Option<&String>,
    in_csharp: csharp::Arguments<'_>,
    resolver: &Resolver<'_>,
    at: ItemId,
    diagnostics: &mut Diagnostics,
) -> Option<Declared> {
    let meaning = resolver.resolve_property(property, at, diagnostics);
    let hints = hints::read_hints(property, &meaning);
    let ty = match meaning {
        Meaning::Type(ty) => ty,
        Meaning::Nothing => {
            diagnostics.note(
                "EVO0032",
                &property.pointer,
                format!("`{}` cannot be serialized", property.type_name),
                format!("the member {} is left out", property.name),
            );
            return None;
        }
        Meaning::File => {
            diagnostics.note(
                "EVO0032",
                &property.pointer,
                format!("{} is a file, which is sent in addition to the request", property.name),
                "the member is left out; the documentation of a request that contains it gives the name of its part",
            );
            let part = FilePart { name: property.name.clone(), location: property.upload_to.clone() };
            return Some(Declared::File(part));
        }
    };
    let texts = property.description.iter().cloned().chain(hints::read_help(property));
    Some(Declared::Member(Box::new(Member {
        name: (),
        dotnet_name: property.name.clone(),
        dotnet_type: csharp::format_type(&property.type_name, &property.generic_args, in_csharp),
        declared_by: declared_by.cloned(),
        deprecated: (),
        attributes: (),
        wire_name: property.wire_name.clone().filter(|name| *name != property.name),
        hides: false,
        secret: (),
        required: property.is_required == Some(true),
        is_value: property.is_value_type && !matches!(ty, Ty::Option(_)),
        rules: rules::read_rules(&property.attributes),
        hints,
        docs: texts
            .filter(|text| !text.trim().is_empty())
            .map(|text| limits::text(&text, &property.pointer, diagnostics))
            .collect(),
        upload_to: property.upload_to.clone(),
        ty,
        counts_items: (),
        setter: (),
        lints: (),
    })))
}

/// Reports an endless chain of base classes.
fn report_endless_bases(id: ItemId, resolver: &Resolver<'_>, found: usize, diagnostics: &mut Diagnostics) {
    let entry = &resolver.catalog.entries[id];
    let message = if found > limits::BASES {
        format!("{} has more than {} base classes", entry.key.dotnet(), limits::BASES)
    } else {
        format!("the base classes of {} form a cycle", entry.key.dotnet())
    };
    diagnostics.warn("EVO0065", &entry.definition.pointer, message, "the members up to that point are used");
}

/// Reports a base class that is not described, unless it is a .NET class.
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
