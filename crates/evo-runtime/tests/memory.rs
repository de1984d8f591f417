//! Compressed bodies that expand a lot: limits apply to the decompressed size, and little memory is used.
//!
//! This test needs a separate process, because it measures the memory of the whole process.
#![cfg(all(feature = "reqwest", any(feature = "gzip", feature = "brotli")))]
#![cfg_attr(
    all(feature = "reqwest", any(feature = "gzip", feature = "brotli")),
    expect(clippy::unwrap_used, reason = "a helper that panics fails its test")
)]

#[path = "support/fault_server.rs"]
#[allow(dead_code, reason = "these servers fail in one way")]
mod fault_server;
#[path = "support/notes.rs"]
mod notes;

use std::time::Duration;

use evo_runtime::{Client, Error, ErrorKind, Retry};
use fault_server::{FaultServer, Step};
use notes::{Note, ReadFile, ReadNote};
use tokio::time::timeout;

/// The time limit for a call that must not hang.
const HANGS: Duration = Duration::from_secs(30);

/// The maximum size of a response in bytes.
const LIMIT: usize = 256 * 1024;

/// The maximum growth of the memory of this process during the test.
const MOST_MEMORY: u64 = 64 * 1024 * 1024;

/// An endless compressed body: its beginning, and the unit that is repeated.
struct Bomb {
    encoding: &'static str,
    beginning: Vec<u8>,
    unit: Vec<u8>,
}

impl Bomb {
    fn answer(&self, status: &str) -> Vec<Step> {
        let head = format!(
            "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Encoding: {}\r\n\r\n",
            self.encoding
        );
        // Writes several units at once, since single writes would take longer than decompression.
        let units = self.unit.repeat(64);
        vec![Step::Send([head.as_bytes(), &self.beginning].concat()), Step::Forever(units)]
    }
}

/// Endless spaces, compressed by a factor of a thousand. After a full flush, a block can be repeated.
#[cfg(feature = "gzip")]
fn gzip() -> Bomb {
    use flate2::{Compress, Compression, FlushCompress};

    let mut unit = Vec::with_capacity(64 * 1024);
    let mut deflate = Compress::new(Compression::fast(), false);
    deflate.compress_vec(&vec![b' '; 1 << 20], &mut unit, FlushCompress::Full).unwrap();
    assert!(unit.len() < 16 * 1024 && unit.ends_with(&[0, 0, 0xff, 0xff]), "{}", unit.len());
    Bomb { encoding: "gzip", beginning: vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3], unit }
}

/// Endless spaces, compressed by a factor of a million. A unit has eight blocks of 16 MiB, so that it ends at a byte boundary.
#[cfg(feature = "brotli")]
fn brotli() -> Bomb {
    const BEGINNING: &str = "cfffff7f002440e2b14072";
    const UNIT: &str = "effff9ffff0f8004401c1680eefd3fffffff01900088c302d0bdffe7ffff3f001200715800baf7fffcffff074002200e0b40\
                        f7fe9fffffff004800c46101e8defff3ffff1f000980382c00ddfb7ffeffff032001108705a07bffcfffff7f002400e2b00074";
    let bytes = |hex: &str| {
        let pairs = hex.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).unwrap());
        pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
    };
    Bomb { encoding: "br", beginning: bytes(BEGINNING), unit: bytes(UNIT) }
}

fn bombs() -> Vec<Bomb> {
    vec![
        #[cfg(feature = "gzip")]
        gzip(),
        #[cfg(feature = "brotli")]
        brotli(),
    ]
}

fn client(server: &FaultServer) -> Client {
    Client::builder(&server.base).retry(Retry::never()).body_limit(LIMIT).build().unwrap()
}

/// Makes the call for the script with this number.
async fn read(client: &Client, script: usize) -> Result<Note, Error> {
    timeout(HANGS, client.send(ReadNote { text: Some(script.to_string()) })).await.unwrap()
}

fn download(client: &Client, script: usize) -> evo_runtime::files::DownloadCall<ReadFile> {
    client.download(ReadFile { text: Some(script.to_string()) })
}

/// Returns the peak memory of this process in bytes, if it is known.
fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default() * 1024
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn limits_apply_to_decompressed_bodies() {
    let before = most_memory();
    for bomb in bombs() {
        let scripts = ["200 OK", "500 Internal Server Error"].map(|status| bomb.answer(status));
        let server = FaultServer::start(scripts, 0).await;
        let client = client(&server);
        let name = bomb.encoding;

        let error = read(&client, 0).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.status().map(|status| status.as_u16())),
            (ErrorKind::TooLarge, Some(200)),
            "{name}: {error}"
        );
        assert!(error.body().len() <= 64 * 1024, "{name}: {}", error.body().len());

        let error = read(&client, 1).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.status().map(|status| status.as_u16())),
            (ErrorKind::Service, Some(500)),
            "{name}: {error}"
        );
        assert!(error.body().len() <= 64 * 1024, "{name}: {}", error.body().len());

        let limited = async { download(&client, 0).limit(LIMIT as u64).send().await?.bytes().await };
        let error = timeout(HANGS, limited).await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge, "{name}: {error}");

        // Without a limit the caller decides when to stop; received data is not kept.
        let mut endless = timeout(HANGS, download(&client, 0).send()).await.unwrap().unwrap();
        let mut total = 0;
        while total < 16 * 1024 * 1024 {
            let chunk = timeout(HANGS, endless.chunk()).await.unwrap().unwrap().unwrap();
            assert!(chunk.len() <= 1024 * 1024 && chunk.iter().all(|byte| *byte == b' '), "{name}: {}", chunk.len());
            total += chunk.len();
        }
        drop(endless);

        // The client still works.
        let note = timeout(HANGS, client.send(ReadNote { text: Some("fine".to_owned()) })).await.unwrap().unwrap();
        assert_eq!(note.text.as_deref(), Some("fine"), "{name}");
        assert_eq!(server.left_open().await, 0, "{name}: connections are left open");
    }
    let grown = most_memory() - before;
    assert!(grown < MOST_MEMORY, "the memory grew by {grown} bytes");
}

#[tokio::test]
async fn the_size_limit_applies_to_the_decompressed_body() {
    for bomb in bombs() {
        // The body is truncated. The size limit is exceeded before the truncation is noticed.
        let mut body = bomb.beginning.clone();
        body.extend(bomb.unit.repeat(4));
        let head = format!(
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Encoding: {}\r\nContent-Length: {}\r\n\r\n",
            bomb.encoding,
            body.len()
        );
        assert!(body.len() < LIMIT / 4, "{}: {}", bomb.encoding, body.len());
        let server = FaultServer::start([vec![Step::Send([head.as_bytes(), &body].concat())]], 0).await;
        let error = read(&client(&server), 0).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge, "{}: {error}", bomb.encoding);
    }
}
