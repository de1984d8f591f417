//! `evo-gen.toml`: which clients a crate has.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;
use toml::de::DeTable;

use super::places::{Places, place};
use super::{Settings, reading};
use crate::Error;

/// The name of the configuration file, beside the `Cargo.toml` of the crate that holds the client.
pub const FILE_NAME: &str = "evo-gen.toml";

/// The keys of a client that say where it comes from and where it goes.
const OWN_KEYS: [&str; 3] = ["source", "url", "output"];

/// The keys of a client, in the order of the documentation.
#[must_use]
pub fn keys() -> Vec<String> {
    // Serde knows the keys of the settings, and lists them when it meets an unknown one.
    let error = toml::from_str::<Settings>("unknown = 0").err();
    let known = error.iter().flat_map(|error| error.message().split('`').skip(3).step_by(2)).map(str::to_owned);
    OWN_KEYS.into_iter().map(str::to_owned).chain(known).collect()
}

/// The table that holds several clients by name.
const CLIENTS: &str = "client";

/// A configuration file that was read: one client at its top level, or one per `[client.NAME]`.
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

/// One configured client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientConfig {
    /// The name that `--client` takes: that of the table, or of the package.
    pub name: String,
    /// The configuration file.
    pub file: PathBuf,
    /// The stored document: a path (relative ones start at the configuration file), or a URL.
    pub source: String,
    /// The server from which `--url` without a value renews the stored document.
    pub url: Option<String>,
    /// The folder of the generated files, resolved.
    pub output: PathBuf,
    /// How the code is generated.
    pub settings: Settings,
    /// The places of the settings in the file, for errors.
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
    /// The folder that relative paths start from: that of the configuration file.
    #[must_use]
    pub fn folder(&self) -> &Path {
        folder_of(&self.file)
    }

    /// The path of the stored document, unless the source is a URL.
    #[must_use]
    pub fn document(&self) -> Option<PathBuf> {
        if is_url(&self.source) { None } else { Some(tidy(&self.folder().join(&self.source))) }
    }
}

impl ConfigFile {
    /// Reads the file at `path`. `package` names the client of a file that holds one.
    pub fn read(path: &Path, package: &str) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            Error::usage("the configuration cannot be read").at(path.display().to_string()).caused_by(error)
        })?;
        Self::parse(&text, path, package)
    }

    /// Reads `text`, the content of the file at `path`.
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
        let expected = "`client` must be a table of clients, as `[client.NAME]`";
        let tables = clients.get_ref().as_table().ok_or_else(|| error(expected, key.span().start))?;
        let mut list = Vec::new();
        for (name, client) in tables {
            let table = client.get_ref().as_table().ok_or_else(|| error(expected, name.span().start))?;
            let table = Spanned::new(client.span(), table.clone());
            list.push(ClientConfig::read(name.get_ref(), table, text, path)?);
        }
        if list.is_empty() {
            return Err(error("no client is configured", key.span().start).help(BEGIN));
        }
        list.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self { path: path.to_owned(), clients: list })
    }
}

/// The least that a configuration states.
const BEGIN: &str = "write `source = \"metadata.json\"` and `output = \"src/generated\"`";

impl ClientConfig {
    /// Reads the table of a client.
    fn read(name: &str, table: Spanned<DeTable<'_>>, text: &str, path: &Path) -> Result<Self, Error> {
        let places = Places::new(table.get_ref(), text, path);
        let span = table.span();
        let entries = table.into_inner().into_iter();
        let (own, stated): (DeTable<'_>, DeTable<'_>) =
            entries.partition(|(key, _)| OWN_KEYS.contains(&key.get_ref().as_ref()));
        let Own { source, url, output } = reading::deserialize(Spanned::new(span.clone(), own), text, path, &[])?;
        let settings: Settings = reading::deserialize(Spanned::new(span, stated), text, path, &OWN_KEYS)?;
        let missing = |key: &str| {
            Error::usage(format!("the client `{name}` has no `{key}`")).at(path.display().to_string()).help(BEGIN)
        };
        let source = source.ok_or_else(|| missing("source"))?;
        let output = output.ok_or_else(|| missing("output"))?;
        for (key, path) in [("source", &source), ("output", &output)] {
            refuse_backslash(path).map_err(|error| places.locate(error.setting(key, None)))?;
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

/// Whether a source names a server.
fn is_url(source: &str) -> bool {
    source.starts_with("http://") || source.starts_with("https://")
}

/// Refuses a path with a backslash where that separates no folders: it would become a part of a name, in silence.
pub fn refuse_backslash(path: &str) -> Result<(), Error> {
    if cfg!(windows) || !path.contains('\\') {
        return Ok(());
    }
    Err(Error::usage(format!("`{path}` has a backslash, which separates no folders here"))
        .help("write `/` between folders: it works on every system"))
}

/// The folder of a file; that of a bare name is `.`, which joins to nothing.
fn folder_of(file: &Path) -> &Path {
    file.parent().unwrap_or(Path::new(""))
}

/// `path` without `.` parts and with each `x/..` taken out, as far as that is safe without following links.
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
    fn several_clients_are_told_apart_by_name() {
        let names = |text| parse(text).map(|list| list.into_iter().map(|client| client.name).collect::<Vec<_>>());
        let text = "[client.b]\nsource='b.json'\noutput='src/b'\n[client.a]\nsource='a.json'\noutput='src/a'\n";
        assert_eq!(names(text), Ok(vec!["a".to_owned(), "b".to_owned()]));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
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
            ("address = ['api', 'api']", "`address`: the list names the same twice (at pets/evo-gen.toml:1:11)"),
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
                 write `source = \"metadata.json\"` and `output = \"src/generated\"`",
            ),
            (
                "source = 'x'\n[client.a]",
                "the key `source` is outside of `[client.NAME]` (at pets/evo-gen.toml:1:1); \
                 move it into the table of a client",
            ),
            ("client = 1", "`client` must be a table of clients, as `[client.NAME]` (at pets/evo-gen.toml:1:1)"),
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
    fn a_backslash_separates_no_folders() {
        for (text, path, place) in [
            ("source = 'x'\noutput = 'src\\generated'", "src\\generated", "2:1"),
            ("output = 'x'\nsource = \"api\\\\a.json\"", "api\\a.json", "2:1"),
        ] {
            let expected = format!(
                "`{path}` has a backslash, which separates no folders here (at pets/evo-gen.toml:{place}); \
                 write `/` between folders: it works on every system"
            );
            assert_eq!(parse(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn the_keys_of_serde_are_known() {
        let keys = keys();
        assert_eq!(keys.first().map(String::as_str), Some("source"));
        assert!(keys.contains(&"strip".to_owned()) && keys.contains(&"validate".to_owned()), "{keys:?}");
        assert!(!keys.contains(&"unknown".to_owned()) && !keys.contains(&"update_names".to_owned()), "{keys:?}");
    }
}
