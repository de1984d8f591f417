//! Clients in a binary that calls none of their operations, in folders and in single files, with both visibilities. They must not cause
//! warnings about unused code.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use evo_gen::config::Visibility;
use evo_gen::emit;

use crate::corpus::{header, samples};
use crate::workspace::{Workspace, manifest};

/// Samples with every kind of item, and with split modules.
pub const SAMPLES: [&str; 9] = [
    "cases/auto-query",
    "cases/collections",
    "cases/enums",
    "cases/flags",
    "cases/generics",
    "cases/hierarchy",
    "cases/namespaces",
    "cases/structs",
    "cases/validate",
];

/// Creates a binary with the samples as modules.
pub fn make(workspace: &Workspace, names: &[&str]) {
    let mut root = "//! Calls nothing.\n\n".to_owned();
    let mut made = 0;
    for mut sample in samples().into_iter().filter(|sample| names.contains(&sample.name.as_str())) {
        for visibility in [Visibility::Public, Visibility::Crate] {
            // Examples need a library.
            sample.settings.examples = None;
            sample.settings.visibility = visibility;
            let outcome = sample.generate(&BTreeMap::new());
            let name = sample.name.rsplit('/').next().unwrap().replace('-', "_");
            let module = format!("{name}_{}", if visibility == Visibility::Crate { "crate" } else { "public" });
            for file in &outcome.generated.files {
                workspace.write(&format!("crates/binaries/src/{module}/{}", file.path), &file.text);
            }
            let single = emit::emit_single(&outcome.api, &header()).unwrap();
            workspace.write(&format!("crates/binaries/single/{module}.rs"), &single);
            writeln!(root, "mod {module};\nmod {module}_single {{\n    include!(\"../single/{module}.rs\");\n}}")
                .unwrap();
            made += 1;
        }
    }
    assert_eq!(made, 2 * names.len(), "samples are missing");
    root.push_str("\nfn main() {}\n");
    workspace.write("crates/binaries/src/main.rs", &root);
    workspace.write("crates/binaries/Cargo.toml", &manifest("binaries", "2024"));
}
