//! Explains the effect of a changed type.

use super::comparison::Comparison;
use crate::api::{Api, ItemKind, Ty};

/// Whether a value was sent or received before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Direction {
    pub sent: bool,
    pub received: bool,
}

/// Returns the effect of a changed type, apart from breaking code that names it, as a clause; `None` if there is none.
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
    let (old, new) = (unwrapped(old), unwrapped(new));
    let effect = if same(old, new) {
        match (was_optional, is_optional) {
            (false, true) => "it may be absent",
            (true, false) => "it is always present",
            _ => "a value of the class can contain another one",
        }
        .to_owned()
    } else if is_text(old) && is_enum(new, comparison.new.api) {
        if !sent {
            return None;
        }
        "the service rejects texts that are not among the values".to_owned()
    } else if is_enum(old, comparison.old.api) && is_text(new) {
        "any text is allowed".to_owned()
    } else if let (Some((old_name, old_range)), Some((new_name, new_range))) = (integer(old), integer(new)) {
        let is_wider = new_range.0 < old_range.0 || new_range.1 > old_range.1;
        let is_narrower = new_range.0 > old_range.0 || new_range.1 < old_range.1;
        let narrower =
            (sent && is_narrower).then(|| format!("the service rejects numbers outside the range of `{new_name}`"));
        let wider = (received && is_wider)
            .then(|| format!("an old client cannot read numbers outside the range of `{old_name}`"));
        let clauses: Vec<String> = narrower.into_iter().chain(wider).collect();
        if clauses.is_empty() {
            return None;
        }
        clauses.join("; ")
    } else if matches!(new, Ty::List(item) if same(old, unwrapped(item))) {
        "it is now a list of the former type".to_owned()
    } else if matches!(old, Ty::List(item) if same(unwrapped(item), new)) {
        "it is no longer a list".to_owned()
    } else {
        return None;
    };
    Some(effect)
}

/// Returns the type without `Option` and `Box`.
fn unwrapped(ty: &Ty) -> &Ty {
    match ty {
        Ty::Option(inner) | Ty::Boxed(inner) => unwrapped(inner),
        ty => ty,
    }
}

fn is_text(ty: &Ty) -> bool {
    matches!(ty, Ty::Std("String"))
}

fn is_enum(ty: &Ty, api: &Api) -> bool {
    matches!(ty, Ty::Item(id, _) if matches!(api.items[*id].kind, ItemKind::Enum(_) | ItemKind::Flags(_)))
}

/// Returns the name of an integer type, with its smallest and largest value.
fn integer(ty: &Ty) -> Option<(&'static str, (i128, i128))> {
    let Ty::Std(name) = ty else { return None };
    let bits: u32 = name.get(1..)?.parse().ok()?;
    match name.get(..1)? {
        "i" => Some((name, (-(1 << (bits - 1)), (1 << (bits - 1)) - 1))),
        "u" => Some((name, (0, (1 << bits) - 1))),
        _ => None,
    }
}
