//! Adds a new crate to the workspace around it, as `cargo new` does.

use std::path::{Path, PathBuf};

use toml_edit::{Array, DocumentMut, Item, TableLike, Value};

use crate::cli::cargo::find_root_manifest;
use crate::cli::module::relative;
use crate::config::tidy;
use crate::{Error, write};

/// The workspace around a new crate, and the change to its manifest.
#[derive(Debug)]
pub struct Membership {
    /// The root folder of the workspace.
    pub root: PathBuf,
    /// The manifest of the workspace with the new member. `None` if `members` already covers the crate.
    text: Option<String>,
}

impl Membership {
    /// Finds the workspace that a crate in `folder` joins. Returns `None` if there is none, or if it excludes the crate.
    pub fn plan(folder: &Path) -> Result<Option<Self>, Error> {
        let Some(path) = find_root_manifest(folder)? else { return Ok(None) };
        let root = path.parent().map(Path::to_owned).unwrap_or_default();
        let wrong = |message: &str| Error::usage(message.to_owned()).at(path.display().to_string());
        let text = std::fs::read_to_string(&path)
            .map_err(|error| wrong("the manifest of the workspace cannot be read").caused_by(error))?;
        let mut document: DocumentMut =
            text.parse().map_err(|_| wrong("the manifest of the workspace is not valid TOML"))?;
        // A package without `[workspace]` cannot have members.
        let Some(workspace) = document.get_mut("workspace").and_then(Item::as_table_like_mut) else { return Ok(None) };
        let (members, excluded) = (paths(workspace, "members"), paths(workspace, "exclude"));
        if covers(&members, &root, folder) {
            return Ok(Some(Self { root, text: None }));
        }
        if excluded.iter().any(|path| folder.starts_with(tidy(&root.join(path)))) {
            return Ok(None);
        }
        let members = workspace.entry("members").or_insert(toml_edit::value(Array::new()));
        let members = members.as_array_mut().ok_or_else(|| wrong("`workspace.members` is not an array"))?;
        insert(members, relative(folder, &root));
        let text = document.to_string();
        Ok(Some(Self { root, text: Some(text) }))
    }

    /// Writes the manifest of the workspace, if it changes.
    pub fn apply(&self) -> Result<(), Error> {
        if let Some(text) = &self.text {
            write::store(self.root.join("Cargo.toml"), text)?;
        }
        Ok(())
    }

    /// Returns the path of the manifest that the crate was added to, if it was.
    pub fn joined(&self) -> Option<PathBuf> {
        self.text.as_ref().map(|_| self.root.join("Cargo.toml"))
    }
}

/// Returns the entries of an array of paths in `[workspace]`.
fn paths(workspace: &dyn TableLike, key: &str) -> Vec<String> {
    let entries = workspace.get(key).and_then(Item::as_array);
    entries.into_iter().flatten().filter_map(|entry| entry.as_str().map(str::to_owned)).collect()
}

/// Whether a path or glob in `members` matches a folder.
fn covers(members: &[String], root: &Path, folder: &Path) -> bool {
    let options = glob::MatchOptions { require_literal_separator: true, ..glob::MatchOptions::default() };
    let relative = relative(folder, root);
    members.iter().any(|member| {
        let pattern = glob::Pattern::new(member.trim_start_matches("./").trim_end_matches('/'));
        tidy(&root.join(member)) == folder || pattern.is_ok_and(|pattern| pattern.matches_with(&relative, options))
    })
}

/// Inserts a member with the formatting of the existing ones: in order if they are sorted, otherwise at the end.
fn insert(members: &mut Array, member: String) {
    let names: Vec<String> = members.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect();
    let index = if names.is_sorted() { names.partition_point(|name| *name < member) } else { members.len() };
    let mut value = Value::from(member);
    // The indentation is that of the existing members; a comment before them stays where it is.
    let indentation = members.iter().last().and_then(|value| value.decor().prefix()?.as_str()).map(str::to_owned);
    match indentation {
        Some(prefix) if prefix.contains('\n') => {
            let line = prefix.rfind('\n').and_then(|start| prefix.get(start..)).unwrap_or("\n    ");
            let before = if index == members.len() { text_after_last(members) } else { String::new() };
            value.decor_mut().set_prefix(format!("{before}{line}"));
            members.insert_formatted(index, value);
            members.set_trailing_comma(true);
        }
        _ => {
            members.insert(index, value);
            // The former first entry now follows a comma.
            if let (0, Some(next)) = (index, members.get_mut(1)) {
                next.decor_mut().set_prefix(" ");
            }
        }
    }
}

/// Removes and returns the text between the last member and the bracket, such as a comment, without its newline.
fn text_after_last(members: &mut Array) -> String {
    let mut text = members.trailing().as_str().unwrap_or_default().to_owned();
    if let Some(last) = members.len().checked_sub(1).and_then(|last| members.get_mut(last)) {
        let suffix = last.decor().suffix().and_then(|suffix| suffix.as_str()).unwrap_or_default();
        text = format!("{suffix}{text}");
        last.decor_mut().set_suffix("");
    }
    members.set_trailing("\n");
    text.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layout_of_the_manifest_is_kept() {
        let cases = [
            ("[workspace]\n", "[workspace]\nmembers = [\"crates/new\"]\n"),
            (
                "[workspace]\nmembers = [\"a\", \"z\"] # all\n",
                "[workspace]\nmembers = [\"a\", \"crates/new\", \"z\"] # all\n",
            ),
            ("[workspace]\nmembers = [\"x\"]\n", "[workspace]\nmembers = [\"crates/new\", \"x\"]\n"),
            (
                "[workspace]\nmembers = [\n  # one\n  \"a\",\n  \"b\",\n]\n",
                "[workspace]\nmembers = [\n  # one\n  \"a\",\n  \"b\",\n  \"crates/new\",\n]\n",
            ),
            (
                "[workspace]\nmembers = [\n  \"a\" # one\n]\n",
                "[workspace]\nmembers = [\n  \"a\", # one\n  \"crates/new\",\n]\n",
            ),
            ("[workspace]\nmembers = [\"z\", \"a\"]\n", "[workspace]\nmembers = [\"z\", \"a\", \"crates/new\"]\n"),
            ("[workspace]\nmembers = [\"crates/*\"]\n", "[workspace]\nmembers = [\"crates/*\"]\n"),
        ];
        for (before, after) in cases {
            let folder = tempfile::tempdir().unwrap();
            let manifest = folder.path().join("Cargo.toml");
            std::fs::write(&manifest, before).unwrap();
            let membership = Membership::plan(&folder.path().join("crates/new")).unwrap().unwrap();
            membership.apply().unwrap();
            assert_eq!(std::fs::read_to_string(&manifest).unwrap(), after, "{before}");
            assert_eq!(membership.joined().is_some(), before != after, "{before}");
        }
    }

    #[test]
    fn excluded_folders_and_folders_in_a_package_join_no_workspace() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("Cargo.toml"), "[workspace]\nexclude = [\"out\"]\n").unwrap();
        assert!(Membership::plan(&folder.path().join("out/new")).unwrap().is_none());
        std::fs::write(folder.path().join("Cargo.toml"), "[package]\nname = 'single'\n[lib]\npath = 'lib.rs'\n")
            .unwrap();
        std::fs::write(folder.path().join("lib.rs"), "").unwrap();
        assert!(Membership::plan(&folder.path().join("new")).unwrap().is_none());
    }
}
