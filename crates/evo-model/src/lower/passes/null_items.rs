//! Lists and maps that keep nulls: the setting `null_items`.

use crate::Error;
use crate::api::{IdVec, ItemId, Position, Ty};
use crate::lower::draft::Item;
use crate::lower::lookup::Lookup;

/// Wraps the items of lists and the values of maps named by the settings in `Option`. An entry names a member, a class that is a list or a
/// map, or an operation that returns one. Nested lists keep nulls at every depth.
///
/// # Errors
///
/// If a name or pattern matches nothing that holds a list or a map.
pub(crate) fn keep_nulls(items: &mut IdVec<ItemId, Item>, names: &[String]) -> Result<(), Error> {
    if names.is_empty() {
        return Ok(());
    }
    let mut lookup = Lookup::from_list("null_items", names);
    for item in items {
        let class = item.class_name().to_owned();
        for (position, ty) in item.types_mut() {
            let names = match position {
                Position::Member { name, declared_by } => lookup.member_names(&class, name, declared_by),
                Position::Answer if !matches!(ty, Ty::List(_) | Ty::Map(..)) => continue,
                Position::Collection | Position::Answer => vec![class.clone()],
            };
            if ty.any(|ty| matches!(ty, Ty::List(_) | Ty::Map(..))) {
                if names.iter().filter_map(|name| lookup.get(name)).count() > 0 {
                    keep_nulls_in(ty);
                }
            } else if let Some(name) = names.iter().find(|name| lookup.names(name)) {
                // A pattern applies only to matches that hold items.
                return Err(Error::usage(format!(
                    "`null_items` names `{name}`, which contains neither a list nor a map"
                ))
                .setting("null_items", Some(name))
                .help("name a member, a class, or an operation whose response has items that may be null"));
            }
        }
    }
    lookup.finish()
}

fn keep_nulls_in(ty: &mut Ty) {
    ty.each_mut(&mut |ty| {
        if let Ty::List(item) | Ty::Map(_, item) = ty
            && !matches!(**item, Ty::Option(_))
        {
            **item = Ty::Option(item.clone());
        }
    });
}
