//! `evo-gen init`: adds a client to an existing crate.

mod manifest;
mod plan;

use std::path::Path;
use std::time::Instant;

use serde_json::json;

use self::plan::InitPlan;
use super::args::InitArgs;
use super::cargo::{Package, Workspace};
use super::dependency::{Missing, Runtime, missing};
use super::features;
use super::module::{SAME_NAME, declaration, has_module, reject_crate_root, relative};
use super::report::{Deny, Remarks, Report, pluralize};
use super::select::current_folder;
use super::stored::StoredFile;
use crate::api::Api;
use crate::diagnostics::Diagnostics;
use crate::emit::Header;
use crate::generator::Model;
use crate::write::{Options, Plan, plan, read_manifest};
use crate::{Error, emit};

/// Adds a client to the crate in the current folder. Everything is planned before the first file is written, and if a file cannot be
/// written, the crate is restored. If the crate already has the client, only missing parts are added.
pub fn init(args: &InitArgs, report: Report<'_>) -> Result<(), Error> {
    let started = Instant::now();
    let here = current_folder()?;
    let (workspace, package) = find_package(&here)?;
    let InitPlan { client, document, settings, output, mut files } = InitPlan::plan(args, &package, report)?;

    let written = read_manifest(&output)?;
    reject_crate_root(&output, written.as_ref())?;
    let names = written.map(|manifest| manifest.names).unwrap_or_default();
    let mut diagnostics = Diagnostics::default();
    let model = Model::build(&document, &settings, &names, &mut diagnostics);
    report.remarks(&Remarks {
        client: &client,
        document: &document,
        is_stored: true,
        diagnostics: diagnostics.as_slice(),
        deny: &Deny::default(),
    });
    let model = model.map_err(|error| args.settings.locate(error))?;
    let header = Header { source: document.origin.label(Some(&package.folder)), command: "evo-gen".to_owned() };
    let generated = emit::emit(&model.api, &header)?;
    let plan = plan(&generated, &output, Options::default())?;

    let runtime_features = &model.api.runtime_features;
    let lacking = missing(&package.folder, runtime_features);
    let runtime = Runtime::choose(Some(&workspace.root));
    let former = features::earlier_features(&names);
    let path = package.folder.join("Cargo.toml");
    let text = manifest::read(&path)?;
    let mut text = manifest::with_runtime(&text, &lacking, &runtime, runtime_features)
        .map_err(|error| error.at(path.display().to_string()))?;
    if settings.features {
        text = features::with_features(&text, &generated.features, &former)?;
    }
    files.push(StoredFile::new(path, text));
    let count = write(&files, &plan)?;

    let (operations, types) = model.api.count();
    let milliseconds = started.elapsed().as_millis();
    let folder = relative(&output, &here);
    let files_changed = pluralize(count, "file");
    let text = format!(
        "{client}: {}, {}, in {folder}, {files_changed} changed, {milliseconds} ms",
        pluralize(operations, "operation"),
        pluralize(types, "type")
    );
    let value = json!({ "kind": "summary", "client": client, "operations": operations, "types": types,
        "folder": output, "filesChanged": count, "milliseconds": milliseconds });
    report.result(&text, value);
    if lacking == Missing::Dependency {
        let text = format!("{} {}", package.name, runtime.explain());
        report.result(
            &text,
            json!({ "kind": "dependency", "line": runtime.line(runtime_features), "reason": runtime.explain() }),
        );
    }
    print_next_steps(&output, &package, &here, &model.api, report);
    Ok(())
}

/// Finds the package that contains a folder, and its workspace.
fn find_package(here: &Path) -> Result<(Workspace, Package), Error> {
    let Some(workspace) = Workspace::find(here)? else {
        return Err(Error::usage("there is no Cargo.toml in this folder or above")
            .help("run `cargo init` first, or create a crate with `evo-gen new NAME`"));
    };
    match workspace.package_of(here).cloned() {
        Some(package) => Ok((workspace, package)),
        None => {
            let folders: Vec<String> =
                workspace.packages.iter().map(|package| relative(&package.folder, here)).collect();
            let help = if folders.is_empty() {
                "the workspace has no packages yet; create one with `cargo new NAME` or `evo-gen new NAME`".to_owned()
            } else {
                format!("run this in the folder of a package: {}", folders.join(", "))
            };
            Err(Error::usage("this folder is in a workspace, but not in one of its packages").help(help))
        }
    }
}

/// Writes the files, then the client. Restores the files if an error occurs. Returns the number of changed files.
fn write(files: &[StoredFile], plan: &Plan) -> Result<usize, Error> {
    if plan.conflicts().next().is_some() {
        let refused = plan.apply().map(|_| 0);
        return refused.map_err(|error| error.help("move these files away, or choose another folder with `--out DIR`"));
    }
    let mut written = Vec::new();
    let mut write_all = || {
        for file in files.iter().filter(|file| file.is_changed()) {
            file.store()?;
            written.push(file);
        }
        plan.apply()
    };
    let outcome = write_all();
    match outcome {
        Ok(summary) => Ok(summary.touched() + written.len()),
        Err(error) => {
            for file in written.into_iter().rev() {
                // The first error is more useful.
                let _ = file.restore();
            }
            Err(error)
        }
    }
}

/// Prints the remaining manual steps.
fn print_next_steps(output: &Path, package: &Package, here: &Path, api: &Api, report: Report<'_>) {
    let mut declaration = declaration(output, &package.folder, package.root.as_ref()).filter(|line| !line.is_declared);
    if let Some(declaration) = declaration.as_mut().filter(|declaration| has_module(api, &declaration.name)) {
        declaration.line = format!("{SAME_NAME} {}", declaration.line);
    }
    let value = json!({ "kind": "next", "module": declaration.as_ref().map(|line| &line.line),
        "file": declaration.as_ref().and_then(|line| line.file.as_ref()), "commands": ["cargo build"] });
    let text = match declaration {
        Some(line) => {
            let file = line.file.map_or_else(|| "the crate".to_owned(), |file| relative(&file, here));
            format!("add this line to {file}:\n    {}\nthen build:\n    cargo build", line.line)
        }
        None => "build:\n    cargo build".to_owned(),
    };
    report.result(&text, value);
    if matches!(package.edition.as_str(), "2015" | "2018") {
        let text = format!(
            "set `edition = \"2024\"` in the Cargo.toml of {}: the client needs edition 2021 or later, and this is {}",
            package.name, package.edition
        );
        report.result(&text, json!({ "kind": "next", "edition": package.edition }));
    }
    if let Some(limit) = api.recursion_limit {
        let line = format!("#![recursion_limit = \"{limit}\"]");
        let text = format!("add this line at the top of the crate root, unless it is there already:\n    {line}");
        report.result(&text, json!({ "kind": "next", "line": line }));
    }
}
