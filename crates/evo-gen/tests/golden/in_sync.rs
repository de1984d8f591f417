//! The generated code in the repository is up to date.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use evo_gen::config::{ConfigFile, Settings};
use evo_gen::diagnostics::Diagnostics;
use evo_gen::emit::{Generated, Header};
use evo_gen::source::{Document, Limits, Origin};
use evo_gen::write::{self, Options};
use evo_gen::{emit, lower, metadata, source};

/// The document of the recorded host whose client the replay tests of evo-voice use.
const HOST_DOCUMENT: &str = "fixtures/recordings/10.1.5/evo.st-camel.metadata.json";
const HOST_CLIENT: &str = "crates/evo-voice/tests/replay/host";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &Path) -> Document {
    source::read_file(path, &Limits::default()).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn generate(document: &Document, settings: &Settings, names: &BTreeMap<String, String>, header: &Header) -> Generated {
    let mut diagnostics = Diagnostics::default();
    let types = metadata::read(document, &mut diagnostics).unwrap();
    let api = lower::lower(&types, document.facts.as_ref(), settings, names, &mut diagnostics).unwrap();
    emit::emit(&api, header).unwrap()
}

/// Fails with a diff if a folder differs from the generated code.
fn assert_in_sync(document: &Document, settings: &Settings, header: &Header, output: &Path, update: &str) {
    let manifest = write::read_manifest(output).unwrap();
    let names = manifest.unwrap_or_else(|| panic!("{} has no manifest", output.display())).names;
    let generated = generate(document, settings, &names, header);
    let plan = write::plan(&generated, output, Options::default()).unwrap();
    assert!(plan.is_clean(), "{}\nto update, run in the root of the repository: {update}", plan.diff());
}

/// The other recorded hosts, whose clients the replay tests of evo-runtime use.
const HOSTS: [&str; 11] =
    ["auth", "crud", "errors", "events", "http", "keys", "query", "returns", "routes", "types", "wire"];
const HOST_CLIENTS: &str = "crates/evo-runtime/tests/replay/hosts";

/// The header of a client that `evo-gen --file DOCUMENT --out FOLDER` writes.
fn host_header(label: &str, folder: &str) -> Header {
    let command = format!("evo-gen --file {label} --out {folder}");
    Header { source: label.to_owned(), command }
}

#[test]
fn evo_voice_is_in_sync() {
    let path = root().join("crates/evo-voice/evo-gen.toml");
    let clients = ConfigFile::read(&path, "evo-voice").unwrap().clients;
    assert_eq!(clients.len(), 1, "clients of {}", path.display());
    for client in clients {
        let document = read(&client.document().expect("a stored document"));
        let label = document.origin.label(Some(client.folder()));
        let header = Header { source: label, command: "evo-gen".to_owned() };
        assert_in_sync(&document, &client.settings, &header, &client.output, "cargo run -p evo-gen");
    }
}

/// The route has a variable without a member, so servers respond with 400.
#[test]
fn the_unusable_route_of_delete_chat_member_is_reported() {
    for path in ["fixtures/evo-voice/metadata.json", HOST_DOCUMENT] {
        let document = read(&root().join(path));
        let mut diagnostics = Diagnostics::default();
        let types = metadata::read(&document, &mut diagnostics).unwrap();
        lower::lower(&types, None, &Settings::default(), &BTreeMap::new(), &mut diagnostics).unwrap();
        let reported: Vec<_> =
            diagnostics.as_slice().iter().filter(|remark| remark.message.contains("DeleteChatMember")).collect();
        let [remark] = reported.as_slice() else { panic!("{path}: {reported:?}") };
        assert_eq!(
            (remark.code, remark.message.as_str()),
            (
                "EVO0040",
                "the route /sessions/{sessionId}/members/{memberId} has a variable `memberId` that no member of DeleteChatMember fills"
            ),
            "{path}"
        );
        let route = remark.pointer.strip_suffix("/path").expect("a route");
        let route = document.types.pointer(route).unwrap_or_else(|| panic!("{path}: nothing at {}", remark.pointer));
        assert_eq!(route["path"], "/sessions/{sessionId}/members/{memberId}", "{path}: {}", remark.pointer);
    }
}

#[test]
fn the_client_of_the_recorded_host_is_in_sync() {
    let document = read(&root().join(HOST_DOCUMENT));
    let label = document.origin.label(Some(&root().join("crates/evo-voice")));
    assert_eq!(label, format!("../../{HOST_DOCUMENT}"));
    let update = format!("cargo run -p evo-gen -- --file {HOST_DOCUMENT} --out {HOST_CLIENT}");
    assert_in_sync(
        &document,
        &Settings::default(),
        &host_header(&label, "tests/replay/host"),
        &root().join(HOST_CLIENT),
        &update,
    );
}

#[test]
fn the_clients_of_the_other_recorded_hosts_are_in_sync() {
    for host in HOSTS {
        let path = format!("fixtures/recordings/10.1.5/{host}.st-camel.metadata.json");
        let document = read(&root().join(&path));
        let label = document.origin.label(Some(&root().join("crates/evo-runtime")));
        let output = format!("{HOST_CLIENTS}/{host}");
        let update = format!("cargo run -p evo-gen -- --file {path} --out {output}");
        let header = host_header(&label, &format!("tests/replay/hosts/{host}"));
        assert_in_sync(&document, &Settings::default(), &header, &root().join(&output), &update);
    }
}

#[test]
fn every_recorded_host_has_a_client() {
    let folder = root().join("fixtures/recordings/10.1.5");
    let files = folder.read_dir().unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut recorded: Vec<String> =
        files.filter_map(|file| file.strip_suffix(".st-camel.metadata.json").map(str::to_owned)).collect();
    recorded.sort();
    let mut known = HOSTS.to_vec();
    known.push("evo");
    known.sort_unstable();
    assert_eq!(recorded, known);
}

/// The name, the casing and the version of a host do not change its client.
#[test]
fn all_recorded_documents_of_the_host_result_in_the_same_client() {
    let client = |path: &str| {
        let mut document = read(&root().join(path));
        document.origin = Origin::File(root().join(HOST_DOCUMENT));
        generate(&document, &Settings::default(), &BTreeMap::new(), &host_header(HOST_DOCUMENT, "tests/replay/host"))
    };
    let expected = client(HOST_DOCUMENT);
    for path in ["10.1.5/evo.st-pascal", "8.5.2/evo.st-camel", "8.5.2/evo.st-pascal"] {
        let path = format!("fixtures/recordings/{path}.metadata.json");
        let generated = client(&path);
        assert_eq!(generated.names, expected.names, "{path}");
        for (file, expected) in generated.files.iter().zip(&expected.files) {
            assert_eq!(file, expected, "{path}");
        }
        assert_eq!(generated.files.len(), expected.files.len(), "{path}");
    }
}
