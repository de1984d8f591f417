//! The preferred name of each thing, derived from its .NET name, with its key in the manifest.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{IdVec, ItemId};
use crate::identifiers::{constant_name, member_name, type_name};
use crate::lower::draft::{Item, ItemKind};
use crate::lower::type_expr::split_arity;

/// Types of the standard prelude that generated code mentions without a path.
pub(crate) const PRELUDE: [&str; 9] = ["Option", "Vec", "Box", "String", "Result", "Some", "None", "Ok", "Err"];

/// Whether a name is off limits for the types of a module: generated code needs it for the prelude type, or for the client in the root
/// module.
pub(crate) fn is_reserved(name: &str, is_root: bool) -> bool {
    PRELUDE.contains(&name) || is_root && name == "Client"
}

/// Something to be named.
pub(crate) struct PreferredName<P> {
    /// Its key in the manifest.
    pub key: String,
    /// The .NET name of an inherited member in the class that declares it.
    pub inherited: Option<String>,
    /// Where it is: the id of an item, or the position in an item's list of members.
    pub place: P,
    /// The name that it gets unless that is taken, or another was chosen earlier.
    pub name: String,
    /// How far the .NET name is from usual C# style: of several that want the same name, the most regular gets it.
    pub irregularity: Irregularity,
}

/// The number of characters of a .NET name other than letters and digits, and whether it begins with a lower-case letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Irregularity(usize, bool);

impl Irregularity {
    fn of(dotnet: &str) -> Self {
        let marks = dotnet.chars().filter(|c| !c.is_alphanumeric()).count();
        Self(marks, dotnet.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase))
    }
}

/// Returns the preferred names of the types of a module. `renamed` returns the name that the settings give to a class: its companion struct
/// or enum is named after it.
pub(crate) fn preferred_type_names(
    members: &[ItemId],
    items: &IdVec<ItemId, Item>,
    is_root: bool,
    mut renamed: impl FnMut(&str) -> Option<String>,
) -> Vec<PreferredName<ItemId>> {
    let mut arities: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for item in members.iter().map(|id| &items[*id]) {
        arities.entry(item.simple_name.clone()).or_default().insert(item.dotnet.clone());
    }
    let mut preferred = Vec::new();
    for id in members {
        let item = &items[*id];
        let companion = item.dotnet.split_once('#').and_then(|(class, mark)| Some((renamed(class)?, mark)));
        let mut name = match companion {
            Some((class, "any")) => format!("Any{class}"),
            Some((class, _)) => format!("{class}Base"),
            None => type_name(&item.simple_name),
        };
        if arities.get(&item.simple_name).is_some_and(|same| same.len() > 1) {
            match split_arity(&item.dotnet).1 {
                None => {}
                Some(1) => name.push_str("Of"),
                Some(arity) => name.extend(["Of", &arity.to_string()]),
            }
        }
        if is_reserved(&name, is_root) {
            name.push_str("Dto");
        }
        let mut irregularity = Irregularity::of(&item.simple_name);
        // A type that has exactly this name in the document keeps it.
        irregularity.0 += usize::from(item.dotnet.contains('#') || name != type_name(&item.simple_name));
        preferred.push(PreferredName {
            key: format!("T:{}", item.dotnet),
            inherited: None,
            place: *id,
            name,
            irregularity,
        });
    }
    number_same_keys(&mut preferred);
    preferred
}

/// Returns the preferred names of the members, values and classes inside a type.
pub(crate) fn preferred_member_names(item: &Item, type_names: &IdVec<ItemId, String>) -> Vec<PreferredName<usize>> {
    let preferred = |kind, (place, dotnet): (usize, &String), name| {
        let key = key_inside(&item.dotnet, kind, dotnet);
        PreferredName { key, inherited: None, place, name, irregularity: Irregularity::of(dotnet) }
    };
    let mut preferred: Vec<PreferredName<usize>> = match &item.kind {
        ItemKind::Record(record) => {
            let members = record.members.iter().enumerate();
            members
                .map(|(place, member)| PreferredName {
                    inherited: member.declared_by.as_ref().map(|base| format!("{base}.{}", member.dotnet_name)),
                    ..preferred('M', (place, &member.dotnet_name), member_name(&member.dotnet_name))
                })
                .collect()
        }
        ItemKind::Enum(choice) => {
            let names = choice.members.iter().map(|member| &member.dotnet_name).enumerate();
            names.map(|named| preferred('V', named, type_name(named.1))).collect()
        }
        ItemKind::Flags(flags) => {
            let names = flags.flags.iter().map(|flag| &flag.dotnet_name).enumerate();
            names.map(|named| preferred('V', named, constant_name(named.1))).collect()
        }
        ItemKind::Variants(variants) => {
            let variants = variants.variants.iter().enumerate();
            variants
                .map(|(place, variant)| preferred('V', (place, &variant.dotnet), type_names[variant.item].clone()))
                .collect()
        }
        ItemKind::Collection(_) => Vec::new(),
    };
    number_same_keys(&mut preferred);
    preferred
}

/// Returns the manifest key of something inside a type.
pub(crate) fn key_inside(dotnet: &str, kind: char, name: &str) -> String {
    format!("{kind}:{dotnet}.{name}")
}

/// Numbers repeated keys, since a list can contain a name twice; each gets its own name.
fn number_same_keys<P>(preferred: &mut [PreferredName<P>]) {
    let mut known = BTreeSet::new();
    if preferred.iter().all(|preferred| known.insert(preferred.key.as_str())) {
        return;
    }
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for PreferredName { key, .. } in preferred {
        let times = times.entry(key.clone()).or_default();
        *times += 1;
        if *times > 1 {
            *key = format!("{key}#{times}");
        }
    }
}
