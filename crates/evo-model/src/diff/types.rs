//! What it means that a value is of another type.

use super::comparison::Comparison;
use crate::api::{Api, ItemKind, Ty};

/// The direction in which a value travelled before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Direction {
    pub sent: bool,
    pub received: bool,
}

/// What a change of a type does besides breaking code that names it, as a clause; `None` if nothing is known.
pub(super) fn effect_of_type(
    comparison: &Comparison<'_>,
    old: &Ty,
    new: &Ty,
    parameters: [&[String]; 2],
    direction: Direction,
) -> Option<String> {
    let Direction { sent, received } = direction;
    let same = |old: &Ty, new: &Ty| comparison.is_same_type(old, new, parameters);
    let (was_optional, is_optional) = (matches!(old, Ty::Option(_)), matches!(new, Ty::Option(_)));
    let (old, new) = (plain(old), plain(new));
    let effect = if same(old, new) {
        match (was_optional, is_optional) {
            (false, true) => "it may be missing",
            (true, false) => "it is always there",
            _ => "a value of the class can hold another one",
        }
        .to_owned()
    } else if is_text(old) && is_enum(new, comparison.new.api) {
        if !sent {
            return None;
        }
        "the service refuses a text that is none of the values".to_owned()
    } else if is_enum(old, comparison.old.api) && is_text(new) {
        "any text is a value".to_owned()
    } else if let (Some((old_name, old_range)), Some((new_name, new_range))) = (integer(old), integer(new)) {
        let is_wider = new_range.0 < old_range.0 || new_range.1 > old_range.1;
        let is_narrower = new_range.0 > old_range.0 || new_range.1 < old_range.1;
        let narrower =
            (sent && is_narrower).then(|| format!("the service refuses numbers that `{new_name}` does not hold"));
        let wider = (received && is_wider)
            .then(|| format!("an old client fails to read numbers that `{old_name}` does not hold"));
        let clauses: Vec<String> = narrower.into_iter().chain(wider).collect();
        if clauses.is_empty() {
            return None;
        }
        clauses.join("; ")
    } else if matches!(new, Ty::List(item) if same(old, plain(item))) {
        "it is a list of what it was".to_owned()
    } else if matches!(old, Ty::List(item) if same(plain(item), new)) {
        "it is one of what was a list".to_owned()
    } else {
        return None;
    };
    Some(effect)
}

/// The type without `Option` and `Box`.
fn plain(ty: &Ty) -> &Ty {
    match ty {
        Ty::Option(inner) | Ty::Boxed(inner) => plain(inner),
        ty => ty,
    }
}

fn is_text(ty: &Ty) -> bool {
    matches!(ty, Ty::Std("String"))
}

fn is_enum(ty: &Ty, api: &Api) -> bool {
    matches!(ty, Ty::Item(id, _) if matches!(api.items[*id].kind, ItemKind::Enum(_) | ItemKind::Flags(_)))
}

/// The name of an integer type, and its smallest and largest value.
fn integer(ty: &Ty) -> Option<(&'static str, (i128, i128))> {
    let Ty::Std(name) = ty else { return None };
    let bits: u32 = name.get(1..)?.parse().ok()?;
    match name.get(..1)? {
        "i" => Some((name, (-(1 << (bits - 1)), (1 << (bits - 1)) - 1))),
        "u" => Some((name, (0, (1 << bits) - 1))),
        _ => None,
    }
}
