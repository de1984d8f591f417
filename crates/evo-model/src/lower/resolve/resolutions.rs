//! The setting `resolve`: which type a name refers to in the type of a member, or in the base class and the response of a type.

use std::collections::BTreeMap;

use super::Place;
use crate::Error;
use crate::api::ItemId;
use crate::config::{Table, suggest};
use crate::lower::catalog::{Catalog, Entry};
use crate::lower::lookup::Lookup;
use crate::lower::type_expr::{TypeExpr, parse};
use crate::metadata::{Property, TypeName, Types};

/// The types that names refer to, by the entry that mentions them and by its member; the empty name represents the entry itself.
#[derive(Default)]
pub(super) struct Resolutions(BTreeMap<ItemId, BTreeMap<String, Vec<ItemId>>>);

impl Resolutions {
    /// Looks up every type and member in the setting.
    pub fn new(catalog: &Catalog<'_>, types: &Types, resolve: &Table<String>) -> Result<Self, Error> {
        let mut resolutions = Self::default();
        if resolve.is_empty() {
            return Ok(resolutions);
        }
        let mut lookup = Lookup::new("resolve", resolve);
        // For each target, the first place that states it, and whether any place mentions it.
        let mut mentioned: BTreeMap<&String, (String, bool)> = BTreeMap::new();
        for (id, entry) in catalog.entries.enumerate() {
            for place in find_places(entry, types) {
                let name = place.name(entry);
                let Some(target) = lookup.get(&name) else { continue };
                let found = find_described(catalog, target, &name)?;
                if let Some(property) = place.property {
                    check_kind(catalog, property, &found, target, &name)?;
                }
                let is_mentioned = found.iter().map(|id| &catalog.entries[*id]).any(|target| {
                    let mut mentions = false;
                    let mut visit = |name: &super::Name| mentions |= name.simple == target.key.simple();
                    place.type_exprs.iter().for_each(|type_expr| type_expr.each_name(&mut visit));
                    mentions
                });
                mentioned.entry(target).or_insert((name, false)).1 |= is_mentioned;
                let member = place.property.map_or("", |property| property.name.as_str());
                resolutions.0.entry(id).or_default().insert(member.to_owned(), found);
            }
        }
        lookup.finish()?;
        match mentioned.into_iter().find(|(_, (_, is_mentioned))| !is_mentioned) {
            Some((target, (name, _))) => {
                let simple = target.rsplit('.').next().unwrap_or(target);
                Err(Error::usage(format!("`{name}` of `resolve` mentions no type called `{simple}`"))
                    .setting("resolve", Some(&name))
                    .help("name the member whose type is not clear, as the warning EVO0020 does"))
            }
            None => Ok(resolutions),
        }
    }

    /// Returns which of several types is meant at a place, if the setting states it.
    pub fn choose(&self, candidates: &[ItemId], place: Place<'_>) -> Option<ItemId> {
        let targets = self.0.get(&place.declaring?)?.get(place.member.unwrap_or_default())?;
        candidates.iter().copied().find(|id| targets.contains(id))
    }
}

/// A place whose names can be settled, with the types written there.
struct ResolvablePlace<'a> {
    /// The member; `None` for the base class and the response.
    property: Option<&'a Property>,
    type_exprs: Vec<TypeExpr>,
}

impl ResolvablePlace<'_> {
    fn name(&self, entry: &Entry<'_>) -> String {
        match self.property {
            Some(property) => format!("{}.{}", entry.key.dotnet(), property.name),
            None => entry.key.dotnet(),
        }
    }
}

fn find_places<'a>(entry: &'a Entry<'_>, types: &Types) -> Vec<ResolvablePlace<'a>> {
    let operation = entry.operation.and_then(|index| types.operations.get(index));
    let response = operation.and_then(|operation| operation.response.as_ref()).map(|response| TypeName {
        name: response.name.clone(),
        namespace: response.namespace.clone(),
        generic_args: Vec::new(),
    });
    let returned = operation.and_then(|operation| operation.return_type.clone());
    let names = entry.definition.inherits.iter().cloned().chain(returned).chain(response);
    let own = ResolvablePlace {
        property: None,
        type_exprs: names.filter_map(|name| parse(&name.name, &name.generic_args)).collect(),
    };
    let members = entry.definition.properties.iter().map(|property| ResolvablePlace {
        property: Some(property),
        type_exprs: parse(&property.type_name, &property.generic_args).into_iter().collect(),
    });
    std::iter::once(own).chain(members).collect()
}

/// Returns the described types of a name; several if they differ in arity.
fn find_described(catalog: &Catalog<'_>, target: &str, name: &str) -> Result<Vec<ItemId>, Error> {
    let entries = || catalog.entries.enumerate();
    let found = entries().filter(|(_, entry)| entry.key.dotnet() == target || entry.key.plain() == target);
    let found: Vec<ItemId> = found.map(|(id, _)| id).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let error = Error::usage(format!("`{name}` of `resolve`: no type is called `{target}`"));
    let error = error.setting("resolve", Some(name));
    let names: Vec<String> = entries().map(|(_, entry)| entry.key.plain()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let form = "write the .NET name with its namespace; `supply` adds what the document does not describe";
    Err(error.help(suggest(target, &names, form)))
}

/// Rejects a class for a member that is an enum according to the document.
fn check_kind(
    catalog: &Catalog<'_>,
    property: &Property,
    found: &[ItemId],
    target: &str,
    name: &str,
) -> Result<(), Error> {
    let is_enum = |id: &ItemId| catalog.entries[*id].definition.is_enum;
    if property.is_enum && !found.iter().any(is_enum) {
        return Err(Error::usage(format!("`{name}` of `resolve`: the document says that it is an enum"))
            .setting("resolve", Some(name))
            .help(format!("`{target}` is not an enum; name the one that is meant")));
    }
    Ok(())
}
