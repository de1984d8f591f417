//! Restores the types of JSV responses, because JSV does not distinguish numbers and booleans from text.

use super::given::Given;
use super::kinds::{Class, Kind, Types};
use crate::api::Ty;

/// Converts the strings of a JSV response to numbers and booleans, according to its type. Unknown members are left as they are.
pub fn retype(given: Given, ty: &Ty, types: &Types<'_>) -> Given {
    match (types.kind(ty), given) {
        (Kind::Scalar(name), Given::Text(text)) => scalar(&name, text),
        (Kind::List(item), Given::List(items)) => {
            Given::List(items.into_iter().map(|given| retype(given, &item, types)).collect())
        }
        (Kind::Map(_, value), Given::Object(pairs)) => {
            Given::Object(pairs.into_iter().map(|(key, given)| (key, retype(given, &value, types))).collect())
        }
        (Kind::Class(class), Given::Object(pairs)) => members(pairs, &class, types),
        (Kind::Variants(variants), given) => retype(given, &Ty::Item(variants.untyped_class(), Vec::new()), types),
        (_, given) => given,
    }
}

fn members(pairs: Vec<(String, Given)>, class: &Class<'_>, types: &Types<'_>) -> Given {
    let pairs = pairs.into_iter().map(|(name, given)| {
        let field = class.find(&name).and_then(|index| class.fields.get(index));
        let given = match field {
            Some(field) => retype(given, &field.ty, types),
            None => given,
        };
        (name, given)
    });
    Given::Object(pairs.collect())
}

fn scalar(name: &str, text: String) -> Given {
    let is_number =
        matches!(name, "i8" | "u8" | "i16" | "u16" | "i32" | "u32" | "i64" | "u64" | "f32" | "f64" | "Decimal");
    match text.as_str() {
        "" if is_number || name == "bool" => Given::Null,
        digits if is_number && is_json_number(digits) => Given::Number(text),
        word if name == "bool" && word.eq_ignore_ascii_case("true") => Given::Bool(true),
        word if name == "bool" && word.eq_ignore_ascii_case("false") => Given::Bool(false),
        _ => Given::Text(text),
    }
}

fn is_json_number(text: &str) -> bool {
    serde_json::from_str::<serde_json::Number>(text).is_ok()
}
