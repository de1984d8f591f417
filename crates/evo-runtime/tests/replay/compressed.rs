//! Compressed responses over a local socket, which the transport decompresses.

use std::io::{Read, Write};
use std::net::TcpListener;

use evo_runtime::Client;

use crate::find::Host;
use crate::recordings::{self, Exchange, header};
use crate::replaying;

/// The encodings that clients accept.
const KNOWN: [&str; 2] = ["gzip", "br"];

#[tokio::test]
async fn compressed_responses_are_decoded() {
    let host = Host::new("http");
    let (mut unpacked, mut compressed) = (0, 0);
    for recording in recordings::of_repository("http") {
        for exchange in &recording.exchanges {
            let Some(encoding) = header(&exchange.response.headers, "content-encoding") else { continue };
            compressed += 1;
            if !KNOWN.contains(&encoding) {
                continue;
            }
            let target = host.find(&exchange.request);
            let (client, server) = answering(exchange);
            let answer = replaying::take(&client, &target).await;
            server.join().expect("a server");
            let plain = format!("encoding None {}", exchange.request.path);
            let plain = recording.exchanges.iter().find(|known| known.id == plain).expect("the same without");
            let expected = replaying::replay(&host, &target, plain).await.answer;
            let [answer, expected] = [answer, expected].map(|answer| answer.map(|answer| answer.shown));
            let name = format!("{}#{}", recording.name, exchange.id);
            assert_eq!(answer.map_err(|e| e.to_string()), expected.map_err(|e| e.to_string()), "{name}");
            unpacked += 1;
        }
    }
    let _ = writeln!(std::io::stdout(), "unpacked: {unpacked} of {compressed} answers");
    assert_eq!((unpacked, compressed), (27, 36), "unpacked of compressed; clients do not ask for deflate");
}

/// Creates a client of a server that responds once.
fn answering(exchange: &Exchange) -> (Client, std::thread::JoinHandle<()>) {
    let response = &exchange.response;
    let mut bytes = format!("HTTP/1.1 {} {}\r\n", response.status, response.reason).into_bytes();
    for (name, value) in &response.headers {
        if !["transfer-encoding", "content-length"].iter().any(|framing| name.eq_ignore_ascii_case(framing)) {
            bytes.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        }
    }
    let length = response.body.len();
    bytes.extend_from_slice(format!("Content-Length: {length}\r\nConnection: close\r\n\r\n").as_bytes());
    bytes.extend_from_slice(&response.body);

    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let server = std::thread::spawn(move || {
        let (mut connection, _) = listener.accept().expect("a connection");
        let (mut asked, mut chunk) = (Vec::new(), [0; 1024]);
        while !asked.windows(4).any(|end| end == b"\r\n\r\n") {
            let count = connection.read(&mut chunk).expect("a request");
            asked.extend_from_slice(&chunk[..count]);
        }
        connection.write_all(&bytes).expect("a client that listens");
    });
    (Client::new(format!("http://{address}")).expect("a client"), server)
}
