//! The standard traits that a type can derive: those that everything it holds implements.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::api::{IdVec, ItemId, Ty};
use crate::config::Maps;
use crate::lower::draft::{Item, ItemKind, Member};
use crate::lower::reach::reachable;

/// A trait that a type can derive if everything it holds implements it. `Debug`, `Clone` and `PartialEq` are left out, since every type has
/// them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trait {
    Copy,
    Eq,
    Hash,
    PartialOrd,
    Ord,
}

impl Trait {
    pub const ALL: [Self; 5] = [Self::Copy, Self::Eq, Self::Hash, Self::PartialOrd, Self::Ord];

    pub fn name(self) -> &'static str {
        match self {
            Self::Copy => "Copy",
            Self::Eq => "Eq",
            Self::Hash => "Hash",
            Self::PartialOrd => "PartialOrd",
            Self::Ord => "Ord",
        }
    }

    /// Returns the trait and its supertraits.
    pub fn with_required(self) -> &'static [Self] {
        match self {
            Self::Ord => &[Self::Eq, Self::PartialOrd, Self::Ord],
            Self::Copy => &[Self::Copy],
            Self::Eq => &[Self::Eq],
            Self::Hash => &[Self::Hash],
            Self::PartialOrd => &[Self::PartialOrd],
        }
    }
}

/// The traits that each item can have.
pub(crate) struct Traits<'a> {
    items: &'a IdVec<ItemId, Item>,
    maps: Maps,
    /// For each trait, the items that cannot have it.
    lacking: BTreeMap<Trait, BTreeSet<ItemId>>,
}

impl<'a> Traits<'a> {
    /// Finds the traits of all items. An item lacks a trait if it holds something without it, if the trait is not wanted for it, or if it
    /// holds an item that lacks the trait. A recursive item lacks a trait only for other reasons.
    pub fn new(items: &'a IdVec<ItemId, Item>, maps: Maps, is_wanted: &dyn Fn(Trait, ItemId, &Item) -> bool) -> Self {
        let mut holders: IdVec<ItemId, Vec<ItemId>> = items.map(|_| Vec::new());
        for (id, item) in items.enumerate() {
            for held in item.held_items() {
                holders[held].push(id);
            }
        }
        let lacking = Trait::ALL.map(|wanted| {
            let lacks =
                |id: ItemId, item: &Item| !is_wanted(wanted, id, item) || find_missing(item, maps, wanted).is_some();
            let first = items.enumerate().filter(|(id, item)| lacks(*id, item)).map(|(id, _)| id);
            (wanted, reachable(first, |id| holders[id].iter().copied()))
        });
        Self { items, maps, lacking: lacking.into() }
    }

    /// Whether an item can have a trait.
    pub fn can(&self, id: ItemId, wanted: Trait) -> bool {
        !self.lacking.get(&wanted).is_some_and(|lacking| lacking.contains(&id))
    }

    /// Explains why an item cannot have a trait: returns the member that lacks it, and its type.
    pub fn obstacle(&self, id: ItemId, wanted: Trait) -> String {
        let mut path: Vec<String> = Vec::new();
        let mut visited = BTreeSet::new();
        let mut current = id;
        while visited.insert(current) {
            let item = &self.items[current];
            if let Some(missing) = find_missing(item, self.maps, wanted) {
                path.push(missing.place());
                return format!("{}, which is {}", path.join(" that holds "), missing.ty);
            }
            let Some((place, next)) = self.find_lacking_part(item, wanted) else { break };
            path.push(place);
            current = next;
        }
        path.join(" that holds ")
    }

    /// Finds an item inside an item that lacks the trait, with the place where it is held.
    fn find_lacking_part(&self, item: &Item, wanted: Trait) -> Option<(String, ItemId)> {
        let find = |held: Vec<ItemId>| held.into_iter().find(|id| !self.can(*id, wanted));
        match &item.kind {
            ItemKind::Record(record) => record.members.iter().find_map(|member| {
                Some((format!("{}.{}", item.class_name(), member.dotnet_name), find(member.ty.items())?))
            }),
            _ => find(item.held_items()).map(|id| (item.class_name().to_owned(), id)),
        }
    }
}

/// A type inside an item that does not implement a trait.
struct Missing<'a> {
    item: &'a Item,
    /// The member that holds it, if the item is a record.
    member: Option<&'a Member>,
    /// The type, in words.
    ty: Cow<'static, str>,
}

impl Missing<'_> {
    /// Returns the name of the place.
    fn place(&self) -> String {
        let member = self.member.map(|member| format!(".{}", member.dotnet_name)).unwrap_or_default();
        format!("{}{member}", self.item.class_name())
    }
}

/// Finds a type inside an item that does not implement a trait. Other items count as implementing it.
fn find_missing(item: &Item, maps: Maps, wanted: Trait) -> Option<Missing<'_>> {
    let of_type = |ty: &'static str| Some(Missing { item, member: None, ty: ty.into() });
    match &item.kind {
        ItemKind::Record(record) => record
            .members
            .iter()
            .find_map(|member| Some(Missing { item, member: Some(member), ty: without(&member.ty, maps, wanted)? })),
        ItemKind::Collection(collection) => {
            Some(Missing { item, member: None, ty: without(&collection.inner, maps, wanted)? })
        }
        // Each variant holds a box, and one of them a JSON value.
        ItemKind::Variants(_) if matches!(wanted, Trait::Eq | Trait::Hash) => None,
        ItemKind::Variants(_) => of_type("an enum over classes"),
        // The string of an unknown value is not `Copy`.
        ItemKind::Enum(_) if wanted == Trait::Copy => of_type("an enum that keeps unknown values"),
        ItemKind::Enum(_) | ItemKind::Flags(_) => None,
    }
}

/// Describes the part of a type that does not implement a trait. Items count as implementing it. So do parameters, since a derive requires
/// it where the type is used.
fn without(ty: &Ty, maps: Maps, wanted: Trait) -> Option<Cow<'static, str>> {
    match ty {
        Ty::Std("String") => (wanted == Trait::Copy).then_some("a `String`".into()),
        Ty::Std(name @ ("f32" | "f64")) => {
            matches!(wanted, Trait::Eq | Trait::Hash | Trait::Ord).then(|| format!("a float, `{name}`").into())
        }
        Ty::Std(_) | Ty::Parameter(_) => None,
        Ty::Runtime(name, _) if !runtime_has(name, wanted) => Some(format!("`{name}`").into()),
        Ty::List(_) if wanted == Trait::Copy => Some("a list".into()),
        Ty::Map(..) if wanted == Trait::Copy => Some("a map".into()),
        Ty::Boxed(_) if wanted == Trait::Copy => Some("a `Box`".into()),
        Ty::Map(..) if maps != Maps::BTreeMap && wanted != Trait::Eq => Some(format!("a `{}`", maps.name()).into()),
        // Nothing is known about the user's own type.
        _ => ty.inner().find_map(|inner| without(inner, maps, wanted)),
    }
}

/// Whether a runtime type implements a trait if its arguments do.
fn runtime_has(name: &str, wanted: Trait) -> bool {
    match name {
        "Decimal" | "DateTime" | "DateTimeOffset" | "Date" | "Time" | "TimeSpan" | "Uuid" | "KeyValuePair" => true,
        "Bytes" | "DayOfWeek" | "DecimalText" | "HttpStatusCode" | "ValueTuple" => wanted != Trait::Copy,
        "Value" | "TextOrObject" => matches!(wanted, Trait::Eq | Trait::Hash),
        _ if name.starts_with("dto::") => matches!(wanted, Trait::Eq | Trait::Hash),
        "jiff::Zoned" => wanted != Trait::Copy,
        _ if ["jiff::", "chrono::", "time::"].iter().any(|of| name.starts_with(of)) => true,
        _ => name.starts_with("Tuple"),
    }
}
