//! The features of evo-runtime that the generated code needs.

use std::collections::BTreeSet;

use crate::api::{Api, Check, ItemKind, Record, Ty};
use crate::config::Maps;

/// Finds the features in the types that the code mentions.
pub(crate) fn find_runtime_features(api: &Api) -> BTreeSet<&'static str> {
    let mut features = BTreeSet::new();
    for item in &api.items {
        item.each_type(&mut |ty| match ty {
            Ty::Runtime(name, _) if name.starts_with("chrono::") => drop(features.insert("chrono")),
            Ty::Runtime(name, _) if name.starts_with("time::") => drop(features.insert("time")),
            Ty::Map(..) if api.maps == Maps::IndexMap => drop(features.insert("indexmap")),
            _ => {}
        });
    }
    let has_pattern = |record: &Record| {
        let mut rules = record.members.iter().flat_map(|member| &member.rules);
        record.validate.is_some() && rules.any(|rule| matches!(rule.check, Check::RegularExpression(_)))
    };
    if api.items.iter().any(|item| matches!(&item.kind, ItemKind::Record(record) if has_pattern(record))) {
        features.insert("regex");
    }
    features
}
