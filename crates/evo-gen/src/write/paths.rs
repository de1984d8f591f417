//! Which paths a file of the output may have.

use std::collections::BTreeMap;

use crate::Error;

use super::manifest::MANIFEST_FILE;

/// Checks that a path is relative, stays below its folder, means the same on every system and is not the manifest's.
///
/// # Errors
///
/// The reason, in words that follow the path.
pub(super) fn check_path(path: &str) -> Result<(), &'static str> {
    if path.is_empty() {
        return Err("is empty");
    }
    if path.to_lowercase() == MANIFEST_FILE {
        return Err("is that of the manifest");
    }
    for part in path.split('/') {
        if part.is_empty() || part == "." || part == ".." {
            return Err("is not a plain path below the output folder");
        }
        if part.contains(|c: char| c.is_control() || r#"\:*?"<>|"#.contains(c)) || part.ends_with(['.', ' ']) {
            return Err("holds a name that not every file system takes");
        }
    }
    Ok(())
}

/// Checks the paths of one output: each by itself, and that no two are one where case is ignored.
pub(super) fn check_paths<'a>(paths: impl IntoIterator<Item = &'a str>) -> Result<(), Error> {
    const HELP: &str = "this is a defect of the generator; please report it with the document";
    // Every folder and file by its name in lower case: how it is written, and whether it is a file.
    let mut known: BTreeMap<String, (&str, bool)> = BTreeMap::new();
    for path in paths {
        check_path(path)
            .map_err(|reason| Error::write(format!("a path of the output {reason}")).at(path).help(HELP))?;
        let ends = path.match_indices('/').map(|(end, _)| (end, false)).chain([(path.len(), true)]);
        for (end, is_file) in ends {
            let part = path.get(..end).unwrap_or(path);
            let Some((earlier, earlier_is_file)) = known.insert(part.to_lowercase(), (part, is_file)) else { continue };
            if earlier != part || is_file || earlier_is_file {
                let message = format!("two files of the output, `{earlier}` and `{path}`, cannot stand side by side");
                return Err(Error::write(message).at(path).help(HELP));
            }
        }
    }
    Ok(())
}
