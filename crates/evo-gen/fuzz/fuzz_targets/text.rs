//! Generates from arbitrary bytes. The result must be an error, or harmless code.
#![no_main]

#[path = "../../tests/support/corpus/mod.rs"]
#[allow(dead_code, reason = "only a part is used here")]
mod corpus;

use std::collections::BTreeMap;

use corpus::harmless;
use evo_gen::config::Settings;
use evo_gen::source::{Limits, read_standard_input};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(document) = read_standard_input(bytes, &Limits::default()) else { return };
    if let Ok(outcome) = corpus::generate(&document, &Settings::default(), &BTreeMap::new()) {
        harmless::check("the document", &outcome);
    }
});
