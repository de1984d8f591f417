//! `evo-gen.toml`: which clients a crate holds.

use std::path::{Path, PathBuf};

use toml::de::DeTable;

use super::reader::Reader;
use super::settings::SETTING_KEYS;
use super::{Overrides, Settings, did_you_mean};
use crate::Error;

/// The name of the configuration file, beside the `Cargo.toml` of the crate that holds the client.
pub const FILE_NAME: &str = "evo-gen.toml";

/// The keys of a client, in the order of the documentation.
#[must_use]
pub fn keys() -> Vec<&'static str> {
    ["source", "url", "output"].into_iter().chain(SETTING_KEYS.iter().copied()).collect()
}

/// The table that holds several clients by name.
const CLIENTS: &str = "client";

/// A configuration file that was read: one client at its top level, or one per `[client.NAME]`.
///
/// ```
/// let text = "source = \"api.json\"\noutput = \"src/api\"\naddress = [\"routes\"]\n";
/// let file = evo_gen::config::ConfigFile::parse(text, "pets/evo-gen.toml".as_ref(), "pets")?;
/// assert_eq!(file.clients[0].output, std::path::Path::new("pets/src/api"));
/// # Ok::<(), evo_gen::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its clients, ordered by name.
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
    /// Where `--url` without a value renews the stored document from.
    pub url: Option<String>,
    /// The folder of the generated files, resolved.
    pub output: PathBuf,
    /// How the code is generated.
    pub settings: Settings,
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
        let reader = Reader { text, path };
        let table = DeTable::parse(text).map_err(|error| {
            reader.error(&error.span().unwrap_or_default(), &format!("not valid TOML: {}", error.message()))
        })?;
        let table = table.get_ref();
        let Some((key, clients)) = table.iter().find(|(key, _)| key.get_ref() == CLIENTS) else {
            return Ok(Self { path: path.to_owned(), clients: vec![ClientConfig::read(&reader, package, table)?] });
        };
        if let Some((other, _)) = table.iter().find(|(key, _)| key.get_ref() != CLIENTS) {
            let message = format!("the key `{}` stands beside `[{CLIENTS}.NAME]`", other.get_ref());
            return Err(reader.error(&other.span(), &message).help("move it into the table of a client"));
        }
        let expected = || reader.expected(key.get_ref(), clients, "tables, as `[client.NAME]`");
        let tables = clients.get_ref().as_table().ok_or_else(expected)?;
        let mut list = Vec::new();
        for (name, client) in tables {
            let table = client
                .get_ref()
                .as_table()
                .ok_or_else(|| reader.expected(&format!("{CLIENTS}.{}", name.get_ref()), client, "a table"))?;
            list.push(ClientConfig::read(&reader, name.get_ref(), table)?);
        }
        if list.is_empty() {
            return Err(reader.error(&clients.span(), "no client is configured").help(BEGIN));
        }
        list.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self { path: path.to_owned(), clients: list })
    }
}

/// What a configuration holds at least.
const BEGIN: &str = "write `source = \"metadata.json\"` and `output = \"src/generated\"`";

impl ClientConfig {
    /// Reads the table of a client.
    fn read(reader: &Reader<'_>, name: &str, table: &DeTable<'_>) -> Result<Self, Error> {
        let (mut source, mut url, mut output, mut overrides) = (None, None, None, Overrides::default());
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "source" => source = Some(reader.string("source", value)?),
                "url" => url = Some(reader.string("url", value)?),
                "output" => output = Some(reader.string("output", value)?),
                setting if overrides.read(reader, setting, value)? => {}
                unknown => {
                    let message = format!("unknown key `{unknown}`");
                    return Err(reader.error(&key.span(), &message).help(did_you_mean(unknown, &keys())));
                }
            }
        }
        let missing = |key: &str| {
            Error::usage(format!("the client `{name}` has no `{key}`"))
                .at(reader.path.display().to_string())
                .help(BEGIN)
        };
        let mut settings = Settings::default();
        overrides.apply(&mut settings);
        Ok(Self {
            name: name.to_owned(),
            file: reader.path.to_owned(),
            source: source.ok_or_else(|| missing("source"))?,
            url,
            output: tidy(&folder_of(reader.path).join(output.ok_or_else(|| missing("output"))?)),
            settings,
        })
    }
}

/// Whether a source names a server.
fn is_url(source: &str) -> bool {
    source.starts_with("http://") || source.starts_with("https://")
}

/// The folder of a file; that of a bare name is `.`, which joins to nothing.
fn folder_of(file: &Path) -> &Path {
    file.parent().unwrap_or(Path::new(""))
}

/// `path` without `.` parts and with each `x/..` taken out, as far as that is safe without following links.
pub(crate) fn tidy(path: &Path) -> PathBuf {
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
    fn what_is_wrong_is_named_with_its_line() {
        let cases = [
            ("sorce = 'x'", "unknown key `sorce` (at pets/evo-gen.toml:1); did you mean `source`?"),
            ("source = 'x'\noutput = 3", "`output` must be a string, and is of type integer (at pets/evo-gen.toml:2)"),
            ("include = 'x'", "`include` must be an array of strings, and is of type string (at pets/evo-gen.toml:1)"),
            ("include = ['x',\n1]", "`include` must be a string, and is of type integer (at pets/evo-gen.toml:2)"),
            ("visibility = 'pubic'", "`visibility` cannot be `pubic` (at pets/evo-gen.toml:1); did you mean `public`?"),
            ("rename = 'x'", "`rename` must be a table, and is of type string (at pets/evo-gen.toml:1)"),
            (
                "rename = { 'Shop.Pet' = 1 }",
                "`rename.\"Shop.Pet\"` must be a string, and is of type integer (at pets/evo-gen.toml:1)",
            ),
            (
                "validate = 'yes'",
                "`validate` must be `true` or `false`, and is of type string (at pets/evo-gen.toml:1)",
            ),
            (
                "\n[derive]\n'Shop.*' = ['Eq)']",
                "`derive.\"Shop.*\"`: `Eq)` is not the path of a trait to derive (at pets/evo-gen.toml:3)",
            ),
            ("address = ['api', 'api']", "`address` names the same twice (at pets/evo-gen.toml:1)"),
            ("address = []", "`address` is empty (at pets/evo-gen.toml:1); leave the key out"),
            (
                "[client.a]\nsource='x'",
                "the client `a` has no `output` (at pets/evo-gen.toml); \
                 write `source = \"metadata.json\"` and `output = \"src/generated\"`",
            ),
            (
                "source = 'x'\n[client.a]",
                "the key `source` stands beside `[client.NAME]` (at pets/evo-gen.toml:1); \
                 move it into the table of a client",
            ),
            (
                "client = 1",
                "`client` must be tables, as `[client.NAME]`, and is of type integer (at pets/evo-gen.toml:1)",
            ),
            (
                "source = ",
                "not valid TOML: string values must be quoted, expected literal string (at pets/evo-gen.toml:1)",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text), Err(expected.to_owned()), "{text}");
        }
    }
}
