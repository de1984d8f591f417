//! Reads the documents to compare, and the client whose settings and names apply to them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::args::DiffArgs;
use crate::Error;
use crate::cli::report::{Report, shown_path};
use crate::cli::select::{find_configurations, read_document, read_source, stored_document};
use crate::config::{ClientConfig, Settings};
use crate::source::{Document, Limits, read_standard_input};
use crate::write::read_manifest;

/// The documents to compare.
#[derive(Debug)]
pub struct Documents {
    pub old: Read,
    pub new: Read,
    pub client: Client,
}

/// A document, with its text if it comes from a git revision.
#[derive(Debug)]
pub struct Read {
    pub document: Document,
    /// The name and the text, if the document is not a file on disk.
    pub revision: Option<(String, String)>,
}

impl Read {
    /// Creates a document that does not come from a git revision.
    fn now(document: Document) -> Self {
        Self { document, revision: None }
    }
}

/// The settings and names that apply to both documents.
#[derive(Debug, Default)]
pub struct Client {
    pub name: Option<String>,
    pub settings: Settings,
    /// The names in its manifest.
    pub names: BTreeMap<String, String>,
    /// The folder of its package.
    pub folder: Option<PathBuf>,
}

impl Documents {
    /// Reads the documents that `args` specify.
    pub fn read(args: &DiffArgs, report: Report<'_>) -> Result<Self, Error> {
        let documents: Vec<&str> = args.documents.iter().map(String::as_str).collect();
        let (old, new) = match (&args.rev, documents.as_slice()) {
            (None, []) => {
                return Err(Error::usage("no document is specified to compare with")
                    .help("specify the old document, or use that of a git revision with `--rev HEAD`"));
            }
            (None, ["-", "-"]) => {
                return Err(
                    Error::usage("both documents are standard input").help("specify a file or URL for one of them")
                );
            }
            (Some(_), [_, _]) => {
                return Err(Error::usage("with `--rev`, only the new document can be specified")
                    .help("remove one of the documents, or `--rev`"));
            }
            (None, [old]) => (Some(*old), None),
            (None, [old, new, ..]) => (Some(*old), Some(*new)),
            (Some(_), documents) => (None, documents.first().copied()),
        };
        let configured = find_client(args, [old, new])?;
        let (old, new) = match (&args.rev, &configured) {
            (Some(rev), Some(client)) => {
                let stored = stored_document(client)?;
                let new = match new {
                    Some(new) => read(new, args, report)?,
                    None => Read::now(read_source(client, &args.access, report)?),
                };
                (read_revision(rev, &stored)?, new)
            }
            // Without a client, a file is compared with its own revision.
            (Some(rev), None) => match new.filter(|new| Path::new(new).is_file()) {
                Some(file) => (read_revision(rev, Path::new(file))?, read(file, args, report)?),
                None => {
                    return Err(Error::usage("no client is configured here, and `--rev` needs the path of a document")
                        .help("specify a file, or run evo-gen in the folder of a client"));
                }
            },
            (None, client) => {
                let new = match (new, client) {
                    (Some(new), _) => read(new, args, report)?,
                    (None, Some(client)) => Read::now(read_source(client, &args.access, report)?),
                    (None, None) => {
                        return Err(
                            Error::usage("no client is configured here").help("specify the new document as well")
                        );
                    }
                };
                (read(old.unwrap_or_default(), args, report)?, new)
            }
        };
        Ok(Self { old, new, client: configured.map(Client::of).transpose()?.unwrap_or_default() })
    }
}

impl Client {
    fn of(client: ClientConfig) -> Result<Self, Error> {
        let names = read_manifest(&client.output)?.map(|manifest| manifest.names).unwrap_or_default();
        let folder = Some(client.folder().to_owned());
        Ok(Self { name: Some(client.name), settings: client.settings, names, folder })
    }
}

/// Finds the client whose settings apply: that of `--client`, otherwise the only one, otherwise the one whose document is compared.
/// Documents can also be compared without a client.
fn find_client(args: &DiffArgs, documents: [Option<&str>; 2]) -> Result<Option<ClientConfig>, Error> {
    if args.no_config {
        return Ok(None);
    }
    let configurations = find_configurations(args.config.as_deref())?;
    let are_both_named = documents.iter().all(Option::is_some);
    let mut clients = match &args.client {
        Some(name) => configurations.clients_named(name)?,
        // Documents that are compared in the root of a workspace may not belong to any of its clients.
        None if are_both_named => configurations.clients_here()?,
        None => configurations.clients_to_renew()?,
    };
    if clients.len() > 1 {
        let names: Vec<String> = clients.iter().map(|client| client.name.clone()).collect();
        let real = |path: &Path| path.canonicalize().ok();
        let compared: Vec<PathBuf> = documents.iter().flatten().filter_map(|path| real(Path::new(path))).collect();
        clients.retain(|client| {
            client.document().and_then(|path| real(&path)).is_some_and(|path| compared.contains(&path))
        });
        if clients.len() != 1 {
            return Err(Error::usage(format!("several clients are configured: {}", names.join(", ")))
                .help("select one with `--client NAME`, or compare two documents with `--no-config`"));
        }
    }
    Ok(clients.pop())
}

fn read(named: &str, args: &DiffArgs, report: Report<'_>) -> Result<Read, Error> {
    let document = if is_address(named) {
        read_document(Some(named), None, &args.access, report)?
    } else {
        read_document(None, Some(Path::new(named)), &args.access, report)?
    };
    Ok(Read::now(document))
}

/// Whether a document is on a server: a URL, or a host with a port unless a file has this name.
fn is_address(named: &str) -> bool {
    let port = named.split_once(':').map(|(_, rest)| rest.split('/').next().unwrap_or(rest));
    named.contains("://") || (port.is_some_and(|port| port.parse::<u16>().is_ok()) && !Path::new(named).exists())
}

/// Reads a file as it was in a git revision, with the facts next to it.
fn read_revision(rev: &str, path: &Path) -> Result<Read, Error> {
    let name = format!("{rev}:{}", shown_path(path));
    let bytes = show(rev, path).map_err(|error| error.at(&name))?;
    let mut document = read_standard_input(bytes.as_slice(), &Limits::default()).map_err(|error| error.at(&name))?;
    if document.facts.is_none() {
        // The facts may be missing in older revisions.
        let facts = show(rev, &crate::source::facts_path(path)).ok();
        let facts = facts.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        document.facts =
            facts.and_then(|value: serde_json::Value| crate::facts::Facts::from_stored(&value).ok().flatten());
    }
    let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
    Ok(Read { document, revision: Some((name, text)) })
}

/// Returns the content of a file in a git revision.
fn show(rev: &str, path: &Path) -> Result<Vec<u8>, Error> {
    if rev.starts_with('-') || rev.contains(':') {
        return Err(Error::usage(format!("`{rev}` is not a git revision"))
            .help("specify a commit, a tag or a branch, such as `HEAD~1`"));
    }
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (folder, name) = (path.parent().unwrap_or(Path::new("/")), path.file_name().unwrap_or_default());
    // A path that begins with a dot is relative to the folder.
    let object = format!("{rev}:./{}", name.to_string_lossy());
    let output = Command::new("git").arg("-C").arg(folder).args(["show", &object]).output().map_err(|error| {
        Error::source("`--rev` needs git, which cannot be run").caused_by(error).help("install git, or specify a file")
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let message = String::from_utf8_lossy(&output.stderr);
    let message = message.lines().next().unwrap_or_default().trim_start_matches("fatal: ").to_owned();
    Err(Error::source(format!("git does not have the document: {message}"))
        .help("specify a revision that contains the document"))
}
