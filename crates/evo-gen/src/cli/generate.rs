//! The default action: generate clients. All are planned before the first is written.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

use serde_json::json;

use super::args::GenerateArgs;
use super::dependency::{RUNTIME, Runtime, missing_features};
use super::features;
use super::renames::{Rename, renames};
use super::report::{Deny, Remarks, Report};
use super::select::{Target, targets};
use super::stored::{Renewal, StoredFile, read_stored};
use crate::diagnostics::Diagnostics;
use crate::generator::{Model, package_folder};
use crate::parallel::drop_aside;
use crate::write::{Action, Options, Plan, plan, read_manifest};
use crate::{Error, emit};

/// A client that was generated in memory.
struct Planned {
    target: Target,
    plan: Plan,
    renewal: Option<Renewal>,
    /// The `Cargo.toml`, where it states the features of modules.
    manifest: Option<StoredFile>,
    renames: Vec<Rename>,
    operations: usize,
    types: usize,
    /// The features of the runtime that the code needs.
    runtime_features: BTreeSet<&'static str>,
    started: Instant,
}

/// Generates what `args` ask for. Whether `--check` found everything as it should be.
pub fn generate(args: &GenerateArgs, report: Report<'_>) -> Result<bool, Error> {
    let deny = Deny::new(&args.deny).map_err(|error| error.at("--deny"))?;
    let mut planned = Vec::new();
    for target in targets(args, report)? {
        planned.push(Planned::make(target, args, &deny, report)?);
    }
    if args.check {
        let differ = planned.iter().filter(|client| client.check(report)).count();
        return Ok(differ == 0);
    }
    if args.dry_run {
        for client in &planned {
            client.list(report);
        }
        return Ok(true);
    }
    // A client that must not be written stops the run before another one is.
    let refused = planned.iter().find(|client| !args.force && client.plan.conflicts().next().is_some());
    for client in refused.into_iter().chain(&planned) {
        client.apply(report)?;
    }
    drop_aside(planned);
    Ok(true)
}

impl Planned {
    fn make(mut target: Target, args: &GenerateArgs, deny: &Deny, report: Report<'_>) -> Result<Self, Error> {
        let started = Instant::now();
        report.detail(&format!("{}: {} -> {}", target.name, target.header.source, target.output.display()));
        let old = target.stored.as_deref().and_then(read_stored);
        if target.document.facts.is_none() {
            target.document.facts = old.as_ref().and_then(|old| old.facts.clone());
        }
        let manifest = read_manifest(&target.output)?;
        let names = manifest.as_ref().map(|manifest| manifest.names.clone()).unwrap_or_default();
        let mut diagnostics = Diagnostics::default();
        let model = Model::build(&target.document, &target.settings, &names, &mut diagnostics);
        report.remarks(&Remarks {
            client: &target.name,
            document: &target.document,
            is_stored: target.stored.is_some(),
            diagnostics: diagnostics.as_slice(),
            deny,
        });
        let model = model.map_err(|error| target.locate(error, args))?;
        deny.check(&diagnostics)?;
        let renewal =
            target.stored.as_deref().map(|path| Renewal::plan(path, old.as_ref(), &target.document, &model.types));
        let generated = emit::emit(&model.api, &target.header)?;
        let renames = renames(&names, &generated.names, &target.settings);
        if args.locked {
            let manifest = manifest.map(|manifest| manifest.names);
            refuse_news(manifest.as_ref(), &generated.names, renewal.as_ref(), &target.output)?;
        }
        let manifest = if target.settings.features {
            let folder = package_folder(&target.output);
            Some(features::plan(&folder, &generated.features, &features::former(&names))?)
        } else {
            None
        };
        let (operations, types) = model.counts();
        let plan = plan(&generated, &target.output, Options { force: args.force })?;
        let runtime_features = model.api.runtime_features.clone();
        drop_aside((model, generated));
        Ok(Self { target, plan, renewal, manifest, renames, operations, types, runtime_features, started })
    }

    /// The files beside the generated ones that are to change: the stored document and the `Cargo.toml`.
    fn changed_files(&self) -> impl Iterator<Item = &StoredFile> {
        let manifest = self.manifest.iter().filter(|file| file.is_changed());
        self.renewal.iter().flat_map(Renewal::changed).chain(manifest)
    }

    /// Prints what is not as it would be generated. Whether there is something.
    fn check(&self, report: Report<'_>) -> bool {
        let stored = self.changed_files().map(|file| (file.path.as_path(), file.diff()));
        let generated = (!self.plan.is_clean()).then(|| (self.target.output.as_path(), self.plan.diff()));
        let mut differs = false;
        for (path, diff) in stored.chain(generated) {
            differs = true;
            let value = json!({ "kind": "diff", "client": self.target.name, "path": path, "diff": diff });
            report.answer(&format!("# {}\n{diff}", path.display()), value);
        }
        self.list_changes(report);
        self.summarise(report, 0, if differs { "out of date" } else { "up to date" });
        differs
    }

    /// Lists what would be written.
    fn list(&self, report: Report<'_>) {
        let answer = |action: &str, path: &Path| {
            let value = json!({ "kind": "file", "client": self.target.name, "action": action, "path": path });
            report.answer(&format!("{action} {}", path.display()), value);
        };
        for file in self.changed_files() {
            answer(file.action(), &file.path);
        }
        for file in self.plan.files() {
            let action = match file.action() {
                Action::Create => "create",
                Action::Change => "change",
                Action::Delete => "delete",
                Action::Keep => continue,
            };
            let needs_force = if file.conflict().is_some() { " (needs --force)" } else { "" };
            let path = self.target.output.join(file.path());
            let value = json!({ "kind": "file", "client": self.target.name, "action": action, "path": path,
                "conflict": file.conflict().is_some() });
            report.answer(&format!("{action} {}{needs_force}", path.display()), value);
        }
        self.list_changes(report);
        self.summarise(report, 0, "nothing written");
    }

    fn apply(&self, report: Report<'_>) -> Result<(), Error> {
        let mut files = self.plan.apply()?.touched();
        for file in self.changed_files() {
            file.store()?;
            files += 1;
        }
        self.list_changes(report);
        self.summarise(report, files, "");
        if self.target.is_new {
            self.say_how_to_use(report);
            return Ok(());
        }
        self.say_what_is_missing(report)
    }

    fn list_changes(&self, report: Report<'_>) {
        for change in self.renewal.iter().flat_map(|renewal| &renewal.changes) {
            let value = json!({ "kind": "change", "client": self.target.name, "change": change.kind.name(),
                "what": change.what, "name": change.name, "details": change.details });
            report.result(&change.to_string(), value);
        }
        for rename in &self.renames {
            let Rename { what, name, old, new, reason } = rename;
            let value = json!({ "kind": "name", "client": self.target.name, "what": what, "name": name, "old": old,
                "new": new, "reason": reason });
            report.result(&rename.to_string(), value);
        }
    }

    fn summarise(&self, report: Report<'_>, files_changed: usize, verdict: &str) {
        let Self { target, operations, types, started, .. } = self;
        let counts = self.plan.summary();
        let milliseconds = started.elapsed().as_millis();
        let verdict_text = if verdict.is_empty() { String::new() } else { format!(" ({verdict})") };
        let text = format!(
            "{}: {operations} operations, {types} types, {files_changed} files changed{verdict_text}, {milliseconds} ms",
            target.name
        );
        let value = json!({
            "kind": "summary", "client": target.name, "operations": operations, "types": types,
            "filesChanged": files_changed, "created": counts.created, "changed": counts.changed,
            "deleted": counts.deleted, "unchanged": counts.unchanged, "verdict": verdict, "milliseconds": milliseconds,
        });
        report.result(&text, value);
    }

    /// The last line for a client that no crate uses yet.
    fn say_how_to_use(&self, report: Report<'_>) {
        let module = self.target.output.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let manifest = package_folder(&self.target.output).join("Cargo.toml");
        let manifest = if manifest.is_file() { manifest.display().to_string() } else { "your Cargo.toml".to_owned() };
        let dependency = Runtime::Published.line(&self.runtime_features);
        let text = format!("add `{dependency}` to [dependencies] of {manifest}, and `mod {module};` to the crate");
        report.result(&text, json!({ "kind": "hint", "dependency": dependency, "module": module }));
    }

    /// The last line for a client whose settings need more of the runtime than its crate asks for.
    fn say_what_is_missing(&self, report: Report<'_>) -> Result<(), Error> {
        let folder = package_folder(&self.target.output);
        let missing = missing_features(&folder, &self.runtime_features)?;
        if missing.is_empty() {
            return Ok(());
        }
        let names: Vec<String> = missing.iter().map(|feature| format!("`{feature}`")).collect();
        let manifest = folder.join("Cargo.toml");
        let text = format!("add the features {} of {RUNTIME} to {}", names.join(", "), manifest.display());
        let text = if names.len() == 1 { text.replacen("features", "feature", 1) } else { text };
        report.result(&text, json!({ "kind": "hint", "features": missing, "manifest": manifest }));
        Ok(())
    }
}

/// Refuses what `--locked` does not let in.
fn refuse_news(
    locked: Option<&std::collections::BTreeMap<String, String>>,
    names: &std::collections::BTreeMap<String, String>,
    renewal: Option<&Renewal>,
    output: &Path,
) -> Result<(), Error> {
    let refuse =
        |message: String| Err(Error::document(message).at(output.display().to_string()).help("run without --locked"));
    let Some(locked) = locked else {
        return refuse("--locked: the output has no manifest yet".to_owned());
    };
    if let Some(file) = renewal.and_then(|renewal| renewal.changed().next()) {
        return refuse(format!("--locked: the stored document {} would change", file.path.display()));
    }
    let differs = |(name, _): &(&String, &String)| locked.get(*name) != names.get(*name);
    let news: Vec<&str> = names.iter().chain(locked).filter(differs).map(|(name, _)| name.as_str()).collect();
    match news.split_first() {
        None => Ok(()),
        Some((first, rest)) => refuse(format!("--locked: {} names would change, {first} first", rest.len() + 1)),
    }
}
