//! The one place where names of a document become identifiers.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// A type or variant: the .NET name, unless Rust would write it otherwise.
pub(super) fn type_name(name: &str) -> String {
    let mut name = cleaned(name);
    let is_camel = name.starts_with(char::is_uppercase) && !name.contains('_');
    // A word of capitals alone is written as a word.
    let is_shouted = name.chars().count() > 2 && name.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    if !is_camel || is_shouted {
        let camel = name.to_upper_camel_case();
        name = if is_shouted || name.contains('_') || camel.is_empty() { camel } else { capitalised(&name) };
    }
    if name.chars().count() > 2 && name.chars().all(|c| c.is_uppercase() || c.is_ascii_digit()) {
        name = name.to_upper_camel_case();
    }
    let name = begin_with_letter(&name, 'N');
    if name == "Self" { "Self_".to_owned() } else { name }
}

/// A field or function.
pub(super) fn member_name(name: &str) -> String {
    let snake = begin_with_letter(&cleaned(name).to_snake_case(), 'n');
    // The only keywords that cannot be written raw.
    if matches!(snake.as_str(), "self" | "super" | "crate") { format!("{snake}_") } else { snake }
}

/// A constant.
pub(super) fn constant_name(name: &str) -> String {
    begin_with_letter(&cleaned(name).to_shouty_snake_case(), 'N')
}

/// A module, which becomes the name of a file: it is ASCII, as rustc wants it, not too long, and a keyword or a name that
/// Windows keeps for its devices gets an underscore.
pub(super) fn module_name(name: &str) -> String {
    const LONGEST: usize = 100;
    let snake = begin_with_letter(&cleaned(name).to_snake_case(), 'n');
    let spelled = |c: char| if c.is_ascii() { c.to_string() } else { format!("u{:x}", u32::from(c)) };
    let mut ascii: String = snake.chars().map(spelled).collect();
    ascii.truncate(LONGEST);
    if is_keyword(&ascii) || is_device(&ascii) { format!("{ascii}_") } else { ascii }
}

fn is_device(name: &str) -> bool {
    let is_port = |kind: &str| name.strip_prefix(kind).is_some_and(|port| matches!(port.as_bytes(), [b'0'..=b'9']));
    matches!(name, "con" | "prn" | "aux" | "nul") || is_port("com") || is_port("lpt")
}

/// Whether Rust reserves a word, in any edition.
pub(crate) fn is_keyword(word: &str) -> bool {
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

/// The characters that an identifier can hold; anything else separates words.
fn cleaned(name: &str) -> String {
    name.chars().take(200).map(|c| if unicode_ident::is_xid_continue(c) { c } else { '_' }).collect()
}

fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

fn begin_with_letter(name: &str, letter: char) -> String {
    match name.chars().next() {
        Some(first) if unicode_ident::is_xid_start(first) => name.to_owned(),
        Some('_') if name.len() > 1 && name.chars().any(|c| c != '_') => name.to_owned(),
        _ => format!("{letter}{}", name.trim_matches('_')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_identifiers_of_their_kind() {
        for (name, as_type, as_member) in [
            ("HoldSession", "HoldSession", "hold_session"),
            ("ListAISessions", "ListAISessions", "list_ai_sessions"),
            ("SMS", "Sms", "sms"),
            ("UI", "UI", "ui"),
            ("iOS", "Ios", "i_os"),
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
            ("x\"; fn evil() {}", "XFnEvil", "x_fn_evil"),
        ] {
            assert_eq!((type_name(name).as_str(), member_name(name).as_str()), (as_type, as_member), "{name}");
        }
    }

    #[test]
    fn modules_have_names_that_every_file_system_takes() {
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
