//! `evo-gen call` sends what a generated client sends: the same URL, headers and body, for values of every kind.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use evo_runtime::transport::ScriptedTransport;
use evo_runtime::{Address, Client, Error, Format, Operation, PreparedRequest, ShownBody};
use serde::de::DeserializeOwned;
use serde_json::Value;

#[path = "../../../../evo-runtime/tests/replay/hosts/keys/mod.rs"]
mod keys;
#[path = "../../../../evo-runtime/tests/replay/hosts/query/mod.rs"]
mod query;
#[path = "../../../../evo-runtime/tests/replay/hosts/routes/mod.rs"]
mod routes;
#[path = "../../../../evo-runtime/tests/replay/hosts/types/mod.rs"]
mod types;
#[path = "../../../../evo-runtime/tests/replay/hosts/wire/mod.rs"]
mod wire;

/// A request as it is sent: method, URL, headers and body.
type Sent = (String, String, Vec<(String, String)>, Option<String>);

/// Ways to call a service.
struct Way {
    addresses: &'static [Address],
    names: &'static str,
    format: Format,
}

const WAYS: [Way; 4] = [
    Way { addresses: &[Address::Api], names: "'api'", format: Format::Json },
    Way { addresses: &[Address::Routes, Address::Reply], names: "'routes', 'reply'", format: Format::Json },
    Way { addresses: &[Address::Routes, Address::Api], names: "'routes', 'api'", format: Format::Json },
    Way { addresses: &[Address::Reply], names: "'reply'", format: Format::Jsv },
];

/// A host of the recordings, configured in a folder of its own.
struct Host {
    folder: tempfile::TempDir,
}

impl Host {
    fn new(name: &str, way: &Way) -> Self {
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/recordings/10.1.5");
        let document: PathBuf = fixtures.join(format!("{name}.st-camel.metadata.json")).canonicalize().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let config = format!(
            "source = '{}'\noutput = 'api'\nurl = 'https://h'\naddress = [{}]\n",
            document.display(),
            way.names
        );
        std::fs::write(folder.path().join("evo-gen.toml"), config).unwrap();
        Self { folder }
    }

    /// Runs `evo-gen call`. An error is its message.
    fn call(&self, arguments: &[&str], input: &str) -> Result<String, String> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_evo-gen"));
        command.arg("call").args(arguments).current_dir(&self.folder);
        command.env("XDG_STATE_HOME", self.folder.path());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A program that does not read its input closes the pipe.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
    }

    /// What `call` would send.
    fn sent_by_call(&self, operation: &str, values: &[&str], json: &str, way: &Way) -> Result<Sent, String> {
        let mut arguments = vec![operation, "--json", "-", "--no-validate", "--prepare", "--format", "json"];
        arguments.extend(values);
        if way.format == Format::Jsv {
            arguments.push("--jsv");
        }
        let shown: Value = serde_json::from_str(&self.call(&arguments, json)?).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let headers = shown["headers"].as_array().unwrap().iter();
        let headers = headers.map(|header| (text(&header["name"]), text(&header["value"])));
        let body = shown.get("body").and_then(Value::as_str).map(str::to_owned);
        Ok((text(&shown["method"]), text(&shown["url"]), without_agent(headers), body))
    }
}

/// What a generated client sends.
fn sent_by_client<T: Operation>(operation: &T, way: &Way) -> Result<Sent, String> {
    sent(client(way).prepare(&T::SPEC, operation))
}

fn client(way: &Way) -> Client {
    let client: Client = Client::builder("https://h").transport(ScriptedTransport::default()).build().unwrap();
    client.with_addresses(way.addresses).with_format(way.format)
}

fn sent(request: Result<PreparedRequest, Error>) -> Result<Sent, String> {
    let shown = request.map_err(|error| error.to_string())?.shown();
    let body = match shown.body {
        ShownBody::Text(text) => Some(text),
        ShownBody::Empty => None,
        other => panic!("{other:?}"),
    };
    Ok((shown.method.to_string(), shown.url, without_agent(shown.headers.into_iter()), body))
}

fn without_agent(headers: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    let mut headers: Vec<_> = headers.filter(|(name, _)| name != "user-agent").collect();
    headers.sort();
    headers
}

/// Compares what both send for a request in JSON. Returns whether there was something to compare.
fn compare<T: Operation + DeserializeOwned>(host: &Host, way: &Way, json: &str) -> bool {
    let name = T::SPEC.name;
    let operation: T = serde_json::from_str(json).unwrap_or_else(|error| panic!("{name}: {json}: {error}"));
    let (client, call) = (sent_by_client(&operation, way), host.sent_by_call(name, &[], json, way));
    match (client, call) {
        (Ok(client), Ok(call)) => {
            assert_eq!(call, client, "{name} by {}: {json}", way.names);
            true
        }
        (Err(client), Err(call)) => {
            let why = client.split_once(": ").map_or(client.as_str(), |(_, why)| why);
            let why = why.split("; ").next().unwrap();
            assert!(call.contains(why), "{name} by {}: {client} is not {call}", way.names);
            false
        }
        (client, call) => panic!("{name} by {}: {json}\nclient: {client:?}\ncall: {call:?}", way.names),
    }
}

/// Compares what both send for the sample of an operation, for nothing, and for other requests.
fn compare_all<T: Operation + DeserializeOwned>(host_name: &str, others: &[&str]) {
    let [first, ..] = &WAYS;
    let host = Host::new(host_name, first);
    let template = host.call(&[T::SPEC.name, "--template"], "").unwrap();
    let mut count = usize::from(compare::<T>(&host, first, "{}"));
    for way in &WAYS {
        let host = Host::new(host_name, way);
        for json in others.iter().copied().chain([template.as_str()]) {
            count += usize::from(compare::<T>(&host, way, json));
        }
    }
    assert!(count > 1, "{} was never sent", T::SPEC.name);
}

macro_rules! operations {
    ($host:ident: $($($path:ident)::+ $([$($json:literal),+])?),+ $(,)?) => {$(
        compare_all::<$host::$($path)::+>(stringify!($host), &[$($($json),+)?]);
    )+};
}

#[test]
fn values_of_every_kind_travel_alike() {
    operations!(wire:
        EchoScalars[r#"{"string":"","int":-5,"decimal":79228162514264337593543950335}"#],
        EchoCollections[r#"{"names":["a,b","c\"d",""],"ints":[],"maybeInts":[1,null]}"#],
        EchoContract, EchoEnums, EchoGenerics, EchoNullables, EchoShelter,
    );
}

#[test]
fn classes_lists_and_names_of_their_own_travel_alike() {
    operations!(types:
        rich::FindThings, rich::OldFind, rich::QueryMakers, rich::QueryThings, rich::SendContract, rich::SendNully,
        names::GetEverything, names::Send,
    );
}

#[test]
fn routes_and_keys_are_taken_alike() {
    operations!(routes: Anything, FindSession, Listed, Odd, ReadPath, Report, Routeless, Search);
    operations!(keys: Keyed, Special, Unkeyed);
}

#[test]
fn queries_and_changes_of_tables_travel_alike() {
    operations!(query: QueryAlbums, QueryArtists, CreateAlbum, DeleteArtist, PatchAlbum, SaveArtist);
}

#[test]
fn conditions_of_queries_travel_alike() {
    for way in &WAYS {
        let query =
            client(way).query(query::QueryAlbums::default()).filter("TitleStartsWith", "A b").filter("IdIn", [1, 2]);
        let host = Host::new("query", way);
        let call = host.sent_by_call("QueryAlbums", &["TitleStartsWith=A b", "IdIn=1,2"], "{}", way);
        assert_eq!(call, sent(query.prepare()), "by {}", way.names);
    }
    let wrong = Host::new("query", &WAYS[0]).sent_by_call("QueryAlbums", &["TitelStartsWith=A"], "{}", &WAYS[0]);
    assert!(wrong.as_ref().is_err_and(|error| error.contains("the nearest is `TitleStartsWith`")), "{wrong:?}");
}
