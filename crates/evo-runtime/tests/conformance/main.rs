//! One test for each case of the protocol's table that applies to a client. A test is named after its case, and `given` and `expect` come
//! from the table. There is one module per area, which lists its tests with `cases!`.
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

mod auth;
mod autoquery;
mod batch;
mod crud;
mod errors;
mod events;
mod files;
mod http;
mod json;
mod jsv;
mod music;
mod url;

use std::collections::BTreeSet;

/// The tests of all modules.
const TESTED: &[&[&str]] = &[
    auth::CASES,
    autoquery::CASES,
    batch::CASES,
    crud::CASES,
    errors::CASES,
    events::CASES,
    files::CASES,
    http::CASES,
    json::CASES,
    jsv::CASES,
    url::CASES,
];

/// Areas that apply to other crates.
const ELSEWHERE: &[&str] = &["metadata", "verbs", "evo-voice"];

/// Cases without a test.
const PENDING: &[&str] = &[];

#[test]
fn every_case_has_a_test() {
    let mut tested: BTreeSet<String> = TESTED.iter().copied().flatten().map(|name| case::id_of(name)).collect();
    assert_eq!(tested.len(), TESTED.iter().map(|cases| cases.len()).sum::<usize>(), "a case has two tests");
    for id in PENDING {
        assert!(tested.insert((*id).to_owned()), "{id} has its test");
    }
    let expected: BTreeSet<String> = case::all()
        .iter()
        .filter(|case| !ELSEWHERE.contains(&case.area.as_str()))
        .map(|case| case.id.clone())
        .collect();
    assert_eq!(tested, expected);
}
