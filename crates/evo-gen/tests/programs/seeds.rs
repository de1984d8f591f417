//! Random hostile documents as modules of one crate.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::corpus::arbitrary::document;
use crate::corpus::harmless::outcome;
use crate::corpus::random::Random;
use crate::workspace::{Workspace, manifest};

/// The seeds of the documents; some result in an error. Those after the first sixteen once revealed a defect.
const SEEDS: [u64; 26] =
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 22, 43, 63, 72, 146, 168, 187, 240, 421, 1_082];

/// Creates the crate `seeds` with a module for each document that results in code.
pub fn make(workspace: &Workspace) {
    let mut root = "//! The output of documents that were made up.\n\n".to_owned();
    let mut count = 0;
    for seed in SEEDS {
        let Ok(outcome) = outcome(&document(Random::new(seed)), &BTreeMap::new()) else { continue };
        for file in outcome.generated.files {
            workspace.write(&format!("crates/seeds/src/seed_{seed}/{}", file.path), &file.text);
        }
        writeln!(root, "pub mod seed_{seed};").unwrap();
        count += 1;
    }
    assert!(count > SEEDS.len() / 2, "few documents give code: {count}");
    workspace.write("crates/seeds/Cargo.toml", &manifest("seeds", "2024"));
    workspace.write("crates/seeds/src/lib.rs", &root);
}
