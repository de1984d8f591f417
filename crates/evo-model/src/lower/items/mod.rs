//! The items of the model, in the order of the catalog: the kind of each described type, and the members that it declares and inherits.
//!
//! The types of members are those of the document: `Option` only represents `Nullable`. A later pass, which knows which types are sent and
//! which are received, decides which members are optional.

pub(crate) mod bases;
mod enums;
pub(crate) mod hints;
mod members;
pub(crate) mod rules;
pub(crate) mod supplied;

use self::bases::find_base_class;
use self::members::collect_members;
use crate::Error;
use crate::api::{Collection, IdVec, ItemId, Ty};
use crate::diagnostics::Diagnostics;
use crate::lower::builtin;
use crate::lower::catalog::Entry;
use crate::lower::draft::{Enum, Flags, Item, ItemKind, Record};
use crate::lower::limits;
use crate::lower::resolve::{Meaning, Resolver};
use crate::metadata::Type;

/// The remarks about each item.
pub(crate) type ItemDiagnostics = IdVec<ItemId, Diagnostics>;

/// Creates an item from each entry of the catalog, along with the remarks about it.
///
/// # Errors
///
/// If the types together have more members than any real service.
pub(crate) fn make_items(resolver: &Resolver<'_>) -> Result<(IdVec<ItemId, Item>, ItemDiagnostics), Error> {
    let mut members = limits::MemberCount::default();
    let mut items = IdVec::default();
    let mut item_diagnostics = IdVec::default();
    for (id, entry) in resolver.catalog.entries.enumerate() {
        let mut diagnostics = Diagnostics::default();
        let item = make_item(id, entry, resolver, &mut diagnostics);
        members.add(&item, &entry.definition.pointer)?;
        items.push(item);
        // Users can do nothing about gaps in ServiceStack's own types.
        item_diagnostics.push(if entry.is_from_service_stack { Diagnostics::default() } else { diagnostics });
    }
    Ok((items, item_diagnostics))
}

fn make_item(id: ItemId, entry: &Entry<'_>, resolver: &Resolver<'_>, diagnostics: &mut Diagnostics) -> Item {
    let kind = decide_kind(id, entry, resolver, diagnostics);
    let docs = collect_docs(&entry.definition, diagnostics);
    let item = Item::new(entry.key.simple().to_owned(), entry.key.namespace.clone(), entry.key.dotnet(), docs, kind);
    Item { is_data_contract: entry.definition.is_data_contract, ..item }
}

/// Returns the description and the notes of a type.
fn collect_docs(definition: &Type, diagnostics: &mut Diagnostics) -> Vec<String> {
    let texts = [&definition.description, &definition.notes].into_iter().flatten();
    let texts = texts.filter(|text| !text.trim().is_empty());
    texts.map(|text| limits::text(text, &definition.pointer, diagnostics)).collect()
}

fn decide_kind(id: ItemId, entry: &Entry<'_>, resolver: &Resolver<'_>, diagnostics: &mut Diagnostics) -> ItemKind {
    let definition = &entry.definition;
    if definition.is_enum {
        let is_flags = definition.attributes.iter().any(|attribute| attribute.name == "Flags");
        return if is_flags {
            ItemKind::Flags(Flags { flags: enums::read_flags(definition, diagnostics) })
        } else {
            let members = enums::read_members(definition, diagnostics);
            ItemKind::Enum(Enum { is_number: definition.is_enum_int, members, unknown: () })
        };
    }
    if let Some(inner) = find_collection(id, resolver, diagnostics) {
        return ItemKind::Collection(Collection { inner, operation: None });
    }
    let (members, files) = collect_members(id, resolver, diagnostics);
    let parameters = entry.parameters.clone();
    ItemKind::Record(Box::new(Record { parameters, members, files, new: (), operation: None, validate: () }))
}

/// Returns the .NET list or map that a class derives from, directly or through its bases.
fn find_collection(id: ItemId, resolver: &Resolver<'_>, diagnostics: &mut Diagnostics) -> Option<Ty> {
    let base = find_base_class(id, |base| builtin::is_system(&base.namespace), resolver, diagnostics)?;
    let definition = &resolver.catalog.entries[base.named_by].definition;
    match resolver.resolve_name(base.name, &definition.pointer, Some(base.named_by), diagnostics) {
        Meaning::Type(ty @ (Ty::List(_) | Ty::Map(..))) => {
            let what = format!("the items of {}", definition.name);
            Some(base.arguments.replace(&ty, &what, &definition.pointer, diagnostics))
        }
        _ => None,
    }
}
