//! A service on the loopback interface that answers with documents.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

/// Answers the next `requests` requests: `/types/metadata.json` with `document`, anything else with 404. Its base URL.
pub fn serve(document: &str, requests: usize) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let document = document.to_owned();
    std::thread::spawn(move || {
        for _ in 0..requests {
            let Ok((mut stream, _)) = listener.accept() else { return };
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let request = lines.next().unwrap().unwrap();
            while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
            let (status, body) = if request.starts_with("GET /types/metadata.json") {
                ("200 OK", document.as_str())
            } else {
                ("404 Not Found", "")
            };
            let head = format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\n");
            let _ = write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len());
        }
    });
    format!("http://{address}")
}
