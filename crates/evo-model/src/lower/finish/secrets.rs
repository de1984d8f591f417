//! The members that hold secrets, whose values `Debug` must not show: those in the setting `secret`, and those whose names suggest it.

use heck::ToSnakeCase;

use crate::Error;
use crate::api::{IdVec, ItemId, Ty};
use crate::lower::draft::{Item, ItemKind, Member, MemberIds};
use crate::lower::lookup::Lookup;

/// Finds the members that hold secrets.
///
/// # Errors
///
/// If the setting names a member that does not exist, or one that is treated as a secret anyway.
pub(crate) fn find_secrets(items: &IdVec<ItemId, Item>, names: &[String]) -> Result<MemberIds, Error> {
    let mut lookup = Lookup::from_list("secret", names);
    let mut secrets = MemberIds::new();
    for (id, item) in items.enumerate() {
        let ItemKind::Record(record) = &item.kind else { continue };
        for (position, member) in record.members.iter().enumerate() {
            let is_known = has_secret_name(member);
            let names = lookup.member_names(item.class_name(), &member.dotnet_name, member.declared_by.as_deref());
            let found: Vec<_> = names.iter().filter_map(|name| lookup.find(name)).collect();
            for found in &found {
                lookup.mark_used_if(found, !is_known);
            }
            if is_known || !found.is_empty() {
                secrets.insert((id, position));
            }
        }
    }
    lookup.finish_with("leave it out: its name says that it is a secret")?;
    Ok(secrets)
}

/// Whether the name of a member suggests a secret: `NewPassword`, `accesstoken`, `ApiKey2`. Only strings are secrets: `TokenCount` and
/// `HasPassword` reveal nothing. A PIN may be a number.
fn has_secret_name(member: &Member) -> bool {
    const ENDINGS: [&str; 8] = ["password", "passwd", "pwd", "passphrase", "passcode", "token", "secret", "apikey"];
    const PAIRS: [[&str; 2]; 4] = [["api", "key"], ["pass", "word"], ["pass", "phrase"], ["pass", "code"]];
    let name = member.dotnet_name.to_snake_case();
    let words: Vec<&str> = name.split('_').map(|word| word.trim_end_matches(|c: char| c.is_ascii_digit())).collect();
    let is_secret = words.iter().any(|word| ENDINGS.iter().any(|ending| singular(word).ends_with(ending)))
        || words.windows(2).any(|pair| matches!(pair, [first, second] if PAIRS.contains(&[first, singular(second)])));
    let is_pin = words.iter().any(|word| singular(word) == "pin");
    is_secret && holds_text(&member.ty) || is_pin && holds_text_or_integer(&member.ty)
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

/// Whether a value is or contains a string. Parameters and the user's own types are unknown, so they count as strings.
fn holds_text(ty: &Ty) -> bool {
    match ty {
        Ty::Option(inner) | Ty::List(inner) | Ty::Boxed(inner) => holds_text(inner),
        Ty::Map(_, value) => holds_text(value),
        Ty::Std(name) => *name == "String",
        Ty::Runtime(name, args) => matches!(name.as_str(), "Bytes" | "Uuid" | "Value") || args.iter().any(holds_text),
        Ty::Parameter(_) | Ty::Foreign(_) => true,
        Ty::Item(..) => false,
    }
}

fn holds_text_or_integer(ty: &Ty) -> bool {
    let is_integer = matches!(ty.without_option(), Ty::Std(name) if name.starts_with(['i', 'u']));
    is_integer || holds_text(ty)
}
