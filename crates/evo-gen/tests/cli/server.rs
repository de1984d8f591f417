//! A service on the loopback interface that serves documents.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

/// Serves `requests` requests: `document` at `/types/metadata.json`, and 404 for other paths. Returns the base URL.
pub fn serve(document: &str, requests: usize) -> String {
    listen("127.0.0.1:0", document, None, requests)
}

/// Serves a host that also has facts.
pub fn serve_with_facts(document: &str, facts: &str, requests: usize) -> String {
    listen("127.0.0.1:0", document, Some(facts), requests)
}

/// Serves at a URL that was served before.
pub fn serve_at(url: &str, document: &str, requests: usize) {
    listen(url.trim_start_matches("http://"), document, None, requests);
}

fn listen(address: &str, document: &str, facts: Option<&str>, requests: usize) -> String {
    let listener = TcpListener::bind(address).unwrap();
    let address = listener.local_addr().unwrap();
    let (document, facts) = (document.to_owned(), facts.map(str::to_owned));
    std::thread::spawn(move || {
        for _ in 0..requests {
            let Ok((mut stream, _)) = listener.accept() else { return };
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let request = lines.next().unwrap().unwrap();
            while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
            let body = match &facts {
                _ if request.starts_with("GET /types/metadata.json") => Some(&document),
                Some(facts) if request.starts_with("GET /metadata/app.json") => Some(facts),
                _ => None,
            };
            let status = if body.is_some() { "200 OK" } else { "404 Not Found" };
            let body = body.map_or("", String::as_str);
            let head = format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\n");
            let _ = write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len());
        }
    });
    format!("http://{address}")
}
