//! The name of a new package, and how it depends on the runtime.

use std::path::Path;

use super::membership::Membership;
use crate::Error;
use crate::cli::dependency::{RUNTIME, Runtime};
use crate::cli::workspace::Manifest;
use crate::config::tidy;

/// Names that cargo refuses, or that a library cannot have.
const RESERVED: [&str; 10] =
    ["test", "core", "std", "alloc", "proc_macro", "proc-macro", "build", "deps", "examples", "evo-runtime"];

/// Refuses what cargo would not take as the name of a library.
pub fn check_name(name: &str) -> Result<(), Error> {
    let starts_well = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    let is_plain = name.chars().all(|char| char.is_ascii_alphanumeric() || char == '-' || char == '_');
    let is_identifier = syn::parse_str::<syn::Ident>(&library(name)).is_ok();
    if starts_well && is_plain && is_identifier && !RESERVED.contains(&name) {
        return Ok(());
    }
    Err(Error::usage(format!("`{name}` cannot be the name of a package"))
        .help("use letters, digits, `-` and `_`, as in `my-client`; `--path` says where"))
}

/// The name of the library of a package, in Rust code.
pub fn library(package: &str) -> String {
    package.replace('-', "_")
}

/// Where a crate in `folder` has the runtime from.
pub fn runtime(path: Option<&Path>, folder: &Path, membership: Option<&Membership>) -> Result<Runtime, Error> {
    let Some(path) = path else {
        let is_shared = membership.is_some_and(|membership| membership.root.shares_dependency(RUNTIME));
        return Ok(if is_shared { Runtime::Shared } else { Runtime::Published });
    };
    let absolute =
        std::path::absolute(path).map_err(|error| Error::usage("--runtime-path is not a path").caused_by(error))?;
    let absolute = tidy(&absolute);
    let name = Manifest::read(&absolute)?.and_then(|manifest| manifest.package_name());
    if name.as_deref() != Some(RUNTIME) {
        return Err(Error::usage(format!("there is no package {RUNTIME} in --runtime-path"))
            .at(path.display().to_string())
            .help("name the folder that holds its Cargo.toml"));
    }
    Ok(Runtime::Folder(relative(&absolute, folder)))
}

/// The way from `folder` to `target`, both absolute, with `/` between its parts.
pub fn relative(target: &Path, folder: &Path) -> String {
    let shared = target.components().zip(folder.components()).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        // Another drive: there is no way.
        return target.to_string_lossy().into_owned();
    }
    let up = folder.components().skip(shared).map(|_| "..".to_owned());
    let down = target.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    let parts: Vec<String> = up.chain(down).collect();
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}
