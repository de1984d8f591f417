//! The setting `attributes`: what is spliced before types, members and variants, as it was stated and checked.

use crate::Error;
use crate::api::{IdVec, ItemId};
use crate::config::{Attribute, Table};
use crate::lower::draft::{EnumMember, Item, ItemKind};
use crate::lower::lookup::Lookup;

/// Puts the attributes of the setting where they belong.
///
/// # Errors
///
/// If the setting names what does not exist.
pub(crate) fn add_attributes(items: &mut IdVec<ItemId, Item>, stated: &Table<Vec<Attribute>>) -> Result<(), Error> {
    if stated.is_empty() {
        return Ok(());
    }
    let mut stated = Lookup::new("attributes", stated);
    for item in items {
        let class = item.class_name().to_owned();
        item.attributes = of(&class, &mut stated);
        match &mut item.kind {
            ItemKind::Record(record) => {
                for member in &mut record.members {
                    member.attributes = of(&format!("{class}.{}", member.dotnet_name), &mut stated);
                }
            }
            ItemKind::Enum(choice) => variants(&class, &mut choice.members, &mut stated),
            ItemKind::Flags(flags) => variants(&class, &mut flags.flags, &mut stated),
            ItemKind::Collection(_) | ItemKind::Variants(_) => {}
        }
    }
    stated.finish()
}

fn variants(class: &str, members: &mut [EnumMember], stated: &mut Lookup<'_, Vec<Attribute>>) {
    for member in members {
        member.attributes = of(&format!("{class}.{}", member.dotnet_name), stated);
    }
}

/// All that is stated for a name, each attribute once.
fn of(name: &str, stated: &mut Lookup<'_, Vec<Attribute>>) -> Vec<String> {
    let mut attributes: Vec<String> = Vec::new();
    for attribute in stated.all(name).into_iter().flatten().map(Attribute::as_str) {
        if !attributes.iter().any(|other| other == attribute) {
            attributes.push(attribute.to_owned());
        }
    }
    attributes
}
