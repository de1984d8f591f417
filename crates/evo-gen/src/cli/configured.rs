//! Finds the configured clients for a run.

use std::path::{Path, PathBuf};

use super::cargo::{Package, Workspace, package_name, read_manifest};
use crate::Error;
use crate::config::{ClientConfig, ConfigFile, FILE_NAME, did_you_mean};

/// A configuration file and the name of its package, which is the default name of its client.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    file: PathBuf,
    package: String,
}

/// The configuration files that are visible from a folder.
#[derive(Debug)]
pub struct Configurations {
    /// The configuration of the package that contains the folder, or the only one outside of packages.
    here: Option<Place>,
    /// Whether the package is the root package of a workspace.
    is_root: bool,
    /// A folder of the workspace, from which cargo finds the other packages.
    workspace: Option<PathBuf>,
}

impl Configurations {
    /// Finds the configuration for a run in `folder`: that of the package or, outside packages, the nearest `evo-gen.toml` in the folder or
    /// above.
    pub fn find(folder: &Path) -> Self {
        let Some(package) = folder.ancestors().find(|folder| folder.join("Cargo.toml").is_file()) else {
            let found = folder.ancestors().find(|folder| folder.join(FILE_NAME).is_file());
            let here = found.map(|folder| Place { file: folder.join(FILE_NAME), package: folder_name(folder) });
            return Self { here, is_root: false, workspace: None };
        };
        // An invalid manifest is left to cargo, which reports what is wrong with it.
        let manifest = read_manifest(package).unwrap_or_default();
        let file = package.join(FILE_NAME);
        let here = package_name(&manifest).filter(|_| file.is_file()).map(|package| Place { file, package });
        Self { here, is_root: manifest.contains_key("workspace"), workspace: Some(package.to_owned()) }
    }

    /// Uses only the configuration at `path`.
    pub fn named(path: &Path) -> Self {
        let file = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let folder = file.parent().unwrap_or(Path::new(""));
        let package = read_manifest(folder).and_then(|manifest| package_name(&manifest));
        let package = package.unwrap_or_else(|| folder_name(folder));
        Self { here: Some(Place { file, package }), is_root: false, workspace: None }
    }

    /// Returns the clients that a run regenerates: those of the package if it has any and is not a root package, otherwise all clients
    /// of the workspace.
    pub fn clients(&self) -> Result<Vec<ClientConfig>, Error> {
        match &self.here {
            Some(here) if !self.is_root => read([here]),
            _ => read(&self.all()?),
        }
    }

    /// Returns the candidates for a new document: the clients of the package if it has any, otherwise all clients of the workspace.
    pub fn clients_to_renew(&self) -> Result<Vec<ClientConfig>, Error> {
        match &self.here {
            Some(here) => read([here]),
            None => read(&self.all()?),
        }
    }

    /// Returns only the clients of the package.
    pub fn clients_here(&self) -> Result<Vec<ClientConfig>, Error> {
        read(&self.here)
    }

    /// Returns the clients with this name, in the package if it has one, otherwise in the workspace. The result is empty if no client is
    /// configured at all.
    pub fn clients_named(&self, name: &str) -> Result<Vec<ClientConfig>, Error> {
        let mut clients = read(&self.here)?;
        if clients.iter().all(|client| client.name != name) {
            clients = read(&self.all()?)?;
        }
        let names: Vec<String> = clients.iter().map(|client| client.name.clone()).collect();
        clients.retain(|client| client.name == name);
        if clients.is_empty() && !names.is_empty() {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            return Err(Error::usage(format!("no client `{name}` is configured")).help(did_you_mean(name, &names)));
        }
        Ok(clients)
    }

    /// Returns all configurations of the workspace, sorted by folder.
    fn all(&self) -> Result<Vec<Place>, Error> {
        let workspace = match &self.workspace {
            Some(folder) => Workspace::find(folder)?,
            None => None,
        };
        let Some(workspace) = workspace else { return Ok(self.here.clone().into_iter().collect()) };
        let places = workspace
            .packages
            .into_iter()
            .map(|Package { name, folder, .. }| Place { file: folder.join(FILE_NAME), package: name });
        Ok(places.filter(|place| place.file.is_file()).collect())
    }
}

fn read<'a>(places: impl IntoIterator<Item = &'a Place>) -> Result<Vec<ClientConfig>, Error> {
    let mut clients = Vec::new();
    for place in places {
        clients.extend(ConfigFile::read(&place.file, &place.package)?.clients);
    }
    Ok(clients)
}

fn folder_name(folder: &Path) -> String {
    folder.file_name().map_or_else(|| "client".to_owned(), |name| name.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Creates a temporary folder with these files. Each package gets a library.
    fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap().join("src")).unwrap();
            std::fs::write(path.with_file_name("src").join("lib.rs"), "").unwrap();
            std::fs::write(path, text).unwrap();
        }
        folder
    }

    fn package(name: &str) -> String {
        format!("[package]\nname = \"{name}\"\n")
    }

    const CLIENT: &str = "source = 'api.json'\noutput = 'src/api'\n";

    /// Returns the clients that a run in `folder` regenerates, and the candidates for a new document.
    fn clients(folder: &Path) -> [Vec<String>; 2] {
        let found = Configurations::find(folder);
        [found.clients().unwrap(), found.clients_to_renew().unwrap()]
            .map(|clients| clients.into_iter().map(|client| client.name).collect())
    }

    #[test]
    fn a_package_selects_its_own_client_and_folders_above_select_all() {
        let workspace = "[workspace]\nmembers = ['crates/*', 'tools/one']\nexclude = ['crates/out']\n\
                         [workspace.dependencies]\nshared = { path = 'libs/shared' }\n";
        let a = format!(
            "{}[dependencies]\nby-path = {{ path = '../../libs/by-path' }}\nshared.workspace = true\n",
            package("a")
        );
        let tree = tree(&[
            ("Cargo.toml", workspace),
            ("evo-gen.toml", "not = 'read'"),
            ("crates/a/Cargo.toml", &a),
            ("crates/a/evo-gen.toml", CLIENT),
            ("crates/bare/Cargo.toml", &package("bare")),
            ("crates/out/Cargo.toml", &package("out")),
            ("crates/out/evo-gen.toml", CLIENT),
            ("tools/one/Cargo.toml", &package("one")),
            ("tools/one/evo-gen.toml", CLIENT),
            ("tools/two/Cargo.toml", &package("two")),
            ("tools/two/evo-gen.toml", CLIENT),
            ("libs/by-path/Cargo.toml", &package("by-path")),
            ("libs/by-path/evo-gen.toml", CLIENT),
            ("libs/shared/Cargo.toml", &package("shared")),
            ("libs/shared/evo-gen.toml", CLIENT),
        ]);
        let all = ["a", "by-path", "shared", "one"].as_slice();
        for (folder, expected) in [
            ("", all),
            ("crates", all),
            ("crates/a/src", &["a"]),
            ("tools/one", &["one"]),
            ("libs/shared/src", &["shared"]),
            ("crates/bare/src", all),
            ("crates/out", &["out"]),
        ] {
            let expected: Vec<String> = expected.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(clients(&tree.path().join(folder)), [expected.clone(), expected], "from {folder:?}");
        }
        let inside = Configurations::find(&tree.path().join("crates/a"));
        assert_eq!(inside.clients_named("one").unwrap().len(), 1);
        let error = inside.clients_named("on").unwrap_err();
        assert_eq!(error.to_string(), "no client `on` is configured; did you mean `one`?");
    }

    #[test]
    fn the_root_package_regenerates_all_clients_and_updates_its_own_document() {
        let tree = tree(&[
            ("Cargo.toml", &format!("{}[workspace]\nmembers = ['b']\n", package("root"))),
            ("evo-gen.toml", CLIENT),
            ("b/Cargo.toml", &package("b")),
            ("b/evo-gen.toml", CLIENT),
        ]);
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(clients(&tree.path().join("src")), [names(&["root", "b"]), names(&["root"])]);
    }

    #[test]
    fn outside_of_packages_the_nearest_configuration_is_used() {
        let tree = tree(&[("api/evo-gen.toml", CLIENT), ("api/deep/er/x", "")]);
        assert_eq!(clients(&tree.path().join("api/deep/er"))[0], ["api"]);
        assert_eq!(clients(tree.path())[0], [""; 0]);
    }

    #[test]
    fn a_package_can_belong_to_a_workspace_in_another_folder() {
        let member = "[package]\nname = 'far'\nworkspace = '../root'\n";
        let tree = tree(&[
            ("root/Cargo.toml", "[workspace]\nmembers = ['../far']\n"),
            ("far/Cargo.toml", member),
            ("far/evo-gen.toml", CLIENT),
        ]);
        assert_eq!(clients(&tree.path().join("far"))[0], ["far"]);
        assert_eq!(clients(&tree.path().join("root"))[0], ["far"]);
    }
}
