//! Clients that `evo-gen new` does not create, as modules of one crate per edition: code in edition 2021, code in a single file, and code
//! with the settings of a sample.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use evo_gen::config::Settings;
use evo_gen::emit;

use crate::corpus::{Outcome, header, samples};
use crate::workspace::{Workspace, manifest};

/// The types that the case `replace` uses instead of those of the service.
const OWN_TYPES: &str = include_str!("../../../../fixtures/cases/replace/own.rs");

/// The samples that are also written as single files.
const SINGLE: [&str; 2] = ["cases/namespaces", "evo-voice"];

/// Creates a crate of modules in an edition: all samples in 2021, and in 2024 those without a separate crate.
pub fn make(workspace: &Workspace, edition: &'static str) {
    let mut package = Package::new(edition);
    let mut written = BTreeSet::new();
    for sample in samples() {
        let outcome = sample.generate(&BTreeMap::new());
        let module = module_name(&sample.name);
        let files: Vec<String> = outcome.generated.files.iter().map(|file| file.text.clone()).collect();
        // Hosts that differ only by the casing of keys have the same client.
        if written.insert(files) && (edition == "2021" || sample.settings != Settings::default()) {
            package.add(workspace, &module, &outcome);
        }
        if SINGLE.contains(&sample.name.as_str()) {
            let text = emit::emit_single(&outcome.api, &header()).unwrap();
            package.add_single(workspace, &module, &text);
        }
    }
    assert_eq!(package.root.matches("_single {").count(), SINGLE.len(), "samples are missing:\n{}", package.root);
    assert!(package.root.contains("pub mod cases_visibility_crate;"), "samples are missing:\n{}", package.root);
    package.finish(workspace);
}

/// A crate of modules.
struct Package {
    edition: &'static str,
    root: String,
    /// The features of modules, all of which are enabled.
    features: BTreeSet<String>,
}

impl Package {
    fn new(edition: &'static str) -> Self {
        Self { edition, root: "//! The output of samples.\n\npub mod own;\n".to_owned(), features: BTreeSet::new() }
    }

    fn file(&self, path: &str) -> String {
        format!("crates/modules-{}/{path}", self.edition)
    }

    fn add(&mut self, workspace: &Workspace, module: &str, outcome: &Outcome) {
        for file in &outcome.generated.files {
            workspace.write(&self.file(&format!("src/{module}/{}", file.path)), &file.text);
        }
        writeln!(self.root, "pub mod {module};\n").unwrap();
        self.features.extend(outcome.generated.features.keys().cloned());
    }

    fn add_single(&mut self, workspace: &Workspace, module: &str, text: &str) {
        workspace.write(&self.file(&format!("single/{module}.rs")), text);
        writeln!(self.root, "/// The same as one file.\npub mod {module}_single {{").unwrap();
        writeln!(self.root, "    include!(\"../single/{module}.rs\");\n}}\n").unwrap();
    }

    fn finish(&self, workspace: &Workspace) {
        let edition = self.edition;
        let features: Vec<&String> = self.features.iter().collect();
        let stated: Vec<String> = features.iter().map(|name| format!("{name} = []\n")).collect();
        let stated = format!("\n[features]\ndefault = {features:?}\n{}", stated.concat());
        let manifest = manifest(&format!("modules-{edition}"), edition) + &stated;
        workspace.write(&self.file("src/own.rs"), OWN_TYPES);
        workspace.write(&self.file("Cargo.toml"), &manifest);
        workspace.write(&self.file("src/lib.rs"), &self.root);
    }
}

/// Returns the module name for a sample: `recorded_8_5_2_evo_stj_metadata` for `recorded/8.5.2/evo.stj.metadata`.
fn module_name(sample: &str) -> String {
    sample.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect()
}
