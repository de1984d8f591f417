//! The main entry point of the library: generates a client from a document, for build scripts, tests and other programs.

mod pipeline;
mod stamp;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

pub(crate) use self::pipeline::Model;
use crate::config::{ClientConfig, ConfigFile, Places, Settings, did_you_mean};
use crate::diagnostics::{Diagnostic, Diagnostics, Severity};
use crate::emit::{Generated, Header};
use crate::places::Excerpts;
use crate::source::{Document, Limits};
use crate::{Error, emit, source, write};

/// Generates one client.
///
/// A build script that writes `api.rs` into `OUT_DIR`, for `include!(concat!(env!("OUT_DIR"), "/api.rs"))` in a module:
///
/// ```no_run
/// use evo_gen::Generator;
///
/// fn main() -> Result<(), evo_gen::Error> {
///     let settings = "include = ['FindPets', '{orders}']".parse()?;
///     Generator::new().file("metadata.json").settings(settings).out_dir_file("api.rs").run()?;
///     Ok(())
/// }
/// ```
///
/// [`Settings`] control the generated code. Parse them from a string in the format of `evo-gen.toml`, as above, read them
/// from such a file ([`config`](Self::config)), or set the fields of a value.
#[derive(Debug, Clone, Default)]
#[must_use = "a generator does nothing until it runs"]
pub struct Generator {
    input: Option<Input>,
    output: Option<Output>,
    config: Option<PathBuf>,
    client: Option<String>,
    settings: Option<Settings>,
    update_names: bool,
    force: bool,
    #[cfg(feature = "http")]
    access: source::Access,
    limits: Limits,
}

#[derive(Debug, Clone)]
enum Input {
    File(PathBuf),
    #[cfg(feature = "http")]
    Url(String),
    Document(Box<Document>),
}

#[derive(Debug, Clone)]
enum Output {
    /// A folder with one module per namespace and a manifest.
    Folder(PathBuf),
    /// One file in the `OUT_DIR` of a build script.
    OutDirFile(PathBuf),
}

/// The result of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Summary {
    /// The number of operations of the client. Zero if [`skipped`](Self::skipped).
    pub operations: usize,
    /// The number of its other types. Zero if [`skipped`](Self::skipped).
    pub types: usize,
    /// The number of files that were created, changed or deleted.
    pub files_changed: usize,
    /// Whether generation was skipped because nothing had changed since the last run.
    pub skipped: bool,
    /// The Cargo features of the modules, each with the features that it enables. Empty if [`skipped`](Self::skipped).
    pub features: BTreeMap<String, BTreeSet<String>>,
    /// Warnings and notes about the document, except those that the setting `allow` lists.
    pub warnings: Vec<Diagnostic>,
}

impl Generator {
    /// Creates a generator without an input and an output.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the document from a file, and the facts about the service from the `service.json` next to it.
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.input = Some(Input::File(path.into()));
        self
    }

    /// Fetches the document from a server. Build scripts should read a stored document, so that builds need no network.
    #[cfg(feature = "http")]
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.input = Some(Input::Url(url.into()));
        self
    }

    /// Uses a document that was already read.
    pub fn document(mut self, document: Document) -> Self {
        self.input = Some(Input::Document(Box::new(document)));
        self
    }

    /// Reads source, output and settings from an `evo-gen.toml`. Values set by other methods take precedence.
    pub fn config(mut self, path: impl Into<PathBuf>) -> Self {
        self.config = Some(path.into());
        self
    }

    /// Selects a client by name, if the configuration has several.
    pub fn client(mut self, name: impl Into<String>) -> Self {
        self.client = Some(name.into());
        self
    }

    /// Sets the settings of the generated code.
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = Some(settings);
        self
    }

    /// Writes one module per namespace into this folder.
    pub fn out_dir(mut self, path: impl Into<PathBuf>) -> Self {
        self.output = Some(Output::Folder(path.into()));
        self
    }

    /// Writes one file with this name into the `OUT_DIR` of the build script.
    pub fn out_dir_file(mut self, name: impl Into<PathBuf>) -> Self {
        self.output = Some(Output::OutDirFile(name.into()));
        self
    }

    /// Allows names that an earlier run chose to change.
    pub fn update_names(mut self, update: bool) -> Self {
        self.update_names = update;
        self
    }

    /// Overwrites and deletes files that were edited by hand or that evo-gen did not write.
    pub fn force(mut self, force: bool) -> Self {
        self.force = force;
        self
    }

    /// Sets the credentials for the server and the trusted certificates.
    #[cfg(feature = "http")]
    pub fn access(mut self, access: source::Access) -> Self {
        self.access = access;
        self
    }

    /// Limits the size of the document and the time that reading it takes.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Generates the files of a folder in memory and writes nothing. Names chosen by earlier runs are ignored.
    pub fn generate(&self) -> Result<Generated, Error> {
        let job = self.resolve()?;
        let document = self.read(&job.input)?;
        let model = Model::build(&document, &job.settings, &BTreeMap::new(), &mut Diagnostics::default());
        let model = model.map_err(|error| job.places.locate(error))?;
        emit::emit(&model.api, &header(&document, &package_folder(Path::new("."))))
    }

    /// Generates and writes the client. In a build script, also prints `cargo::rerun-if-changed` lines and warnings.
    pub fn run(self) -> Result<Summary, Error> {
        let job = self.resolve()?;
        let output = job.output.clone().ok_or_else(|| {
            Error::usage("the generator has no output")
                .help("call `out_dir_file(\"api.rs\")` or `out_dir(\"src/api\")`")
        })?;
        if is_build_script() {
            job.print_watched(self.config.as_deref());
        }
        let document = self.read(&job.input)?;
        let summary = match output {
            Output::Folder(folder) => self.run_folder(&document, &job.settings, &folder),
            Output::OutDirFile(name) => run_out_dir_file(&document, &job.settings, &name),
        };
        let summary = summary.map_err(|error| job.places.locate(error))?;
        if is_build_script() {
            print_warnings(&document, &summary.warnings);
        }
        Ok(summary)
    }

    fn run_folder(&self, document: &Document, settings: &Settings, folder: &Path) -> Result<Summary, Error> {
        let earlier = write::read_manifest(folder)?.map(|manifest| manifest.names).unwrap_or_default();
        let mut diagnostics = Diagnostics::default();
        let model = Model::build(document, settings, &earlier, &mut diagnostics)?;
        let generated = emit::emit(&model.api, &header(document, &package_folder(folder)))?;
        let written = write::plan(&generated, folder, write::Options { force: self.force })?.apply()?;
        Ok(Summary::of(&model, written.touched(), &diagnostics))
    }

    fn resolve(&self) -> Result<Job, Error> {
        let mut settings = self.settings.clone();
        let mut places = Places::default();
        let (mut input, mut output) = (self.input.clone(), self.output.clone());
        if let Some(path) = &self.config {
            let client = self.configured(path)?;
            if settings.is_none() {
                settings = Some(client.settings.clone());
                places = client.places.clone();
            }
            input = match (input, client.document()) {
                (Some(input), _) => Some(input),
                (None, Some(path)) => Some(Input::File(path)),
                #[cfg(feature = "http")]
                (None, None) => Some(Input::Url(client.source)),
                #[cfg(not(feature = "http"))]
                (None, None) => {
                    return Err(Error::usage("the source is a URL, but evo-gen was built without its feature `http`")
                        .at(path.display().to_string())
                        .help("store the document in a file, and set `source` to its path"));
                }
            };
            output = output.or(Some(Output::Folder(client.output)));
        }
        let mut settings = settings.unwrap_or_default();
        settings.update_names |= self.update_names;
        let input = input.ok_or_else(|| {
            Error::usage("the generator has no source")
                .help("call `file(\"metadata.json\")`, `url(..)` or `config(..)`")
        })?;
        Ok(Job { input, output, settings, places })
    }

    fn configured(&self, path: &Path) -> Result<ClientConfig, Error> {
        let mut clients = ConfigFile::read(path, "client")?.clients;
        let names: Vec<String> = clients.iter().map(|client| client.name.clone()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let place = path.display().to_string();
        if let Some(wanted) = &self.client {
            clients.retain(|client| client.name == *wanted);
            let unknown = || Error::usage(format!("no client `{wanted}` is configured")).at(&place);
            return clients.pop().ok_or_else(|| unknown().help(did_you_mean(wanted, &names)));
        }
        match (clients.pop(), clients.is_empty()) {
            (Some(client), true) => Ok(client),
            _ => Err(Error::usage(format!("several clients are configured: {}", names.join(", ")))
                .at(place)
                .help("select one of them with `client(..)`")),
        }
    }

    fn read(&self, input: &Input) -> Result<Document, Error> {
        match input {
            Input::File(path) => source::read_file(path, &self.limits),
            #[cfg(feature = "http")]
            Input::Url(url) => source::fetch(url, &self.access, &self.limits, &|_| ()),
            Input::Document(document) => Ok(document.as_ref().clone()),
        }
    }
}

/// The input, output and settings of a run, including those from the configuration.
struct Job {
    input: Input,
    output: Option<Output>,
    settings: Settings,
    /// The lines of the configuration that contain the settings.
    places: Places,
}

impl Job {
    /// Prints the files that the output depends on. Missing files are left out, because cargo would run the script every time.
    fn print_watched(&self, config: Option<&Path>) {
        let mut paths: Vec<PathBuf> = config.map(Path::to_path_buf).into_iter().collect();
        if let Input::File(path) = &self.input {
            let facts = source::facts_path(path);
            paths.push(path.clone());
            paths.extend(facts.is_file().then_some(facts));
        }
        for path in paths {
            println!("cargo::rerun-if-changed={}", path.display());
        }
    }
}

impl Summary {
    fn of(model: &Model, files_changed: usize, diagnostics: &Diagnostics) -> Self {
        let (operations, types) = model.api.count();
        let features = model.api.features();
        Self { operations, types, files_changed, skipped: false, features, warnings: diagnostics.as_slice().to_vec() }
    }
}

fn run_out_dir_file(document: &Document, settings: &Settings, name: &Path) -> Result<Summary, Error> {
    let out_dir = std::env::var_os("OUT_DIR").ok_or_else(|| {
        Error::usage("`OUT_DIR` is not set: `out_dir_file` is for build scripts").help("call `out_dir` elsewhere")
    })?;
    if name.components().any(|part| !matches!(part, std::path::Component::Normal(_))) || name.as_os_str().is_empty() {
        return Err(Error::usage(format!("`{}` is not a file name in OUT_DIR", name.display()))
            .help("use a name like `api.rs`"));
    }
    let path = Path::new(&out_dir).join(name);
    let header = header(document, &package_folder(Path::new(".")));
    let stamp = stamp::stamp(document, settings, &header);
    if std::fs::read_to_string(&path).is_ok_and(|text| stamp::has_stamp(&text, &stamp)) {
        return Ok(Summary { skipped: true, ..Summary::default() });
    }
    let mut diagnostics = Diagnostics::default();
    let model = Model::build(document, settings, &BTreeMap::new(), &mut diagnostics)?;
    let text = emit::emit_single(&model.api, &header)?;
    let written = write::write_single(&path, &stamp::with_stamp(&text, &stamp))?;
    Ok(Summary::of(&model, usize::from(written), &diagnostics))
}

/// Prints the warnings for cargo, each with its place in the file of the document. Notes are left out: cargo has no such level, and not
/// everybody who builds needs to read them.
fn print_warnings(document: &Document, warnings: &[Diagnostic]) {
    let excerpts = Excerpts::new(document, false, warnings.iter().map(|warning| warning.pointer.as_str()));
    for warning in warnings.iter().filter(|warning| warning.severity > Severity::Note) {
        let place = excerpts.place(&warning.pointer).map(|place| format!("{place}: ")).unwrap_or_default();
        println!("cargo::warning={place}{}", warning.to_string().replace(['\r', '\n'], " "));
    }
}

fn is_build_script() -> bool {
    std::env::var_os("OUT_DIR").is_some() && std::env::var_os("CARGO_MANIFEST_DIR").is_some()
}

fn header(document: &Document, package: &Path) -> Header {
    Header { source: document.origin.label(Some(package)), command: "cargo build".to_owned() }
}

/// Returns the folder of the package that contains `folder`. Paths in generated files are relative to it.
pub(crate) fn package_folder(folder: &Path) -> PathBuf {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let found = folder.ancestors().find(|folder| folder.join("Cargo.toml").is_file());
    found.unwrap_or(&folder).to_owned()
}
