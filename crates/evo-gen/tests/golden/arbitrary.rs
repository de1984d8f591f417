//! Generated hostile documents: each results in an error with help, or in code that contains text of the document only in literals and
//! chosen names.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde_json::Value;

use crate::corpus::Outcome;
use crate::corpus::arbitrary::document;
use crate::corpus::harmless::{self, outcome};
use crate::corpus::random::Random;
use crate::determinism::{member, reversed};

/// The documents of every run, and those that only `.ci/run` tries.
const SEEDS: Range<u64> = 0..100;
const MORE_SEEDS: Range<u64> = 100..500;

fn check(seed: u64) {
    let made = document(Random::new(seed));
    let outcome = match outcome(&made, &BTreeMap::new()) {
        Ok(outcome) => outcome,
        Err(error) => {
            assert_eq!(error.exit_code(), 4, "seed {seed}: {error}");
            assert!(error.advice().is_some_and(|help| !help.is_empty()), "seed {seed}: {error} has no help");
            return;
        }
    };
    harmless::check(&format!("seed {seed}"), &outcome);
    check_again(seed, &made, &outcome);
}

/// Generates again: from the same document, with the names of the first run, and in a different order.
fn check_again(seed: u64, made: &Value, first: &Outcome) {
    let is_same = |other: &Value, names: &BTreeMap<String, String>, how: &str| {
        let other = outcome(other, names).unwrap_or_else(|error| panic!("seed {seed}, {how}: {error}")).generated;
        assert_eq!(other.names, first.generated.names, "seed {seed}, {how}");
        for (file, other) in first.generated.files.iter().zip(&other.files) {
            assert_eq!(other, file, "seed {seed}, {how}");
        }
        assert_eq!(other.files.len(), first.generated.files.len(), "seed {seed}, {how}");
    };
    is_same(made, &BTreeMap::new(), "once more");
    is_same(made, &first.generated.names, "with the names of the first run");
    let mut shuffled = reversed(made);
    if is_told_apart(made) {
        let mut random = Random::new(seed);
        for list in ["types", "operations"] {
            random.shuffle(member(&mut shuffled, list).unwrap());
        }
    }
    is_same(&shuffled, &BTreeMap::new(), "in another order");
}

/// Whether no type is described twice. Of such types, the first one is used, so the order matters.
fn is_told_apart(made: &Value) -> bool {
    let operations = made["operations"].as_array().into_iter().flatten();
    let described = operations
        .flat_map(|operation| [&operation["request"], &operation["response"]])
        .filter(|described| described.is_object());
    let mut known = BTreeSet::new();
    made["types"].as_array().into_iter().flatten().chain(described).all(|described| {
        let name = described["name"].as_str().unwrap_or_default().split('`').next().unwrap_or_default().to_owned();
        known.insert((described["namespace"].to_string(), name.replace('+', ".")))
    })
}

#[test]
fn hostile_documents_do_no_harm() {
    SEEDS.for_each(check);
}

#[test]
#[ignore = "takes half a minute; .ci/run does it"]
fn more_hostile_documents_do_no_harm() {
    MORE_SEEDS.for_each(check);
}
