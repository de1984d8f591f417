//! The dependency of a crate on the runtime, and the features that it needs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::cargo::{Workspace, package_name, read_manifest};
use crate::config::tidy;

/// The name of the runtime package.
pub const RUNTIME: &str = "evo-runtime";

/// The source of the runtime dependency of a crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Runtime {
    /// `[workspace.dependencies]` of this manifest.
    Shared(PathBuf),
    /// The folder in the checkout that this program was built from.
    Checkout(PathBuf),
    /// The version on crates.io.
    Published,
}

impl Runtime {
    /// Chooses the runtime for a crate in the workspace with this root: the workspace dependency if there is one, otherwise the runtime
    /// that this program was built with.
    pub fn choose(root: Option<&Path>) -> Self {
        let built_from = tidy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(RUNTIME));
        Self::choose_with(root, built_from)
    }

    fn choose_with(root: Option<&Path>, built_from: PathBuf) -> Self {
        let is_there = || read_manifest(&built_from).as_ref().and_then(package_name).as_deref() == Some(RUNTIME);
        match root.filter(|root| shares_runtime(root)) {
            Some(root) => Self::Shared(root.join("Cargo.toml")),
            None if is_there() => Self::Checkout(built_from),
            None => Self::Published,
        }
    }

    /// Returns the line for `[dependencies]`, with the features that the generated code needs.
    pub fn line(&self, features: &BTreeSet<&str>) -> String {
        match self {
            Self::Published if features.is_empty() => format!("{RUNTIME} = \"{}\"", version()),
            _ => format!("{RUNTIME} = {}", self.table(features)),
        }
    }

    /// Returns the value of the dependency as an inline table.
    pub fn table(&self, features: &BTreeSet<&str>) -> toml_edit::InlineTable {
        let mut table = toml_edit::InlineTable::new();
        match self {
            Self::Shared(_) => table.insert("workspace", true.into()),
            Self::Checkout(folder) => table.insert("path", folder.to_string_lossy().into_owned().into()),
            // Released together with this crate.
            Self::Published => table.insert("version", version().into()),
        };
        if !features.is_empty() {
            table.insert("features", features.iter().copied().collect::<toml_edit::Array>().into());
        }
        table
    }

    /// Describes the runtime and why it was chosen, as the end of a sentence that begins with the name of the crate.
    pub fn explain(&self) -> String {
        match self {
            Self::Shared(manifest) => format!("depends on the {RUNTIME} of the workspace {}", manifest.display()),
            Self::Checkout(folder) => {
                format!("depends on the {RUNTIME} in {}: this evo-gen was built from that checkout", folder.display())
            }
            Self::Published => format!(
                "depends on {RUNTIME} {} from crates.io: the checkout that this evo-gen was built from does not exist",
                version()
            ),
        }
    }
}

fn version() -> String {
    format!("{}.{}", env!("CARGO_PKG_VERSION_MAJOR"), env!("CARGO_PKG_VERSION_MINOR"))
}

/// Whether `[workspace.dependencies]` of the manifest in a folder contains the runtime.
fn shares_runtime(folder: &Path) -> bool {
    let shares = |manifest: toml::Table| {
        manifest.get("workspace")?.get("dependencies")?.get(RUNTIME)?;
        Some(())
    };
    read_manifest(folder).and_then(shares).is_some()
}

/// What is missing in the manifest of a crate for a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing<'a> {
    /// Nothing.
    Nothing,
    /// The dependency on the runtime is missing.
    Dependency,
    /// The dependency has this other name, which generated code does not know.
    Renamed(String),
    /// These features of the runtime are missing.
    Features(BTreeSet<&'a str>),
}

/// Describes a dependency on the runtime with another name, and how to correct it.
pub fn renamed(name: &str) -> (String, String) {
    let message = format!("the dependency on {RUNTIME} is called `{name}`, but generated code uses `evo_runtime`");
    (message, format!("rename the key `{name}` to `{RUNTIME}`, and remove `package`"))
}

/// Determines what is missing in the manifest of the package in `folder` for a client that needs these features. Runs cargo only if
/// features may come from the workspace.
pub fn missing<'a>(folder: &Path, features: &BTreeSet<&'a str>) -> Missing<'a> {
    let manifest = read_manifest(folder).unwrap_or_default();
    let dependencies = manifest.get("dependencies").and_then(toml::Value::as_table);
    let Some(dependency) = dependencies.and_then(|table| table.get(RUNTIME)) else {
        let is_runtime = |value: &toml::Value| value.get("package").and_then(toml::Value::as_str) == Some(RUNTIME);
        let other = dependencies.into_iter().flatten().find(|(_, value)| is_runtime(value));
        return other.map_or(Missing::Dependency, |(name, _)| Missing::Renamed(name.clone()));
    };
    let listed = dependency.get("features").and_then(toml::Value::as_array).into_iter().flatten();
    let mut there: BTreeSet<String> = listed.filter_map(|feature| feature.as_str().map(str::to_owned)).collect();
    let lacks_features = |there: &BTreeSet<String>| features.iter().any(|feature| !there.contains(*feature));
    if lacks_features(&there) && dependency.get("workspace").and_then(toml::Value::as_bool) == Some(true) {
        there.extend(inherited_features(folder));
    }
    let missing: BTreeSet<&str> = features.iter().copied().filter(|feature| !there.contains(*feature)).collect();
    if missing.is_empty() { Missing::Nothing } else { Missing::Features(missing) }
}

/// Returns the features of the runtime for the package in `folder` according to cargo, including those of the workspace.
fn inherited_features(folder: &Path) -> Vec<String> {
    let workspace = Workspace::find(folder).ok().flatten();
    let package = workspace.as_ref().and_then(|workspace| workspace.package_of(folder));
    let dependencies = package.into_iter().flat_map(|package| &package.dependencies);
    dependencies
        .filter(|dependency| dependency.name == RUNTIME)
        .flat_map(|dependency| dependency.features.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_a_dependency_lists_the_features() {
        let features = BTreeSet::from(["chrono", "indexmap"]);
        let version = version();
        for (runtime, plain, with_features) in [
            (
                Runtime::Published,
                format!("evo-runtime = \"{version}\""),
                format!("evo-runtime = {{ version = \"{version}\", features = [\"chrono\", \"indexmap\"] }}"),
            ),
            (
                Runtime::Shared(PathBuf::from("Cargo.toml")),
                "evo-runtime = { workspace = true }".to_owned(),
                "evo-runtime = { workspace = true, features = [\"chrono\", \"indexmap\"] }".to_owned(),
            ),
            (
                Runtime::Checkout(PathBuf::from("/evo-gen/crates/evo-runtime")),
                "evo-runtime = { path = \"/evo-gen/crates/evo-runtime\" }".to_owned(),
                "evo-runtime = { path = \"/evo-gen/crates/evo-runtime\", features = [\"chrono\", \"indexmap\"] }"
                    .to_owned(),
            ),
        ] {
            assert_eq!((runtime.line(&BTreeSet::new()), runtime.line(&features)), (plain, with_features));
        }
    }

    #[test]
    fn the_runtime_comes_from_the_workspace_the_checkout_or_crates_io() {
        let folder = tempfile::tempdir().unwrap();
        let (checkout, root) = (folder.path().join("evo-runtime"), folder.path().join("root"));
        std::fs::create_dir(&root).unwrap();
        let choose = |root: Option<&Path>| Runtime::choose_with(root, checkout.clone());
        assert_eq!(choose(None), Runtime::Published, "there is no checkout");
        std::fs::create_dir(&checkout).unwrap();
        std::fs::write(checkout.join("Cargo.toml"), "[package]\nname = 'other'\n").unwrap();
        assert_eq!(choose(None), Runtime::Published, "another package has taken its place");
        std::fs::write(checkout.join("Cargo.toml"), "[package]\nname = 'evo-runtime'\n").unwrap();
        assert_eq!(choose(None), Runtime::Checkout(checkout.clone()));
        std::fs::write(root.join("Cargo.toml"), "[workspace]\n").unwrap();
        assert_eq!(choose(Some(&root)), Runtime::Checkout(checkout.clone()), "the workspace has no such dependency");
        std::fs::write(root.join("Cargo.toml"), "[workspace.dependencies]\nevo-runtime = '0.1'\n").unwrap();
        assert_eq!(choose(Some(&root)), Runtime::Shared(root.join("Cargo.toml")));
    }

    #[test]
    fn only_absent_dependencies_and_features_are_missing() {
        let folder = tempfile::tempdir().unwrap();
        let package = folder.path().join("client");
        std::fs::create_dir_all(package.join("src")).unwrap();
        std::fs::write(package.join("src/lib.rs"), "").unwrap();
        let wanted = BTreeSet::from(["chrono", "indexmap"]);
        let plain = "[workspace]\nmembers = ['client']\n";
        let root =
            format!("{plain}[workspace.dependencies]\nevo-runtime = {{ version = '0.1', features = ['chrono'] }}\n");
        let features = |names: &[&'static str]| Missing::Features(names.iter().copied().collect());
        for (root, own, missing) in [
            (plain, "", Missing::Dependency),
            (plain, "[dev-dependencies]\nevo-runtime = '0.1'", Missing::Dependency),
            (
                plain,
                "[dependencies]\nruntime = { version = '0.1', package = 'evo-runtime' }",
                Missing::Renamed("runtime".to_owned()),
            ),
            (plain, "[dependencies]\nevo-runtime = '0.1'", features(&["chrono", "indexmap"])),
            (plain, "[dependencies.evo-runtime]\nversion = '0.1'\nfeatures = ['indexmap']", features(&["chrono"])),
            (&root, "[dependencies]\nevo-runtime = { workspace = true, features = ['indexmap'] }", Missing::Nothing),
            (&root, "[dependencies]\nevo-runtime.workspace = true", features(&["indexmap"])),
        ] {
            std::fs::write(folder.path().join("Cargo.toml"), root).unwrap();
            std::fs::write(package.join("Cargo.toml"), format!("[package]\nname = 'client'\n{own}\n")).unwrap();
            assert_eq!(super::missing(&package, &wanted), missing, "{own}");
        }
    }
}
