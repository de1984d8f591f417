//! Checks the name of a new package.

use crate::Error;

/// Names that cargo rejects, or that a library cannot have. `gen` is a keyword since edition 2024.
#[rustfmt::skip]
const RESERVED: [&str; 10] =
    ["alloc", "build", "core", "deps", "examples", "gen", "incremental", "proc_macro", "std", "test"];

/// The libraries that a new crate depends on, directly or through evo-runtime. A package with the same name would be ambiguous for
/// cargo and rustdoc.
#[rustfmt::skip]
const DEPENDENCIES: &[&str] = &[
    "base64", "bytes", "chrono", "encoding_rs", "evo_jsv", "evo_runtime", "flate2", "futures_core", "futures_util", "gloo_timers",
    "http", "http_cache_semantics", "httpdate", "hyper", "indexmap", "jiff", "lru", "percent_encoding", "regex",
    "reqwest", "rust_decimal", "serde", "serde_json", "strsim", "time", "tokio", "tower_service", "tracing", "url", "uuid",
    "wasm_bindgen_futures", "web_time",
];

/// Checks that a name is valid for the package and its library.
pub fn check_name(name: &str) -> Result<(), Error> {
    let starts_well = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    let is_plain = name.chars().all(|char| char.is_ascii_alphanumeric() || char == '-' || char == '_');
    let library = library(name);
    let refused = |help: String| Err(Error::usage(format!("`{name}` cannot be the name of a package")).help(help));
    if !starts_well || !is_plain {
        let help = "begin with a letter, and use letters, digits, `-` and `_`, as in `my-client`; use `--path` for the parent folder";
        return refused(help.to_owned());
    }
    let is_identifier = syn::parse_str::<syn::Ident>(&library).is_ok();
    if !is_identifier || is_device(name) || RESERVED.contains(&library.as_str()) {
        return refused(format!("the name is reserved; choose another one, such as `{name}-client`"));
    }
    if DEPENDENCIES.contains(&library.as_str()) {
        return Err(Error::usage(format!("`{name}` is the name of a package that the new crate depends on"))
            .help(format!("choose another name, such as `{name}-client`")));
    }
    Ok(())
}

/// Whether Windows reserves the name, so that no folder can have it.
fn is_device(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let port = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    matches!(name.as_str(), "aux" | "con" | "nul" | "prn")
        || port.is_some_and(|port| matches!(port.as_bytes(), [b'0'..=b'9']))
}

/// Returns the name of the library of a package in Rust code.
pub fn library(package: &str) -> String {
    package.replace('-', "_")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// Returns the libraries in the dependency tables of a manifest.
    fn dependencies(manifest: &str, kinds: &[&str]) -> BTreeSet<String> {
        let manifest: toml::Table = manifest.parse().unwrap();
        let targets = manifest.get("target").and_then(toml::Value::as_table).cloned().unwrap_or_default();
        let tables = targets.values().filter_map(toml::Value::as_table).chain([&manifest]);
        let dependencies = tables.flat_map(|table| kinds.iter().filter_map(|kind| table.get(*kind)?.as_table()));
        dependencies.flat_map(|table| table.keys()).map(|name| library(name)).collect()
    }

    #[test]
    fn every_dependency_of_a_new_crate_is_listed() {
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../evo-runtime/Cargo.toml");
        let mut expected = dependencies(&std::fs::read_to_string(runtime).unwrap(), &["dependencies"]);
        let template = include_str!("../../../templates/crate/Cargo.toml.jinja");
        let lines = template.lines().filter(|line| !line.contains(['{', '%']) || line.starts_with("tokio"));
        let own = lines.collect::<Vec<_>>().join("\n");
        expected.extend(dependencies(&own, &["dependencies", "dev-dependencies"]));
        expected.insert("evo_runtime".to_owned());
        assert_eq!(DEPENDENCIES.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>(), expected);
    }

    #[test]
    fn invalid_names_are_rejected() {
        for (name, message) in [
            ("2pets", "cannot be the name of a package"),
            ("my client", "cannot be the name of a package"),
            ("match", "cannot be the name of a package"),
            ("std", "cannot be the name of a package"),
            ("proc-macro", "cannot be the name of a package"),
            ("gen", "cannot be the name of a package"),
            ("Nul", "cannot be the name of a package"),
            ("com1", "cannot be the name of a package"),
            ("tokio", "is the name of a package that the new crate depends on"),
            ("serde-json", "is the name of a package that the new crate depends on"),
            ("evo_runtime", "is the name of a package that the new crate depends on"),
        ] {
            assert_eq!(check_name(name).unwrap_err().message(), format!("`{name}` {message}"));
        }
        for (name, help) in
            [("2pets", "begin with a letter"), ("test", "the name is reserved"), ("fn", "such as `fn-client`")]
        {
            assert!(check_name(name).unwrap_err().advice().is_some_and(|advice| advice.contains(help)), "{name}");
        }
        for name in ["pets", "pet-client", "_pets", "tokio-client", "matches", "com", "con2"] {
            check_name(name).unwrap();
        }
    }
}
