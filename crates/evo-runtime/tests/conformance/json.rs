//! Values in JSON (section 3, Appendix A).

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::unused_async,
    reason = "tests fail by panicking, and all of them have one form"
)]

#[path = "json/answers.rs"]
mod answers;
#[path = "json/classes.rs"]
mod classes;
#[path = "json/composites.rs"]
mod composites;
#[path = "json/dates.rs"]
mod dates;
#[path = "json/enums.rs"]
mod enums;
#[path = "json/scalars.rs"]
mod scalars;

use std::collections::BTreeSet;

use evo_runtime::wire::{Encode, Wire, json};
use serde_json::Value;

use self::answers::{json_11, json_26, json_27, json_32};
use self::classes::{json_10, json_13, json_18, json_19, json_24, json_25, json_28, json_33};
use self::composites::{json_09, json_12, json_20, json_21, json_22, json_23};
use self::dates::{json_01, json_02, json_03, json_14, json_15, json_36};
use self::enums::{json_05, json_06, json_31, json_34, json_35};
use self::scalars::{json_04, json_07, json_08, json_16, json_17, json_29, json_30};
use crate::case::{self, cases, items, text};

cases![
    json_01, json_02, json_03, json_04, json_05, json_06, json_07, json_08, json_09, json_10, json_11, json_12,
    json_13, json_14, json_15, json_16, json_17, json_18, json_19, json_20, json_21, json_22, json_23, json_24,
    json_25, json_26, json_27, json_28, json_29, json_30, json_31, json_32, json_33, json_34, json_35, json_36,
];

#[test]
fn every_case_has_a_test() {
    let of_area = case::all().iter().filter(|case| case.area == "json").map(|case| case.id.clone());
    let tested = CASES.iter().map(|name| case::id_of(name));
    assert_eq!(tested.collect::<BTreeSet<_>>(), of_area.collect());
}

/// Reads JSON like the client.
fn read<T: Wire>(bytes: &str) -> T {
    json::from_slice(bytes.as_bytes()).unwrap_or_else(|error| panic!("{bytes}: {error}"))
}

/// Writes JSON like the client.
fn written(value: &dyn Encode) -> String {
    json::to_string(value).unwrap_or_else(|error| panic!("{error}"))
}

/// Returns the inputs of `given` with their expected results.
fn beside<'a>(given: &'a Value, expected: &'a Value) -> Vec<(&'a str, &'a Value)> {
    assert_eq!(items(given).len(), items(expected).len());
    items(given).iter().map(text).zip(items(expected)).collect()
}
