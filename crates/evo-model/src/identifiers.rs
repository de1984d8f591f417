//! Converts names of a document to Rust identifiers.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use unicode_normalization::UnicodeNormalization;
use unicode_security::mixed_script::AugmentedScriptSet;
use unicode_security::{GeneralSecurityProfile, is_potential_mixed_script_confusable_char};

/// Returns the name of a type or variant: the .NET name in Rust's casing.
pub(crate) fn type_name(name: &str) -> String {
    let mut name = sanitize(name);
    let is_camel = name.starts_with(char::is_uppercase) && !name.contains('_');
    // An all-caps name is converted to a word.
    let is_all_caps = name.chars().count() > 2 && name.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    if !is_camel || is_all_caps {
        let camel = name.to_upper_camel_case();
        name = if is_all_caps || name.contains('_') || camel.is_empty() { camel } else { capitalised(&name) };
    }
    if name.chars().count() > 2 && name.chars().all(|c| c.is_uppercase() || c.is_ascii_digit()) {
        name = name.to_upper_camel_case();
    }
    let name = begin_with_letter(&name, 'N');
    if name == "Self" { "Self_".to_owned() } else { name }
}

/// Returns the name of a field or function.
pub(crate) fn member_name(name: &str) -> String {
    let snake = begin_with_letter(&respell_words(&sanitize(name)).to_snake_case(), 'n');
    // These keywords cannot be raw identifiers.
    if matches!(snake.as_str(), "self" | "super" | "crate") { format!("{snake}_") } else { snake }
}

/// Returns the name of a constant.
pub(crate) fn constant_name(name: &str) -> String {
    begin_with_letter(&respell_words(&sanitize(name)).to_shouty_snake_case(), 'N')
}

/// Returns the name of a module, which is also a file name: it is ASCII and limited in length, and an underscore is appended to keywords
/// and Windows device names.
pub(crate) fn module_name(name: &str) -> String {
    const MAX_LENGTH: usize = 100;
    let snake = begin_with_letter(&respell_words(&sanitize(name)).to_snake_case(), 'n');
    let spelled = |c: char| if c.is_ascii() { c.to_string() } else { format!("u{:x}", u32::from(c)) };
    let mut ascii: String = snake.chars().map(spelled).collect();
    ascii.truncate(MAX_LENGTH);
    if is_keyword(&ascii) || is_device(&ascii) { format!("{ascii}_") } else { ascii }
}

fn is_device(name: &str) -> bool {
    let is_port = |kind: &str| name.strip_prefix(kind).is_some_and(|port| matches!(port.as_bytes(), [b'0'..=b'9']));
    matches!(name, "con" | "prn" | "aux" | "nul") || is_port("com") || is_port("lpt")
}

/// Whether a word is a keyword in any edition of Rust.
#[must_use]
pub fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "abstract"
            | "as"
            | "async"
            | "await"
            | "become"
            | "box"
            | "break"
            | "const"
            | "continue"
            | "crate"
            | "do"
            | "dyn"
            | "else"
            | "enum"
            | "extern"
            | "false"
            | "final"
            | "fn"
            | "for"
            | "gen"
            | "if"
            | "impl"
            | "in"
            | "let"
            | "loop"
            | "macro"
            | "match"
            | "mod"
            | "move"
            | "mut"
            | "override"
            | "priv"
            | "pub"
            | "ref"
            | "return"
            | "self"
            | "static"
            | "struct"
            | "super"
            | "trait"
            | "true"
            | "try"
            | "type"
            | "typeof"
            | "unsafe"
            | "unsized"
            | "use"
            | "virtual"
            | "where"
            | "while"
            | "yield"
    )
}

/// Words that would otherwise be split at an inner capital.
const WORDS: [&str; 39] = [
    "EMail",
    "ETag",
    "FaaS",
    "GHz",
    "GiB",
    "GitHub",
    "GraphQL",
    "IPv4",
    "IPv6",
    "IaaS",
    "IoT",
    "KiB",
    "MHz",
    "MiB",
    "MySQL",
    "OAuth",
    "OData",
    "PaaS",
    "PhD",
    "PostgreSQL",
    "QoS",
    "SQLite",
    "SaaS",
    "TiB",
    "VoIP",
    "WiFi",
    "eBay",
    "eMail",
    "gRPC",
    "iCloud",
    "iOS",
    "iPad",
    "iPhone",
    "kHz",
    "kWh",
    "mAh",
    "macOS",
    "pH",
    "vCard",
];

/// Writes each of the [`WORDS`], and each plural of capitals, as a word: `UserEmail` for `UserEMail`, `Oauth2Token` for `OAuth2Token`,
/// `UserIds` for `UserIDs`.
fn respell_words(name: &str) -> String {
    let mut spelled = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(next) = rest.chars().next() {
        let before = spelled.chars().next_back();
        // A match inside a longer word does not count.
        let begins = if next.is_uppercase() {
            !before.is_some_and(char::is_uppercase)
        } else {
            !before.is_some_and(char::is_alphabetic)
        };
        let word_here = |word: &'static str| {
            let after = rest.strip_prefix(word)?;
            (ends_word(after) || is_plural(after)).then_some((word, after))
        };
        let word = if begins { WORDS.into_iter().find_map(word_here) } else { None };
        match word {
            Some((word, after)) => {
                spelled.push_str(&capitalised(&word.to_ascii_lowercase()));
                rest = after;
            }
            None => {
                spelled.push(next);
                rest = rest.get(next.len_utf8()..).unwrap_or_default();
            }
        }
    }
    respell_plurals(spelled)
}

/// Writes capitals followed by a plural `s` as a word: `Urls` for `URLs`.
fn respell_plurals(mut spelled: String) -> String {
    let plurals: Vec<usize> = spelled.match_indices('s').map(|(at, _)| at).collect();
    for at in plurals {
        let before = spelled.get(..at).unwrap_or_default();
        let start = before.trim_end_matches(|c: char| c.is_ascii_uppercase()).len();
        if at - start > 1 && spelled.get(at..).is_some_and(is_plural) {
            let word = capitalised(&before.get(start..).unwrap_or_default().to_ascii_lowercase());
            spelled.replace_range(start..at, &word);
        }
    }
    spelled
}

/// Whether a word ends before this string.
fn ends_word(after: &str) -> bool {
    !after.starts_with(char::is_lowercase)
}

/// Whether a string begins with the `s` of a plural.
fn is_plural(text: &str) -> bool {
    text.strip_prefix('s').is_some_and(ends_word)
}

/// Replaces characters that are not valid in an identifier by word boundaries, and limits the length. rustdoc writes a file for each
/// type, and file names are limited to 255 bytes.
fn sanitize(name: &str) -> String {
    const MAX_LENGTH: usize = 200;
    if name.len() <= MAX_LENGTH && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return name.to_owned();
    }
    let cleaned = name.chars().take(MAX_LENGTH).map(|c| if unicode_ident::is_xid_continue(c) { c } else { '_' });
    let cleaned = replace_uncommon(&cleaned.collect::<String>());
    cleaned.char_indices().take_while(|(at, c)| at + c.len_utf8() <= MAX_LENGTH).map(|(_, c)| c).collect()
}

/// Replaces characters that rustc warns about. Compatibility forms (`ﬁ`, `ℝ`) are decomposed; uncommon characters, and characters that look
/// like Latin letters, are replaced by their code points.
///
/// rustc lints such characters for a whole crate, so an attribute on an item could not allow them.
fn replace_uncommon(name: &str) -> String {
    if name.is_ascii() {
        return name.to_owned();
    }
    let is_usual = |c: char| GeneralSecurityProfile::identifier_allowed(c);
    let usual: String =
        name.chars().flat_map(|c| if is_usual(c) { vec![c] } else { c.nfkc().collect() }).nfc().collect();
    let is_lookalike = |c: char| !c.is_ascii() && is_potential_mixed_script_confusable_char(c);
    // A letter that is unique to its script shows that the other letters belong to this script too.
    let scripts: Vec<AugmentedScriptSet> =
        usual.chars().filter(|c| !is_lookalike(*c)).map(AugmentedScriptSet::for_char).collect();
    let is_clear = |c: char| !is_lookalike(c) || scripts.contains(&AugmentedScriptSet::for_char(c));
    let spelled = |c: char| if is_usual(c) && is_clear(c) { c.to_string() } else { format!("u{:x}", u32::from(c)) };
    usual.chars().map(spelled).collect()
}

fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// Whether a name is a valid identifier, possibly raw.
pub fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    let starts = chars.next().is_some_and(|first| unicode_ident::is_xid_start(first) || first == '_' && name.len() > 1);
    starts && chars.all(unicode_ident::is_xid_continue) && !matches!(name, "self" | "Self" | "super" | "crate")
}

fn begin_with_letter(name: &str, letter: char) -> String {
    // Changing the case can introduce other characters.
    let name = replace_uncommon(name);
    match name.chars().next() {
        Some(first) if unicode_ident::is_xid_start(first) => name,
        Some('_') if name.len() > 1 && name.chars().any(|c| c != '_') => name,
        _ => format!("{letter}{}", name.trim_matches('_')),
    }
}

/// Returns the Cargo feature of a module: `flows-data` for `flows::data`.
pub fn feature_name<T: AsRef<str>>(path: &[T]) -> String {
    // These features have a different meaning.
    const RESERVED: [&str; 2] = ["default", "full"];
    let parts: Vec<&str> = path.iter().map(AsRef::as_ref).collect();
    let name = parts.join("-");
    if RESERVED.contains(&name.as_str()) { format!("{name}-module") } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_converted_by_kind_of_item() {
        for (name, as_type, as_member) in [
            ("HoldSession", "HoldSession", "hold_session"),
            ("ListAISessions", "ListAISessions", "list_ai_sessions"),
            ("SMS", "Sms", "sms"),
            ("UI", "UI", "ui"),
            ("iOS", "Ios", "ios"),
            ("EMail", "EMail", "email"),
            ("WorkEMailAddress", "WorkEMailAddress", "work_email_address"),
            ("OAuth2Token", "OAuth2Token", "oauth2_token"),
            ("UseOAuth", "UseOAuth", "use_oauth"),
            ("IPv6", "IPv6", "ipv6"),
            ("IPv4Address", "IPv4Address", "ipv4_address"),
            ("UserIDs", "UserIDs", "user_ids"),
            ("URLsByID", "URLsByID", "urls_by_id"),
            ("PDFs", "PDFs", "pdfs"),
            ("AllowedIPsV2", "AllowedIPsV2", "allowed_ips_v2"),
            ("EMails", "EMails", "emails"),
            ("eMail", "EMail", "email"),
            ("ETag", "ETag", "etag"),
            ("VoIPNumber", "VoIPNumber", "voip_number"),
            ("IoTDevice", "IoTDevice", "iot_device"),
            ("SaaS", "SaaS", "saas"),
            ("iPhoneModel", "IPhoneModel", "iphone_model"),
            ("ODataQuery", "ODataQuery", "odata_query"),
            ("UsedKWh", "UsedKWh", "used_k_wh"),
            ("pHValue", "PHValue", "ph_value"),
            ("FreeGiB", "FreeGiB", "free_gib"),
            ("GraphEmpty", "GraphEmpty", "graph_empty"),
            // One capital with an `s` is a word.
            ("AsOf", "AsOf", "as_of"),
            ("MacOSBuild", "MacOSBuild", "mac_os_build"),
            ("macOSBuild", "MacOSBuild", "macos_build"),
            // Other words that contain the same letters.
            ("DEMail", "DEMail", "de_mail"),
            ("IDstring", "IDstring", "i_dstring"),
            ("StudiOS", "StudiOS", "studi_os"),
            ("A_B", "AB", "a_b"),
            ("String_", "String", "string"),
            ("Self", "Self_", "self_"),
            ("Type", "Type", "type"),
            ("Größe", "Größe", "größe"),
            ("名前", "名前", "名前"),
            ("_1", "N1", "n1"),
            ("_", "N", "n"),
            ("", "N", "n"),
            ("kebab-name", "KebabName", "kebab_name"),
            ("Имя", "Имя", "имя"),
            ("e\u{301}", "É", "é"),
            ("ﬁle", "File", "file"),
            ("ℝ", "R", "r"),
            ("Ｆｕｌｌ", "Full", "full"),
            ("ǅ", "Dž", "dž"),
            ("İd", "İd", "i\u{307}d"),
            ("ſ", "S", "s"),
            // A Cyrillic letter that looks like `a`, and Cherokee letters.
            ("а", "U430", "u430"),
            ("ᏣᎳᎩ", "U13e3u13b3u13a9", "u13e3u13b3u13a9"),
            ("x\"; fn evil() {}", "XFnEvil", "x_fn_evil"),
        ] {
            assert_eq!((type_name(name).as_str(), member_name(name).as_str()), (as_type, as_member), "{name}");
        }
    }

    #[test]
    fn names_fit_into_file_names() {
        for name in ["Long", "名", "Ꮳ", "ﬁ"] {
            let long = type_name(&name.repeat(300));
            assert!((190..=200).contains(&long.len()), "{name}: {}", long.len());
        }
    }

    #[test]
    fn module_names_are_valid_on_every_file_system() {
        for (name, as_module) in [
            ("AddressBook", "address_book"),
            ("Type", "type_"),
            ("Aux", "aux_"),
            ("COM1", "com1_"),
            ("Common", "common"),
            ("Größe", "gruf6udfe"),
            ("../..", "n"),
        ] {
            assert_eq!(module_name(name), as_module, "{name}");
        }
        assert_eq!(module_name(&"名".repeat(300)).len(), 100);
    }
}
