//! Finds the packages of a workspace with `cargo metadata`.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::Error;

/// The version that cargo reports for a package without one.
const NO_VERSION: &str = "0.0.0";

/// A workspace, or a single package outside a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    /// The folder of the manifest with `[workspace]`, or of the single package.
    pub root: PathBuf,
    /// The packages, ordered by folder.
    pub packages: Vec<Package>,
}

/// A package of the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The name of the package.
    pub name: String,
    /// Its version, if the manifest specifies one.
    pub version: Option<String>,
    /// Its edition. The default is 2015.
    pub edition: String,
    /// The folder of its manifest.
    pub folder: PathBuf,
    /// The crate root of its library, or of its first binary.
    pub root: Option<CrateRoot>,
    /// Its normal dependencies, with the features that they inherit from the workspace.
    pub dependencies: Vec<Dependency>,
}

/// The root module of a crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrateRoot {
    /// The path of the file.
    pub file: PathBuf,
    /// Whether the crate is a library.
    pub is_library: bool,
}

/// A normal dependency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    /// The name of the package.
    pub name: String,
    /// The features that are enabled.
    pub features: Vec<String>,
}

impl Workspace {
    /// Finds the workspace that contains `folder`. Returns `None`, without running cargo, if no folder above has a `Cargo.toml`.
    ///
    /// # Errors
    ///
    /// Fails if cargo cannot be run or rejects a manifest.
    pub fn find(folder: &Path) -> Result<Option<Self>, Error> {
        let Some(package) = folder.ancestors().find(|folder| folder.join("Cargo.toml").is_file()) else {
            return Ok(None);
        };
        let metadata = metadata(package)?;
        let mut packages: Vec<Package> = metadata.packages.into_iter().map(Package::from_metadata).collect();
        packages.sort_by(|a, b| a.folder.cmp(&b.folder));
        Ok(Some(Self { root: metadata.workspace_root, packages }))
    }

    /// Returns the package that contains `folder`, if any.
    pub fn package_of(&self, folder: &Path) -> Option<&Package> {
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let folder = real(folder);
        let around = self.packages.iter().filter(|package| folder.starts_with(real(&package.folder)));
        around.max_by_key(|package| package.folder.components().count())
    }
}

impl Package {
    fn from_metadata(package: MetadataPackage) -> Self {
        let of_kind = |kinds: &[&str]| {
            let is_wanted = |target: &&MetadataTarget| target.kind.iter().any(|kind| kinds.contains(&kind.as_str()));
            package.targets.iter().find(is_wanted).map(|target| target.src_path.clone())
        };
        let library = of_kind(&["lib", "rlib", "dylib", "cdylib", "staticlib", "proc-macro"]);
        let root = library
            .map(|file| CrateRoot { file, is_library: true })
            .or_else(|| of_kind(&["bin"]).map(|file| CrateRoot { file, is_library: false }));
        let at_run_time = package.dependencies.into_iter().filter(|dependency| dependency.kind.is_none());
        let dependencies = at_run_time.map(|MetadataDependency { name, features, .. }| Dependency { name, features });
        Self {
            name: package.name,
            version: Some(package.version).filter(|version| version != NO_VERSION),
            edition: package.edition,
            folder: package.manifest_path.parent().map(Path::to_owned).unwrap_or_default(),
            root,
            dependencies: dependencies.collect(),
        }
    }
}

/// The subset of the output of `cargo metadata` that is used.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<MetadataPackage>,
    workspace_root: PathBuf,
}

#[derive(Deserialize)]
struct MetadataPackage {
    name: String,
    version: String,
    edition: String,
    manifest_path: PathBuf,
    targets: Vec<MetadataTarget>,
    dependencies: Vec<MetadataDependency>,
}

#[derive(Deserialize)]
struct MetadataTarget {
    kind: Vec<String>,
    src_path: PathBuf,
}

#[derive(Deserialize)]
struct MetadataDependency {
    name: String,
    /// `dev` or `build`; `None` for normal dependencies.
    kind: Option<String>,
    features: Vec<String>,
}

/// Returns the version of the package that contains `folder`, if the manifest specifies one and cargo can be run.
pub fn version_of_package(folder: &Path) -> Option<String> {
    Workspace::find(folder).ok()??.package_of(folder)?.version.clone()
}

/// Reads the manifest in a folder without cargo. Returns `None` if it does not exist or is invalid.
pub fn read_manifest(folder: &Path) -> Option<toml::Table> {
    std::fs::read_to_string(folder.join("Cargo.toml")).ok()?.parse().ok()
}

/// Returns the name of the package in a manifest.
pub fn package_name(manifest: &toml::Table) -> Option<String> {
    Some(manifest.get("package")?.get("name")?.as_str()?.to_owned())
}

/// Finds the manifest of the workspace that a package in `folder` could join, or of the package that contains it. Unlike
/// [`Workspace::find`], this works if the workspace has no packages yet.
///
/// # Errors
///
/// Fails if cargo cannot be run or rejects a manifest.
pub fn find_root_manifest(folder: &Path) -> Result<Option<PathBuf>, Error> {
    let Some(around) = folder.ancestors().find(|folder| folder.join("Cargo.toml").is_file()) else { return Ok(None) };
    let output = run(around, &["locate-project", "--workspace", "--message-format", "plain"])?;
    Ok(Some(PathBuf::from(String::from_utf8_lossy(&output).trim_end())))
}

/// Runs `cargo metadata` in the folder of a manifest. With `--no-deps`, cargo needs neither the network nor a lock file.
fn metadata(folder: &Path) -> Result<Metadata, Error> {
    let output = run(folder, &["metadata", "--no-deps", "--format-version", "1"])?;
    serde_json::from_slice(&output).map_err(|error| {
        let place = folder.join("Cargo.toml").display().to_string();
        Error::usage("the output of `cargo metadata` cannot be read").at(place).caused_by(error)
    })
}

/// Runs a cargo command in the folder of a manifest and returns its standard output.
fn run(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, Error> {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(&program).args(arguments).args(["--color", "never"]).current_dir(folder).output();
    let output = output.map_err(|error| {
        Error::usage("cannot run cargo to find the packages of this folder")
            .at(program.to_string_lossy())
            .help("install Rust from https://rustup.rs, add cargo to PATH, or set CARGO to its path")
            .caused_by(error)
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let shown: Vec<&str> = arguments.iter().copied().take_while(|argument| *argument != "--format-version").collect();
    Err(Error::usage("cargo rejects the manifest")
        .at(folder.join("Cargo.toml").display().to_string())
        .help(format!("`cargo {}` shows the same error", shown.join(" ")))
        .caused_by(one_line(&String::from_utf8_lossy(&output.stderr))))
}

/// Joins an error message from cargo into one line, without the excerpt of the manifest and the prefix `error:`.
fn one_line(text: &str) -> String {
    let lines = text.lines().map(|line| line.trim().trim_start_matches("error: ").trim_start_matches("--> "));
    let lines = lines.filter(|line| !line.is_empty() && *line != "Caused by:" && !line.contains('|'));
    lines.collect::<Vec<_>>().join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Creates a temporary folder with these files.
    fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        folder
    }

    #[test]
    fn packages_have_their_crate_root_and_inherited_version_and_features() {
        let root = "[workspace]\nmembers = ['app', 'lib']\n[workspace.package]\nversion = '1.2.3'\n\
                    [workspace.dependencies]\nevo-runtime = { version = '0.1', features = ['time'] }\n";
        let app = "[package]\nname = 'app'\nedition = '2021'\nversion.workspace = true\n[dependencies]\n\
                   evo-runtime = { workspace = true, features = ['gzip'] }\n[dev-dependencies]\nserde = '1'\n";
        let tree = tree(&[
            ("Cargo.toml", root),
            ("app/Cargo.toml", app),
            ("app/src/main.rs", ""),
            ("lib/Cargo.toml", "[package]\nname = 'shop'\n"),
            ("lib/src/lib.rs", ""),
            ("lib/src/main.rs", ""),
            ("lib/src/deep/x.rs", ""),
        ]);
        let folder = tree.path().canonicalize().unwrap();
        let package = |name: &str, below: &str, file: &str, dependencies: Vec<Dependency>| Package {
            name: name.to_owned(),
            version: (name == "app").then(|| "1.2.3".to_owned()),
            edition: (if name == "app" { "2021" } else { "2015" }).to_owned(),
            folder: folder.join(below),
            root: Some(CrateRoot { file: folder.join(below).join(file), is_library: file.ends_with("lib.rs") }),
            dependencies,
        };
        let features = vec!["time".to_owned(), "gzip".to_owned()];
        let mut workspace = Workspace::find(&folder.join("lib/src")).unwrap().unwrap();
        for dependency in workspace.packages.iter_mut().flat_map(|package| &mut package.dependencies) {
            dependency.features.sort_by_key(|feature| feature != "time");
        }
        let runtime = Dependency { name: "evo-runtime".to_owned(), features };
        let packages =
            vec![package("app", "app", "src/main.rs", vec![runtime]), package("shop", "lib", "src/lib.rs", vec![])];
        assert_eq!(workspace, Workspace { root: folder.clone(), packages });
        let name = |below: &str| workspace.package_of(&folder.join(below)).map(|package| package.name.as_str());
        assert_eq!((name("lib/src/deep"), name("app"), name("")), (Some("shop"), Some("app"), None));
    }

    #[test]
    fn errors_of_cargo_are_reported() {
        for (manifest, reason) in [
            ("[package", "unclosed table, expected `]`"),
            ("[package]\nname = 'empty'\n", "no targets specified in the manifest"),
            ("[workspace]\nmembers = ['gone']\n", "failed to load manifest for workspace member"),
        ] {
            let tree = tree(&[("Cargo.toml", manifest)]);
            let error = Workspace::find(tree.path()).unwrap_err();
            let cause = std::error::Error::source(&error).unwrap().to_string();
            assert!(cause.contains(reason), "{cause}");
            let place = tree.path().join("Cargo.toml").display().to_string();
            assert_eq!((error.message(), error.place()), ("cargo rejects the manifest", Some(place.as_str())));
        }
        assert_eq!(Workspace::find(tree(&[]).path()).unwrap(), None);
    }
}
