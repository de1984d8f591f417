//! Reads the exchanges that were recorded from real servers. The replay tests of Evo Voice use this module too.

use std::path::{Path, PathBuf};

use evo_runtime::Bytes;
use evo_runtime::transport::HttpReply;
use evo_runtime::wire::json;
use serde_json::Value;

/// The servers: ServiceStack.Text in two casings, and System.Text.Json behind endpoint routing.
pub const DIALECTS: [&str; 3] = ["st-camel", "st-pascal", "stj"];

/// A file of exchanges with a server of one version and dialect.
pub struct Recording {
    /// The file, such as `10.1.5/evo.st-camel.json`.
    pub name: String,
    pub exchanges: Vec<Exchange>,
}

/// A request and its response.
pub struct Exchange {
    pub id: String,
    pub request: Request,
    pub response: Response,
}

pub struct Request {
    pub verb: String,
    /// The path with the query.
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
    /// Returns the value of a header, ignoring case.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }
}

impl Response {
    /// Returns the response, as a transport would.
    pub fn reply(&self) -> HttpReply {
        let reply = HttpReply::of(self.status, "", self.body.clone()).with_reason(self.reason.as_str());
        self.headers.iter().fold(reply, |reply, (name, value)| reply.with_header(name, value))
    }
}

/// Returns the value of a header, ignoring case.
pub fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str())
}

/// Returns the root of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Returns the folders with recordings in this repository, one per version of the servers.
pub fn folders() -> [PathBuf; 2] {
    ["fixtures/recordings/10.1.5", "fixtures/recordings/8.5.2"].map(|folder| repository().join(folder))
}

/// Returns the recordings of a host in this repository, in all dialects and versions.
pub fn of_repository(host: &str) -> Vec<Recording> {
    let recordings: Vec<Recording> = folders().iter().flat_map(|folder| of_folder(folder, host)).collect();
    let complete = !recordings.is_empty() && recordings.len().is_multiple_of(DIALECTS.len());
    assert!(complete, "{} recordings of {host}", recordings.len());
    recordings
}

/// Returns the recordings of other versions with their hosts, from the folders in the environment. Relative folders start at the root of the
/// repository.
pub fn of_environment<'a>(hosts: &[&'a str]) -> Vec<(&'a str, Recording)> {
    let Some(folders) = std::env::var_os("EVO_RECORDINGS") else { return Vec::new() };
    let mut all = Vec::new();
    for folder in std::env::split_paths(&folders).filter(|folder| !folder.as_os_str().is_empty()) {
        let folder = repository().join(folder);
        let before = all.len();
        for host in hosts {
            all.extend(of_folder(&folder, host).into_iter().map(|recording| (*host, recording)));
        }
        assert!(all.len() > before, "EVO_RECORDINGS: {} holds no recording of {}", folder.display(), hosts.join(", "));
    }
    all
}

fn of_folder(folder: &Path, host: &str) -> Vec<Recording> {
    let paths = DIALECTS.iter().map(|dialect| folder.join(format!("{host}.{dialect}.json")));
    paths.filter(|path| path.is_file()).map(|path| read(&path)).collect()
}

fn read(path: &Path) -> Recording {
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
        response: match exchange["rawResponse"].as_str() {
            Some(raw) => connection(raw),
            None => Response {
                status: response["status"].as_u64().and_then(|status| status.try_into().ok()).expect("a status"),
                reason: text(&response["reason"]),
                headers: headers(&response["headers"]),
                body: body(response).unwrap_or_default(),
            },
        },
    }
}

/// Reads the response from the bytes of a whole connection.
fn connection(raw: &str) -> Response {
    let (head, mut rest) = raw.split_once("\r\n\r\n").expect("the end of the headers");
    let mut lines = head.split("\r\n");
    let mut status = lines.next().unwrap_or_default().splitn(3, ' ').skip(1);
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let mut body = rest.as_bytes().to_vec();
    if header(&headers, "transfer-encoding") == Some("chunked") {
        body.clear();
        while let Some((length, after)) = rest.split_once("\r\n") {
            let length = usize::from_str_radix(length, 16).expect("the length of a chunk");
            // The connection stayed open, so the recording can end inside a chunk.
            let chunk = after.as_bytes().get(..length).unwrap_or(after.as_bytes());
            body.extend_from_slice(chunk);
            rest = after.get(chunk.len()..).and_then(|rest| rest.strip_prefix("\r\n")).unwrap_or_default();
        }
    }
    Response {
        status: status.next().and_then(|status| status.parse().ok()).expect("a status"),
        reason: status.next().unwrap_or_default().to_owned(),
        headers,
        body,
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("a text, not {value}")).to_owned()
}

fn headers(headers: &Value) -> Vec<(String, String)> {
    let headers = headers.as_array().expect("a list of headers");
    headers.iter().map(|header| (text(&header[0]), text(&header[1]))).collect()
}

/// Returns the bytes of a body, which is stored in base64 if it is not UTF-8.
fn body(message: &Value) -> Option<Vec<u8>> {
    if let Some(encoded) = message["bodyBase64"].as_str() {
        let bytes: Bytes = json::from_slice(format!("{encoded:?}").as_bytes()).expect("base64");
        return Some(bytes.to_vec());
    }
    message["body"].as_str().map(|body| body.as_bytes().to_vec())
}
