//! The default action: generates clients. All clients are planned before the first one is written.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

use serde_json::json;

use super::args::GenerateArgs;
use super::diff::words;
use super::features;
use super::hints::recommend;
use super::locked::reject_changes;
use super::module::reject_crate_root;
use super::renames::{KEPT, KeptName, find_kept_names, find_renames};
use super::report::{Deny, Remarks, Report, pluralize};
use super::select::{SelectedClient, read_clients};
use super::stored::{Renewal, StoredFile, read_stored};
use crate::diagnostics::Diagnostics;
use crate::diff::{Diff, Side, Understood, compare, compare_names};
use crate::generator::{Model, package_folder};
use crate::write::{Action, Options, Plan, plan, read_manifest};
use crate::{Error, emit};

/// A client that was generated in memory.
struct Planned {
    client: SelectedClient,
    plan: Plan,
    renewal: Option<Renewal>,
    /// The `Cargo.toml`, if the setting `features` is on.
    manifest: Option<StoredFile>,
    /// The changes since the stored document, or since the run that wrote the manifest.
    diff: Diff,
    /// The kept names that `rename` no longer lists.
    kept: Vec<KeptName>,
    operations: usize,
    types: usize,
    /// The features of the runtime that the code needs.
    runtime_features: BTreeSet<&'static str>,
    started: Instant,
}

/// Generates the clients that `args` select. Returns `false` if `--check` found a difference.
pub fn generate(args: &GenerateArgs, report: Report<'_>) -> Result<bool, Error> {
    let deny = Deny::new(&args.deny).map_err(|error| error.at("--deny"))?;
    let mut planned = Vec::new();
    for client in read_clients(args, report)? {
        planned.push(Planned::make(client, args, &deny, report)?);
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
    // A conflict in one client stops the run before any client is written.
    let refused = planned.iter().find(|client| !args.force && client.plan.conflicts().next().is_some());
    for client in refused.into_iter().chain(&planned) {
        client.apply(report)?;
    }
    Ok(true)
}

impl Planned {
    fn make(mut client: SelectedClient, args: &GenerateArgs, deny: &Deny, report: Report<'_>) -> Result<Self, Error> {
        let started = Instant::now();
        report.detail(&format!("{}: {} -> {}", client.name, client.header.source, client.output.display()));
        let old = client.stored.as_deref().and_then(read_stored);
        if client.document.facts.is_none() {
            client.document.facts = old.as_ref().and_then(|old| old.facts.clone());
        }
        let manifest = read_manifest(&client.output)?;
        reject_crate_root(&client.output, manifest.as_ref())?;
        let names = manifest.as_ref().map(|manifest| manifest.names.clone()).unwrap_or_default();
        let mut diagnostics = Diagnostics::default();
        let model = Model::build(&client.document, &client.settings, &names, &mut diagnostics);
        report.remarks(&Remarks {
            client: &client.name,
            document: &client.document,
            is_stored: client.stored.is_some(),
            diagnostics: diagnostics.as_slice(),
            deny,
        });
        let model = model.map_err(|error| client.locate(error, args))?;
        deny.check(&diagnostics)?;
        let old = old.and_then(|old| Understood::new(&old, &client.settings, &names).ok());
        let now = Side { api: &model.api, types: &model.types };
        let mut diff = old.map(|old| compare(old.side(), now)).unwrap_or_default();
        if diff.changes.is_empty() && manifest.is_some() && (args.check || args.locked) {
            // Without an earlier document, additions and removals are derived from the names of the last run.
            diff = compare_names(&names, &model.api);
        }
        diff.changes.extend(find_renames(&names, &model.api, &client.settings));
        // Emission needs the memory that the mirror of the document takes.
        let Model { api, types } = model;
        drop(types);
        let kept = find_kept_names(&names, &api);
        let renewal = client.stored.as_deref().map(|path| Renewal::plan(path, &client.document));
        let generated = emit::emit(&api, &client.header)?;
        if args.locked {
            reject_changes(manifest.is_some(), &diff, renewal.as_ref(), &client.output)?;
        }
        let manifest = if client.settings.features {
            let folder = package_folder(&client.output);
            Some(features::plan(&folder, &generated.features, &features::earlier_features(&names))?)
        } else {
            None
        };
        let (operations, types) = api.count();
        let plan = plan(&generated, &client.output, Options { force: args.force })?;
        let runtime_features = api.runtime_features.clone();
        Ok(Self { client, plan, renewal, manifest, diff, kept, operations, types, runtime_features, started })
    }

    /// Returns the number of files that are out of date.
    fn differing(&self) -> usize {
        self.changed_files().count() + self.plan.count_files().touched()
    }

    /// Returns the other files to write: the stored document and the `Cargo.toml`.
    fn changed_files(&self) -> impl Iterator<Item = &StoredFile> {
        let manifest = self.manifest.iter().filter(|file| file.is_changed());
        self.renewal.iter().flat_map(Renewal::changed).chain(manifest)
    }

    /// Prints the differences between the files on disk and the generated ones. Returns whether there are any.
    fn check(&self, report: Report<'_>) -> bool {
        let stored = self.changed_files().map(|file| (file.path.as_path(), file.diff()));
        let generated = (!self.plan.is_clean()).then(|| (self.client.output.as_path(), self.plan.diff()));
        for (path, diff) in stored.chain(generated) {
            let value = json!({ "kind": "diff", "client": self.client.name, "path": path, "diff": diff });
            report.answer(&format!("# {}\n{diff}", path.display()), value);
        }
        let differing = self.plan.files().iter().filter(|file| file.action() != Action::Keep);
        let generated = differing.map(|file| self.client.output.join(file.path()));
        for path in self.changed_files().map(|file| file.path.clone()).chain(generated) {
            report.out_of_date(&path, &self.client.header.command);
        }
        self.list_changes(report);
        let verdict = match self.differing() {
            0 => "up to date".to_owned(),
            1 => format!("1 file is out of date; run {}", self.client.header.command),
            count => format!("{count} files are out of date; run {}", self.client.header.command),
        };
        self.summarise(report, 0, &verdict);
        self.differing() > 0
    }

    /// Lists the files that would be written.
    fn list(&self, report: Report<'_>) {
        let answer = |action: &str, path: &Path| {
            let value = json!({ "kind": "file", "client": self.client.name, "action": action, "path": path });
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
            let path = self.client.output.join(file.path());
            let value = json!({ "kind": "file", "client": self.client.name, "action": action, "path": path,
                "conflict": file.conflict().is_some() });
            report.answer(&format!("{action} {}{needs_force}", path.display()), value);
        }
        self.list_changes(report);
        let verdict = match self.differing() {
            0 => "nothing would change".to_owned(),
            count => format!("{} would change", pluralize(count, "file")),
        };
        self.summarise(report, 0, &verdict);
    }

    fn apply(&self, report: Report<'_>) -> Result<(), Error> {
        let mut files = self.plan.apply()?.touched();
        for file in self.changed_files() {
            file.store()?;
            files += 1;
        }
        self.list_changes(report);
        self.summarise(report, files, &format!("{} changed", pluralize(files, "file")));
        recommend(&self.client.output, &self.runtime_features, !self.client.is_new, report);
        Ok(())
    }

    fn list_changes(&self, report: Report<'_>) {
        let client = Some(self.client.name.as_str());
        for change in &self.diff.changes {
            report.result(&words::line(change), words::change_json(change, client, None));
        }
        if !self.diff.changes.is_empty() {
            let text = format!("version: {}", words::verdict(&self.diff));
            report.result(&text, words::verdict_json(&self.diff, client, None));
        }
        for name in &self.kept {
            let KeptName { what, name: dotnet, rust } = name;
            let value =
                json!({ "kind": "name", "client": client, "what": what, "name": dotnet, "rust": rust, "reason": KEPT });
            report.result(&name.to_string(), value);
        }
    }

    /// Prints the last line of the report about a client. `written` is the number of files that the run changed.
    fn summarise(&self, report: Report<'_>, written: usize, verdict: &str) {
        let Self { client, operations, types, started, .. } = self;
        let counts = self.plan.count_files();
        let milliseconds = started.elapsed().as_millis();
        let (calls, others) = (pluralize(*operations, "operation"), pluralize(*types, "type"));
        let text = format!("{}: {calls}, {others}, {milliseconds} ms; {verdict}", client.name);
        let value = json!({
            "kind": "summary", "client": client.name, "operations": operations, "types": types,
            "filesChanged": written, "filesDiffering": self.differing(), "created": counts.created, "changed": counts.changed,
            "deleted": counts.deleted, "unchanged": counts.unchanged, "verdict": verdict, "milliseconds": milliseconds,
        });
        report.result(&text, value);
    }
}
