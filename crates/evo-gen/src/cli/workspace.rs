//! Which packages a folder belongs to, found as cargo finds them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::Error;
use crate::config::{ConfigFile, FILE_NAME, tidy};

/// The packages that cargo would treat together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    /// The folder of the manifest with `[workspace]`, or of the only package.
    pub root: PathBuf,
    /// The folders of the packages and their names, ordered by folder.
    pub members: BTreeMap<PathBuf, String>,
}

/// The configured clients that a run in `folder` concerns: those of the workspace, or, where cargo is not used,
/// those of the nearest `evo-gen.toml` of the folder or one above.
pub fn configurations(folder: &Path) -> Result<Vec<ConfigFile>, Error> {
    let Some(workspace) = Workspace::find(folder)? else {
        let found = folder.ancestors().find(|folder| folder.join(FILE_NAME).is_file());
        return found
            .map(|folder| ConfigFile::read(&folder.join(FILE_NAME), &folder_name(folder)))
            .into_iter()
            .collect();
    };
    let configured = workspace.members.iter().filter(|(folder, _)| folder.join(FILE_NAME).is_file());
    configured.map(|(folder, name)| ConfigFile::read(&folder.join(FILE_NAME), name)).collect()
}

/// The name of the package in `folder`, or else of the folder.
pub fn package_name(folder: &Path) -> String {
    let manifest = Manifest::read(folder).ok().flatten();
    manifest.and_then(|manifest| manifest.package_name()).unwrap_or_else(|| folder_name(folder))
}

fn folder_name(folder: &Path) -> String {
    folder.file_name().map_or_else(|| "client".to_owned(), |name| name.to_string_lossy().into_owned())
}

impl Workspace {
    /// The workspace that `folder` lies in; `None` where no folder above has a `Cargo.toml`.
    pub fn find(folder: &Path) -> Result<Option<Self>, Error> {
        let Some(package) = folder.ancestors().find(|folder| folder.join("Cargo.toml").is_file()) else {
            return Ok(None);
        };
        let Some(manifest) = Manifest::read(package)? else { return Ok(None) };
        if manifest.workspace().is_some() {
            return Self::of(manifest).map(Some);
        }
        if let Some(root) = manifest.string(&["package", "workspace"]) {
            let root = tidy(&package.join(root));
            let manifest = Manifest::read(&root)?.ok_or_else(|| {
                Error::usage("`package.workspace` names a folder without Cargo.toml").at(manifest.place())
            })?;
            return Self::of(manifest).map(Some);
        }
        match Self::around(package)? {
            Some(root) => Self::of(root).map(Some),
            None => Self::of(manifest).map(Some),
        }
    }

    /// The manifest of the workspace that a package in `folder` would belong to, by its place alone.
    pub fn around(folder: &Path) -> Result<Option<Manifest>, Error> {
        for above in folder.ancestors().skip(1).filter(|above| above.join("Cargo.toml").is_file()) {
            if let Some(manifest) = Manifest::read(above)?.filter(|manifest| manifest.workspace().is_some())
                && !manifest.excludes(folder)
            {
                return Ok(Some(manifest));
            }
        }
        Ok(None)
    }

    fn of(root: Manifest) -> Result<Self, Error> {
        let mut members = BTreeMap::new();
        let mut seen = BTreeSet::new();
        let mut waiting = root.members()?;
        waiting.push(root.folder.clone());
        // Path dependencies of members are members too, when they lie below the root.
        while let Some(folder) = waiting.pop() {
            let outside = !folder.starts_with(&root.folder) && !root.lists(&folder);
            if outside || !seen.insert(folder.clone()) || (folder != root.folder && root.excludes(&folder)) {
                continue;
            }
            let Some(manifest) = Manifest::read(&folder)? else { continue };
            // A workspace below this one is its own.
            if folder != root.folder && manifest.workspace().is_some() {
                continue;
            }
            if root.workspace().is_some() {
                waiting.extend(manifest.path_dependencies(&root));
            }
            if let Some(name) = manifest.package_name() {
                members.insert(folder, name);
            }
        }
        Ok(Self { root: root.folder, members })
    }
}

/// A `Cargo.toml`, as far as the layout of a workspace needs it.
#[derive(Debug, Clone)]
pub struct Manifest {
    /// The folder that it is in.
    pub folder: PathBuf,
    table: toml::Table,
}

impl Manifest {
    /// The manifest in `folder`, if there is one.
    pub fn read(folder: &Path) -> Result<Option<Self>, Error> {
        let path = folder.join("Cargo.toml");
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                return Err(Error::usage("the manifest cannot be read")
                    .at(path.display().to_string())
                    .caused_by(error));
            }
        };
        let table = text.parse::<toml::Table>().map_err(|error| {
            Error::usage("the manifest is not valid TOML")
                .at(path.display().to_string())
                .help(error.message().to_owned())
        })?;
        Ok(Some(Self { folder: folder.to_owned(), table }))
    }

    fn place(&self) -> String {
        self.folder.join("Cargo.toml").display().to_string()
    }

    fn get(&self, keys: &[&str]) -> Option<&toml::Value> {
        let (first, rest) = keys.split_first()?;
        rest.iter().try_fold(self.table.get(*first)?, |value, key| value.get(key))
    }

    fn string(&self, keys: &[&str]) -> Option<String> {
        self.get(keys)?.as_str().map(str::to_owned)
    }

    fn strings(&self, keys: &[&str]) -> Vec<String> {
        let items = self.get(keys).and_then(toml::Value::as_array);
        items.into_iter().flatten().filter_map(|item| item.as_str().map(str::to_owned)).collect()
    }

    /// `package.name`.
    pub fn package_name(&self) -> Option<String> {
        self.string(&["package", "name"])
    }

    /// `[workspace]`.
    pub fn workspace(&self) -> Option<&toml::Value> {
        self.get(&["workspace"])
    }

    /// Whether the workspace says which version of `name` its members use.
    pub fn shares_dependency(&self, name: &str) -> bool {
        self.get(&["workspace", "dependencies", name]).is_some()
    }

    /// The features that a dependency asks for.
    pub fn features_of(&self, dependency: &[&str]) -> Vec<String> {
        self.strings(&[dependency, &["features"]].concat())
    }

    /// Whether `workspace.exclude` covers `folder` and `workspace.members` does not name it.
    pub fn excludes(&self, folder: &Path) -> bool {
        let below = |key| {
            self.strings(&["workspace", key]).iter().any(|path| folder.starts_with(tidy(&self.folder.join(path))))
        };
        below("exclude") && !below("members")
    }

    /// Whether an entry of `workspace.members` covers `folder`, by name or by pattern.
    pub fn lists(&self, folder: &Path) -> bool {
        let options = glob::MatchOptions { require_literal_separator: true, ..glob::MatchOptions::default() };
        self.strings(&["workspace", "members"]).iter().any(|member| {
            let path = tidy(&self.folder.join(member));
            let pattern = glob::Pattern::new(&path.to_string_lossy());
            path == folder || pattern.is_ok_and(|pattern| pattern.matches_path_with(folder, options))
        })
    }

    /// The folders that `workspace.members` names or that match its patterns.
    fn members(&self) -> Result<Vec<PathBuf>, Error> {
        let mut folders = Vec::new();
        for member in self.strings(&["workspace", "members"]) {
            let path = tidy(&self.folder.join(&member));
            if !member.contains(['*', '?', '[']) {
                folders.push(path);
                continue;
            }
            // The root may hold characters that are special in patterns.
            let pattern = format!("{}/{member}", glob::Pattern::escape(&self.folder.to_string_lossy()));
            let wrong = || Error::usage(format!("the workspace member `{member}` is not a pattern")).at(self.place());
            folders.extend(glob::glob(&pattern).map_err(|_| wrong())?.filter_map(Result::ok).map(|path| tidy(&path)));
        }
        Ok(folders)
    }

    /// The folders of the dependencies that are given by path, here or in the root of the workspace.
    fn path_dependencies(&self, root: &Self) -> Vec<PathBuf> {
        let targets = self.get(&["target"]).and_then(toml::Value::as_table);
        let tables = targets.into_iter().flat_map(|targets| targets.values().filter_map(toml::Value::as_table));
        let mut folders = Vec::new();
        for table in tables.chain([&self.table]) {
            for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
                for (name, dependency) in table.get(kind).and_then(toml::Value::as_table).into_iter().flatten() {
                    if let Some(path) = dependency.get("path").and_then(toml::Value::as_str) {
                        folders.push(tidy(&self.folder.join(path)));
                    } else if dependency.get("workspace").and_then(toml::Value::as_bool) == Some(true) {
                        let path = root.string(&["workspace", "dependencies", name, "path"]);
                        folders.extend(path.map(|path| tidy(&root.folder.join(path))));
                    }
                }
            }
        }
        folders
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A temporary folder with these files.
    fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        folder
    }

    fn package(name: &str) -> String {
        format!("[package]\nname = \"{name}\"\n")
    }

    const CLIENT: &str = "source = 'api.json'\noutput = 'src/api'\n";

    fn clients(folder: &Path) -> Vec<String> {
        let files = configurations(folder).unwrap();
        files.into_iter().flat_map(|file| file.clients).map(|client| client.name).collect()
    }

    #[test]
    fn only_members_of_the_workspace_count() {
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
            ("crates/a/src/lib.rs", ""),
            ("crates/no-package/evo-gen.toml", "not = 'read'"),
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
        let all = ["a", "by-path", "shared", "one"];
        for folder in ["", "crates", "crates/a/src", "tools/one"] {
            assert_eq!(clients(&tree.path().join(folder)), all, "from {folder:?}");
        }
        assert_eq!(clients(&tree.path().join("crates/out")), ["out"], "an excluded package stands alone");
    }

    #[test]
    fn a_package_without_workspace_stands_alone() {
        let tree = tree(&[("Cargo.toml", &package("pets")), ("evo-gen.toml", CLIENT), ("src/lib.rs", "")]);
        assert_eq!(clients(&tree.path().join("src")), ["pets"]);
    }

    #[test]
    fn without_cargo_the_nearest_configuration_counts() {
        let tree = tree(&[("api/evo-gen.toml", CLIENT), ("api/deep/er/x", "")]);
        assert_eq!(clients(&tree.path().join("api/deep/er")), ["api"]);
        assert_eq!(clients(tree.path()), [""; 0]);
    }

    #[test]
    fn a_package_can_name_its_workspace() {
        let member = "[package]\nname = 'far'\nworkspace = '../root'\n";
        let tree = tree(&[
            ("root/Cargo.toml", "[workspace]\nmembers = ['../far']\n"),
            ("far/Cargo.toml", member),
            ("far/evo-gen.toml", CLIENT),
        ]);
        assert_eq!(clients(&tree.path().join("far")), ["far"]);
        assert_eq!(clients(&tree.path().join("root")), ["far"]);
    }
}
