//! Validates the paths of generated files.

use std::collections::BTreeMap;

use crate::Error;

use super::manifest::MANIFEST_FILE;

/// Checks that a path is relative, stays below its folder, is valid on every platform and is not that of the manifest.
///
/// # Errors
///
/// Returns the reason as the end of a sentence that begins with the path.
pub(super) fn check_path(path: &str) -> Result<(), &'static str> {
    if path.is_empty() {
        return Err("is empty");
    }
    if path.to_lowercase() == MANIFEST_FILE {
        return Err("is the path of the manifest");
    }
    for part in path.split('/') {
        if part.is_empty() || part == "." || part == ".." {
            return Err("is not a plain path below the output folder");
        }
        if part.contains(|c: char| c.is_control() || r#"\:*?"<>|"#.contains(c)) || part.ends_with(['.', ' ']) {
            return Err("contains a name that is not valid on every file system");
        }
    }
    Ok(())
}

/// Checks every path of a client, and that no two of them differ only in case.
pub(super) fn check_paths<'a>(paths: impl IntoIterator<Item = &'a str>) -> Result<(), Error> {
    const HELP: &str = "this is a bug in evo-gen; please report it with the document";
    // Maps the lower-case path of each folder and file to its original spelling and whether it is a file.
    let mut known: BTreeMap<String, (&str, bool)> = BTreeMap::new();
    for path in paths {
        check_path(path)
            .map_err(|reason| Error::write(format!("a path of the output {reason}")).at(path).help(HELP))?;
        let ends = path.match_indices('/').map(|(end, _)| (end, false)).chain([(path.len(), true)]);
        for (end, is_file) in ends {
            let part = path.get(..end).unwrap_or(path);
            let Some((earlier, earlier_is_file)) = known.insert(part.to_lowercase(), (part, is_file)) else { continue };
            if earlier != part || is_file || earlier_is_file {
                let message = format!("the generated files `{earlier}` and `{path}` cannot exist side by side");
                return Err(Error::write(message).at(path).help(HELP));
            }
        }
    }
    Ok(())
}
