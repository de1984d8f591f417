//! Lists and maps that keep nulls: the setting `null_items`.

use crate::Error;
use crate::api::{Item, ItemKind, Ty};
use crate::lower::lookup::Lookup;
use crate::lower::passes::members::full_name;

/// Makes an `Option` of each item of the lists, and each value of the maps, that the settings name: by a member, by a class that is a
/// list or a map, or by an operation that answers one. Lists inside lists keep nulls at every depth.
///
/// # Errors
///
/// When a name or a pattern matches nothing that holds a list or a map.
pub(crate) fn keep_nulls(items: &mut [Item], names: &[String]) -> Result<(), Error> {
    if names.is_empty() {
        return Ok(());
    }
    let mut lookup = Lookup::of_list("null_items", names);
    let mut keep = |name: &str, ty: &mut Ty| {
        if holds_items(ty) {
            if lookup.get(name).is_some() {
                keep_in(ty);
            }
            return Ok(());
        }
        // A pattern is about those of its matches that hold items.
        if !lookup.names(name) {
            return Ok(());
        }
        Err(Error::usage(format!("`null_items` names `{name}`, which holds no list and no map"))
            .setting("null_items", Some(name))
            .help("name a member, a class or the answer of an operation with items that may be null"))
    };
    for item in items {
        let name = item.dotnet.clone();
        if let Some(ty) = item.operation_mut().and_then(|operation| operation.answer.ty_mut())
            && matches!(ty, Ty::List(_) | Ty::Map(..))
        {
            keep(&name, ty)?;
        }
        match &mut item.kind {
            ItemKind::Record(record) => {
                for member in &mut record.members {
                    keep(&full_name(&name, member), &mut member.ty)?;
                }
            }
            ItemKind::Collection(collection) => keep(&name, &mut collection.inner)?,
            ItemKind::Choice(_) | ItemKind::Flags(_) | ItemKind::Variants(_) => {}
        }
    }
    lookup.finish()
}

/// Whether there is a list or a map inside.
fn holds_items(ty: &Ty) -> bool {
    let mut is_there = false;
    ty.each(&mut |ty| is_there |= matches!(ty, Ty::List(_) | Ty::Map(..)));
    is_there
}

fn keep_in(ty: &mut Ty) {
    ty.each_mut(&mut |ty| {
        if let Ty::List(item) | Ty::Map(_, item) = ty
            && !matches!(**item, Ty::Option(_))
        {
            **item = Ty::Option(item.clone());
        }
    });
}
