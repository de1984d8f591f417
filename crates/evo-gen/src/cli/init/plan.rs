//! Plans the client that `init` adds: from a new document, or from the configuration of an earlier run.

use std::path::{Path, PathBuf};

use crate::Error;
use crate::cli::args::InitArgs;
use crate::cli::cargo::Package;
use crate::cli::module::{absolute, relative};
use crate::cli::report::Report;
use crate::cli::select::read_document;
use crate::cli::stored::StoredFile;
use crate::cli::templates::configuration;
use crate::config::{ClientConfig, ConfigFile, FILE_NAME, Settings, refuse_backslash};
use crate::source::{Document, Origin, facts_path};

/// The stored document of a new client.
const DOCUMENT: &str = "metadata.json";

/// The default folder of the generated files.
const OUTPUT: &str = "src/api";

/// A client that is about to be generated.
#[derive(Debug)]
pub struct InitPlan {
    /// The name of the client in reports.
    pub client: String,
    /// The document. Its origin is the file in which it is or will be stored.
    pub document: Document,
    /// The settings.
    pub settings: Settings,
    /// The folder of the generated files.
    pub output: PathBuf,
    /// The configuration and the stored document, if they need to be written.
    pub files: Vec<StoredFile>,
}

impl InitPlan {
    /// Plans the client of a package: a new one, or the one in its `evo-gen.toml`.
    pub fn plan(args: &InitArgs, package: &Package, report: Report<'_>) -> Result<Self, Error> {
        let configuration = package.folder.join(FILE_NAME);
        if configuration.exists() {
            Self::plan_existing(args, package, &configuration, report)
        } else {
            Self::plan_new(args, package, configuration, report)
        }
    }

    fn plan_new(args: &InitArgs, package: &Package, path: PathBuf, report: Report<'_>) -> Result<Self, Error> {
        let output = match &args.out {
            Some(out) => output_folder(out, package)?,
            None => package.folder.join(OUTPUT),
        };
        let stored = package.folder.join(DOCUMENT);
        let file = if args.url.is_none() {
            args.file.clone().or_else(|| stored.is_file().then(|| stored.clone()))
        } else {
            None
        };
        let Some(mut document) = read_requested(args, file.as_deref(), report)? else {
            return Err(Error::usage("no document is specified").help("add `--url URL` or `--file PATH`"));
        };
        let origin = std::mem::replace(&mut document.origin, Origin::File(stored.clone()));
        let text = configuration(&origin, DOCUMENT, &relative(&output, &package.folder), &args.settings)?;
        let mut files = vec![StoredFile::new(path, text)];
        if file.is_none_or(|file| !is_same_file(&file, &stored)) {
            check_same_document(&stored, &document)?;
            files.extend(stored_files(&stored, &document));
        }
        let mut settings = Settings::default();
        args.settings.apply(&mut settings);
        Ok(Self { client: package.name.clone(), document, settings, output, files })
    }

    /// Plans the configured client, without changes to its configuration.
    fn plan_existing(args: &InitArgs, package: &Package, path: &Path, report: Report<'_>) -> Result<Self, Error> {
        let client = only_client(path, package)?;
        check_same_settings(args, &client, package)?;
        let Some(stored) = client.document() else {
            let document = read_document(Some(&client.source), None, &args.access, report)?;
            let ClientConfig { name, settings, output, .. } = client;
            return Ok(Self { client: name, document, settings, output, files: Vec::new() });
        };
        let mut files = Vec::new();
        let mut document = match read_requested(args, args.file.as_deref(), report)? {
            Some(document) if stored.exists() => {
                check_same_document(&stored, &document)?;
                read_document(None, Some(&stored), &args.access, report)?
            }
            Some(document) => {
                files.extend(stored_files(&stored, &document));
                document
            }
            None => read_document(None, Some(&stored), &args.access, report)?,
        };
        document.origin = Origin::File(stored);
        let ClientConfig { name, settings, output, .. } = client;
        Ok(Self { client: name, document, settings, output, files })
    }
}

/// Reads the document that the command line specifies, if any.
fn read_requested(args: &InitArgs, file: Option<&Path>, report: Report<'_>) -> Result<Option<Document>, Error> {
    if args.url.is_none() && file.is_none() {
        return Ok(None);
    }
    read_document(args.url.as_deref(), file, &args.access, report).map(Some)
}

/// Returns the folder of `--out`, which must be below that of the package.
fn output_folder(out: &Path, package: &Package) -> Result<PathBuf, Error> {
    refuse_backslash(&out.to_string_lossy()).map_err(|error| error.at("--out"))?;
    let output = absolute(out);
    if output != package.folder && output.starts_with(&package.folder) {
        return Ok(output);
    }
    Err(Error::usage(format!("the folder `{}` is not inside the package `{}`", out.display(), package.name))
        .at("--out")
        .help(format!("use a folder below {}, such as `src/api`", package.folder.display())))
}

/// Returns the files in which a document is stored.
fn stored_files(path: &Path, document: &Document) -> impl Iterator<Item = StoredFile> {
    let facts = document.stored_facts().map(|facts| StoredFile::new(facts_path(path), facts));
    std::iter::once(StoredFile::new(path.to_owned(), document.stored_types())).chain(facts)
}

/// Fails if a different document is already stored.
fn check_same_document(stored: &Path, document: &Document) -> Result<(), Error> {
    if !stored.exists() || !StoredFile::new(stored.to_owned(), document.stored_types()).is_changed() {
        return Ok(());
    }
    let name = stored.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Err(Error::usage(format!("{name} already exists and contains a different document"))
        .at(stored.display().to_string())
        .help(format!(
            "use it with `--file {name}`, or remove it; later, `evo-gen --url URL` and `evo-gen --file PATH` update it"
        )))
}

fn is_same_file(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// Returns the client of a configuration with exactly one.
fn only_client(path: &Path, package: &Package) -> Result<ClientConfig, Error> {
    let mut clients = ConfigFile::read(path, &package.name)?.clients;
    match (clients.pop(), clients.is_empty()) {
        (Some(client), true) => Ok(client),
        _ => Err(Error::usage("the package already has several clients")
            .at(path.display().to_string())
            .help("add another `[client.NAME]` there, then run `evo-gen --client NAME --url URL`")),
    }
}

/// Fails if an option differs from the existing configuration, which `init` does not change.
fn check_same_settings(args: &InitArgs, client: &ClientConfig, package: &Package) -> Result<(), Error> {
    let mut settings = client.settings.clone();
    args.settings.apply(&mut settings);
    let out = args.out.as_ref().map(|out| output_folder(out, package)).transpose()?;
    let difference = if out.is_some_and(|out| out != client.output) {
        "`--out` specifies another folder"
    } else if settings != client.settings {
        "an option differs from it"
    } else {
        return Ok(());
    };
    Err(Error::usage(format!("the package already has an {FILE_NAME}, and {difference}"))
        .at(client.file.display().to_string())
        .help("edit this file, then run `evo-gen`"))
}
