//! Boxes the members through which a type contains itself.

use crate::Error;
use crate::api::{IdVec, ItemId, Ty};
use crate::lower::draft::{Item, ItemKind, MemberIds};
use crate::lower::passes::components::strongly_connected_components;

/// Boxes each member whose type directly contains its owner's type.
///
/// # Errors
///
/// If the settings make such a member plain, since the type would be infinite.
pub(crate) fn box_recursive_members(items: &mut IdVec<ItemId, Item>, always_there: &MemberIds) -> Result<(), Error> {
    let edges = items.map(|item| {
        let mut held = Vec::new();
        if let ItemKind::Record(record) = &item.kind {
            record.members.iter().for_each(|member| member.ty.items_by_value(&mut |id| held.push(id)));
        }
        held
    });
    let component = strongly_connected_components(&edges);
    for (id, item) in items.enumerate_mut() {
        let class = item.class_name().to_owned();
        let ItemKind::Record(record) = &mut item.kind else { continue };
        for (position, member) in record.members.iter_mut().enumerate() {
            let mut is_recursive = false;
            member.ty.items_by_value(&mut |held| is_recursive |= component[held] == component[id]);
            if !is_recursive {
                continue;
            }
            if always_there.contains(&(id, position)) {
                let name = format!("{class}.{}", member.dotnet_name);
                let message =
                    format!("`optional` makes `{name}` mandatory, but it contains its own type, which would never end");
                return Err(Error::usage(message).setting("optional", Some(&name)).help("leave it an `Option`"));
            }
            // Without the `Option`, the default value would be infinite.
            member.ty = Ty::Option(Box::new(boxed(member.ty.without_option().clone())));
        }
    }
    Ok(())
}

/// Boxes a type. For a type with two wire forms, the box goes inside, since the type itself is not a record.
fn boxed(ty: Ty) -> Ty {
    match ty {
        Ty::Runtime(name, args) if matches!(name.as_str(), "ValueTuple" | "TextOrObject") => {
            Ty::Runtime(name, args.into_iter().map(boxed).collect())
        }
        ty => Ty::Boxed(Box::new(ty)),
    }
}
