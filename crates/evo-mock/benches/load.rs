//! Measures the requests per second of a mock of 10,000 operations, and its start time.
//!
//! `cargo bench -p evo-mock --bench load`
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a benchmark that cannot go on ends")]

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const OPERATIONS: usize = 10_000;
const CONNECTIONS: usize = 8;
const TIME: Duration = Duration::from_secs(5);

fn document() -> Value {
    let text = |name: &str| json!({"name": name, "type": "String", "namespace": "System"});
    let number = |name: &str| json!({"name": name, "type": "Int32", "namespace": "System", "isValueType": true});
    let operation = |index: usize| {
        let ty = json!({"name": format!("Thing{index}"), "namespace": "Load"});
        json!({
            "request": {"name": format!("GetThing{index}"), "namespace": "Load", "properties": [text("Id"), number("Version")]},
            "response": {"name": format!("Thing{index}"), "namespace": "Load",
                "properties": [text("Id"), text("Name"), number("Version"), text("Description")]},
            "actions": ["GET"], "method": "GET", "returnType": ty,
            "routes": [{"path": format!("/things{}/{{Id}}/{index}", index % 100), "verbs": "GET"}],
        })
    };
    json!({"types": [], "operations": (0..OPERATIONS).map(operation).collect::<Vec<_>>()})
}

/// Sends requests over one connection until the time is over, and returns their number.
async fn ask(address: std::net::SocketAddr, number: usize) -> usize {
    let mut stream = TcpStream::connect(address).await.expect("the mock listens");
    let (started, mut count) = (Instant::now(), 0);
    let mut answer = vec![0; 8192];
    while started.elapsed() < TIME {
        let index = (number * 7919 + count * 31) % OPERATIONS;
        let path = match count % 2 {
            0 => format!("/things{}/a{count}/{index}", index % 100),
            _ => format!("/api/GetThing{index}?id=a{count}&version=2"),
        };
        let request = format!("GET {path} HTTP/1.1\r\nHost: mock\r\nAccept: application/json\r\n\r\n");
        stream.write_all(request.as_bytes()).await.expect("the mock reads");
        let length = stream.read(&mut answer).await.expect("the mock responds");
        assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer[..length]));
        count += 1;
    }
    count
}

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("metadata.json");
    std::fs::write(&path, document().to_string()).expect("a document");
    let started = Instant::now();
    let mock = evo_mock::Mock::of(&path).start().await.expect("a mock");
    println!("a mock of {OPERATIONS} operations starts in {:?}", started.elapsed());
    let tasks: Vec<_> = (0..CONNECTIONS).map(|number| tokio::spawn(ask(mock.address(), number))).collect();
    let mut total = 0;
    for task in tasks {
        total += task.await.expect("all requests get a response");
    }
    println!("{CONNECTIONS} connections: {} requests a second", total / usize::try_from(TIME.as_secs()).unwrap_or(1));
}
