//! Every document there is becomes a crate, by the program as people run it, and every crate is built as people build theirs: without
//! a warning of rustc, of clippy (pedantic too) and of rustdoc.
//!
//! The documents are those below `fixtures`, the recorded ones that lie beside the repository, and those in the folders that
//! `EVO_DOCUMENTS` names, separated as in `PATH`. All crates share a workspace in the target folder, so that the runtime is built once.
#![cfg(all(feature = "cli", feature = "http"))]
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod binaries;
#[path = "../corpus/mod.rs"]
mod corpus;
mod crates;
mod modules;
mod seeds;
mod start;
mod workspace;

use std::path::Path;

use corpus::Source;
use evo_gen::source::{Limits, read_file};
use workspace::Workspace;

/// The variable that names more folders of documents.
const VARIABLE: &str = "EVO_DOCUMENTS";

/// Refuses every warning of rustc and clippy. Generated code has no tests, which would be compiled a second time.
const LINTS: [&str; 11] =
    ["clippy", "--lib", "--bins", "--examples", "--", "-D", "warnings", "-W", "clippy::pedantic", "-W", "missing_docs"];

#[test]
fn samples_become_modules_without_a_warning() {
    let workspace = Workspace::new("modules");
    modules::make(&workspace, "2024");
    binaries::make(&workspace, &binaries::SAMPLES);
    workspace.cargo(&LINTS);
}

#[test]
#[ignore = "builds a crate of each document, which takes minutes; .ci/run does it"]
fn every_document_becomes_a_crate_without_a_warning() {
    let workspace = Workspace::new("documents");
    let mut documents = corpus::sources();
    documents.extend(given());
    let crates = crates::make(&workspace, &documents);
    modules::make(&workspace, "2021");
    binaries::make(&workspace, &["evo-voice"]);
    let (with_features, features) = crates::make_with_features(&workspace, &documents);

    println!("{} crates of {} documents:", crates.len(), documents.len());
    for (name, documents) in &crates {
        println!("  {name}: {}", documents.join(", "));
    }
    workspace.cargo(&LINTS);
    workspace.cargo(&["doc", "--no-deps"]);
    assert_eq!(features, ["default", "full", "orders", "parcels-packets", "pets", "pets-food"]);
    for feature in std::iter::once("").chain(features.iter().map(String::as_str)) {
        workspace.with_feature(with_features, feature);
    }
    // Of a few, since each is linked: that of every form, and those of names that Rust does not take as they are.
    workspace.doctests(&["client-cases-answers", "client-cases-examples", "client-cases-names"]);
}

#[test]
#[ignore = "takes a minute; .ci/run does it"]
fn made_up_documents_become_modules_without_a_warning() {
    let workspace = Workspace::new("seeds");
    seeds::make(&workspace);
    workspace.cargo(&LINTS);
    workspace.cargo(&["doc", "--no-deps"]);
}

#[test]
fn what_new_and_init_make_builds_and_runs() {
    let workspace = Workspace::new("start");
    start::make(&workspace);
    workspace.cargo(&["clippy", "--all-targets", "--", "-D", "warnings"]);
    start::run_example(&workspace);
}

/// The documents that the environment names.
fn given() -> Vec<Source> {
    let folders = std::env::var_os(VARIABLE).unwrap_or_default();
    let mut documents = Vec::new();
    for (number, folder) in std::env::split_paths(&folders).filter(|folder| !folder.as_os_str().is_empty()).enumerate()
    {
        let found = Source::below(&folder, &format!("given-{}/", number + 1), &|path| is_document(path));
        assert!(!found.is_empty(), "{VARIABLE}: no document in {}", folder.display());
        documents.extend(found);
    }
    documents
}

/// Whether a file holds the metadata of a service; others may lie beside it.
fn is_document(path: &Path) -> bool {
    let is_json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    is_json && read_file(path, &Limits::default()).inspect_err(|error| println!("left out: {error}")).is_ok()
}
