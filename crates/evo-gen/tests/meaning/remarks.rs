//! Diagnostics count the members that they concern.

use evo_gen::config::Settings;
use serde_json::{Value, json};

use crate::document::{class, derived, operation};
use crate::made::lower;

fn remarks(document: &Value) -> Vec<String> {
    let (_, diagnostics) = lower(document, &Settings::default()).unwrap();
    diagnostics
        .as_slice()
        .iter()
        .map(|remark| format!("{}: {}, {:?}", remark.code, remark.message, remark.extent()))
        .collect()
}

#[test]
fn a_diagnostic_about_several_members_counts_them() {
    let base = class("Base", &["First: Missing", "One: Alone"]);
    let document = json!({
        "types": [
            base,
            // An inherited member counts once.
            derived("Answer", "Base", &["Second: Missing", "Third: List<Missing>"]),
        ],
        "operations": [operation("Find", "POST", &[], "Answer")],
    });
    assert_eq!(
        remarks(&document),
        [
            "EVO0024: the type `Missing` is not described, Some(\"3 members\")",
            "EVO0024: the type `Alone` is not described, None",
        ]
    );
}
