//! Generates from structured documents that are built from the input. The result must be an error with help, or harmless code.
#![no_main]

#[path = "../../tests/support/corpus/mod.rs"]
#[allow(dead_code, reason = "only a part is used here")]
mod corpus;

use std::collections::BTreeMap;

use corpus::arbitrary::document;
use corpus::harmless;
use corpus::random::Random;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let document = document(Random::chosen(bytes.to_vec()));
    match harmless::outcome(&document, &BTreeMap::new()) {
        Ok(outcome) => harmless::check("the document", &outcome),
        Err(error) => assert!(error.advice().is_some_and(|help| !help.is_empty()), "{error} gives no help"),
    }
});
