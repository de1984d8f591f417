//! Writes the call of an operation in Rust, for pasting.

use evo_model::api::{Item, ItemKind, Ty};

use super::Shape;
use crate::sample::sample_text;

/// Returns `client.send(HoldSession::new("session-1")).await?`.
pub(super) fn call(item: &Item) -> String {
    let ItemKind::Record(record) = &item.kind else {
        return format!("client.send({}::default()).await?", item.name);
    };
    let needed = record.new.iter().flatten().filter_map(|index| record.members.get(*index));
    let arguments: Vec<String> =
        needed.map(|member| literal(&member.ty, &item.simple_name, &member.dotnet_name)).collect();
    format!("client.send({}::new({})).await?", item.name, arguments.join(", "))
}

/// Returns a literal of a type, or its default if it has no literal.
fn literal(ty: &Ty, owner: &str, member: &str) -> String {
    match ty {
        Ty::Option(inner) => literal(inner, owner, member),
        Ty::Std("String") => format!("{:?}", sample_text(&Shape::Text, owner, member)),
        Ty::Std("bool") => "true".to_owned(),
        Ty::Std("char") => "'a'".to_owned(),
        Ty::Std("f32" | "f64") => "1.5".to_owned(),
        Ty::Std(_) => "1".to_owned(),
        _ => "Default::default()".to_owned(),
    }
}
