//! Help texts: what happens to a type that the document leaves open, and which entry of `evo-gen.toml` would settle it.

use crate::lower::type_expr::Name;
use crate::metadata::TypeName;

/// Returns the .NET name with its arity, and with its namespace if known, in the form of the keys of `supply` and `replace`.
pub(crate) fn full_name(name: &Name, namespace: Option<&str>) -> String {
    let arity = if name.args.is_empty() { name.arity.unwrap_or(0) } else { name.args.len() };
    let arity = if arity == 0 { String::new() } else { format!("`{arity}") };
    let parts: Vec<&str> = namespace.into_iter().chain(name.outer.as_deref()).chain([name.simple.as_str()]).collect();
    parts.join(".") + &arity
}

/// Help for an enum.
pub(crate) fn missing_enum(name: &str) -> String {
    format!(
        "its values are kept as text or number; add supply.{} = [\"First\", \"Second\"] to evo-gen.toml",
        quote(name)
    )
}

/// Help for a struct.
pub(crate) fn missing_struct(name: &str) -> String {
    format!("it is kept as the text that some hosts send or the object that others send; {}", supply_or_replace(name))
}

/// Help for a class, or for a type of unknown kind.
pub(crate) fn missing_class(name: &str) -> String {
    format!("it is read as any JSON; {}", supply_or_replace(name))
}

/// Help for a base class.
pub(crate) fn missing_base(base: &TypeName) -> String {
    let dot = if base.namespace.is_empty() { "" } else { "." };
    let name = quote(&format!("{}{dot}{}", base.namespace, base.name));
    format!("its members are missing; add supply.{name} = {{ Member = \"Type\" }} to evo-gen.toml")
}

fn supply_or_replace(name: &str) -> String {
    let name = quote(name);
    format!("add supply.{name} = {{ Member = \"Type\" }} or replace.{name} = \"crate::MyType\" to evo-gen.toml")
}

/// Help for an ambiguous name that may refer to `candidate`. Only a name in a member, given with its class, can be settled.
pub(crate) fn ambiguous(member: Option<(String, &str)>, candidate: Option<&String>) -> String {
    let done = "it is read as any JSON";
    match (member, candidate) {
        (Some((declaring, member)), Some(candidate)) => {
            let key = quote(&format!("{declaring}.{member}"));
            format!("{done}; add resolve.{key} = {} to evo-gen.toml", quote(candidate))
        }
        _ => done.to_owned(),
    }
}

/// Quotes a name as a TOML string, which has the syntax of a JSON string. Names come from a document and can contain anything.
fn quote(name: &str) -> String {
    serde_json::Value::from(name).to_string().replace('\u{7f}', "\\u007F")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_as_toml_reads_them() {
        for name in ["Shop.Money", "Shop.Box`1", "a\"b\\c", "a\nb\u{7f}", "Größe \u{202e}"] {
            let table: toml::Table = format!("{} = 1", quote(name)).parse().unwrap();
            assert_eq!(table.keys().next().map(String::as_str), Some(name), "{}", quote(name));
        }
    }

    #[test]
    fn the_full_name_has_what_is_known() {
        for (text, args, namespace, expected) in [
            ("Money", &[][..], Some("Shop"), "Shop.Money"),
            ("Money", &[], None, "Money"),
            ("Box`1", &[], Some("Shop"), "Shop.Box`1"),
            ("Box`1", &["Int32".to_owned()], Some("Shop"), "Shop.Box`1"),
            ("Outer.Inner", &[], Some("Shop"), "Shop.Outer.Inner"),
        ] {
            let Some(crate::lower::type_expr::TypeExpr::Name(name)) = crate::lower::type_expr::parse(text, args) else {
                panic!("{text} is a name")
            };
            assert_eq!(full_name(&name, namespace), expected, "{text}");
        }
    }
}
