//! The setting `deprecated`: which types, members and variants carry a note. Documents do not say it, since hosts do not export `[Obsolete]`.

use crate::Error;
use crate::api::{IdVec, ItemId};
use crate::config::Table;
use crate::lower::draft::{EnumMember, Item, ItemKind};
use crate::lower::lookup::Lookup;

/// Puts the notes of the setting where they belong. A member is named by the class that has it or the one that declares it.
///
/// # Errors
///
/// If the setting names what does not exist.
pub(crate) fn mark_deprecated(items: &mut IdVec<ItemId, Item>, stated: &Table<String>) -> Result<(), Error> {
    if stated.is_empty() {
        return Ok(());
    }
    let mut stated = Lookup::new("deprecated", stated);
    for item in items {
        item.deprecated = stated.get(&item.dotnet).cloned();
        let class = item.class_name().to_owned();
        match &mut item.kind {
            ItemKind::Record(record) => {
                for member in &mut record.members {
                    let declaring = member.declared_by.as_deref().unwrap_or(&class);
                    let inherited = stated.get(&format!("{declaring}.{}", member.dotnet_name));
                    member.deprecated = stated.get(&format!("{class}.{}", member.dotnet_name)).or(inherited).cloned();
                }
            }
            ItemKind::Enum(choice) => mark(&class, &mut choice.members, &mut stated),
            ItemKind::Flags(flags) => mark(&class, &mut flags.flags, &mut stated),
            ItemKind::Collection(_) | ItemKind::Variants(_) => {}
        }
    }
    stated.finish()
}

fn mark(class: &str, members: &mut [EnumMember], stated: &mut Lookup<'_, String>) {
    for member in members {
        member.deprecated = stated.get(&format!("{class}.{}", member.dotnet_name)).cloned();
    }
}
