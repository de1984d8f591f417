//! A call over the loopback interface, compared with the same request through plain reqwest and `serde_json`:
//! `cargo bench -p evo-runtime --bench loopback`.
//!
//! Both sides send the same bytes over a persistent connection with the same reqwest settings, check the same things (status, content type,
//! length), and decode the same response into the same struct. Blocks of calls alternate, and so does the side that begins, so that other
//! load on the machine affects both sides equally. The ratio is the time of this crate divided by that of the plain call, as the median of
//! all pairs of blocks: less than 1 means faster.

#![allow(clippy::expect_used, reason = "a benchmark fails by panicking")]

use std::time::{Duration, Instant};

use evo_runtime::Client;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::redirect::Policy;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The number of blocks of each side.
const BLOCKS: usize = 601;

/// The number of calls in a block.
const CALLS: u32 = 25;

/// The user agent of both sides.
const USER_AGENT: &str = "loopback";

/// The timeouts of calls and connections.
const TIMES: (Duration, Duration) = (Duration::from_secs(100), Duration::from_secs(30));

/// The maximum size of a response in bytes.
const BODY_LIMIT: u64 = 64 * 1024 * 1024;

mod through_wire {
    use evo_runtime::{operation, record};

    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct FindNotes {
        pub author: String,
        pub take: i32,
    }
    record!(FindNotes { author: "Author", take: "Take" });
    operation!(FindNotes: POST => Notes);

    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct Notes {
        pub total: i32,
        pub results: Vec<Note>,
    }
    record!(Notes { total: "Total", results: "Results" });

    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct Note {
        pub id: i64,
        pub author: String,
        pub text: String,
        pub is_public: bool,
        pub stars: f64,
    }
    record!(Note { id: "Id", author: "Author", text: "Text", is_public: "IsPublic", stars: "Stars" });
}

mod by_hand {
    use serde::{Deserialize, Serialize};

    #[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    pub struct FindNotes {
        pub author: String,
        pub take: i32,
    }

    #[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    pub struct Notes {
        pub total: i32,
        pub results: Vec<Note>,
    }

    #[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    pub struct Note {
        pub id: i64,
        pub author: String,
        pub text: String,
        pub is_public: bool,
        pub stars: f64,
    }
}

fn notes(count: i32) -> by_hand::Notes {
    use by_hand::{Note, Notes};

    let note = |id: i32| Note {
        id: i64::from(id),
        author: "Alice Example".to_owned(),
        text: format!("note {id}: call \"Bob\" back after lunch"),
        is_public: id % 2 == 0,
        stars: f64::from(id) / 4.0,
    };
    Notes { total: count, results: (0..count).map(note).collect() }
}

/// Responds with the requested number of notes; runs on its own thread until the process ends.
fn serve() -> String {
    let (address, of_server) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async move {
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
            address.send(listener.local_addr().expect("an address")).expect("the main thread waits");
            while let Ok((connection, _)) = listener.accept().await {
                tokio::spawn(answer_all(connection));
            }
        });
    });
    format!("http://{}", of_server.recv().expect("the server starts"))
}

async fn answer_all(mut connection: TcpStream) {
    connection.set_nodelay(true).expect("a socket");
    let answers = [1, 50].map(|count| {
        let body = serde_json::to_string(&notes(count)).expect("texts and finite numbers");
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8";
        (format!("\"take\":{count}}}"), format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()))
    });
    let mut request = Vec::new();
    while let Ok(1..) = connection.read_buf(&mut request).await {
        if let Some((_, answer)) = answers.iter().find(|(end, _)| request.ends_with(end.as_bytes())) {
            request.clear();
            if connection.write_all(answer.as_bytes()).await.is_err() {
                return;
            }
        }
    }
}

async fn ours(client: &Client, asked: &through_wire::FindNotes) -> through_wire::Notes {
    client.send(asked.clone()).await.expect("a response")
}

async fn bare(client: &reqwest::Client, address: &str, asked: &by_hand::FindNotes) -> by_hand::Notes {
    let body = serde_json::to_vec(&asked.clone()).expect("a request");
    let request = client.post(address).header(ACCEPT, "application/json").header(CONTENT_TYPE, "application/json");
    let answer = request.body(body).send().await.expect("a response");
    assert!(answer.status().is_success());
    let content_type = answer.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    assert!(content_type.is_some_and(|content_type| content_type.starts_with("application/json")));
    assert!(answer.content_length().is_none_or(|length| length <= BODY_LIMIT));
    serde_json::from_slice(&answer.bytes().await.expect("a body")).expect("notes")
}

/// Measures a block of calls.
async fn block<T>(mut call: impl AsyncFnMut() -> T) -> Duration {
    let start = Instant::now();
    for _ in 0..CALLS {
        call().await;
    }
    start.elapsed()
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let server = serve();
    let (timeout, connect_timeout) = TIMES;
    let client = Client::builder(&server).user_agent(USER_AGENT).timeout(timeout).build().expect("a client");
    let bare_client = reqwest::Client::builder().user_agent(USER_AGENT).timeout(timeout);
    let bare_client = bare_client.connect_timeout(connect_timeout).redirect(Policy::none()).build().expect("a client");
    let address = format!("{server}/api/FindNotes");
    for count in [1, 50] {
        let author = "Alice Example".to_owned();
        let asked = through_wire::FindNotes { author: author.clone(), take: count };
        let asked_by_hand = by_hand::FindNotes { author, take: count };
        let received = ours(&client, &asked).await;
        assert_eq!(serde_json::to_value(&received).expect("JSON"), serde_json::to_value(notes(count)).expect("JSON"));
        assert_eq!(bare(&bare_client, &address, &asked_by_hand).await, notes(count));
        let mut pairs: Vec<(Duration, Duration)> = Vec::new();
        for index in 0..BLOCKS {
            let ours = || block(async || ours(&client, &asked).await);
            let bare = || block(async || bare(&bare_client, &address, &asked_by_hand).await);
            pairs.push(if index % 2 == 0 {
                (ours().await, bare().await)
            } else {
                let bare = bare().await;
                (ours().await, bare)
            });
        }
        let ratio = median(pairs.iter().map(|(ours, bare)| ours.as_secs_f64() / bare.as_secs_f64()));
        let micros = |time: &Duration| time.as_secs_f64() * 1e6 / f64::from(CALLS);
        let through_client = median(pairs.iter().map(|(ours, _)| micros(ours)));
        let bare = median(pairs.iter().map(|(_, bare)| micros(bare)));
        println!("{count:2} notes: {through_client:6.1} µs a call, bare {bare:6.1} µs, ratio {ratio:.3}");
    }
}
