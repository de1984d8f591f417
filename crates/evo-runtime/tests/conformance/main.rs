//! One test for each case of the protocol's table that a client can be held against, named after the case; `given` and `expect` come from the
//! table. A module for each area; each lists its tests with `cases!`.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what tests share fails by panicking"
)]

#[path = "../support/loopback.rs"]
#[cfg(feature = "reqwest")]
mod loopback;

mod case;

mod autoquery;
mod batch;
mod crud;
mod errors;
mod events;
mod files;
mod http;
mod music;
mod url;

use std::collections::BTreeSet;

/// The tests of all modules.
const TESTED: &[&[&str]] =
    &[autoquery::CASES, batch::CASES, crud::CASES, errors::CASES, events::CASES, files::CASES, http::CASES, url::CASES];

/// Areas that other crates are held against.
const ELSEWHERE: &[&str] = &["metadata", "verbs", "evo-voice"];

/// Areas whose tests are not written yet.
const AREAS_STILL_MISSING: &[&str] = &["json", "jsv", "auth"];

/// Single cases, of areas that have tests, whose tests are not written yet.
const CASES_STILL_MISSING: &[&str] = &[];

#[test]
fn every_case_has_a_test() {
    let tested: BTreeSet<String> = TESTED.iter().copied().flatten().map(|name| case::id_of(name)).collect();
    assert_eq!(tested.len(), TESTED.iter().map(|cases| cases.len()).sum::<usize>(), "a case has two tests");
    let left_out = |area: &str| ELSEWHERE.contains(&area) || AREAS_STILL_MISSING.contains(&area);
    let expected: BTreeSet<String> = case::all()
        .iter()
        .filter(|case| !left_out(&case.area) && !CASES_STILL_MISSING.contains(&case.id.as_str()))
        .map(|case| case.id.clone())
        .collect();
    assert_eq!(tested, expected);
}
