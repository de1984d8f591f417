//! How a crate depends on the runtime, and on which of its features.

use std::collections::BTreeSet;
use std::path::Path;

use super::workspace::{Manifest, Workspace};
use crate::Error;

/// The package that generated code calls.
pub const RUNTIME: &str = "evo-runtime";

/// Where a crate has the runtime from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Runtime {
    /// The registry.
    Published,
    /// The workspace says it.
    Shared,
    /// A folder, relative to the crate.
    Folder(String),
}

impl Runtime {
    /// The line for `[dependencies]`, with the features that the generated code needs.
    pub fn line(&self, features: &BTreeSet<&str>) -> String {
        let mut keys = match self {
            // Released together with this crate.
            Self::Published if features.is_empty() => return format!("{RUNTIME} = \"{}\"", version()),
            Self::Published => vec![format!("version = \"{}\"", version())],
            Self::Shared => vec!["workspace = true".to_owned()],
            Self::Folder(path) => vec![format!("path = {}", toml_edit::Value::from(path))],
        };
        if !features.is_empty() {
            let features: Vec<String> = features.iter().map(|feature| format!("\"{feature}\"")).collect();
            keys.push(format!("features = [{}]", features.join(", ")));
        }
        format!("{RUNTIME} = {{ {} }}", keys.join(", "))
    }
}

fn version() -> String {
    format!("{}.{}", env!("CARGO_PKG_VERSION_MAJOR"), env!("CARGO_PKG_VERSION_MINOR"))
}

/// Those of `features` that the manifest of the package in `folder` does not ask for, itself or through its workspace.
///
/// # Errors
///
/// When a manifest cannot be read.
pub fn missing_features<'a>(folder: &Path, features: &BTreeSet<&'a str>) -> Result<BTreeSet<&'a str>, Error> {
    let mut missing = features.clone();
    if missing.is_empty() {
        return Ok(missing);
    }
    let Some(manifest) = Manifest::read(folder)? else { return Ok(missing) };
    let mut there = manifest.features_of(&["dependencies", RUNTIME]);
    if let Some(workspace) = Workspace::find(folder)?
        && let Some(root) = Manifest::read(&workspace.root)?
    {
        there.extend(root.features_of(&["workspace", "dependencies", RUNTIME]));
    }
    missing.retain(|feature| !there.iter().any(|other| other == feature));
    Ok(missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_a_dependency_names_the_features() {
        let features = BTreeSet::from(["chrono", "indexmap"]);
        let version = version();
        for (runtime, plain, with_features) in [
            (
                Runtime::Published,
                format!("evo-runtime = \"{version}\""),
                format!("evo-runtime = {{ version = \"{version}\", features = [\"chrono\", \"indexmap\"] }}"),
            ),
            (
                Runtime::Shared,
                "evo-runtime = { workspace = true }".to_owned(),
                "evo-runtime = { workspace = true, features = [\"chrono\", \"indexmap\"] }".to_owned(),
            ),
            (
                Runtime::Folder("../runtime".to_owned()),
                "evo-runtime = { path = \"../runtime\" }".to_owned(),
                "evo-runtime = { path = \"../runtime\", features = [\"chrono\", \"indexmap\"] }".to_owned(),
            ),
        ] {
            assert_eq!((runtime.line(&BTreeSet::new()), runtime.line(&features)), (plain, with_features));
        }
    }

    #[test]
    fn features_are_found_in_the_manifest_and_in_that_of_the_workspace() {
        let folder = tempfile::tempdir().unwrap();
        let package = folder.path().join("client");
        std::fs::create_dir(&package).unwrap();
        let wanted = BTreeSet::from(["chrono", "indexmap"]);
        let root = "[workspace]\nmembers = ['client']\n[workspace.dependencies]\n\
                    evo-runtime = { version = '0.1', features = ['chrono'] }\n";
        for (root, own, missing) in [
            ("", "", vec!["chrono", "indexmap"]),
            ("", "evo-runtime = '0.1'", vec!["chrono", "indexmap"]),
            ("", "evo-runtime = { version = '0.1', features = ['indexmap'] }", vec!["chrono"]),
            (root, "evo-runtime = { workspace = true, features = ['indexmap'] }", vec![]),
            (root, "evo-runtime.workspace = true", vec!["indexmap"]),
        ] {
            std::fs::write(folder.path().join("Cargo.toml"), root).unwrap();
            let text = format!("[package]\nname = 'client'\n[dependencies]\n{own}\n");
            std::fs::write(package.join("Cargo.toml"), text).unwrap();
            let found: Vec<&str> = missing_features(&package, &wanted).unwrap().into_iter().collect();
            assert_eq!(found, missing, "{own}");
        }
    }
}
