//! The subject of a change.

use crate::api::{EnumMember, Item, ItemId, Member, Variant, without_marks};

/// An item of an API, or a part of one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot<'a> {
    pub item: ItemId,
    pub part: Part<'a>,
}

/// A part of an item.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part<'a> {
    /// The item itself.
    Whole,
    Member(&'a Member),
    /// A value of an enum.
    Value(&'a EnumMember),
    /// A class of a hierarchy.
    Class(&'a Variant),
    /// A route with its verb: `GET /pets`.
    Route(&'a str),
}

/// The subject of a change in both APIs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Subject<'a> {
    pub old: Option<Spot<'a>>,
    pub new: Option<Spot<'a>>,
}

/// The ids of an item in both APIs.
pub(super) type Pair = (ItemId, ItemId);

impl<'a> Subject<'a> {
    /// Creates the subject for an item that both APIs have.
    pub fn item(pair: Pair) -> Self {
        Self::part(pair, None, None)
    }

    /// Creates the subject for a part of an item that both APIs have. If one lacks the part, its place is that of the item.
    pub fn part((old, new): Pair, in_old: Option<Part<'a>>, in_new: Option<Part<'a>>) -> Self {
        let spot = |item: ItemId, part: Option<Part<'a>>| Some(Spot { item, part: part.unwrap_or(Part::Whole) });
        Self { old: spot(old, in_old), new: spot(new, in_new) }
    }

    /// Returns the spot that names the subject, and whether it is in the old API: the old one, unless only the new one is a part.
    pub fn named(&self) -> Option<(Spot<'a>, bool)> {
        let is_part = |spot: &Spot<'_>| !matches!(spot.part, Part::Whole);
        match (self.old, self.new) {
            (Some(old), Some(new)) if is_part(&new) && !is_part(&old) => Some((new, false)),
            (Some(old), _) => Some((old, true)),
            (None, new) => Some((new?, false)),
        }
    }
}

impl Spot<'_> {
    /// Returns its kind in one word.
    pub fn what(&self, item: &Item) -> &'static str {
        match self.part {
            Part::Whole if item.operation().is_some() => "operation",
            Part::Route(_) => "operation",
            Part::Whole => "type",
            Part::Member(_) => "member",
            Part::Value(_) => "value",
            Part::Class(_) => "class",
        }
    }

    /// Returns its .NET name. An inherited member has the name of the class that declares it.
    pub fn name(&self, item: &Item) -> String {
        match self.part {
            Part::Whole | Part::Route(_) => without_marks(&item.dotnet),
            Part::Member(member) => {
                let class = member.declared_by.as_deref().unwrap_or(item.class_name());
                format!("{class}.{}", member.dotnet_name)
            }
            Part::Value(value) => format!("{}.{}", item.class_name(), value.dotnet_name),
            Part::Class(variant) => variant.dotnet.clone(),
        }
    }
}
