//! Measures the memory of a streamed download of 1 GiB: `cargo bench -p evo-runtime --bench download`.
//!
//! The server generates the bytes while it sends them, in the same process. The result is the peak resident memory of the whole process
//! (`VmHWM` in `/proc/self/status`), before the download and after each quarter; it is available only on Linux.

#![allow(clippy::expect_used, reason = "a benchmark fails by panicking")]

use std::time::Instant;

use evo_runtime::{Client, Download, operation, record};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The size of a warm-up download, after which buffers are already allocated.
const WARM_UP: u64 = 16 << 20;

/// The size of the measured download in bytes.
const SIZE: u64 = 1 << 30;

/// The limit for additional memory in KiB.
const FLAT: u64 = 8 * 1024;

#[derive(Debug, Clone, PartialEq, Default)]
struct ReadFile {
    bytes: u64,
}
record!(ReadFile { bytes: "Bytes" });
operation!(ReadFile: GET => raw Download);

/// Sends the requested number of bytes; runs on its own thread until the process ends.
fn serve() -> String {
    let (address, of_server) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async move {
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
            address.send(listener.local_addr().expect("an address")).expect("the main thread waits");
            while let Ok((connection, _)) = listener.accept().await {
                send_file(connection).await;
            }
        });
    });
    format!("http://{}", of_server.recv().expect("the server starts"))
}

async fn send_file(mut connection: TcpStream) {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        assert_ne!(connection.read_buf(&mut request).await.expect("a request"), 0, "the request broke off");
    }
    let request = String::from_utf8_lossy(&request);
    let asked = request.split_once("?bytes=").and_then(|(_, rest)| rest.split(' ').next()?.parse().ok());
    let mut left: u64 = asked.expect("a number of bytes");
    let head = format!(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/octet-stream\r\nContent-Length: {left}\r\n\r\n"
    );
    connection.write_all(head.as_bytes()).await.expect("the client reads");
    let piece: Vec<u8> = (0..=255).cycle().take(64 * 1024).collect();
    while left > 0 {
        connection.write_all(&piece).await.expect("the client reads");
        left = left.saturating_sub(piece.len() as u64);
    }
}

/// Returns the peak resident memory so far, in KiB.
fn highest_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}

fn shown(memory: Option<u64>) -> String {
    memory.map_or_else(|| "not known".to_owned(), |kib| format!("{kib} KiB"))
}

/// Downloads the bytes and calls `at_quarter` after each quarter.
async fn download(client: &Client, size: u64, mut at_quarter: impl FnMut(u64)) {
    let mut file = client.download(ReadFile { bytes: size }).send().await.expect("a response");
    let (mut received, mut quarters) = (0, 0);
    while let Some(piece) = file.chunk().await.expect("a piece") {
        received += piece.len() as u64;
        while received >= size / 4 * (quarters + 1) && quarters < 4 {
            quarters += 1;
            at_quarter(received);
        }
    }
    assert_eq!(received, size, "the whole file");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let client = Client::new(serve()).expect("a client");
    download(&client, WARM_UP, |_| {}).await;
    let before = highest_memory();
    println!("before: {}", shown(before));
    let start = Instant::now();
    download(&client, SIZE, |received| println!("{:4} MiB: {}", received >> 20, shown(highest_memory()))).await;
    let taken = start.elapsed();
    #[expect(clippy::cast_precision_loss, reason = "a size for people")]
    let speed = SIZE as f64 / 1e6 / taken.as_secs_f64();
    println!("{SIZE} bytes in {taken:.1?}, {speed:.0} MB/s");
    if let (Some(before), Some(after)) = (before, highest_memory()) {
        let more = after.saturating_sub(before);
        println!("{more} KiB more than before");
        assert!(more <= FLAT, "memory is not flat: {more} KiB more than before");
    }
}
