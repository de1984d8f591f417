//! Generated code is built: every sample is a module of one crate, which has to pass what users ask of their own code.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "corpus/mod.rs"]
mod corpus;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use corpus::{header, samples};
use evo_gen::emit;

/// The samples that are also written as one file, as build scripts do.
const SINGLE: [&str; 2] = ["cases/namespaces", "evo-voice"];

/// The crate of the samples. What is built stays between runs.
struct Package {
    folder: PathBuf,
}

impl Package {
    fn new() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compiles");
        if folder.join("src").exists() {
            std::fs::remove_dir_all(folder.join("src")).unwrap();
        }
        let package = Self { folder };
        // Without this, clippy takes the configuration of the repository, which users do not have.
        package.write("clippy.toml", "");
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
        std::fs::copy(lock, package.folder.join("Cargo.lock")).unwrap();
        package
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Runs cargo in an edition, and names the samples that its output is about when it fails.
    fn cargo(&self, edition: &str, arguments: &[&str], rustdoc_flags: &str) {
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../evo-runtime");
        self.write(
            "Cargo.toml",
            &format!(
                "[package]\nname = \"samples\"\nedition = \"{edition}\"\n\n[workspace]\n\n[dependencies]\n\
                 evo-runtime = {{ path = '{}', default-features = false, features = [\"chrono\", \"indexmap\", \"time\"] }}\n",
                runtime.display()
            ),
        );
        let (command, lints) = arguments.split_first().unwrap();
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args([command, "--offline", "--color", "never"]).args(lints).current_dir(&self.folder);
        cargo.env("CARGO_TARGET_DIR", self.folder.join("target")).env("RUSTDOCFLAGS", rustdoc_flags);
        cargo.env("CLIPPY_CONF_DIR", &self.folder);
        for variable in ["OUT_DIR", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "RUSTC_WORKSPACE_WRAPPER"] {
            cargo.env_remove(variable);
        }
        let output = cargo.output().unwrap();
        if !output.status.success() {
            let text = String::from_utf8_lossy(&output.stderr);
            let modules =
                text.lines().filter_map(|line| line.trim().strip_prefix("--> src/")?.split(['/', '.']).next());
            let modules: BTreeSet<&str> = modules.collect();
            let shown: String = text.chars().take(40_000).collect();
            panic!("`cargo {command}` in edition {edition} refuses {modules:?}:\n{shown}");
        }
    }
}

#[test]
fn generated_code_compiles_without_a_warning() {
    let package = Package::new();
    let mut root = "//! The output of every sample.\n\n".to_owned();
    let mut written: BTreeMap<Vec<(String, String)>, String> = BTreeMap::new();
    for sample in samples() {
        let outcome = sample.generate(&BTreeMap::new());
        let files: Vec<_> = outcome.generated.files.into_iter().map(|file| (file.path, file.text)).collect();
        let module = module_name(&sample.name);
        if SINGLE.contains(&sample.name.as_str()) {
            let text = emit::emit_single(&outcome.api, &header()).unwrap();
            package.write(&format!("single/{module}.rs"), &text);
            writeln!(root, "/// The sample `{}` as one file.\npub mod {module}_single {{", sample.name).unwrap();
            writeln!(root, "    include!(\"../single/{module}.rs\");\n}}\n").unwrap();
        }
        // Hosts that differ in the casing of their keys give the same client.
        if let Some(same) = written.get(&files) {
            println!("{}: the same as {same}", sample.name);
            continue;
        }
        for (path, text) in &files {
            package.write(&format!("src/{module}/{path}"), text);
        }
        writeln!(root, "pub mod {module};\n").unwrap();
        written.insert(files, sample.name);
    }
    assert_eq!(root.matches("_single {").count(), SINGLE.len(), "samples are missing:\n{root}");
    package.write("src/lib.rs", &root);

    let lints = ["clippy", "--", "-D", "warnings", "-W", "clippy::pedantic", "-W", "missing_docs"];
    package.cargo("2021", &lints, "");
    package.cargo("2024", &["check"], "");
    package.cargo("2024", &["doc", "--no-deps"], "-D warnings");
}

/// A module for a sample: `recorded/8.5.2/evo.stj.metadata` as `recorded_8_5_2_evo_stj_metadata`.
fn module_name(sample: &str) -> String {
    sample.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect()
}
