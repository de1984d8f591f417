//! Reads `evo-gen.toml`: the clients of a crate.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;
use toml::de::DeTable;

use super::places::{Places, place};
use super::{Settings, reading};
use crate::Error;

/// The name of the configuration file, in the folder of the `Cargo.toml`.
pub const FILE_NAME: &str = "evo-gen.toml";

/// The keys of a client that are not settings.
const OWN_KEYS: [&str; 3] = ["source", "url", "output"];

/// Returns the keys of a client, in the order of the documentation.
#[must_use]
pub fn keys() -> Vec<String> {
    // The error of serde for an unknown key lists the known ones.
    let error = toml::from_str::<Settings>("unknown = 0").err();
    let known = error.iter().flat_map(|error| error.message().split('`').skip(3).step_by(2)).map(str::to_owned);
    OWN_KEYS.into_iter().map(str::to_owned).chain(known).collect()
}

/// The key of the table of clients.
const CLIENTS: &str = "client";

/// A parsed configuration file: one client at its top level, or one client per `[client.NAME]`.
///
/// ```
/// # extern crate evo_model as evo_gen;
/// let text = "source = \"api.json\"\noutput = \"src/api\"\naddress = [\"routes\"]\n";
/// let file = evo_gen::config::ConfigFile::parse(text, "pets/evo-gen.toml".as_ref(), "pets")?;
/// assert_eq!(file.clients[0].output, std::path::Path::new("pets/src/api"));
/// # Ok::<(), evo_gen::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigFile {
    /// The path of the file.
    pub path: PathBuf,
    /// The clients, ordered by name.
    pub clients: Vec<ClientConfig>,
}

/// A configured client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientConfig {
    /// The name of the client: that of its table, or of the package.
    pub name: String,
    /// The configuration file.
    pub file: PathBuf,
    /// The document: a path, relative to the configuration file, or a URL.
    pub source: String,
    /// The server from which `--url` without a value updates the stored document.
    pub url: Option<String>,
    /// The folder of the generated files, resolved.
    pub output: PathBuf,
    /// The settings for the generated code.
    pub settings: Settings,
    /// The locations of the settings in the file, for errors.
    pub places: Places,
}

/// The keys of a client that are not settings.
#[derive(Deserialize)]
struct Own {
    #[serde(default, deserialize_with = "reading::filled")]
    source: Option<String>,
    #[serde(default, deserialize_with = "reading::filled")]
    url: Option<String>,
    #[serde(default, deserialize_with = "reading::filled")]
    output: Option<String>,
}

impl ClientConfig {
    /// Returns the folder of the configuration file, which relative paths start from.
    #[must_use]
    pub fn folder(&self) -> &Path {
        folder_of(&self.file)
    }

    /// Returns the path of the stored document, or `None` if the source is a URL.
    #[must_use]
    pub fn document(&self) -> Option<PathBuf> {
        if is_url(&self.source) { None } else { Some(tidy(&self.folder().join(&self.source))) }
    }
}

impl ConfigFile {
    /// Reads the file at `path`. `package` is the name of a client at the top level.
    pub fn read(path: &Path, package: &str) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            let unreadable = Error::usage("the configuration cannot be read").at(path.display().to_string());
            let unreadable = match error.kind() {
                ErrorKind::NotFound => unreadable.help("check the path; it is relative to the current folder"),
                ErrorKind::InvalidData => unreadable.help("save the file as UTF-8"),
                _ => unreadable,
            };
            unreadable.caused_by(error)
        })?;
        Self::parse(&text, path, package)
    }

    /// Parses `text`, the content of the file at `path`.
    pub fn parse(text: &str, path: &Path, package: &str) -> Result<Self, Error> {
        let error = |message: &str, at: usize| Error::usage(message).at(place(text, path, at));
        let table = reading::parse(text, path)?;
        let Some((key, clients)) = table.get_ref().iter().find(|(key, _)| key.get_ref() == CLIENTS) else {
            return Ok(Self { path: path.to_owned(), clients: vec![ClientConfig::read(package, table, text, path)?] });
        };
        if let Some((other, _)) = table.get_ref().iter().find(|(key, _)| key.get_ref() != CLIENTS) {
            let message = format!("the key `{}` is outside of `[{CLIENTS}.NAME]`", other.get_ref());
            return Err(error(&message, other.span().start).help("move it into the table of a client"));
        }
        let expected = "`client` must be a table of clients, such as `[client.NAME]`";
        let tables = clients.get_ref().as_table().ok_or_else(|| error(expected, key.span().start))?;
        let mut list = Vec::new();
        for (name, client) in tables {
            let table = client.get_ref().as_table().ok_or_else(|| error(expected, name.span().start))?;
            if name.get_ref().trim().is_empty() {
                return Err(error("the name of a client is empty", name.span().start)
                    .help("use a name, such as `[client.shop]`"));
            }
            let table = Spanned::new(client.span(), table.clone());
            list.push(ClientConfig::read(name.get_ref(), table, text, path)?);
        }
        if list.is_empty() {
            return Err(error("no client is configured", key.span().start).help(NO_CLIENT));
        }
        list.sort_by(|a, b| a.name.cmp(&b.name));
        check_outputs_differ(&list)?;
        Ok(Self { path: path.to_owned(), clients: list })
    }
}

/// The help for a configuration without a client.
const NO_CLIENT: &str = "add `source = \"metadata.json\"` and `output = \"src/generated\"`";

impl ClientConfig {
    /// Parses the table of a client.
    fn read(name: &str, table: Spanned<DeTable<'_>>, text: &str, path: &Path) -> Result<Self, Error> {
        let places = Places::new(table.get_ref(), text, path);
        let span = table.span();
        let entries = table.into_inner().into_iter();
        let (own, stated): (DeTable<'_>, DeTable<'_>) =
            entries.partition(|(key, _)| OWN_KEYS.contains(&key.get_ref().as_ref()));
        let Own { source, url, output } = reading::deserialize(Spanned::new(span.clone(), own), text, path, &[])?;
        let known = [&OWN_KEYS[..], &[CLIENTS]].concat();
        let settings: Settings = reading::deserialize(Spanned::new(span, stated), text, path, &known)?;
        let missing = |key: &str| {
            Error::usage(format!("the client `{name}` has no `{key}`")).at(path.display().to_string()).help(NO_CLIENT)
        };
        let source = source.ok_or_else(|| missing("source"))?;
        let output = output.ok_or_else(|| missing("output"))?;
        let located = |key: &'static str| |error: Error| places.locate(error.setting(key, None));
        for (key, path) in [("source", &source), ("output", &output)] {
            refuse_backslash(path).map_err(located(key))?;
        }
        for (key, address) in [("source", Some(&source)), ("url", url.as_ref())] {
            address.map_or(Ok(()), |address| check_scheme(address)).map_err(located(key))?;
        }
        Ok(Self {
            name: name.to_owned(),
            file: path.to_owned(),
            source,
            url,
            output: tidy(&folder_of(path).join(output)),
            settings,
            places,
        })
    }
}

/// Whether a source is the URL of a server.
fn is_url(source: &str) -> bool {
    source
        .split_once("://")
        .is_some_and(|(scheme, _)| ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)))
}

/// Rejects a URL that is not one of a web server.
fn check_scheme(address: &str) -> Result<(), Error> {
    if !address.contains("://") || is_url(address) {
        return Ok(());
    }
    Err(Error::usage(format!("`{address}` does not begin with `https://` or `http://`"))
        .help("use the URL of the service, such as `https://api.example.org`"))
}

/// Rejects two clients with the same output folder, which would overwrite each other.
fn check_outputs_differ(clients: &[ClientConfig]) -> Result<(), Error> {
    for (index, client) in clients.iter().enumerate() {
        if let Some(other) = clients.iter().take(index).find(|other| other.output == client.output) {
            let message = format!("the clients `{}` and `{}` have the same `output`", other.name, client.name);
            let error = Error::usage(message).setting("output", None).help("give each client its own folder");
            return Err(client.places.locate(error));
        }
    }
    Ok(())
}

/// Rejects a path with a backslash on platforms where a backslash is not a separator but part of a name.
pub fn refuse_backslash(path: &str) -> Result<(), Error> {
    if cfg!(windows) || !path.contains('\\') {
        return Ok(());
    }
    Err(Error::usage(format!("`{path}` contains a backslash, which is not a path separator on this platform"))
        .help("use `/`, which works on every platform"))
}

/// Returns the folder of a file; for a bare file name, this is the empty path.
fn folder_of(file: &Path) -> &Path {
    file.parent().unwrap_or(Path::new(""))
}

/// Removes `.` and `x/..` from a path, as far as this is safe without following symbolic links.
#[must_use]
pub fn tidy(path: &Path) -> PathBuf {
    use std::path::Component;
    let mut parts: Vec<Component<'_>> = Vec::new();
    for part in path.components() {
        match (part, parts.last()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    if parts.is_empty() { PathBuf::from(".") } else { parts.iter().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Vec<ClientConfig>, String> {
        ConfigFile::parse(text, Path::new("pets/evo-gen.toml"), "pets")
            .map(|file| file.clients)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn every_client_has_a_source_an_output_and_settings() {
        let text = r#"
            source = "../fixtures/api.json"
            url = "https://example.org"
            output = "./src/api"
            strip = "Pets.Api"
        "#;
        let client = ClientConfig {
            name: "pets".to_owned(),
            file: PathBuf::from("pets/evo-gen.toml"),
            source: "../fixtures/api.json".to_owned(),
            url: Some("https://example.org".to_owned()),
            output: PathBuf::from("pets/src/api"),
            settings: Settings { strip: Some("Pets.Api".to_owned()), ..Settings::default() },
            places: parse(text).unwrap()[0].places.clone(),
        };
        assert_eq!(client.document(), Some(PathBuf::from("fixtures/api.json")));
        assert_eq!(parse(text), Ok(vec![client]));
    }

    #[test]
    fn several_clients_have_names() {
        let names = |text| parse(text).map(|list| list.into_iter().map(|client| client.name).collect::<Vec<_>>());
        let text = "[client.b]\nsource='b.json'\noutput='src/b'\n[client.a]\nsource='a.json'\noutput='src/a'\n";
        assert_eq!(names(text), Ok(vec!["a".to_owned(), "b".to_owned()]));
    }

    #[test]
    fn mistakes_are_reported_with_their_location() {
        let cases = [
            ("sorce = 'x'", "unknown key `sorce` (at pets/evo-gen.toml:1:1); did you mean `source`?"),
            ("source = 'x'\noutputs = 'y'", "unknown key `outputs` (at pets/evo-gen.toml:2:1); did you mean `output`?"),
            ("exlude = []", "unknown key `exlude` (at pets/evo-gen.toml:1:1); did you mean `exclude`?"),
            (
                "source = 'x'\noutput = 3",
                "`output`: invalid type: integer `3`, expected a string (at pets/evo-gen.toml:2:10)",
            ),
            ("source = ''", "`source`: the text is empty (at pets/evo-gen.toml:1:10)"),
            ("include = 'x'", "`include`: invalid type: string \"x\", expected an array (at pets/evo-gen.toml:1:11)"),
            (
                "include = ['x',\n1]",
                "`include`: invalid type: integer `1`, expected a string (at pets/evo-gen.toml:2:1)",
            ),
            (
                "visibility = 'pubic'",
                "`visibility` cannot be `pubic` (at pets/evo-gen.toml:1:14); did you mean `public`?",
            ),
            ("rename = 'x'", "`rename`: invalid type: string \"x\", expected a table (at pets/evo-gen.toml:1:10)"),
            (
                "rename = { 'Shop.Pet' = 1 }",
                "`rename.\"Shop.Pet\"`: invalid type: integer `1`, expected a string (at pets/evo-gen.toml:1:25)",
            ),
            (
                "validate = 'yes'",
                "`validate`: invalid type: string \"yes\", expected a boolean (at pets/evo-gen.toml:1:12)",
            ),
            (
                "\n[derive]\n'Shop.*' = ['Eq)']",
                "`derive.\"Shop.*\"`: `Eq)` is not the path of a trait to derive (at pets/evo-gen.toml:3:12)",
            ),
            ("address = ['api', 'api']", "`address`: the list contains a duplicate (at pets/evo-gen.toml:1:11)"),
            (
                "address = []",
                "`address`: the list is empty; remove the key for the default (at pets/evo-gen.toml:1:11)",
            ),
            (
                "include = []",
                "`include`: the list is empty; remove the key for the default (at pets/evo-gen.toml:1:11)",
            ),
            (
                "[client.a]\nsource='x'",
                "the client `a` has no `output` (at pets/evo-gen.toml); \
                 add `source = \"metadata.json\"` and `output = \"src/generated\"`",
            ),
            (
                "source = 'x'\n[client.a]",
                "the key `source` is outside of `[client.NAME]` (at pets/evo-gen.toml:1:1); \
                 move it into the table of a client",
            ),
            ("clients = 1", "unknown key `clients` (at pets/evo-gen.toml:1:1); did you mean `client`?"),
            (
                "[client.'']\nsource='x'\noutput='y'",
                "the name of a client is empty (at pets/evo-gen.toml:1:9); use a name, such as `[client.shop]`",
            ),
            (
                "[client.a]\nsource='a'\noutput='src/api'\n[client.b]\nsource='b'\noutput='./src/api/'",
                "the clients `a` and `b` have the same `output` (at pets/evo-gen.toml:6:1); give each client its own folder",
            ),
            (
                "source = 'ftp://x.org'\noutput = 'y'",
                "`ftp://x.org` does not begin with `https://` or `http://` (at pets/evo-gen.toml:1:1); \
                 use the URL of the service, such as `https://api.example.org`",
            ),
            (
                "source = 'x'\noutput = 'y'\nurl = 'file:///x'",
                "`file:///x` does not begin with `https://` or `http://` (at pets/evo-gen.toml:3:1); \
                 use the URL of the service, such as `https://api.example.org`",
            ),
            ("dates = 1", "`dates`: expected a string (at pets/evo-gen.toml:1:9)"),
            ("address = [['api']]", "`address`: expected a string (at pets/evo-gen.toml:1:12)"),
            ("deprecated = ['x']", "`deprecated`: invalid type: array, expected a table (at pets/evo-gen.toml:1:14)"),
            (
                "type_names = { x = 1 }",
                "`type_names`: invalid type: table, expected an array (at pets/evo-gen.toml:1:14)",
            ),
            ("client = 1", "`client` must be a table of clients, such as `[client.NAME]` (at pets/evo-gen.toml:1:1)"),
            (
                "source = ",
                "the file is not valid TOML: string values must be quoted, expected literal string \
                 (at pets/evo-gen.toml:1:10)",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text), Err(expected.to_owned()), "{text}");
        }
    }

    #[cfg(not(windows))]
    #[test]
    fn backslashes_are_rejected() {
        for (text, path, place) in [
            ("source = 'x'\noutput = 'src\\generated'", "src\\generated", "2:1"),
            ("output = 'x'\nsource = \"api\\\\a.json\"", "api\\a.json", "2:1"),
        ] {
            let expected = format!(
                "`{path}` contains a backslash, which is not a path separator on this platform (at pets/evo-gen.toml:{place}); \
                 use `/`, which works on every platform"
            );
            assert_eq!(parse(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn all_keys_are_listed() {
        let keys = keys();
        assert_eq!(keys.first().map(String::as_str), Some("source"));
        assert!(keys.contains(&"strip".to_owned()) && keys.contains(&"validate".to_owned()), "{keys:?}");
        assert!(!keys.contains(&"unknown".to_owned()) && !keys.contains(&"update_names".to_owned()), "{keys:?}");
    }
}
