//! Snapshots: one for each case, in the folder of its document. The snapshot of Evo Voice is the crate evo-voice.

use std::collections::BTreeMap;
use std::path::Path;

use insta::{Settings, assert_snapshot};

use crate::corpus::{Outcome, samples};

/// The insta settings for snapshots in a folder of the repository.
fn beside(folder: &str) -> Settings {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

/// Returns the text of a file without the version of the generator.
fn text(text: &str) -> String {
    text.replacen(concat!("evo-gen ", env!("CARGO_PKG_VERSION")), "evo-gen VERSION", 1)
}

#[test]
fn every_case_matches_its_snapshot() {
    let samples = samples();
    let cases: Vec<_> = samples.iter().filter(|sample| sample.name.starts_with("cases/")).collect();
    assert!(cases.len() > 20, "the cases were not found");
    for sample in cases {
        let outcome = sample.generate(&BTreeMap::new());
        beside(&format!("fixtures/{}", sample.name)).bind(|| assert_snapshot!("expected", whole(&outcome)));
    }
}

/// Returns all files and diagnostics as one text.
fn whole(outcome: &Outcome) -> String {
    let mut parts: Vec<String> = Vec::new();
    for file in &outcome.generated.files {
        parts.push(format!("=== {} ===\n{}", file.path, text(&file.text)));
    }
    parts.push(format!("=== remarks ===\n{}", outcome.remarks));
    parts.join("\n")
}
