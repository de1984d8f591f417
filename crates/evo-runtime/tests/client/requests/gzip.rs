//! Compressed request bodies.

use std::io::Read as _;

use evo_runtime::http::Request;
use evo_runtime::transport::{Body, HttpReply, ScriptedTransport};
use evo_runtime::{Client, operation, record};

#[derive(Debug, Clone, PartialEq, Default)]
struct SaveText {
    text: Option<String>,
}
record!(SaveText { text: "Text" });
operation!(SaveText: POST => ());

/// Returns the encoding of a body, and the decoded body.
fn decoded(request: &Request<Body>) -> (Option<&str>, String) {
    let encoding = request.headers().get("content-encoding").map(|value| value.to_str().unwrap());
    let (body, mut text) = (request.body().as_bytes().unwrap(), String::new());
    match encoding {
        Some(_) => flate2::read::GzDecoder::new(body).read_to_string(&mut text).unwrap(),
        None => (&*body).read_to_string(&mut text).unwrap(),
    };
    (encoding, text)
}

#[tokio::test]
async fn large_bodies_are_compressed_on_request() {
    let server = ScriptedTransport::new((0..4).map(|_| HttpReply::of(204, "", "")));
    let builder = || Client::builder("https://h").transport(server.clone());
    let (plain, gzip) = (builder().build().unwrap(), builder().compress_requests(true).build().unwrap());
    let text = |length| SaveText { text: Some("a".repeat(length)) };
    let body = |length| format!(r#"{{"text":"{}"}}"#, "a".repeat(length));
    plain.send(text(5000)).await.unwrap();
    gzip.send(text(5000)).await.unwrap();
    gzip.send(text(500)).await.unwrap();
    plain.call(text(5000)).compress(true).send().await.unwrap();
    let requests = server.requests();
    assert_eq!(
        requests.iter().map(decoded).collect::<Vec<_>>(),
        [(None, body(5000)), (Some("gzip"), body(5000)), (None, body(500)), (Some("gzip"), body(5000))]
    );
    assert!(requests[1].body().as_bytes().unwrap().len() < 200);
    let prepared = gzip.call(text(5000)).prepare().unwrap();
    assert_eq!(prepared.body().as_bytes(), Some(body(5000).as_bytes()), "what is looked at is not compressed");
}
