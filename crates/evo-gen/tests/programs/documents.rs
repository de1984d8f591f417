//! Creates a crate for every document with the program, and builds every crate without a warning of rustc, clippy (including pedantic
//! lints) or rustdoc.
//!
//! The documents are those below `fixtures`, the recorded documents beside the repository, and those in the folders in `EVO_DOCUMENTS`,
//! separated as in `PATH`.

use std::path::Path;

use evo_gen::source::{Limits, read_file};

use crate::corpus::{self, Source};
use crate::workspace::Workspace;
use crate::{binaries, crates, extremes, modules, seeds, start};

/// The environment variable with additional folders of documents.
const VARIABLE: &str = "EVO_DOCUMENTS";

/// The lints that are denied. Generated code has no tests, so they are not checked.
const LINTS: [&str; 11] =
    ["clippy", "--lib", "--bins", "--examples", "--", "-D", "warnings", "-W", "clippy::pedantic", "-W", "missing_docs"];

#[test]
#[ignore = "runs cargo; .ci/run does it"]
fn samples_become_modules_without_a_warning() {
    let workspace = Workspace::new("modules");
    modules::make(&workspace, "2024");
    binaries::make(&workspace, &binaries::SAMPLES);
    workspace.cargo(&LINTS);
}

#[test]
#[ignore = "runs cargo; .ci/run does it"]
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
    // Other crates have the same docs: the modules are made of documents that are crates too, and hosts describe themselves twice.
    workspace.cargo(&["doc", "--no-deps", "--exclude", "modules-2021", "--exclude", "binaries", "--exclude", "*-app"]);
    assert_eq!(features, ["default", "full", "orders", "parcels-packets", "pets", "pets-food"]);
    for feature in std::iter::once("").chain(features.iter().map(String::as_str)) {
        workspace.with_feature(with_features, feature);
    }
    // Only of a few crates, because each doctest is linked.
    workspace.doctests(&["client-cases-answers", "client-cases-examples", "client-cases-names"]);
}

#[test]
#[ignore = "runs cargo; .ci/run does it"]
fn documents_of_extreme_sizes_become_crates_without_a_warning() {
    let workspace = Workspace::new("extremes");
    extremes::make(&workspace);
    workspace.cargo(&LINTS);
}

#[test]
#[ignore = "runs cargo; .ci/run does it"]
fn random_documents_become_modules_without_a_warning() {
    let workspace = Workspace::new("seeds");
    seeds::make(&workspace);
    workspace.cargo(&LINTS);
    workspace.cargo(&["doc", "--no-deps"]);
}

#[test]
#[ignore = "runs cargo; .ci/run does it"]
fn crates_of_new_and_init_build_without_a_warning() {
    let workspace = Workspace::new("start");
    start::make(&workspace);
    workspace.cargo(&["clippy", "--lib", "--bins", "--examples", "--", "-D", "warnings"]);
}

#[test]
#[ignore = "runs cargo; .ci/run does it"]
fn the_example_of_a_new_crate_runs() {
    let workspace = Workspace::new("example");
    start::make(&workspace);
    start::run_example(&workspace);
}

/// Returns the documents in the folders of the environment variable.
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

/// Whether a file contains the metadata of a service.
fn is_document(path: &Path) -> bool {
    let is_json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    is_json && read_file(path, &Limits::default()).inspect_err(|error| println!("left out: {error}")).is_ok()
}
