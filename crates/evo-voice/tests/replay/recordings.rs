//! Exchanges that were recorded from servers with the classes of Evo Voice.

use std::path::{Path, PathBuf};

use evo_voice::evo_runtime::Bytes;
use evo_voice::evo_runtime::transport::HttpReply;
use evo_voice::evo_runtime::wire::json;
use serde_json::Value;

/// The servers: ServiceStack.Text in two casings, and System.Text.Json behind endpoint routing.
const DIALECTS: [&str; 3] = ["st-camel", "st-pascal", "stj"];

/// One file: what a server of one version and dialect was asked, and answered.
pub struct Recording {
    /// The file, as `10.1.5/evo.st-camel.json`.
    pub name: String,
    pub exchanges: Vec<Exchange>,
}

/// One request and its answer.
pub struct Exchange {
    pub id: String,
    pub request: Request,
    pub response: Response,
}

pub struct Request {
    pub verb: String,
    /// With the query.
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: Option<Vec<u8>>,
}

pub struct Response {
    pub status: u16,
    pub reason: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    /// The value of a header, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

impl Response {
    /// The answer as a transport hands it over.
    pub fn reply(&self) -> HttpReply {
        let reply = HttpReply::of(self.status, "", self.body.clone()).with_reason(self.reason.as_str());
        self.headers.iter().fold(reply, |reply, (name, value)| reply.with_header(name, value))
    }
}

/// The recordings of this repository.
pub fn of_repository() -> Vec<Recording> {
    let folders = ["fixtures/recordings/10.1.5", "fixtures/recordings/8.5.2"].map(|folder| repository().join(folder));
    let recordings: Vec<Recording> = folders.iter().flat_map(|folder| of_folder(folder)).collect();
    assert_eq!(recordings.len(), folders.len() * DIALECTS.len(), "recordings in {folders:?}");
    recordings
}

/// The root of the repository.
fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The recordings of other versions, in the folders that the environment names; relative ones start at the root of the repository.
pub fn of_environment() -> Vec<Recording> {
    let Some(folders) = std::env::var_os("EVO_RECORDINGS") else { return Vec::new() };
    let folders = std::env::split_paths(&folders).filter(|folder| !folder.as_os_str().is_empty());
    folders
        .flat_map(|folder| {
            let folder = repository().join(folder);
            let recordings = of_folder(&folder);
            assert!(!recordings.is_empty(), "EVO_RECORDINGS: {} holds no evo.*.json", folder.display());
            recordings
        })
        .collect()
}

fn of_folder(folder: &Path) -> Vec<Recording> {
    let paths = DIALECTS.iter().map(|dialect| folder.join(format!("evo.{dialect}.json")));
    paths.filter(|path| path.is_file()).map(|path| read(&path)).collect()
}

fn read(path: &PathBuf) -> Recording {
    let folder = path.parent().and_then(Path::file_name).unwrap_or_default();
    let name = format!("{}/{}", folder.display(), path.file_name().unwrap_or_default().display());
    let text = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let exchanges: Vec<Value> = serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    Recording { name, exchanges: exchanges.iter().map(exchange).collect() }
}

fn exchange(exchange: &Value) -> Exchange {
    let (request, response) = (&exchange["request"], &exchange["response"]);
    Exchange {
        id: text(&exchange["id"]),
        request: Request {
            verb: text(&request["method"]),
            path: text(&request["path"]),
            headers: headers(&request["headers"]),
            body: body(request),
        },
        response: Response {
            status: response["status"].as_u64().and_then(|status| status.try_into().ok()).expect("a status"),
            reason: text(&response["reason"]),
            headers: headers(&response["headers"]),
            body: body(response).unwrap_or_default(),
        },
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("a text, not {value}")).to_owned()
}

fn headers(headers: &Value) -> Vec<(String, String)> {
    let headers = headers.as_array().expect("a list of headers");
    headers.iter().map(|header| (text(&header[0]), text(&header[1]))).collect()
}

/// The bytes of a body; those that are no UTF-8 are stored in base64.
fn body(message: &Value) -> Option<Vec<u8>> {
    if let Some(encoded) = message["bodyBase64"].as_str() {
        let bytes: Bytes = json::from_slice(format!("{encoded:?}").as_bytes()).expect("base64");
        return Some(bytes.to_vec());
    }
    message["body"].as_str().map(|body| body.as_bytes().to_vec())
}
