//! The documents for tests: all documents below `fixtures`, and the recorded documents next to the repository, if they exist.

#[allow(dead_code, reason = "not used in every test")]
pub mod arbitrary;
#[allow(dead_code, reason = "not used in every test")]
pub mod harmless;
pub mod random;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use evo_gen::api::Api;
use evo_gen::config::{ConfigFile, Settings};
use evo_gen::diagnostics::Diagnostics;
use evo_gen::emit::{Generated, Header};
use evo_gen::source::{Document, Limits};
use evo_gen::{Error, emit, lower, metadata, source};

/// A document and its settings.
pub struct Sample {
    /// The path below or next to the repository, without the file name if that is uninformative.
    pub name: String,
    /// The document.
    pub document: Document,
    /// The settings.
    pub settings: Settings,
}

/// The result for a sample.
pub struct Outcome {
    /// The model.
    pub api: Api,
    /// The generated files.
    pub generated: Generated,
    /// The diagnostics, one per line.
    #[allow(dead_code, reason = "not used in every test")]
    pub remarks: String,
}

/// A file with a document.
pub struct Source {
    /// The path below or next to the repository, without the file name if that is uninformative.
    pub name: String,
    /// The path of the file.
    pub path: PathBuf,
}

/// Returns all documents below `fixtures`, and the recorded documents next to the repository, sorted by name.
pub fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut sources = Vec::new();
    for (prefix, folder) in [
        ("", root.join("fixtures")),
        ("recorded/", root.join("../shared/recordings")),
        ("other/", root.join("../shared/metadata")),
    ] {
        // All other JSON files are recordings and lists of cases.
        let found = Source::below(&folder, prefix, &|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            name.ends_with("metadata.json") || name.ends_with(".app.json") || name.starts_with("admin-ui")
        });
        if found.is_empty() {
            println!("no documents in {}: skipped", folder.display());
        }
        sources.extend(found);
    }
    sources
}

impl Source {
    /// Returns the documents below a folder, sorted by path.
    pub fn below(folder: &Path, prefix: &str, is_document: &dyn Fn(&Path) -> bool) -> Vec<Self> {
        let mut paths = Vec::new();
        collect(folder, is_document, &mut paths);
        paths.sort();
        let name = |path: &Path| {
            let below = path.strip_prefix(folder).unwrap().with_extension("");
            let below = if below.ends_with("metadata") { below.parent().unwrap() } else { &below };
            format!("{prefix}{}", below.display()).replace('\\', "/")
        };
        paths.into_iter().map(|path| Self { name: name(&path), path }).collect()
    }
}

fn collect(folder: &Path, is_document: &dyn Fn(&Path) -> bool, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, is_document, found);
        } else if is_document(&path) {
            found.push(path);
        }
    }
}

/// Returns all samples, sorted by name.
pub fn samples() -> Vec<Sample> {
    sources().into_iter().map(Sample::read).collect()
}

impl Sample {
    fn read(source: Source) -> Self {
        let Source { name, path } = source;
        let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("../evo-voice/evo-gen.toml");
        let config = if name == "evo-voice" { package } else { path.with_file_name("evo-gen.toml") };
        let settings = if config.is_file() {
            let clients = ConfigFile::read(&config, "sample").unwrap().clients;
            clients.into_iter().next().unwrap().settings
        } else {
            Settings::default()
        };
        let document = source::read_file(&path, &Limits::default()).unwrap();
        Self { name, document, settings }
    }

    /// Generates from the sample, with the names of an earlier run.
    pub fn generate(&self, earlier: &BTreeMap<String, String>) -> Outcome {
        generate(&self.document, &self.settings, earlier).unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

/// Generates from a document, with the names of an earlier run.
pub fn generate(
    document: &Document,
    settings: &Settings,
    earlier: &BTreeMap<String, String>,
) -> Result<Outcome, Error> {
    let mut diagnostics = Diagnostics::default();
    let types = metadata::read(document, &mut diagnostics)?;
    let api = lower::lower(&types, document.facts.as_ref(), settings, earlier, &mut diagnostics)?;
    let generated = emit::emit(&api, &header())?;
    let mut remarks = String::new();
    for diagnostic in diagnostics.as_slice() {
        writeln!(remarks, "{diagnostic}").unwrap();
    }
    Ok(Outcome { api, generated, remarks })
}

/// Returns the header of generated files.
pub fn header() -> Header {
    Header { source: "metadata.json".to_owned(), command: "evo-gen".to_owned() }
}
