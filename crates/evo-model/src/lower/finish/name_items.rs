//! Turns drafts into items: adds the names and every decision about each item, and keeps everything else.

use std::collections::BTreeSet;

use super::accessors::name_accessors;
use super::annotations::Annotations;
use super::names::Names;
use super::preferred_names::{PRELUDE, PreferredName, key_inside};
use super::setters::name_setters;
use crate::api::{
    Allowed, Enum, EnumMember, Flags, IdVec, Item, ItemId, ItemKind, Member, ModuleId, Record, Setter, Ty, Variant,
    Variants,
};
use crate::identifiers::{constant_name, member_name, type_name};
use crate::lower::draft::{self, MemberIds};

/// The decisions about each item before it is named.
pub(crate) struct Decisions<'a> {
    /// The traits that it derives, as written.
    pub derives: IdVec<ItemId, Vec<String>>,
    /// The arguments of `new`, as positions of members; `None` if the item is not sent.
    pub new: IdVec<ItemId, Option<Vec<usize>>>,
    /// Whether its response holds dates.
    pub has_dates: IdVec<ItemId, bool>,
    /// The members whose values are secrets.
    pub secrets: MemberIds,
    /// Notes and attributes from the settings.
    pub annotations: Annotations<'a>,
}

/// Names the contents of items.
pub(super) struct ItemNames<'a, 'n, 'd> {
    pub names: &'a mut Names<'n>,
    pub decisions: &'a mut Decisions<'d>,
    /// The names of all types, which type parameters must not take.
    pub types: &'a BTreeSet<&'a str>,
    /// The items that are lists or maps.
    pub collections: BTreeSet<ItemId>,
}

impl ItemNames<'_, '_, '_> {
    /// Turns a draft into an item. `preferred` holds the preferred names of its contents.
    pub fn name_item(
        &mut self,
        id: ItemId,
        draft: draft::Item,
        (name, module): (String, ModuleId),
        preferred: Vec<PreferredName<usize>>,
    ) -> Item {
        let class = draft.class_name().to_owned();
        let deprecated = self.decisions.annotations.note(&draft.dotnet);
        let attributes = self.decisions.annotations.attributes(&class);
        let unknown = key_inside(&draft.dotnet, 'V', "?");
        let kind = match draft.kind {
            ItemKind::Record(record) => ItemKind::Record(Box::new(self.name_record(id, &class, *record, preferred))),
            ItemKind::Enum(own) => {
                let names = self.names.give_unique_names(preferred, Some(&unknown), type_name);
                let unknown = self.names.give_free_name(unknown, &["Unknown", "Unrecognized"], &names);
                let members = self.name_enum_members(&class, own.members, names);
                ItemKind::Enum(Enum { is_number: own.is_number, members, unknown })
            }
            ItemKind::Flags(own) => {
                let names = self.names.give_unique_names(preferred, None, constant_name);
                ItemKind::Flags(Flags { flags: self.name_enum_members(&class, own.flags, names) })
            }
            ItemKind::Variants(own) => ItemKind::Variants(self.name_variants(own, preferred, unknown)),
            ItemKind::Collection(own) => ItemKind::Collection(own),
        };
        Item {
            name,
            module,
            simple_name: draft.simple_name,
            namespace: draft.namespace,
            dotnet: draft.dotnet,
            docs: draft.docs,
            is_data_contract: draft.is_data_contract,
            deprecated,
            derives: std::mem::take(&mut self.decisions.derives[id]),
            attributes,
            features: BTreeSet::new(),
            allowed: Allowed::default(),
            has_dates: self.decisions.has_dates[id],
            kind,
        }
    }

    fn name_record(
        &mut self,
        id: ItemId,
        class: &str,
        draft: draft::Record,
        preferred: Vec<PreferredName<usize>>,
    ) -> Record {
        let parameters = self.name_parameters(&draft.parameters);
        let names = self.names.give_unique_names(preferred, None, member_name);
        let new = self.decisions.new[id].take();
        let mut setters = new.is_some().then(|| name_setters(&names, &self.decisions.derives[id]).into_iter());
        let mut members = Vec::with_capacity(names.len());
        for (position, (mut member, name)) in draft.members.into_iter().zip(names).enumerate() {
            rename_parameters(&mut member.ty, &parameters);
            let method = setters.as_mut().and_then(Iterator::next);
            members.push(Member {
                name,
                deprecated: self.decisions.annotations.note_of_member(class, &member),
                attributes: self.decisions.annotations.attributes_of_member(class, &member),
                secret: self.decisions.secrets.contains(&(id, position)),
                counts_items: self.has_items(&member.ty),
                setter: method.map(|method| Setter { method, ty: member.ty.without_option().clone() }),
                lints: Vec::new(),
                dotnet_name: member.dotnet_name,
                dotnet_type: member.dotnet_type,
                declared_by: member.declared_by,
                wire_name: member.wire_name,
                hides: member.hides,
                required: member.required,
                is_value: member.is_value,
                rules: member.rules,
                hints: member.hints,
                upload_to: member.upload_to,
                docs: member.docs,
                ty: member.ty,
            });
        }
        Record {
            parameters: parameters.into_iter().map(|(_, name)| name).collect(),
            members,
            files: draft.files,
            new,
            operation: draft.operation,
            validate: None,
        }
    }

    /// Whether a value is a list, a map or bytes, whose length is a number of items.
    fn has_items(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Option(inner) | Ty::Boxed(inner) => self.has_items(inner),
            Ty::List(_) | Ty::Map(..) => true,
            Ty::Runtime(name, _) => name == "Bytes",
            Ty::Item(id, _) => self.collections.contains(id),
            Ty::Std(_) | Ty::Parameter(_) | Ty::Foreign(_) => false,
        }
    }

    fn name_enum_members(
        &mut self,
        class: &str,
        drafts: Vec<draft::EnumMember>,
        names: Vec<String>,
    ) -> Vec<EnumMember> {
        let mut name_member = |(draft, name): (draft::EnumMember, String)| EnumMember {
            name,
            deprecated: self.decisions.annotations.note_inside(class, &draft.dotnet_name),
            attributes: self.decisions.annotations.attributes_inside(class, &draft.dotnet_name),
            dotnet_name: draft.dotnet_name,
            wire_name: draft.wire_name,
            value: draft.value,
            docs: draft.docs,
        };
        drafts.into_iter().zip(names).map(&mut name_member).collect()
    }

    fn name_variants(
        &mut self,
        draft: draft::Variants,
        preferred: Vec<PreferredName<usize>>,
        other: String,
    ) -> Variants {
        let names = self.names.give_unique_names(preferred, Some(&other), type_name);
        let other = self.names.give_free_name(other, &["Other", "OtherClass"], &names);
        let accessors = name_accessors(&names);
        let classes = draft.variants.into_iter().zip(names).zip(accessors).map(|((variant, name), accessor)| Variant {
            name,
            accessor,
            dotnet: variant.dotnet,
            item: variant.item,
        });
        Variants {
            variants: classes.collect(),
            base: draft.base,
            other,
            is_typed: draft.is_typed,
            accessors: Vec::new(),
        }
    }

    /// Names type parameters, and returns each as .NET name and Rust name. Nobody writes these names, so they need not be stable: types
    /// take precedence.
    fn name_parameters(&self, parameters: &[String]) -> Vec<(String, String)> {
        let mut named: Vec<(String, String)> = Vec::with_capacity(parameters.len());
        for parameter in parameters {
            let mut name = type_name(parameter);
            let is_taken = |name: &str| named.iter().any(|(_, other)| other == name) || self.types.contains(name);
            while is_taken(&name) || PRELUDE.contains(&name.as_str()) {
                name = format!("{}Arg", name.trim_end_matches('_'));
            }
            named.push((parameter.clone(), name));
        }
        named
    }
}

fn rename_parameters(ty: &mut Ty, parameters: &[(String, String)]) {
    if parameters.is_empty() {
        return;
    }
    ty.each_mut(&mut |ty| {
        if let Ty::Parameter(name) = ty
            && let Some((_, named)) = parameters.iter().find(|(dotnet, _)| dotnet == name)
        {
            name.clone_from(named);
        }
    });
}
