//! The module of a client in a crate: checks its folder and determines its `mod` declaration.

use std::path::{Path, PathBuf};

use super::cargo::CrateRoot;
use crate::Error;
use crate::api::Api;
use crate::config::tidy;
use crate::write::Manifest;

/// The declaration of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// The name of the module.
    pub name: String,
    /// The line, such as `pub mod api;`, with its attributes and visibility.
    pub line: String,
    /// The file that should contain the line, if it is known.
    pub file: Option<PathBuf>,
    /// Whether the crate already contains the declaration.
    pub is_declared: bool,
}

/// The names of crate root files.
const ROOTS: [&str; 2] = ["lib.rs", "main.rs"];

/// Rejects an output folder that contains a `Cargo.toml` or a crate root, unless `manifest` lists the crate root as generated.
pub fn reject_crate_root(output: &Path, manifest: Option<&Manifest>) -> Result<(), Error> {
    let folder = absolute(output);
    let is_generated = |file: &str| manifest.is_some_and(|manifest| manifest.files.contains_key(file));
    let root = ROOTS.iter().find(|file| folder.join(file).is_file() && !is_generated(file));
    let sibling = match root {
        Some(file) => *file,
        None if folder.join("Cargo.toml").is_file() => "Cargo.toml",
        None => return Ok(()),
    };
    Err(Error::usage(format!("the client would be written as `mod.rs` next to `{sibling}`"))
        .at(output.display().to_string())
        .help("choose a separate folder, such as `src/api`"))
}

/// Returns the declaration of the module in `output` for the package in the folder `package`. `root` is its crate root, if cargo
/// determined it.
pub fn declaration(output: &Path, package: &Path, root: Option<&CrateRoot>) -> Option<Declaration> {
    let output = absolute(output);
    let folder_name = output.file_name()?.to_str()?;
    let roots = crate_roots(package, root);
    let first = roots.first();
    let visibility = if first.is_some_and(|root| root.is_library) { "pub " } else { "" };
    let name = module_name(folder_name);
    let found = first.and_then(|root| enclosing_file(&output, root)).filter(|_| name == folder_name);
    let line = match (first, &found) {
        (Some(root), None) => {
            let path = relative(&output.join("mod.rs"), root.file.parent()?);
            format!("#[path = {}] {visibility}mod {name};", toml_edit::Value::from(path))
        }
        _ => format!("{visibility}mod {name};"),
    };
    let file = found.or_else(|| first.map(|root| root.file.clone()));
    let is_declared = file.iter().chain(roots.iter().map(|root| &root.file)).any(|file| declares(file, &name));
    Some(Declaration { name, line, file, is_declared })
}

/// The attribute for a module with an inner module of the same name, which would trigger a clippy lint.
pub const SAME_NAME: &str = "#[allow(clippy::module_inception, reason = \"the service's own name\")]";

/// Whether the root module of the client has a module with this name.
pub fn has_module(api: &Api, name: &str) -> bool {
    api.modules.as_slice().iter().any(|module| module.path == [name])
}

/// Returns the crate roots of a package, with the preferred one for a client first.
fn crate_roots(package: &Path, root: Option<&CrateRoot>) -> Vec<CrateRoot> {
    let mut roots: Vec<CrateRoot> = root.cloned().into_iter().collect();
    for name in ROOTS {
        let file = package.join("src").join(name);
        if file.is_file() && roots.iter().all(|root| root.file != file) {
            roots.push(CrateRoot { file, is_library: name == "lib.rs" });
        }
    }
    roots
}

/// Returns the file of the parent module of a folder: the crate root for a folder next to it, `src/shop.rs` or `src/shop/mod.rs` for a
/// folder in `src/shop`.
fn enclosing_file(output: &Path, root: &CrateRoot) -> Option<PathBuf> {
    let (folder, source) = (output.parent()?, root.file.parent()?);
    if folder == source {
        return Some(root.file.clone());
    }
    let files = [folder.join("mod.rs"), folder.with_extension("rs")];
    folder.starts_with(source).then(|| files.into_iter().find(|file| file.is_file()))?
}

/// Whether a file contains `mod name;`.
fn declares(file: &Path, name: &str) -> bool {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let items = syn::parse_file(&text).map(|file| file.items).unwrap_or_default();
    items.iter().any(|item| matches!(item, syn::Item::Mod(module) if module.content.is_none() && module.ident == name))
}

/// Converts the name of a folder to a module name.
fn module_name(folder: &str) -> String {
    let name: String = folder.chars().map(|char| if char.is_alphanumeric() { char } else { '_' }).collect();
    let is_identifier = |name: &str| syn::parse_str::<syn::Ident>(name).is_ok();
    if is_identifier(&name) { name } else { format!("api_{name}") }
}

/// Returns the path from `folder` to `target`, both absolute, separated by `/`.
pub fn relative(target: &Path, folder: &Path) -> String {
    let shared = target.components().zip(folder.components()).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        // There is no relative path to a different drive.
        return target.to_string_lossy().into_owned();
    }
    let up = folder.components().skip(shared).map(|_| "..".to_owned());
    let down = target.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    let parts: Vec<String> = up.chain(down).collect();
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}

/// Returns the absolute path.
pub fn absolute(path: &Path) -> PathBuf {
    tidy(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Creates a package with these files below `src`.
    fn package(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("Cargo.toml"), "").unwrap();
        for (path, text) in files {
            let path = folder.path().join("src").join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        folder
    }

    /// The files of a package, the output folder, and the expected declaration: line, file and `is_declared`.
    type Case = (&'static [(&'static str, &'static str)], &'static str, &'static str, Option<&'static str>, bool);

    #[test]
    fn a_module_is_declared_in_its_parent_module() {
        let cases: [Case; 10] = [
            (&[("lib.rs", "")], "src/api", "pub mod api;", Some("lib.rs"), false),
            (&[("main.rs", "")], "src/api", "mod api;", Some("main.rs"), false),
            (&[("main.rs", "mod api;\nfn main() {}")], "src/api", "mod api;", Some("main.rs"), true),
            (&[("lib.rs", ""), ("main.rs", "mod api;")], "src/api", "pub mod api;", Some("lib.rs"), true),
            (&[("lib.rs", "mod api {}")], "src/api", "pub mod api;", Some("lib.rs"), false),
            (&[("lib.rs", "pub mod shop;"), ("shop.rs", "")], "src/shop/api", "pub mod api;", Some("shop.rs"), false),
            (&[("main.rs", ""), ("shop/mod.rs", "mod api;")], "src/shop/api", "mod api;", Some("shop/mod.rs"), true),
            (&[("main.rs", "")], "src/my-api", "#[path = \"my-api/mod.rs\"] mod my_api;", Some("main.rs"), false),
            (&[("main.rs", "")], "gen/2", "#[path = \"../gen/2/mod.rs\"] mod api_2;", Some("main.rs"), false),
            (&[], "src/api", "mod api;", None, false),
        ];
        for (files, output, line, file, is_declared) in cases {
            let folder = package(files);
            let file = file.map(|file| folder.path().join("src").join(file));
            let name = line.trim_end_matches(';').rsplit(' ').next().unwrap().to_owned();
            let expected = Declaration { name, line: line.to_owned(), file, is_declared };
            assert_eq!(declaration(&folder.path().join(output), folder.path(), None), Some(expected), "{files:?}");
        }
    }

    #[test]
    fn folders_of_packages_and_crate_roots_are_rejected() {
        let folder = package(&[("lib.rs", ""), ("bin/main.rs", ""), ("api/mod.rs", "")]);
        for (output, sibling) in
            [("src", "lib.rs"), ("src/bin", "main.rs"), (".", "Cargo.toml"), ("src/api/..", "lib.rs")]
        {
            let error = reject_crate_root(&folder.path().join(output), None).unwrap_err();
            assert_eq!(error.message(), format!("the client would be written as `mod.rs` next to `{sibling}`"));
        }
        for output in ["src/api", "src/new", "gen"] {
            reject_crate_root(&folder.path().join(output), None).unwrap();
        }
    }
}
