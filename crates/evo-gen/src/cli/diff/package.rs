//! The version of the crate that holds a client.

use std::path::Path;

/// Finds the version that the `Cargo.toml` of a folder states, itself or through its workspace. `None` if there is none.
pub fn find_version(folder: &Path) -> Option<String> {
    let read = |folder: &Path| -> Option<toml::Table> {
        std::fs::read_to_string(folder.join("Cargo.toml")).ok()?.parse().ok()
    };
    let version = read(folder)?.get("package")?.get("version")?.clone();
    if let Some(version) = version.as_str() {
        return Some(version.to_owned());
    }
    let folder = std::path::absolute(folder).ok()?;
    let inherited = |folder: &Path| {
        let manifest = read(folder)?;
        Some(manifest.get("workspace")?.get("package")?.get("version")?.as_str()?.to_owned())
    };
    folder.ancestors().find_map(inherited)
}
