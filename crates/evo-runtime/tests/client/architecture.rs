//! Checks that the architecture page lists existing files.

use std::fs;
use std::path::{Path, PathBuf};

/// Returns the files and folders below a folder.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(below(&path));
        }
        found.push(path);
    }
    found
}

#[test]
fn every_file_that_the_page_names_exists() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let page = fs::read_to_string(sources.join("architecture.md")).unwrap();
    let paths = below(&sources);
    let words = page.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '/')));
    let names: Vec<&str> = words
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| word.ends_with('/') || Path::new(word).extension().is_some_and(|extension| extension == "rs"))
        .filter(|word| !word.starts_with('/') && word.len() > 1)
        .collect();
    assert!(names.len() > 40, "{names:?}");
    for name in names {
        assert!(paths.iter().any(|path| path.ends_with(name.trim_end_matches('/'))), "there is no {name}");
    }
    // All folders are listed.
    for folder in paths.iter().filter(|path| path.is_dir() && path.parent() == Some(&sources)) {
        let name = folder.file_name().unwrap().to_str().unwrap();
        assert!(page.contains(&format!("{name}/")), "the page does not name {name}/");
    }
}
