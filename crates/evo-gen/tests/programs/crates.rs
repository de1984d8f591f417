//! Creates a crate for each document with `evo-gen new`.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::corpus::Source;
use crate::workspace::Workspace;

/// Creates a crate for each document. Returns the names of the crates, each with the documents that result in the same client, such as
/// those of hosts that differ only by the casing of keys.
pub fn make(workspace: &Workspace, documents: &[Source]) -> BTreeMap<String, Vec<String>> {
    let mut crates: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut made: BTreeMap<BTreeMap<String, String>, String> = BTreeMap::new();
    for document in documents {
        let name = crate_name(&document.name);
        run_new(workspace, &name, document, &[]);
        let folder = workspace.crates().join(&name);
        let mut files = BTreeMap::new();
        read_files(&folder.join("src/generated"), "", &mut files);
        // The manifest contains hashes, and the examples contain the name of the crate.
        files.remove(".evo-gen.json");
        for text in files.values_mut() {
            *text = text.replace(&name.replace('-', "_"), "client");
        }
        match made.get(&files) {
            Some(same) => {
                std::fs::remove_dir_all(folder).unwrap();
                crates.get_mut(same).unwrap().push(document.name.clone());
            }
            None => {
                made.insert(files, name.clone());
                crates.insert(name, vec![document.name.clone()]);
            }
        }
    }
    assert!(crates.len() > 30, "documents are missing: {crates:?}");
    crates
}

/// Creates a crate whose modules have features. Returns its name and the features.
pub fn make_with_features(workspace: &Workspace, documents: &[Source]) -> (&'static str, Vec<String>) {
    let name = "client-with-features";
    let document = documents.iter().find(|document| document.name == "cases/features").unwrap();
    run_new(workspace, name, document, &["--features"]);
    let manifest = std::fs::read_to_string(workspace.crates().join(name).join("Cargo.toml")).unwrap();
    let (_, features) = manifest.split_once("[features]\n").unwrap();
    let features = features.lines().filter_map(|line| Some(line.split_once(" = ")?.0.to_owned())).collect();
    (name, features)
}

fn run_new(workspace: &Workspace, name: &str, document: &Source, settings: &[&str]) {
    let mut new = Command::new(env!("CARGO_BIN_EXE_evo-gen"));
    new.args(["new", name, "--quiet", "--path"]).arg(workspace.crates()).args(settings);
    let output = new.arg("--file").arg(&document.path).output().unwrap();
    assert!(output.status.success(), "{}: {}", document.name, String::from_utf8_lossy(&output.stderr));
}

/// Returns the package name for a document: `client-recorded-8-5-2-evo-stj-metadata` for `recorded/8.5.2/evo.stj.metadata`.
fn crate_name(document: &str) -> String {
    let name: String =
        document.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    format!("client-{name}")
}

/// Reads all files, by path.
fn read_files(folder: &Path, below: &str, files: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{below}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            read_files(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, std::fs::read_to_string(&path).unwrap());
        }
    }
}
