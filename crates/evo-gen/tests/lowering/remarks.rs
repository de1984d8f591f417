//! Diagnostics count the members that they concern.

use std::collections::BTreeMap;

use evo_gen::config::Settings;
use evo_gen::diagnostics::Diagnostics;
use evo_gen::{lower, metadata};
use serde_json::{Value, json};

use crate::made::{class, derived, member, operation};

fn remarks(document: &Value) -> Vec<String> {
    let mut diagnostics = Diagnostics::default();
    let types = metadata::read_value(document, &mut diagnostics).unwrap();
    lower::lower(&types, None, &Settings::default(), &BTreeMap::new(), &mut diagnostics).unwrap();
    diagnostics
        .as_slice()
        .iter()
        .map(|remark| format!("{}: {}, {:?}", remark.code, remark.message, remark.extent()))
        .collect()
}

#[test]
fn a_diagnostic_about_several_members_counts_them() {
    let base = class("Base", &[member("First", "Shop.Missing"), member("One", "Shop.Alone")]);
    let document = json!({
        "types": [
            base,
            // An inherited member counts once.
            derived("Answer", "Base", &[member("Second", "Shop.Missing"), member("Third", "List<Missing>")]),
        ],
        "operations": [operation(&class("Find", &[]), Some("Answer"))],
    });
    assert_eq!(
        remarks(&document),
        [
            "EVO0024: the type `Missing` is not described, Some(\"3 members\")",
            "EVO0024: the type `Alone` is not described, None",
        ]
    );
}
