//! Decides which members are `Option`, by the directions in which their types travel.

use crate::Error;
use crate::api::{Foreign, IdVec, ItemId, Ty};
use crate::config::Table;
use crate::lower::builtin;
use crate::lower::draft::{Item, ItemKind, Member, MemberIds};
use crate::lower::lookup::Lookup;
use crate::lower::operations::routes::find_needed_members;
use crate::lower::passes::directions::Directions;
use crate::lower::passes::representation::{has_default, has_default_of_dotnet};

/// What is decided about members.
pub(crate) struct DecidedMembers {
    /// The members that the settings make plain.
    pub always_there: MemberIds,
    /// For each record that is sent, the arguments of `new`, as positions of members.
    pub new: IdVec<ItemId, Option<Vec<usize>>>,
}

/// The name of a member in settings: `Shop.Pet.Name`. The struct beside an enum over classes has the name of the class.
pub(crate) fn full_name(dotnet: &str, member: &Member) -> String {
    let class = dotnet.split('#').next().unwrap_or(dotnet);
    format!("{class}.{}", member.dotnet_name)
}

/// Wraps members in `Option`, and decides the arguments of `new`.
///
/// What `stated` says about a member takes precedence.
///
/// Every member of an operation, and of a type that is only sent, is optional, so that what is not set is not sent. Elsewhere a value
/// type is always there, as is what is `required`; a reference may be missing, and a list or map that only comes back is empty where it
/// is missing.
///
/// # Errors
///
/// If a member that shall be plain has no default, or the settings name a member that does not exist.
pub(crate) fn decide_optional_members(
    items: &mut IdVec<ItemId, Item>,
    directions: &Directions,
    required: &MemberIds,
    stated: &Table<bool>,
) -> Result<DecidedMembers, Error> {
    let mut stated = Lookup::new("optional", stated);
    let mut always_there = MemberIds::new();
    let mut new: IdVec<ItemId, Option<Vec<usize>>> = items.map(|_| None);
    let is_enum = items.map(|item| matches!(item.kind, ItemKind::Enum(_) | ItemKind::Flags(_)));
    let is_collection = items.map(|item| matches!(item.kind, ItemKind::Collection(_)));
    for (id, item) in items.enumerate_mut() {
        let ItemKind::Record(record) = &mut item.kind else { continue };
        let is_sent = directions.is_sent(id);
        // Unset members of these are not sent, so that the initial values of the service hold.
        let is_only_sent = record.operation.is_some() || is_sent && !directions.is_received(id);
        let mut required_here = Vec::new();
        for (position, member) in record.members.iter_mut().enumerate() {
            let name = if stated.is_empty() { String::new() } else { full_name(&item.dotnet, member) };
            if stated.get(&name) == Some(&false) {
                if let Ty::Option(inner) = &member.ty {
                    member.ty = Ty::clone(inner);
                }
                if !has_default(&member.ty) {
                    return Err(Error::usage(format!(
                        "`optional` wants `{name}` to be always there, and its type has no default"
                    ))
                    .setting("optional", Some(&name))
                    .help("leave it an `Option`, or choose other `dates`"));
                }
                always_there.insert((id, position));
                continue;
            }
            let is_optional = stated.get(&name) == Some(&true);
            let is_required = !is_optional && required.contains(&(id, position));
            required_here.extend(is_required.then_some(position));
            let is_plain = match &member.ty {
                Ty::Option(_) => true,
                _ if is_optional => false,
                ty if is_required && !is_only_sent => has_default(ty) && !matches!(ty, Ty::Parameter(_)),
                _ if is_only_sent => false,
                Ty::List(_) | Ty::Map(..) => !is_sent,
                Ty::Item(id, _) if is_collection[*id] => !is_sent,
                Ty::Item(id, _) => is_enum[*id],
                Ty::Foreign(Foreign { is_value, .. }) => *is_value,
                ty => builtin::is_value_type(ty) && has_default_of_dotnet(ty),
            };
            if !is_plain {
                member.ty = Ty::Option(Box::new(member.ty.clone()));
            }
        }
        if !is_sent {
            // Nobody sends it, so nothing is required.
            record.members.iter_mut().for_each(|member| member.required = false);
        }
        if is_sent {
            let routes = record.operation.as_ref().map(|operation| operation.routes.as_slice()).unwrap_or_default();
            let mut arguments = find_needed_members(routes, &record.members);
            required_here.retain(|position| !arguments.contains(position));
            arguments.extend(required_here);
            new[id] = Some(arguments);
        }
    }
    stated.finish()?;
    Ok(DecidedMembers { always_there, new })
}
