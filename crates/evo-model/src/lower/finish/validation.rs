//! The setting `validate`: adds a method to requests with rules that checks them.

use crate::Error;
use crate::api::{Check, IdVec, Item, ItemId, ItemKind, Rule};

/// Adds a method that checks the rules to each request that has any.
///
/// # Errors
///
/// If no request has rules: the setting would have no effect.
pub(crate) fn add_validation(items: &mut IdVec<ItemId, Item>) -> Result<(), Error> {
    let mut is_used = false;
    for item in items {
        let ItemKind::Record(record) = &mut item.kind else { continue };
        let has_rules = record.members.iter().any(|member| member.rules.iter().any(is_checkable));
        if record.operation.is_none() || !has_rules {
            continue;
        }
        is_used = true;
        let mut method = "validate".to_owned();
        let is_taken = |method: &str| record.members.iter().any(|member| member.name == method);
        while is_taken(&method) {
            method.push_str("_rules");
        }
        record.validate = Some(method);
    }
    if is_used {
        return Ok(());
    }
    Err(Error::usage("no request has a rule that a client can check, so `validate` does nothing")
        .setting("validate", None)
        .help("leave `validate` out; the service checks its other rules itself"))
}

/// Whether a rule can be checked without calling the service.
fn is_checkable(rule: &Rule) -> bool {
    !matches!(rule.check, Check::Other(_))
}
