//! Visits the types of an item, and the types inside a type.

use super::{Foreign, Item, ItemId, ItemKind, Stage, Ty};

/// The position of a type in an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position<'a> {
    /// It is the type of a member.
    Member {
        /// The C# name of the member.
        name: &'a str,
        /// The base class that declares it, if it is inherited.
        declared_by: Option<&'a str>,
    },
    /// It is the list or map that the class represents.
    Collection,
    /// It is the response of the request.
    Answer,
}

impl<'a> Position<'a> {
    fn of_member(name: &'a str, declared_by: Option<&'a String>) -> Self {
        Self::Member { name, declared_by: declared_by.map(String::as_str) }
    }
}

impl<S: Stage> Item<S> {
    /// Returns the types of an item, each with its position.
    pub fn types(&self) -> impl Iterator<Item = (Position<'_>, &Ty)> {
        let (members, collection) = match &self.kind {
            ItemKind::Record(record) => (record.members.as_slice(), None),
            ItemKind::Collection(collection) => (&[][..], Some(&collection.inner)),
            ItemKind::Enum(_) | ItemKind::Flags(_) | ItemKind::Variants(_) => (&[][..], None),
        };
        let members = members
            .iter()
            .map(|member| (Position::of_member(&member.dotnet_name, member.declared_by.as_ref()), &member.ty));
        let answer = self.operation().and_then(|operation| operation.answer.ty());
        members.chain(collection.map(|ty| (Position::Collection, ty))).chain(answer.map(|ty| (Position::Answer, ty)))
    }

    /// Returns the types of an item, mutably.
    pub fn types_mut(&mut self) -> impl Iterator<Item = (Position<'_>, &mut Ty)> {
        let (members, collection, operation) = match &mut self.kind {
            ItemKind::Record(record) => (record.members.as_mut_slice(), None, record.operation.as_mut()),
            ItemKind::Collection(collection) => {
                (&mut [][..], Some(&mut collection.inner), collection.operation.as_deref_mut())
            }
            ItemKind::Enum(_) | ItemKind::Flags(_) | ItemKind::Variants(_) => (&mut [][..], None, None),
        };
        let members = members
            .iter_mut()
            .map(|member| (Position::of_member(&member.dotnet_name, member.declared_by.as_ref()), &mut member.ty));
        let answer = operation.and_then(|operation| operation.answer.ty_mut());
        members.chain(collection.map(|ty| (Position::Collection, ty))).chain(answer.map(|ty| (Position::Answer, ty)))
    }

    /// Returns the types that a value of the item holds: those of its members, but not the response of a request.
    pub fn held_types(&self) -> impl Iterator<Item = &Ty> {
        self.types().filter(|(position, _)| *position != Position::Answer).map(|(_, ty)| ty)
    }

    /// Visits each type of an item, and every type inside it.
    pub fn each_type(&self, visit: &mut dyn FnMut(&Ty)) {
        self.types().for_each(|(_, ty)| ty.each(visit));
    }

    /// Changes each type of an item, and every type inside it.
    pub fn each_type_mut(&mut self, change: &mut dyn FnMut(&mut Ty)) {
        self.types_mut().for_each(|(_, ty)| ty.each_mut(change));
    }

    /// Returns the items that a value of the item holds: in its members, or as one of its classes.
    #[must_use]
    pub fn held_items(&self) -> Vec<ItemId> {
        match &self.kind {
            ItemKind::Variants(variants) => {
                variants.variants.iter().map(|variant| variant.item).chain([variants.base.item]).collect()
            }
            _ => self.held_types().flat_map(Ty::items).collect(),
        }
    }

    /// Returns the items that the item mentions: those that it holds, and those of its operation.
    #[must_use]
    pub fn mentioned_items(&self) -> Vec<ItemId> {
        let mut mentioned = self.held_items();
        if let Some(operation) = self.operation() {
            mentioned.extend(operation.answer.ty().into_iter().flat_map(Ty::items));
            mentioned.extend(&operation.rows);
        }
        mentioned
    }

    /// Changes the id of each item that an item mentions.
    pub fn each_id_mut(&mut self, change: &mut dyn FnMut(&mut ItemId)) {
        self.each_type_mut(&mut |ty| {
            if let Ty::Item(id, _) = ty {
                change(id);
            }
        });
        if let Some(operation) = self.operation_mut() {
            operation.rows.iter_mut().for_each(&mut *change);
        }
        if let ItemKind::Variants(variants) = &mut self.kind {
            change(&mut variants.base.item);
            variants.variants.iter_mut().for_each(|variant| change(&mut variant.item));
        }
    }
}

impl Ty {
    /// Returns the types directly inside this one.
    pub fn inner(&self) -> impl Iterator<Item = &Ty> {
        let (args, boxed): (&[Ty], [Option<&Ty>; 2]) = match self {
            Self::Std(_) | Self::Parameter(_) => (&[], [None, None]),
            Self::Runtime(_, args) | Self::Item(_, args) | Self::Foreign(Foreign { args, .. }) => (args, [None, None]),
            Self::Option(inner) | Self::List(inner) | Self::Boxed(inner) => (&[], [Some(inner), None]),
            Self::Map(key, value) => (&[], [Some(key), Some(value)]),
        };
        args.iter().chain(boxed.into_iter().flatten())
    }

    /// Returns the types directly inside this one, mutably.
    pub fn inner_mut(&mut self) -> impl Iterator<Item = &mut Ty> {
        let (args, boxed): (&mut [Ty], [Option<&mut Ty>; 2]) = match self {
            Self::Std(_) | Self::Parameter(_) => (&mut [], [None, None]),
            Self::Runtime(_, args) | Self::Item(_, args) | Self::Foreign(Foreign { args, .. }) => (args, [None, None]),
            Self::Option(inner) | Self::List(inner) | Self::Boxed(inner) => (&mut [], [Some(inner), None]),
            Self::Map(key, value) => (&mut [], [Some(key), Some(value)]),
        };
        args.iter_mut().chain(boxed.into_iter().flatten())
    }

    /// Visits this type and every type inside it.
    pub fn each(&self, visit: &mut dyn FnMut(&Ty)) {
        visit(self);
        self.inner().for_each(|inner| inner.each(visit));
    }

    /// Changes every type inside this one, then this one.
    pub fn each_mut(&mut self, change: &mut dyn FnMut(&mut Ty)) {
        self.inner_mut().for_each(|inner| inner.each_mut(change));
        change(self);
    }

    /// Whether `is_wanted` holds for this type or one inside it.
    pub fn any(&self, mut is_wanted: impl FnMut(&Ty) -> bool) -> bool {
        let mut found = false;
        self.each(&mut |ty| found = found || is_wanted(ty));
        found
    }

    /// Returns the type inside an `Option`, or the type itself.
    #[must_use]
    pub fn without_option(&self) -> &Self {
        match self {
            Self::Option(inner) => inner,
            ty => ty,
        }
    }

    /// Returns the items of the API that this type mentions.
    #[must_use]
    pub fn items(&self) -> Vec<ItemId> {
        let mut items = Vec::new();
        self.each(&mut |ty| {
            if let Self::Item(id, _) = ty {
                items.push(*id);
            }
        });
        items
    }

    /// Visits the items that a value of this type holds in place, rather than behind a list, a map or a box.
    pub fn items_by_value(&self, found: &mut dyn FnMut(ItemId)) {
        match self {
            Self::Std(_) | Self::Parameter(_) | Self::List(_) | Self::Map(..) | Self::Boxed(_) => {}
            Self::Option(inner) => inner.items_by_value(found),
            Self::Runtime(_, args) | Self::Foreign(Foreign { args, .. }) => {
                for arg in args {
                    arg.items_by_value(found);
                }
            }
            Self::Item(id, args) => {
                found(*id);
                for arg in args {
                    arg.items_by_value(found);
                }
            }
        }
    }
}
