//! The transport over reqwest with a local server.

use std::time::Duration;

use evo_runtime::{Client, Download, ErrorKind, Retry, operation, record};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::loopback::server;

#[derive(Debug, Clone, PartialEq, Default)]
struct Note {
    text: Option<String>,
}
record!(Note { text: "Text" });
operation!(Note: POST => Note);

#[derive(Debug, Clone, PartialEq, Default)]
struct ReadNote {
    text: Option<String>,
}
record!(ReadNote { text: "Text" });
operation!(ReadNote: GET => Note);

#[derive(Debug, Clone, PartialEq, Default)]
struct ReadFile {}
record!(ReadFile {});
operation!(ReadFile: GET => raw Download);

/// Returns the request line, the headers sorted by name, without `Host`, `User-Agent` and `Accept-Encoding`, and the body.
fn parts(request: &str) -> (&str, Vec<&str>, &str) {
    const LEFT_OUT: [&str; 3] = ["host:", "user-agent:", "accept-encoding:"];
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let (line, headers) = head.split_once("\r\n").unwrap();
    let mut headers: Vec<&str> =
        headers.lines().filter(|header| !LEFT_OUT.iter().any(|name| header.starts_with(name))).collect();
    headers.sort_unstable();
    (line, headers, body)
}

#[tokio::test]
async fn bodies_have_a_length_and_cookies_come_back() {
    let (base, requests) = server([
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nSet-Cookie: ss-id=a; path=/\r\nSet-Cookie: ss-opt=temp; path=/\r\n\
         Transfer-Encoding: chunked\r\n\r\n8\r\n{\"text\":\r\n5\r\n\"hi\"}\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
    ])
    .await;
    let client = Client::new(base).unwrap();
    let note = Note { text: Some("ü".to_owned()) };
    assert_eq!(client.send(note).await.unwrap(), Note { text: Some("hi".to_owned()) });
    assert_eq!(client.send(ReadNote { text: Some("a b".to_owned()) }).await.unwrap(), Note::default());
    let empty = client.call(ReadNote { text: Some(String::new()) }).keep_empty_texts();
    assert_eq!(empty.send().await.unwrap(), Note::default());
    let requests = requests.await.unwrap();
    assert_eq!(
        requests.iter().map(|request| parts(request)).collect::<Vec<_>>(),
        [
            (
                "POST /base/api/Note HTTP/1.1",
                vec!["accept: application/json", "content-length: 13", "content-type: application/json"],
                "{\"text\":\"ü\"}"
            ),
            (
                "GET /base/api/ReadNote?text=a%20b HTTP/1.1",
                vec!["accept: application/json", "cookie: ss-id=a; ss-opt=temp"],
                ""
            ),
            (
                "POST /base/api/ReadNote HTTP/1.1",
                vec![
                    "accept: application/json",
                    "content-length: 11",
                    "content-type: application/json",
                    "cookie: ss-id=a; ss-opt=temp",
                    "x-http-method-override: GET"
                ],
                "{\"text\":\"\"}"
            ),
        ]
    );
}

#[tokio::test]
async fn reason_phrases_are_kept_and_redirects_not_followed() {
    let (base, requests) = server([
        "HTTP/1.1 409 Clash\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 301 Moved Permanently\r\nLocation: https://elsewhere.example.org/base\r\nContent-Length: 0\r\n\r\n",
    ])
    .await;
    let client = Client::new(base).unwrap();
    let error = client.send(ReadNote::default()).await.unwrap_err();
    assert_eq!((error.status().map(|status| status.as_u16()), error.error_code()), (Some(409), Some("Clash")));
    let error = client.send(ReadNote::default()).await.unwrap_err();
    assert_eq!((error.kind(), error.status().map(|status| status.as_u16())), (ErrorKind::Redirect, Some(301)));
    assert_eq!(requests.await.unwrap().len(), 2);
}

#[tokio::test]
async fn downloads_arrive_in_pieces() {
    let (base, requests) = server([
        "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"a b.bin\"\r\n\
         Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n",
    ])
    .await;
    let mut download = Client::new(base).unwrap().send(ReadFile {}).await.unwrap();
    assert_eq!(download.file_name().as_deref(), Some("a b.bin"));
    let mut all = Vec::new();
    while let Some(chunk) = download.chunk().await.unwrap() {
        all.extend_from_slice(&chunk);
    }
    assert_eq!(all, b"abcdefg");
    requests.await.unwrap();
}

#[tokio::test]
async fn errors_of_the_transport_are_distinguished() {
    let (base, requests) = server(["HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"te"]).await;
    let client = Client::new(base).unwrap();
    assert_eq!(client.send(ReadNote::default()).await.unwrap_err().kind(), ErrorKind::Interrupted);
    requests.await.unwrap();
    // The server has stopped.
    let error = client.send(ReadNote { text: Some("s3cret".to_owned()) }).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    assert!(!error.to_string().contains("s3cret"), "{error}");

    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", silent.local_addr().unwrap());
    let client = Client::builder(base).timeout(Duration::from_millis(100)).build().unwrap();
    assert_eq!(client.send(ReadNote::default()).await.unwrap_err().kind(), ErrorKind::Timeout);
}

#[tokio::test]
async fn a_stalled_download_times_out() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", silent.local_addr().unwrap());
    let own = || reqwest::Client::builder().pool_max_idle_per_host(0);
    let short = Duration::from_millis(100);
    let never = Retry::never();
    let hasty = Client::builder(&base).retry(never.clone()).timeout(short).build().unwrap();
    let over_own = Client::builder(&base).retry(never.clone()).timeout(short).reqwest(own()).build().unwrap();
    let patient = Client::builder(&base).retry(never).build().unwrap();
    for (name, outcome) in [
        ("the client's time", hasty.send(ReadFile {}).await),
        ("the client's time, over a reqwest client of one's own", over_own.send(ReadFile {}).await),
        ("the call's time", patient.call(ReadFile {}).timeout(short).send().await),
        ("the call's time, undecoded", patient.call(ReadNote::default()).timeout(short).send_raw().await),
    ] {
        assert_eq!(outcome.unwrap_err().kind(), ErrorKind::Timeout, "{name}");
    }
}

/// A server that never responds on the first connection. It stops once the client has closed that one, and the next ones got their responses.
async fn silent_at_first(answers: usize) -> (String, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        let (mut silent, _) = listener.accept().await.unwrap();
        for _ in 0..answers {
            let (mut connection, _) = listener.accept().await.unwrap();
            assert_ne!(connection.read(&mut [0; 1024]).await.unwrap(), 0);
            connection.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}").await.unwrap();
            connection.shutdown().await.unwrap();
        }
        let mut request = Vec::new();
        silent.read_to_end(&mut request).await.unwrap();
        assert!(request.starts_with(b"GET /api/ReadNote "));
    });
    (base, task)
}

#[tokio::test]
async fn an_attempt_that_times_out_is_retried() {
    let (base, server) = silent_at_first(1).await;
    let client = Client::builder(base).attempt_timeout(Duration::from_millis(500)).build().unwrap();
    assert_eq!(client.send(ReadNote::default()).await.unwrap(), Note::default());
    tokio::time::timeout(Duration::from_secs(10), server).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_dropped_call_ends_at_once() {
    let (base, server) = silent_at_first(0).await;
    let call = Client::new(base).unwrap().send(ReadNote::default());
    assert!(tokio::time::timeout(Duration::from_millis(200), call).await.is_err());
    tokio::time::timeout(Duration::from_secs(10), server).await.unwrap().unwrap();
}

#[tokio::test]
async fn the_timeout_of_a_call_includes_its_retries() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        for answer in ["HTTP/1.1 401 Unauthorized\r\nContent-Length: 0", "HTTP/1.1 204 No Content"] {
            let (mut connection, _) = listener.accept().await.unwrap();
            assert_ne!(connection.read(&mut [0; 1024]).await.unwrap(), 0);
            tokio::time::sleep(Duration::from_millis(700)).await;
            // The client may have closed the connection.
            let _ = connection.write_all(format!("{answer}\r\nConnection: close\r\n\r\n").as_bytes()).await;
        }
    });
    let client = Client::builder(base).timeout(Duration::from_secs(1)).on_unauthorized(|_| async { Ok(true) });
    let error = client.build().unwrap().send(ReadNote::default()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    tokio::time::timeout(Duration::from_secs(10), server).await.unwrap().unwrap();
}
