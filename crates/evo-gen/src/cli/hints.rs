//! The hint at the end of a run: what is still missing in the crate.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::json;

use super::cargo::Workspace;
use super::dependency::{Missing, RUNTIME, Runtime, missing, renamed};
use super::module::declaration;
use super::report::Report;
use crate::generator::package_folder;

/// Recommends what is missing in the crate that contains `output`, for a client that needs these features of the runtime. A
/// configured client outside of a crate is assumed to be intended.
pub fn recommend(output: &Path, features: &BTreeSet<&str>, is_configured: bool, report: Report<'_>) {
    let folder = package_folder(output);
    let manifest = folder.join("Cargo.toml");
    let has_manifest = manifest.is_file();
    if is_configured && !has_manifest {
        return;
    }
    let place = if has_manifest { manifest.display().to_string() } else { "your Cargo.toml".to_owned() };
    let mut steps = Vec::new();
    let mut value = serde_json::Map::from_iter([("kind".to_owned(), json!("hint"))]);
    let mut state = |key: &str, stated| value.insert(key.to_owned(), stated);
    match missing(&folder, features) {
        Missing::Nothing => {}
        Missing::Dependency => {
            // The client is already written, so a manifest that cargo rejects is not an error here.
            let workspace = if has_manifest { Workspace::find(&folder).ok().flatten() } else { None };
            let dependency =
                Runtime::choose(workspace.as_ref().map(|workspace| workspace.root.as_path())).line(features);
            steps.push(format!("add `{dependency}` to [dependencies] of {place}"));
            state("dependency", json!(dependency));
            state("manifest", json!(manifest));
        }
        Missing::Renamed(name) => {
            let (message, help) = renamed(&name);
            steps.push(format!("{message}: {help} in {place}"));
            state("renamed", json!(name));
            state("manifest", json!(manifest));
        }
        Missing::Features(missing) => {
            let names: Vec<String> = missing.iter().map(|feature| format!("`{feature}`")).collect();
            let word = if names.len() == 1 { "feature" } else { "features" };
            steps.push(format!("add the {word} {} of {RUNTIME} to {place}", names.join(", ")));
            state("features", json!(missing));
            state("manifest", json!(manifest));
        }
    }
    // Outside of `src`, a client may be part of a test or an example, whose crate root is not known.
    let is_source = output_is_below(output, &folder.join("src"));
    if let Some(module) =
        declaration(output, &folder, None).filter(|module| !module.is_declared && (is_source || !has_manifest))
    {
        let file = module.file.map_or_else(|| "the crate".to_owned(), |file| file.display().to_string());
        steps.push(format!("add `{}` to {file}", module.line));
        state("module", json!(module.line));
    }
    if !steps.is_empty() {
        report.result(&steps.join(", and "), value.into());
    }
}

fn output_is_below(output: &Path, folder: &Path) -> bool {
    super::module::absolute(output).starts_with(folder)
}
