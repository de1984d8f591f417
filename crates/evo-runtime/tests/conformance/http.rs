//! Compression, caching, and statuses that are not errors (section 11).

#[cfg(any(feature = "cache", feature = "reqwest"))]
use evo_runtime::Client;
#[cfg(feature = "cache")]
use evo_runtime::http::Method;
#[cfg(feature = "cache")]
use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::{ErrorKind, operation, record};
#[cfg(any(feature = "cache", feature = "reqwest"))]
use serde_json::Value;

use crate::case::{self, Case, cases, items, text};

cases![file_08, file_09, file_10, file_12];

#[derive(Debug, Clone, PartialEq, Default)]
struct Item {
    id: i32,
    text: Option<String>,
}
record!(Item { id: "Id", text: "Text" });

#[derive(Debug, Clone, PartialEq, Default)]
struct Tagged {
    id: Option<i32>,
}
record!(Tagged { id: "Id" });
operation!(Tagged: GET "/tagged" => Item);

#[cfg(feature = "reqwest")]
#[derive(Debug, Clone, PartialEq, Default)]
struct Compressed {
    count: Option<i32>,
}
#[cfg(feature = "reqwest")]
record!(Compressed { count: "Count" });
#[cfg(feature = "reqwest")]
operation!(Compressed: GET => Vec<Item>);

/// Returns the bytes that a host sends for a response of the table.
#[cfg(feature = "reqwest")]
fn bytes(response: &Value) -> Vec<u8> {
    use base64::Engine as _;

    let body = match response["bodyBase64"].as_str() {
        Some(encoded) => base64::engine::general_purpose::STANDARD.decode(encoded).unwrap(),
        None => text(&response["body"]).as_bytes().to_vec(),
    };
    let mut head = format!("HTTP/1.1 {} {}\r\n", response["status"], text(&response["reason"]));
    for (name, value) in response["headers"].as_object().unwrap() {
        if name == "Content-Length" {
            assert_eq!(text(value), body.len().to_string());
        } else {
            head.extend([name, ": ", text(value), "\r\n"]);
        }
    }
    [format!("{head}Content-Length: {}\r\n\r\n", body.len()).as_bytes(), &body].concat()
}

#[cfg(not(feature = "reqwest"))]
async fn file_08(_: Case) {}

/// The client requests only encodings that it can decode, and decodes all of them.
#[cfg(feature = "reqwest")]
async fn file_08(case: Case) {
    let expected: Vec<Item> = serde_json::from_str(text(&case.given["plain"]["body"])).unwrap();
    assert_eq!(expected.len(), 3);
    let mut readable = vec!["plain"];
    readable.extend(cfg!(feature = "gzip").then_some("gzip"));
    readable.extend(cfg!(feature = "brotli").then_some("br"));
    let (base, requests) = crate::loopback::server(readable.iter().map(|name| bytes(&case.given[*name]))).await;
    let client = Client::new(base).unwrap();
    for name in &readable {
        assert_eq!(client.send(Compressed { count: Some(3) }).await.unwrap(), expected, "{name}");
    }
    // Without decoders, the client asks for uncompressed responses.
    let expected = if readable.len() == 1 { vec!["identity"] } else { readable.split_off(1) };
    for request in requests.await.unwrap() {
        let asked = request.lines().find_map(|line| line.strip_prefix("accept-encoding: ")).unwrap_or_default();
        let asked: Vec<&str> = asked.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        assert_eq!(asked, expected);
    }
}

#[cfg(feature = "cache")]
fn cached(replies: impl IntoIterator<Item = HttpReply>) -> (Client, ScriptedTransport) {
    let server = ScriptedTransport::new(replies);
    let cache = evo_runtime::Cache::new(10_000);
    let client = Client::builder("https://h").transport(server.clone()).cache(cache).build().unwrap();
    (client, server)
}

/// Creates a response of the table that must be revalidated.
#[cfg(feature = "cache")]
fn stale(response: &Value) -> HttpReply {
    case::reply(response).with_header("age", "600")
}

#[cfg(feature = "cache")]
fn condition(server: &ScriptedTransport, request: usize, name: &str) -> Option<String> {
    server.requests()[request].headers().get(name).map(|value| value.to_str().unwrap().to_owned())
}

#[cfg(not(feature = "cache"))]
async fn file_09(_: Case) {}

#[cfg(feature = "cache")]
async fn file_09(case: Case) {
    let tagged = || Tagged { id: Some(4) };
    let stored: Item = serde_json::from_str(text(&case.given["first"]["body"])).unwrap();
    let not_modified = stale(&case.given["conditional"]["response"]);
    let other = HttpReply::of(200, "application/json", r#"{"id":4,"text":"other"}"#).with_header("etag", "\"other\"");
    let (client, server) = cached([stale(&case.given["first"]), not_modified, other]);
    assert_eq!(client.send(tagged()).await.unwrap(), stored);
    assert_eq!(client.send(tagged()).await.unwrap(), stored, "304");
    assert_eq!(client.send(tagged()).await.unwrap().text.as_deref(), Some("other"), "200 replaces it");
    let etag = case.given["first"]["headers"]["ETag"].as_str().map(str::to_owned);
    let asked = [0, 1, 2].map(|request| condition(&server, request, "if-none-match"));
    assert_eq!(asked, [None, etag.clone(), etag]);

    let (client, _) = cached([case::reply(&case.given["conditional"]["response"])]);
    assert_eq!(
        client.send(tagged()).await.unwrap_err().status().map(|status| status.as_u16()),
        Some(304),
        "without a stored value"
    );
}

#[cfg(not(feature = "cache"))]
async fn file_10(_: Case) {}

#[cfg(feature = "cache")]
async fn file_10(case: Case) {
    let item = Item { id: 2, text: Some("cached".to_owned()) };
    // It is fresh for 30 seconds, so it is requested once.
    let (client, server) = cached([case::reply(&case.given["cached"])]);
    assert_eq!(client.send(Tagged { id: Some(2) }).await.unwrap(), item);
    assert_eq!(client.send(Tagged { id: Some(2) }).await.unwrap(), item);
    assert_eq!(server.requests().len(), 1);

    // It is no longer fresh, so it is revalidated by its date.
    let (client, server) = cached([stale(&case.given["cached"]), case::reply(&case.given["dated"]["response"])]);
    for _ in 0..2 {
        assert_eq!(client.send(Tagged { id: Some(2) }).await.unwrap(), item);
    }
    let date = case.given["cached"]["headers"]["Last-Modified"].as_str().map(str::to_owned);
    assert_eq!(condition(&server, 1, "if-modified-since"), date);
    assert!(server.requests().iter().all(|request| request.method() == Method::GET), "HEAD never asks for freshness");
}

async fn file_12(case: Case) {
    let item = Item { id: 7, text: Some("t".to_owned()) };
    let responses = items(&case.given["responses"]);
    assert_eq!(responses.len(), items(&case.expect["results"]).len());
    for response in responses {
        let (client, _) = case::client(&[evo_runtime::Address::Api], [case::reply(response)]);
        let location = response["headers"]["Location"].as_str();
        match client.call(Tagged::default()).send_response().await {
            Ok(answered) => {
                let expected = if answered.status() == 204 { Item::default() } else { item.clone() };
                let found = answered.headers().get("Location").map(|location| location.to_str().unwrap());
                assert_eq!((found, answered.body()), (location, &expected), "{response}");
                assert_eq!(u64::from(answered.status().as_u16()), response["status"].as_u64().unwrap());
            }
            Err(error) => {
                assert_eq!(
                    (error.kind(), error.status().map(|status| status.as_u16())),
                    (ErrorKind::Redirect, Some(303)),
                    "{response}"
                );
                assert_eq!(error.headers().unwrap()["location"].to_str().ok(), location);
            }
        }
    }
}
