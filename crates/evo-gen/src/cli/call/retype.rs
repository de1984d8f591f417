//! Restores the types of JSV responses, because JSV does not distinguish numbers and booleans from text.

use super::kinds::{Class, Kind, Types};
use super::untyped::UntypedValue;
use crate::api::Ty;

/// Converts the strings of a JSV response to numbers and booleans, according to its type. Unknown members are left as they are.
pub fn retype(untyped: UntypedValue, ty: &Ty, types: &Types<'_>) -> UntypedValue {
    match (types.kind(ty), untyped) {
        (Kind::Scalar(name), UntypedValue::Text(text)) => scalar(&name, text),
        (Kind::List(item), UntypedValue::List(items)) => {
            UntypedValue::List(items.into_iter().map(|untyped| retype(untyped, &item, types)).collect())
        }
        (Kind::Map(_, value), UntypedValue::Object(pairs)) => UntypedValue::Object(
            pairs.into_iter().map(|(key, untyped)| (key, retype(untyped, &value, types))).collect(),
        ),
        (Kind::Class(class), UntypedValue::Object(pairs)) => members(pairs, &class, types),
        (Kind::Variants(variants), untyped) => retype(untyped, &Ty::Item(variants.untyped_class(), Vec::new()), types),
        (_, untyped) => untyped,
    }
}

fn members(pairs: Vec<(String, UntypedValue)>, class: &Class<'_>, types: &Types<'_>) -> UntypedValue {
    let pairs = pairs.into_iter().map(|(name, untyped)| {
        let field = class.find(&name).and_then(|index| class.fields.get(index));
        let untyped = match field {
            Some(field) => retype(untyped, &field.ty, types),
            None => untyped,
        };
        (name, untyped)
    });
    UntypedValue::Object(pairs.collect())
}

fn scalar(name: &str, text: String) -> UntypedValue {
    let is_number =
        matches!(name, "i8" | "u8" | "i16" | "u16" | "i32" | "u32" | "i64" | "u64" | "f32" | "f64" | "Decimal");
    match text.as_str() {
        "" if is_number || name == "bool" => UntypedValue::Null,
        digits if is_number && is_json_number(digits) => UntypedValue::Number(text),
        word if name == "bool" && word.eq_ignore_ascii_case("true") => UntypedValue::Bool(true),
        word if name == "bool" && word.eq_ignore_ascii_case("false") => UntypedValue::Bool(false),
        _ => UntypedValue::Text(text),
    }
}

fn is_json_number(text: &str) -> bool {
    serde_json::from_str::<serde_json::Number>(text).is_ok()
}
