//! Tests that `evo-gen call` sends what a generated client sends: the same URL, headers and body, for values of every kind.

use std::path::Path;

use clap::Parser as _;
use evo_runtime::transport::ScriptedTransport;
use evo_runtime::{Address, Client, Error, Format, Operation, PreparedRequest, ShownBody};
use serde::de::DeserializeOwned;

use super::{CallArgs, Failed, Request, find_operation, json_text, request};
use crate::cli::args::{Cli, Command};
use crate::cli::subject::Subject;
use crate::generator::Model;
use crate::source::{Access, Limits, read_file};

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
    settings: &'static str,
    format: Format,
}

const WAYS: [Way; 4] = [
    Way { addresses: &[Address::Api], settings: "address = ['api']", format: Format::Json },
    Way {
        addresses: &[Address::Routes, Address::Reply],
        settings: "address = ['routes', 'reply']",
        format: Format::Json,
    },
    Way { addresses: &[Address::Routes, Address::Api], settings: "address = ['routes', 'api']", format: Format::Json },
    Way { addresses: &[Address::Reply], settings: "address = ['reply']", format: Format::Jsv },
];

/// A host from the recordings, and the client that calls it.
struct Host {
    model: Model,
    client: Client,
}

impl Host {
    fn new(name: &str, way: &Way) -> Self {
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/recordings/10.1.5");
        let document = read_file(&fixtures.join(format!("{name}.st-camel.metadata.json")), &Limits::default()).unwrap();
        let settings = way.settings.parse().unwrap();
        let subject = Subject { document, settings, url: Some("https://h".to_owned()) };
        let model = subject.build_model(subject.call_settings(), None).unwrap();
        let format: &[&str] = if way.format == Format::Jsv { &["--jsv"] } else { &[] };
        let Ok(client) = super::client(&model, &subject, &Access::new(), &arguments("", format)) else {
            panic!("no client of {name}")
        };
        Self { model, client }
    }

    /// Returns the template of a request.
    fn template(&self, operation: &str) -> String {
        let called = find_operation(&self.model, operation).unwrap();
        json_text::compact(&request::template(called, &self.model, &arguments(operation, &[])).unwrap())
    }

    /// Returns what `call` would send. An error is returned as its message.
    fn sent_by_call(&self, operation: &str, values: &[&str], json: &str) -> Result<Sent, String> {
        let args = arguments(operation, &[values, &["--json", json, "--no-validate"]].concat());
        let called = find_operation(&self.model, operation).map_err(|error| error.to_string())?;
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        match runtime.block_on(Request::from_args(called, &self.model, &args)) {
            Ok(request) => sent(request.prepare(&self.client)),
            Err(Failed::Run(error)) => Err(error.to_string()),
            Err(Failed::Call(error)) => Err(error.to_string()),
        }
    }
}

/// Parses the arguments of `evo-gen call`.
fn arguments(operation: &str, more: &[&str]) -> CallArgs {
    let cli = Cli::try_parse_from([&["evo-gen", "call", operation], more].concat()).unwrap();
    let Some(Command::Call(args)) = cli.command else { panic!("{:?}", cli.command) };
    *args
}

/// Returns what a generated client sends.
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
    let (client, call) = (sent_by_client(&operation, way), host.sent_by_call(name, &[], json));
    match (client, call) {
        (Ok(client), Ok(call)) => {
            assert_eq!(call, client, "{name} by {}: {json}", way.settings);
            true
        }
        (Err(client), Err(call)) => {
            let why = client.split_once(": ").map_or(client.as_str(), |(_, why)| why);
            let why = why.split("; ").next().unwrap();
            assert!(call.contains(why), "{name} by {}: {client} is not {call}", way.settings);
            false
        }
        (client, call) => panic!("{name} by {}: {json}\nclient: {client:?}\ncall: {call:?}", way.settings),
    }
}

/// Compares what both send for the sample of an operation, for an empty request, and for other requests.
fn compare_all<T: Operation + DeserializeOwned>(hosts: &[Host; WAYS.len()], others: &[&str]) {
    let [first, ..] = hosts;
    let template = first.template(T::SPEC.name);
    let mut count = usize::from(compare::<T>(first, &WAYS[0], "{}"));
    for (way, host) in WAYS.iter().zip(hosts) {
        for json in others.iter().copied().chain([template.as_str()]) {
            count += usize::from(compare::<T>(host, way, json));
        }
    }
    assert!(count > 1, "{} was never sent", T::SPEC.name);
}

macro_rules! operations {
    ($host:ident: $($($path:ident)::+ $([$($json:literal),+])?),+ $(,)?) => {{
        let hosts = WAYS.each_ref().map(|way| Host::new(stringify!($host), way));
        $(compare_all::<$host::$($path)::+>(&hosts, &[$($($json),+)?]);)+
    }};
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
        let call = host.sent_by_call("QueryAlbums", &["TitleStartsWith=A b", "IdIn=1,2"], "{}");
        assert_eq!(call, sent(query.prepare()), "by {}", way.settings);
    }
    let wrong = Host::new("query", &WAYS[0]).sent_by_call("QueryAlbums", &["TitelStartsWith=A"], "{}");
    assert!(wrong.as_ref().is_err_and(|error| error.contains("the nearest is `TitleStartsWith`")), "{wrong:?}");
}
