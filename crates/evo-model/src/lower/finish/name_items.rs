//! Turns drafts into items: fills in the names, and keeps everything else.

use std::collections::BTreeSet;

use super::accessors::name_accessors;
use super::names::Names;
use super::setters::name_setters;
use super::wanted_names::{PRELUDE, Wanted, key_inside};
use crate::api::{Enum, EnumMember, Flags, Item, ItemKind, Member, ModuleId, Record, Setter, Ty, Variant, Variants};
use crate::identifiers::{constant_name, member_name, type_name};
use crate::lower::draft;

/// What was decided for an item before the things inside it are named.
pub(super) struct Decided {
    pub name: String,
    pub module: ModuleId,
    pub derives: Vec<String>,
}

impl Names<'_> {
    /// Names what is inside an item. `types` are the names of all items.
    pub(super) fn name_item(
        &mut self,
        item: draft::Item,
        decided: Decided,
        wanted: Vec<Wanted<usize>>,
        types: &BTreeSet<&str>,
    ) -> Item {
        let other = key_inside(&item.dotnet, 'V', "?");
        let kind = match item.kind {
            ItemKind::Record(record) => {
                ItemKind::Record(Box::new(self.name_record(*record, wanted, types, &decided.derives)))
            }
            ItemKind::Enum(enumeration) => ItemKind::Enum(self.name_enum(enumeration, wanted, other)),
            ItemKind::Flags(flags) => {
                let names = self.unique(wanted, None, constant_name);
                ItemKind::Flags(Flags { flags: name_enum_members(flags.flags, names) })
            }
            ItemKind::Variants(variants) => ItemKind::Variants(self.name_variants(variants, wanted, other)),
            ItemKind::Collection(collection) => ItemKind::Collection(collection),
        };
        Item {
            name: decided.name,
            module: decided.module,
            simple_name: item.simple_name,
            namespace: item.namespace,
            dotnet: item.dotnet,
            docs: item.docs,
            deprecated: item.deprecated,
            derives: decided.derives,
            attributes: item.attributes,
            features: item.features,
            kind,
        }
    }

    fn name_record(
        &mut self,
        mut record: draft::Record,
        wanted: Vec<Wanted<usize>>,
        types: &BTreeSet<&str>,
        derives: &[String],
    ) -> Record {
        name_parameters(&mut record, types);
        let names = self.unique(wanted, None, member_name);
        let mut setters = record.new.is_some().then(|| name_setters(&names, derives).into_iter());
        let members = record.members.into_iter().zip(names).map(|(member, name)| Member {
            name,
            setter: setters
                .as_mut()
                .and_then(Iterator::next)
                .map(|method| Setter { method, ty: member.ty.without_option().clone() }),
            dotnet_name: member.dotnet_name,
            dotnet_type: member.dotnet_type,
            declared_by: member.declared_by,
            deprecated: member.deprecated,
            attributes: member.attributes,
            wire_name: member.wire_name,
            hides: member.hides,
            secret: member.secret,
            required: member.required,
            is_value: member.is_value,
            rules: member.rules,
            hints: member.hints,
            upload_to: member.upload_to,
            docs: member.docs,
            ty: member.ty,
        });
        Record {
            parameters: record.parameters,
            members: members.collect(),
            files: record.files,
            only_received: record.only_received,
            new: record.new,
            operation: record.operation,
            validate: record.validate,
        }
    }

    fn name_enum(&mut self, enumeration: draft::Enum, wanted: Vec<Wanted<usize>>, unknown: String) -> Enum {
        let names = self.unique(wanted, Some(&unknown), type_name);
        let unknown = self.free(unknown, &["Unknown", "Unrecognized"], &names);
        Enum { is_number: enumeration.is_number, members: name_enum_members(enumeration.members, names), unknown }
    }

    fn name_variants(&mut self, variants: draft::Variants, wanted: Vec<Wanted<usize>>, other: String) -> Variants {
        let names = self.unique(wanted, Some(&other), type_name);
        let other = self.free(other, &["Other", "OtherClass"], &names);
        let accessors = name_accessors(&names);
        let classes = variants
            .variants
            .into_iter()
            .zip(names)
            .zip(accessors)
            .map(|((variant, name), accessor)| Variant { name, accessor, dotnet: variant.dotnet, item: variant.item });
        Variants {
            variants: classes.collect(),
            base: variants.base,
            other,
            is_typed: variants.is_typed,
            accessors: variants.accessors,
        }
    }
}

fn name_enum_members(members: Vec<draft::EnumMember>, names: Vec<String>) -> Vec<EnumMember> {
    let members = members.into_iter().zip(names).map(|(member, name)| EnumMember {
        name,
        dotnet_name: member.dotnet_name,
        wire_name: member.wire_name,
        value: member.value,
        deprecated: member.deprecated,
        attributes: member.attributes,
        docs: member.docs,
    });
    members.collect()
}

/// Names the type parameters. Nobody writes these names, so that they need not stay: they give way to the types.
fn name_parameters(record: &mut draft::Record, types: &BTreeSet<&str>) {
    if record.parameters.is_empty() {
        return;
    }
    let mut named: Vec<String> = Vec::with_capacity(record.parameters.len());
    for parameter in &record.parameters {
        let mut name = type_name(parameter);
        while named.contains(&name) || types.contains(name.as_str()) || PRELUDE.contains(&name.as_str()) {
            name.push_str("Arg");
        }
        named.push(name);
    }
    let before = std::mem::replace(&mut record.parameters, named);
    for member in &mut record.members {
        member.ty.each_mut(&mut |ty| {
            if let Ty::Parameter(name) = ty
                && let Some(position) = before.iter().position(|parameter| parameter == name)
                && let Some(named) = record.parameters.get(position)
            {
                name.clone_from(named);
            }
        });
    }
}
