//! Titles of items, members and variants that the service does not describe: their .NET names, and what the names do not convey.

use super::text::code;
use super::types::describe;
use crate::api::{EnumMember, Item, ItemKind, Member, Ty};
use crate::emit::rust::Scope;

/// Returns the title of an item, such as `Shop.Envelope<TBody, TMeta>` for ``Shop.Envelope`2``.
pub(super) fn title(item: &Item, scope: &mut Scope<'_>) -> String {
    match &item.kind {
        ItemKind::Variants(variants) if variants.base.untyped.is_some() => {
            let base = describe(&Ty::Item(variants.base.item, Vec::new()), scope);
            let article = article(&scope.api.items[variants.base.item].simple_name);
            format!("{article} {base} or a class that derives from it.")
        }
        ItemKind::Record(record) if !record.parameters.is_empty() => {
            let name = item.dotnet.split('`').next().unwrap_or_default();
            format!("{}.", code(&format!("{name}<{}>", record.parameters.join(", "))))
        }
        _ if item.dotnet.ends_with("#base") => format!("The members of every {}.", code(item.class_name())),
        _ => format!("{}.", code(item.dotnet.split('#').next().unwrap_or_default())),
    }
}

/// Returns the indefinite article of a name, by its first sound.
fn article(name: &str) -> &'static str {
    let mut letters = name.chars();
    let (first, second) = (letters.next().unwrap_or_default(), letters.next());
    let has_vowel_sound = if first.is_uppercase() && second.is_none_or(|second| !second.is_lowercase()) {
        // An abbreviation is spelled out: an `SMS`, a `URL`.
        "AEFHILMNORSX".contains(first)
    } else {
        let name = name.to_lowercase();
        let begins = |starts: &[&str]| starts.iter().any(|start| name.starts_with(start));
        let sounds_like_you = begins(&[
            "eu", "ew", "uk", "unic", "unif", "unio", "uniq", "unit", "univ", "uri", "url", "usa", "usb", "use", "usu",
            "util", "uuid",
        ]);
        let sounds_like_w = begins(&["one", "once"]);
        let has_silent_h = begins(&["heir", "honest", "honor", "honour", "hour"]);
        // `Html` is spelled out like `HTML`.
        let is_spelled_out = begins(&["html", "http", "sms", "smtp", "xml"]);
        has_silent_h || is_spelled_out || begins(&["a", "e", "i", "o", "u"]) && !sounds_like_you && !sounds_like_w
    };
    if has_vowel_sound { "An" } else { "A" }
}

/// Returns the title of a member: its .NET name and type.
pub(super) fn member_title(member: &Member) -> String {
    format!("{} ({}).", code(&member.dotnet_name), code(&member.dotnet_type))
}

/// Returns the title of a variant or a flag: its .NET name and number.
pub(super) fn enum_member_title(member: &EnumMember) -> String {
    let name = code(&member.dotnet_name);
    member.value.map_or_else(|| format!("{name}."), |value| format!("{name} ({value})."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_article_follows_the_sound() {
        for (name, expected) in [
            ("Approval", "An"),
            ("Dog", "A"),
            ("Invoice", "An"),
            ("User", "A"),
            ("Unit", "A"),
            ("Upload", "An"),
            ("Order", "An"),
            ("EuroAmount", "A"),
            ("Hour", "An"),
            ("OneTimeCode", "A"),
            ("Uninvoiced", "An"),
            ("SMS", "An"),
            ("URL", "A"),
            ("HTMLPage", "An"),
            ("XRay", "An"),
            ("UIElement", "A"),
            ("Url", "A"),
            ("Html", "An"),
            ("HttpCall", "An"),
            ("XmlDocument", "An"),
            ("Hotel", "A"),
        ] {
            assert_eq!(article(name), expected, "{name}");
        }
    }
}
