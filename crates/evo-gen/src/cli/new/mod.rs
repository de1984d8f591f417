//! `evo-gen new`: creates a crate for a client.

mod files;
mod first_call;
mod membership;
mod package;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::json;
use tempfile::TempDir;

use self::files::CrateFiles;
use self::membership::Membership;
use super::args::NewArgs;
use super::dependency::Runtime;
use super::features;
use super::module::{absolute, relative};
use super::report::{Deny, Remarks, Report, pluralize};
use super::select::{command_line, current_folder, read_document};
use super::templates::configuration;
use crate::config::{FILE_NAME, Settings, Visibility};
use crate::diagnostics::Diagnostics;
use crate::emit::Header;
use crate::generator::Model;
use crate::source::{Document, Origin, facts_path};
use crate::{Error, emit, write};

/// The stored document of a new crate.
const DOCUMENT: &str = "metadata.json";

/// The folder of the generated files of a new crate.
const OUTPUT: &str = "src/generated";

/// The module of the generated code in the new crate.
const MODULE: &str = "generated";

/// Creates a crate. It is written to a temporary folder and then moved into place as a whole.
pub fn new(args: &NewArgs, report: Report<'_>) -> Result<(), Error> {
    let started = Instant::now();
    package::check_name(&args.name)?;
    if args.settings.visibility == Some(Visibility::Crate) {
        return Err(Error::usage("the items of a new crate must be public").help("remove --visibility"));
    }
    if args.settings.types_only == Some(true) {
        return Err(Error::usage("the example of a new crate calls the service, which needs operations")
            .help("remove --types-only, or generate the types into an existing crate with --out"));
    }
    let here = current_folder()?;
    let parent = absolute(args.path.as_deref().unwrap_or(Path::new(".")));
    let folder = parent.join(&args.name);
    check_vacant(&folder)?;
    let membership = Membership::plan(&folder)?;
    let runtime = Runtime::choose(membership.as_ref().map(|membership| membership.root.as_path()));

    let mut document = read_document(args.url.as_deref(), args.file.as_deref(), &args.access, report)?;
    let origin = std::mem::replace(&mut document.origin, Origin::File(folder.join(DOCUMENT)));
    let mut flags = args.settings.clone();
    if flags.examples.is_none() {
        let path = format!("{}::{MODULE}", package::library(&args.name));
        flags.examples = Some(path.parse().map_err(|_| Error::usage(format!("`{path}` is not a Rust path")))?);
    }
    let mut settings = Settings::default();
    flags.apply(&mut settings);
    let mut diagnostics = Diagnostics::default();
    let model = Model::build(&document, &settings, &BTreeMap::new(), &mut diagnostics);
    report.remarks(&Remarks {
        client: &args.name,
        document: &document,
        is_stored: true,
        diagnostics: diagnostics.as_slice(),
        deny: &Deny::default(),
    });
    let model = model.map_err(|error| args.settings.locate(error))?;
    let header = Header { source: DOCUMENT.to_owned(), command: "evo-gen".to_owned() };
    let generated = emit::emit(&model.api, &header)?;
    let line = runtime.line(&model.api.runtime_features);
    let templates = CrateFiles::new(&args.name, &line, &origin, &document, &model);
    let mut files = templates.render()?;
    files.push((FILE_NAME.to_owned(), configuration(&origin, DOCUMENT, OUTPUT, &flags)?));
    if !generated.features.is_empty() {
        for (_, manifest) in files.iter_mut().filter(|(path, _)| path == "Cargo.toml") {
            *manifest = features::with_features(manifest, &generated.features, &BTreeSet::new())?;
        }
    }

    std::fs::create_dir_all(&parent).map_err(|error| unwritable(&parent, error))?;
    let workshop = TempDir::new_in(&parent).map_err(|error| unwritable(&parent, error))?;
    let made = workshop.path().join(&args.name);
    write_files(&made, &files, &document)?;
    write::plan(&generated, made.join(OUTPUT), write::Options::default())?.apply()?;
    move_into_place(&made, &folder)?;
    if let Some(membership) = &membership {
        membership.apply()?;
    }

    let (operations, types) = model.api.count();
    let milliseconds = started.elapsed().as_millis();
    let text = format!(
        "{}: {}, {}, in {}, {milliseconds} ms",
        args.name,
        pluralize(operations, "operation"),
        pluralize(types, "type"),
        folder.display()
    );
    let value = json!({ "kind": "summary", "client": args.name, "operations": operations, "types": types,
        "folder": folder, "milliseconds": milliseconds });
    report.result(&text, value);
    if let Some(root) = membership.as_ref().and_then(Membership::joined) {
        let text = format!("added `{}` to the members of {}", args.name, root.display());
        report.result(&text, json!({ "kind": "member", "workspace": root }));
    }
    let text = format!("{} {}", args.name, runtime.explain());
    report.result(&text, json!({ "kind": "dependency", "line": line, "reason": runtime.explain() }));
    print_next_steps(&folder, &here, &templates, report);
    Ok(())
}

/// Prints the next steps as commands that can be pasted.
fn print_next_steps(folder: &Path, here: &Path, templates: &CrateFiles, report: Report<'_>) {
    let command = |parts: &[&str]| command_line(&parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>());
    let run = ["cargo", "run", "--example", "first_call"];
    let commands = [
        command(&["cd", &relative(folder, here)]),
        match &templates.address {
            Some(address) => command(&[&run[..], &["--", address]].concat()),
            None => "cargo build".to_owned(),
        },
    ];
    let mut text = format!("next:\n    {}", commands.join("\n    "));
    if templates.address.is_none() {
        text.push_str(
            "\nthe document does not contain the URL of the service; call it with `cargo run --example first_call -- URL`",
        );
    }
    if templates.needs_sign_in {
        text.push_str("\nthe example needs credentials; see README.md");
    }
    report.result(&text, json!({ "kind": "next", "commands": commands }));
}

/// Fails if the path exists and is not an empty folder.
fn check_vacant(folder: &Path) -> Result<(), Error> {
    match std::fs::read_dir(folder).map(|mut entries| entries.next().is_none()) {
        Ok(true) => Ok(()),
        Ok(false) => Err(Error::write("the folder of the new crate already exists")
            .at(folder.display().to_string())
            .help("choose another name, or add a client to that crate with `evo-gen init`")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => {
            let file = folder.ancestors().find(|path| path.is_file()).unwrap_or(folder);
            Err(Error::write("the folder of the new crate cannot be created")
                .at(file.display().to_string())
                .help("choose another name, or another parent folder with `--path`")
                .caused_by(error))
        }
    }
}

/// Writes the files that are not generated code.
fn write_files(folder: &Path, files: &[(String, String)], document: &Document) -> Result<(), Error> {
    for (path, text) in files {
        write::store(folder.join(path), text)?;
    }
    let stored = folder.join(DOCUMENT);
    write::store(&stored, &document.stored_types())?;
    if let Some(facts) = document.stored_facts() {
        write::store(facts_path(&stored), &facts)?;
    }
    debug_assert!(folder.join(FILE_NAME).is_file(), "a crate without configuration cannot be regenerated");
    Ok(())
}

/// Moves the finished crate into place.
fn move_into_place(made: &Path, folder: &PathBuf) -> Result<(), Error> {
    if folder.is_dir() {
        std::fs::remove_dir(folder).map_err(|error| unwritable(folder, error))?;
    }
    std::fs::rename(made, folder).map_err(|error| unwritable(folder, error))
}

fn unwritable(path: &Path, error: std::io::Error) -> Error {
    Error::write("the crate cannot be written").at(path.display().to_string()).caused_by(error)
}
