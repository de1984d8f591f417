//! Selects the clients of a run, from the command line or from the configuration of the workspace.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::args::{AccessArgs, GenerateArgs};
use super::configured::Configurations;
use super::report::Report;
use crate::Error;
use crate::config::{ClientConfig, Places, Settings, refuse_backslash};
use crate::emit::Header;
use crate::generator::package_folder;
use crate::source::{self, Access, Document, Limits, Origin};

/// A client to generate.
#[derive(Debug)]
pub struct SelectedClient {
    /// The name in reports.
    pub name: String,
    /// The document to generate from.
    pub document: Document,
    pub settings: Settings,
    /// The lines of the configuration that contain the settings.
    pub places: Places,
    pub output: PathBuf,
    /// The header of the generated files.
    pub header: Header,
    /// The path of the stored document to update, if any.
    pub stored: Option<PathBuf>,
    /// Whether the client is not configured.
    pub is_new: bool,
}

impl SelectedClient {
    /// Adds the flag or the line of the configuration to an error about a setting.
    pub fn locate(&self, error: Error, args: &GenerateArgs) -> Error {
        let flag = error.setting_name().and_then(|(key, _)| args.settings.flag_of(key));
        match flag {
            Some(flag) => error.at(flag),
            None => self.places.locate(error),
        }
    }
}

/// The help for a folder without a configured client.
const NO_CLIENT: &str = "run `evo-gen init --url https://api.example.org` (or `--file metadata.json`) to add a client to this crate, or \
                     `evo-gen new NAME --url https://api.example.org` to create a crate; `--out src/api` generates a client without \
                     a configuration";

/// Returns the clients that `args` select, and reads their documents.
pub fn read_clients(args: &GenerateArgs, report: Report<'_>) -> Result<Vec<SelectedClient>, Error> {
    if let Some(out) = &args.out {
        return Ok(vec![read_unconfigured(args, out, report)?]);
    }
    let clients = select_clients(args)?;
    if args.url.is_none() && args.file.is_none() {
        return clients.into_iter().map(|client| read_stored_client(client, args, report)).collect();
    }
    let names: Vec<&str> = clients.iter().map(|client| client.name.as_str()).collect();
    let list = names.join(", ");
    let mut clients = clients.into_iter();
    match (clients.next(), clients.next()) {
        (Some(client), None) => Ok(vec![read_renewed_client(client, args, report)?]),
        _ => Err(Error::usage(format!("several clients are configured: {list}"))
            .help("select the one to update with `--client NAME`, or add `--out DIR`")),
    }
}

/// Reads the document that `--url` or `--file` specifies.
pub fn read_document(
    url: Option<&str>,
    file: Option<&Path>,
    access: &AccessArgs,
    report: Report<'_>,
) -> Result<Document, Error> {
    let limits = Limits { time: Duration::from_secs(access.timeout), ..Limits::default() };
    match (url, file) {
        (Some(url), _) => {
            if access.insecure {
                report.warning(
                    "--insecure: certificates are not checked; an attacker on the network can read the credentials and modify \
                     the document",
                );
            }
            source::fetch(url, &access_of(access)?, &limits, &|step| report.progress(step))
        }
        (None, Some(file)) => source::read_file(file, &limits),
        (None, None) => Err(Error::usage("no document is specified").help("add `--url URL` or `--file PATH`")),
    }
}

/// Joins the parts of a command into one line, quoting those that a shell would split or interpret.
pub fn command_line(parts: &[String]) -> String {
    let is_plain = |char: char| char.is_alphanumeric() || "-_./:=,@%+".contains(char);
    let quoted = parts.iter().map(|part| {
        if !part.is_empty() && part.chars().all(is_plain) {
            part.clone()
        } else {
            format!("'{}'", part.replace('\'', r"'\''"))
        }
    });
    quoted.collect::<Vec<_>>().join(" ")
}

/// Returns the access from the flags, or from the environment for flags that are not given.
pub fn access_of(args: &AccessArgs) -> Result<Access, Error> {
    let mut access = Access::new();
    for header in &args.headers {
        access = access.header_line(header).map_err(|error| error.at("--header"))?;
    }
    if let Some(token) = &args.bearer {
        if token.trim().is_empty() {
            return Err(Error::usage("the token is empty")
                .at("--bearer")
                .help("check the variable that it comes from, or remove the flag"));
        }
        access = access.bearer(token);
    }
    if let Some(pair) = &args.basic {
        access = access.basic_pair(pair).map_err(|error| error.at("--basic"))?;
    }
    if let Some(cookies) = &args.cookie {
        access = access.cookie_line(cookies).map_err(|error| error.at("--cookie"))?;
    }
    if let Some(path) = &args.ca {
        access = access.ca_file(path);
    }
    if args.insecure {
        access = access.danger_accept_invalid_certs();
    }
    Ok(access.or(Access::from_environment()?))
}

/// Returns the settings of a client, overridden by the flags.
fn settings(configured: Settings, args: &GenerateArgs) -> Settings {
    let mut settings = configured;
    args.settings.apply(&mut settings);
    settings.update_names = args.update_lock;
    settings
}

fn read_unconfigured(args: &GenerateArgs, out: &Path, report: Report<'_>) -> Result<SelectedClient, Error> {
    refuse_backslash(&out.to_string_lossy()).map_err(|error| error.at("--out"))?;
    let url = match &args.url {
        Some(None) => return Err(Error::usage("`--url` has no value").help("`--out` needs `--url URL`")),
        Some(Some(url)) => Some(url.as_str()),
        None => None,
    };
    if url.is_none() && args.file.is_none() {
        return Err(Error::usage("`--out` needs a document").help("add `--url URL` or `--file PATH`"));
    }
    let document = read_document(url, args.file.as_deref(), &args.access, report)?;
    let package = package_folder(out);
    let label = document.origin.label(Some(&package));
    let folder = Origin::File(out.to_owned()).label(Some(&package));
    let (option, value) = match &document.origin {
        Origin::Url(_) => ("--url", label.clone()),
        Origin::File(_) => ("--file", label.clone()),
        Origin::StandardInput => ("--file", "-".to_owned()),
    };
    let mut command = vec!["evo-gen".to_owned(), option.to_owned(), value, "--out".to_owned(), folder.clone()];
    command.extend(args.settings.to_arguments());
    Ok(SelectedClient {
        name: folder,
        document,
        settings: settings(Settings::default(), args),
        places: Places::default(),
        output: out.to_owned(),
        header: Header { source: label, command: command_line(&command) },
        stored: None,
        is_new: true,
    })
}

/// Returns the configured clients that `args` select, without their documents.
fn select_clients(args: &GenerateArgs) -> Result<Vec<ClientConfig>, Error> {
    let configurations = find_configurations(args.config.as_deref())?;
    let clients = match &args.client {
        Some(name) => configurations.clients_named(name)?,
        None if args.url.is_some() || args.file.is_some() => configurations.clients_to_renew()?,
        None => configurations.clients()?,
    };
    if clients.is_empty() {
        return Err(Error::usage("no client is configured here").help(NO_CLIENT));
    }
    Ok(clients)
}

/// Finds the configuration that `--config` specifies, otherwise that of the current folder.
pub fn find_configurations(config: Option<&Path>) -> Result<Configurations, Error> {
    Ok(match config {
        Some(path) => Configurations::named(path),
        None => Configurations::find(&current_folder()?),
    })
}

/// Returns the current folder.
pub fn current_folder() -> Result<PathBuf, Error> {
    std::env::current_dir().map_err(|error| Error::usage("the current folder cannot be read").caused_by(error))
}

/// Reads the stored document of a client.
fn read_stored_client(client: ClientConfig, args: &GenerateArgs, report: Report<'_>) -> Result<SelectedClient, Error> {
    let document = match client.document() {
        Some(path) if !path.exists() => return Err(missing_document(&client, &path)),
        _ => read_source(&client, &args.access, report)?,
    };
    Ok(with_settings(client, document, None, args))
}

/// Reads the document that the configuration of a client specifies as `source`.
pub fn read_source(client: &ClientConfig, access: &AccessArgs, report: Report<'_>) -> Result<Document, Error> {
    match client.document() {
        Some(path) => read_document(None, Some(&path), access, report),
        None => read_document(Some(&client.source), None, access, report),
    }
}

/// Returns the path of the stored document of a client.
///
/// # Errors
///
/// Fails if the source of the client is a URL, in which case no document is stored.
pub fn stored_document(client: &ClientConfig) -> Result<PathBuf, Error> {
    client.document().ok_or_else(|| {
        Error::usage(format!("the client `{}` has no stored document: its `source` is a URL", client.name))
            .at(client.file.display().to_string())
            .help("set `source` to the path of a file, and `url` to the server")
    })
}

/// Returns the error for a missing stored document.
fn missing_document(client: &ClientConfig, path: &Path) -> Error {
    let renew = match &client.url {
        Some(_) => "fetch it with `evo-gen --url`",
        None => "fetch it with `evo-gen --url URL`",
    };
    let error = Error::source(format!("the stored document of `{}` is missing: {}", client.name, path.display()));
    client.places.locate(error.setting("source", None).help(format!("{renew}, or correct `source`")))
}

/// Reads the new document of a client, which is to be stored.
fn read_renewed_client(client: ClientConfig, args: &GenerateArgs, report: Report<'_>) -> Result<SelectedClient, Error> {
    let path = stored_document(&client)?;
    let url = match &args.url {
        Some(None) => Some(client.url.clone().ok_or_else(|| {
            Error::usage(format!("the client `{}` has no `url`", client.name))
                .at(client.file.display().to_string())
                .help("add `--url URL`, or set `url = \"https://...\"`")
        })?),
        Some(Some(url)) => Some(url.clone()),
        None => None,
    };
    let mut document = read_document(url.as_deref(), args.file.as_deref(), &args.access, report)?;
    // The generated files refer to the document at the path where later runs find it.
    document.origin = Origin::File(path.clone());
    Ok(with_settings(client, document, Some(path), args))
}

fn with_settings(
    client: ClientConfig,
    document: Document,
    stored: Option<PathBuf>,
    args: &GenerateArgs,
) -> SelectedClient {
    let mut command = vec!["evo-gen".to_owned()];
    command.extend(args.settings.to_arguments());
    let header = Header { source: document.origin.label(Some(client.folder())), command: command_line(&command) };
    SelectedClient {
        name: client.name,
        document,
        settings: settings(client.settings, args),
        places: client.places,
        output: client.output,
        header,
        stored,
        is_new: false,
    }
}
