//! A client that sends requests verbatim.

use std::io::Write as _;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Sends a request over a new connection with these headers, and returns the head and the body of the response.
pub async fn request(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(String, String)],
    body: &[u8],
) -> (String, Vec<u8>) {
    let mut text = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
    let header =
        |name: &str| headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str());
    for (name, value) in headers {
        if !["host", "connection", "content-length"].contains(&name.to_ascii_lowercase().as_str()) {
            text.extend([name.as_str(), ": ", value.as_str(), "\r\n"]);
        }
    }
    // The recordings state which responses were compressed.
    let plain = body.strip_prefix(b"(gzip of) ").filter(|_| header("content-encoding") == Some("gzip"));
    let body = plain.map_or_else(|| body.to_vec(), compress);
    let mut bytes = if header("transfer-encoding").is_some() {
        let mut bytes = format!("{text}\r\n{:x}\r\n", body.len()).into_bytes();
        bytes.extend(&body);
        bytes.extend(b"\r\n0\r\n\r\n");
        bytes
    } else if body.is_empty() && method == "GET" {
        format!("{text}\r\n").into_bytes()
    } else {
        let mut bytes = format!("{text}Content-Length: {}\r\n\r\n", body.len()).into_bytes();
        bytes.extend(&body);
        bytes
    };
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(&std::mem::take(&mut bytes)).await.unwrap();
    let mut answer = Vec::new();
    // After its response, the server may reset the connection.
    let _ = stream.read_to_end(&mut answer).await;
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or(answer.len());
    let body = answer.get(end + 4..).unwrap_or_default().to_vec();
    (String::from_utf8_lossy(&answer[..end]).into_owned(), body)
}

fn compress(body: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}
