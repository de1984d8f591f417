//! The package metadata of every crate in the workspace.

use std::path::{Path, PathBuf};

use toml::{Table, Value};

fn crates() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut crates: Vec<PathBuf> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    crates.retain(|folder| folder.join("Cargo.toml").is_file());
    crates.sort();
    assert!(crates.len() >= 4, "{crates:?}");
    crates
}

fn manifest(folder: &Path) -> Table {
    std::fs::read_to_string(folder.join("Cargo.toml")).unwrap().parse().unwrap()
}

#[test]
fn every_crate_has_package_metadata() {
    for folder in crates() {
        let manifest = manifest(&folder);
        let package = manifest["package"].as_table().unwrap();
        let length = |key: &str| package.get(key).and_then(Value::as_array).map_or(0, Vec::len);
        assert!((1..=5).contains(&length("keywords")), "{}: crates.io takes five keywords", folder.display());
        assert!((1..=5).contains(&length("categories")), "{}: crates.io takes five categories", folder.display());
        assert_eq!(package["metadata"]["docs"]["rs"]["all-features"], Value::Boolean(true), "{}", folder.display());
        assert_eq!(package["readme"].as_str(), Some("README.md"), "{}", folder.display());
        assert!(folder.join("README.md").is_file(), "{}", folder.display());
        let changelog = std::fs::read_to_string(folder.join("CHANGELOG.md")).unwrap();
        for part in ["https://keepachangelog.com/", "\n## [Unreleased]\n", "\n### Added\n", "\n### Generated output\n"]
        {
            assert!(changelog.contains(part), "{}: {part}", folder.display());
        }
    }
}

#[test]
fn evo_voice_forwards_every_feature_of_the_runtime() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let runtime = manifest(&folder.join("evo-runtime"))["features"].as_table().unwrap().clone();
    let expected = runtime.into_iter().map(|(name, enables)| {
        let forwards = Value::Array(vec![Value::String(format!("evo-runtime/{name}"))]);
        let value = if name == "default" { enables } else { forwards };
        (name, value)
    });
    let voice = manifest(&folder.join("evo-voice"))["features"].as_table().unwrap().clone();
    assert_eq!(voice, expected.collect::<Table>());
}
