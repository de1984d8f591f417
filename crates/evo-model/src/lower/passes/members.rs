//! Decides which members are optional, depending on whether their types are sent or received.

use crate::Error;
use crate::api::{Foreign, IdVec, ItemId, Ty};
use crate::config::Settings;
use crate::lower::builtin;
use crate::lower::draft::{Item, ItemKind, MemberIds};
use crate::lower::lookup::Lookup;
use crate::lower::operations::routes::find_needed_members;
use crate::lower::passes::directions::Directions;
use crate::lower::passes::representation::{has_default, has_default_of_dotnet};

/// The decisions about members.
pub(crate) struct DecidedMembers {
    /// The members that the settings make plain.
    pub always_there: MemberIds,
    /// For each record that is sent, the arguments of `new`, as positions of members.
    pub new: IdVec<ItemId, Option<Vec<usize>>>,
}

/// Wraps members in `Option`, and decides the arguments of `new`.
///
/// The setting `optional` takes precedence.
///
/// Every member of an operation, and of a type that is only sent, is optional, so that unset members are not sent. In other types, value
/// types and required members are plain, and references are optional. A list or map in a type that is only received is plain: if missing,
/// it is empty.
///
/// # Errors
///
/// If a member that should be plain has no default, or if an entry of the settings matches no member or changes nothing.
pub(crate) fn decide_optional_members(
    items: &mut IdVec<ItemId, Item>,
    directions: &Directions,
    required: &MemberIds,
    settings: &Settings,
) -> Result<DecidedMembers, Error> {
    let mut lookup = Lookup::for_settings("optional", &settings.optional, settings);
    let mut always_there = MemberIds::new();
    let mut new: IdVec<ItemId, Option<Vec<usize>>> = items.map(|_| None);
    let is_enum = items.map(|item| matches!(item.kind, ItemKind::Enum(_) | ItemKind::Flags(_)));
    let is_collection = items.map(|item| matches!(item.kind, ItemKind::Collection(_)));
    for (id, item) in items.enumerate_mut() {
        let class = item.class_name().to_owned();
        let ItemKind::Record(record) = &mut item.kind else { continue };
        let is_sent = directions.is_sent(id);
        // Unset members of these types are not sent, so that the service's initial values remain.
        let is_only_sent = record.operation.is_some() || is_sent && !directions.is_received(id);
        let mut required_here = Vec::new();
        for (position, member) in record.members.iter_mut().enumerate() {
            let is_required = required.contains(&(id, position));
            let is_plain = match &member.ty {
                Ty::Option(_) => true,
                ty if is_required && !is_only_sent => has_default(ty) && !matches!(ty, Ty::Parameter(_)),
                _ if is_only_sent => false,
                Ty::List(_) | Ty::Map(..) => !is_sent,
                Ty::Item(id, _) if is_collection[*id] => !is_sent,
                Ty::Item(id, _) => is_enum[*id],
                Ty::Foreign(Foreign { is_value, .. }) => *is_value,
                ty => builtin::is_value_type(ty) && has_default_of_dotnet(ty),
            };
            let is_option = matches!(member.ty, Ty::Option(_));
            // Unless the setting says otherwise.
            let is_argument = is_required && is_sent;
            let names = lookup.member_names(&class, &member.dotnet_name, member.declared_by.as_deref());
            let is_optional = match lookup.find_first(&names) {
                Some(found) if !found.value => {
                    lookup.mark_used_if(&found, !is_plain || is_option || is_argument);
                    if is_plain && !is_option && !is_argument {
                        continue;
                    }
                    if let Ty::Option(inner) = &member.ty {
                        member.ty = Ty::clone(inner);
                    }
                    if !has_default(&member.ty) {
                        return Err(Error::usage(format!(
                            "`optional` makes `{class}.{}` mandatory, but its type has no default",
                            member.dotnet_name
                        ))
                        .setting("optional", Some(found.entry))
                        .help("leave it an `Option`, or choose other `dates`"));
                    }
                    always_there.insert((id, position));
                    continue;
                }
                Some(found) => {
                    lookup.mark_used_if(&found, is_plain && !is_option || is_argument);
                    true
                }
                None => false,
            };
            required_here.extend((is_required && !is_optional).then_some(position));
            if !is_option && (is_optional || !is_plain) {
                member.ty = Ty::Option(Box::new(member.ty.clone()));
            }
        }
        if !is_sent {
            // It is never sent, so nothing is required.
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
    lookup.finish()?;
    Ok(DecidedMembers { always_there, new })
}
