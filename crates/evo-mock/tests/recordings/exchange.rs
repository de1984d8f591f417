//! Recorded exchanges, whose requests are sent again byte for byte.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use serde_json::Value;

use crate::support::request;

/// A recorded request, and the outcome at the server.
pub struct Exchange {
    pub id: String,
    pub method: String,
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub outcome: Outcome,
}

/// Whether a request was accepted, or otherwise the error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub status: u16,
    pub error_code: Option<String>,
}

impl Outcome {
    pub fn new(status: u16, body: &[u8]) -> Self {
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let get = |value: &Value, name: &str| {
            let members = value.as_object()?;
            members
                .iter()
                .find(|(key, _)| key.replace('_', "").eq_ignore_ascii_case(name))
                .map(|(_, value)| value.clone())
        };
        let error_code = get(&body, "ResponseStatus").and_then(|status| get(&status, "ErrorCode"));
        Self { status, error_code: error_code.and_then(|code| Some(code.as_str()?.to_owned())) }
    }
}

pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Returns the exchanges of a file with ordinary responses.
pub fn read(path: &Path) -> Vec<Exchange> {
    let all: Vec<Value> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let bytes = |value: &Value| match (&value["bodyBase64"], &value["body"]) {
        (Value::String(text), _) => base64::engine::general_purpose::STANDARD.decode(text).unwrap(),
        (_, Value::String(text)) => text.clone().into_bytes(),
        _ => Vec::new(),
    };
    let headers =
        |value: &Value| -> Vec<(String, String)> { serde_json::from_value(value["headers"].clone()).unwrap() };
    let exchanges = all.iter().filter(|exchange| exchange["response"].is_object()).map(|exchange| {
        let (request, response) = (&exchange["request"], &exchange["response"]);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Exchange {
            id: text(&exchange["id"]),
            method: text(&request["method"]),
            path: text(&request["path"]),
            headers: headers(request),
            body: bytes(request),
            outcome: Outcome::new(u16::try_from(response["status"].as_u64().unwrap()).unwrap(), &bytes(response)),
        }
    });
    exchanges.collect()
}

/// Sends a recorded request again.
pub async fn send(address: SocketAddr, exchange: &Exchange) -> Outcome {
    let (head, body) = request(address, &exchange.method, &exchange.path, &exchange.headers, &exchange.body).await;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    Outcome::new(status, &body)
}
