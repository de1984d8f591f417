//! A small HTTP server on the loopback interface. It serves one request per connection and stops at the end of the test.
#![allow(dead_code, reason = "not used in every test")]

use std::fmt::Write as _;
use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// The maximum duration of a test, which may compile a program.
const LIFETIME: Duration = Duration::from_secs(600);

/// A response.
#[derive(Clone, Default)]
pub struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    delay: Duration,
    drips: usize,
}

impl Reply {
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, body: body.into(), ..Self::default() }.header("Content-Type", content_type)
    }

    pub fn json(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, "application/json", body)
    }

    pub fn redirect(location: &str) -> Self {
        Self { status: 302, ..Self::default() }.header("Location", location)
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Delays the response.
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Sends this many spaces after the body, one every 20 milliseconds.
    pub fn dripping(mut self, drips: usize) -> Self {
        self.drips = drips;
        self
    }
}

/// A running server.
pub struct Server {
    address: String,
    requests: Arc<Mutex<Vec<String>>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts a server with a reply per path and query, and 404 for all others. `{base}` in headers is replaced by its URL.
    pub fn start(replies: &[(&str, Reply)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        listener.set_nonblocking(true).expect("the listener can be polled");
        let address = listener.local_addr().expect("the listener has an address").to_string();
        let replies: Vec<(String, Reply)> =
            replies.iter().map(|(path, reply)| ((*path).to_owned(), reply.clone())).collect();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let stop = Arc::new(AtomicBool::new(false));
        let base = format!("http://{address}");
        let (log, stopped) = (Arc::clone(&requests), Arc::clone(&stop));
        let thread = std::thread::spawn(move || {
            let end = Instant::now() + LIFETIME;
            while !stopped.load(Ordering::Relaxed) && Instant::now() < end {
                match listener.accept() {
                    // Some tests close the connection early.
                    Ok((stream, _)) => drop(answer(stream, &base, &replies, &log, &stopped)),
                    Err(error) if error.kind() == ErrorKind::WouldBlock => std::thread::sleep(Duration::from_millis(2)),
                    Err(_) => break,
                }
            }
        });
        Self { address, requests, stop, thread: Some(thread) }
    }

    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    /// Returns the heads of the requests so far.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("no request failed").clone()
    }

    /// Returns the paths of the requests so far.
    pub fn paths(&self) -> Vec<String> {
        self.requests().iter().filter_map(|head| head.split(' ').nth(1)).map(str::to_owned).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn answer(
    mut stream: TcpStream,
    base: &str,
    replies: &[(String, Reply)],
    log: &Mutex<Vec<String>>,
    stopped: &AtomicBool,
) -> std::io::Result<()> {
    stream.set_nonblocking(false)?;
    stream.set_read_timeout(Some(Duration::from_secs(2)))?;
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && head.len() < 16 * 1024 {
        stream.read_exact(&mut byte)?;
        head.extend_from_slice(&byte);
    }
    let head = String::from_utf8_lossy(&head).trim_end().to_owned();
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    log.lock().expect("no request failed").push(head.clone());
    let missing = Reply::new(404, "text/plain", "nothing here");
    let reply = replies.iter().find(|(known, _)| *known == path).map_or(&missing, |(_, reply)| reply);
    pause(reply.delay, stopped);
    let mut text = format!("HTTP/1.1 {} Reply\r\nConnection: close\r\n", reply.status);
    for (name, value) in &reply.headers {
        let _ = write!(text, "{name}: {}\r\n", value.replace("{base}", base));
    }
    // `{request}` in a body is replaced by the request, like on a careless error page.
    let body = match str::from_utf8(&reply.body) {
        Ok(body) if body.contains("{request}") => body.replace("{request}", &telling_part(&head)).into_bytes(),
        _ => reply.body.clone(),
    };
    let _ = write!(text, "Content-Length: {}\r\n\r\n", body.len() + reply.drips);
    stream.write_all(text.as_bytes())?;
    stream.write_all(&body)?;
    for _ in 0..reply.drips {
        if stopped.load(Ordering::Relaxed) {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
        stream.write_all(b" ")?;
    }
    Ok(())
}

/// Returns the lines of a request that are relevant for tests.
fn telling_part(head: &str) -> String {
    let usual = ["accept:", "host:", "user-agent:"];
    let lines = head.lines().filter(|line| !usual.iter().any(|name| line.to_lowercase().starts_with(name)));
    lines.rev().collect::<Vec<_>>().join(" ")
}

fn pause(delay: Duration, stopped: &AtomicBool) {
    let end = Instant::now() + delay;
    while Instant::now() < end && !stopped.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(2));
    }
}
