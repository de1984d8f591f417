//! The members that hold secrets, whose values `Debug` must not show: those of the setting `secret`, and those whose names say so.

use heck::ToSnakeCase;

use crate::Error;
use crate::api::{IdVec, ItemId, Ty};
use crate::lower::draft::{Item, ItemKind, Member, MemberIds};
use crate::lower::lookup::Lookup;

/// Finds the members that hold secrets.
///
/// # Errors
///
/// If the setting names a member that does not exist.
pub(crate) fn find_secrets(items: &IdVec<ItemId, Item>, stated: &[String]) -> Result<MemberIds, Error> {
    let mut stated = Lookup::of_list("secret", stated);
    let mut secrets = MemberIds::new();
    for (id, item) in items.enumerate() {
        let ItemKind::Record(record) = &item.kind else { continue };
        for (position, member) in record.members.iter().enumerate() {
            let mut is_stated = |class: &str| stated.get(&format!("{class}.{}", member.dotnet_name)).is_some();
            // A member is named by the class that has it or the one that declares it.
            let is_inherited = member.declared_by.as_deref().is_some_and(&mut is_stated);
            if is_stated(item.class_name()) || is_inherited || says_secret(member) {
                secrets.insert((id, position));
            }
        }
    }
    stated.finish()?;
    Ok(secrets)
}

/// Whether the name of a member says that it is a secret: `NewPassword`, `AccessToken`, `ApiKey`. Only texts are secrets: `TokenCount`
/// and `HasPassword` tell nothing. A PIN may be a number.
fn says_secret(member: &Member) -> bool {
    const WORDS: [&str; 10] =
        ["password", "passwords", "passwd", "pwd", "passphrase", "passcode", "token", "tokens", "secret", "secrets"];
    let name = member.dotnet_name.to_snake_case();
    let words: Vec<&str> = name.split('_').filter(|word| !word.is_empty()).collect();
    let is_key = words.contains(&"apikey") || words.windows(2).any(|pair| matches!(pair, ["api", "key" | "keys"]));
    let is_pin = words.iter().any(|word| matches!(*word, "pin" | "pins"));
    let is_secret = is_key || words.iter().any(|word| WORDS.contains(word));
    is_secret && holds_text(&member.ty) || is_pin && holds_text_or_integer(&member.ty)
}

fn holds_text(ty: &Ty) -> bool {
    match ty {
        Ty::Option(inner) | Ty::List(inner) | Ty::Boxed(inner) => holds_text(inner),
        Ty::Map(_, value) => holds_text(value),
        Ty::Std(name) => *name == "String",
        Ty::Runtime(name, _) => matches!(name.as_str(), "Bytes" | "Uuid" | "Value"),
        Ty::Item(..) | Ty::Parameter(_) | Ty::Foreign(_) => false,
    }
}

fn holds_text_or_integer(ty: &Ty) -> bool {
    let is_integer = matches!(ty.without_option(), Ty::Std(name) if name.starts_with(['i', 'u']));
    is_integer || holds_text(ty)
}
