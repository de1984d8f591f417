//! The settings `deprecated` and `attributes`: what is written above types, members and variants. Documents do not mark deprecated items,
//! since hosts do not export `[Obsolete]`.

use crate::Error;
use crate::api::{IdVec, ItemId};
use crate::config::{Attribute, Settings};
use crate::lower::draft::{Item, ItemKind, Member};
use crate::lower::lookup::Lookup;

/// The notes and attributes from the settings.
pub(crate) struct Annotations<'a> {
    deprecated: Lookup<'a, String>,
    attributes: Lookup<'a, Vec<Attribute>>,
}

impl<'a> Annotations<'a> {
    /// Reads the settings, and checks `deprecated` against all items, some of which may be dropped later.
    ///
    /// # Errors
    ///
    /// If `deprecated` names something that does not exist.
    pub fn new(items: &IdVec<ItemId, Item>, settings: &'a Settings) -> Result<Self, Error> {
        let mut annotations = Self {
            deprecated: Lookup::new("deprecated", &settings.deprecated),
            attributes: Lookup::new("attributes", &settings.attributes),
        };
        if !annotations.deprecated.is_empty() {
            for item in items {
                annotations.look_up_notes(item);
            }
            annotations.deprecated.finish()?;
            annotations.deprecated = Lookup::new("deprecated", &settings.deprecated);
        }
        Ok(annotations)
    }

    /// Ends the lookup once everything has its attributes.
    ///
    /// # Errors
    ///
    /// If `attributes` names something that does not exist.
    pub fn finish(self) -> Result<(), Error> {
        self.attributes.finish()
    }

    fn look_up_notes(&mut self, item: &Item) {
        self.note(&item.dotnet);
        let class = item.class_name();
        match &item.kind {
            ItemKind::Record(record) => record.members.iter().for_each(|member| _ = self.note_of_member(class, member)),
            ItemKind::Enum(own) => own.members.iter().for_each(|own| _ = self.note_inside(class, &own.dotnet_name)),
            ItemKind::Flags(own) => own.flags.iter().for_each(|flag| _ = self.note_inside(class, &flag.dotnet_name)),
            ItemKind::Collection(_) | ItemKind::Variants(_) => {}
        }
    }

    /// Returns the deprecation note of a type.
    pub fn note(&mut self, name: &str) -> Option<String> {
        self.deprecated.get(name).cloned()
    }

    /// Returns the deprecation note of something inside a type.
    pub fn note_inside(&mut self, class: &str, name: &str) -> Option<String> {
        self.first_note(&self.deprecated.member_names(class, name, None))
    }

    /// Returns the deprecation note of a member, which is named by the class that has it or by the one that declares it.
    pub fn note_of_member(&mut self, class: &str, member: &Member) -> Option<String> {
        self.first_note(&self.deprecated.member_names(class, &member.dotnet_name, member.declared_by.as_deref()))
    }

    /// Returns the note of the first of these names that has one. All of them count as used.
    fn first_note(&mut self, names: &[String]) -> Option<String> {
        let notes: Vec<_> = names.iter().filter_map(|name| self.note(name)).collect();
        notes.into_iter().next()
    }

    /// Returns the attributes of a type.
    pub fn attributes(&mut self, name: &str) -> Vec<String> {
        self.collect_attributes(&[name.to_owned()])
    }

    /// The attributes of a member, which is named as for [`note_of_member`](Self::note_of_member).
    pub fn attributes_of_member(&mut self, class: &str, member: &Member) -> Vec<String> {
        let names = self.attributes.member_names(class, &member.dotnet_name, member.declared_by.as_deref());
        self.collect_attributes(&names)
    }

    /// The attributes of something inside a type.
    pub fn attributes_inside(&mut self, class: &str, name: &str) -> Vec<String> {
        self.collect_attributes(&self.attributes.member_names(class, name, None))
    }

    /// The attributes that the settings state for these names, each once.
    fn collect_attributes(&mut self, names: &[String]) -> Vec<String> {
        let mut attributes: Vec<String> = Vec::new();
        let annotations: Vec<_> = names.iter().flat_map(|name| self.attributes.all(name)).collect();
        for attribute in annotations.into_iter().flatten().map(Attribute::as_str) {
            if !attributes.iter().any(|other| other == attribute) {
                attributes.push(attribute.to_owned());
            }
        }
        attributes
    }
}
