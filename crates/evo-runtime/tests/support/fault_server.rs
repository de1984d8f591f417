//! A local server with scripted failures.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that panics fails its test")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

/// The maximum duration of a connection, which is longer than any test waits.
const LONGEST: Duration = Duration::from_secs(30);

/// The time that a request waits for other requests, to be answered together.
const GATHERING: Duration = Duration::from_secs(1);

/// A step of the server after a request. After the last step, it closes the connection properly.
#[derive(Debug, Clone)]
pub enum Step {
    /// Sends bytes.
    Send(Vec<u8>),
    /// Sends bytes one by one, with a pause before each.
    Dribble(Vec<u8>, Duration),
    /// Sends the same bytes repeatedly until the client disconnects.
    Forever(Vec<u8>),
    /// Sends nothing more until the client disconnects.
    Stall,
    /// Ends the connection with a reset.
    Reset,
}

/// A server that fails depending on the query: `text=7` runs script 7, and any other text is echoed in a valid response.
pub struct FaultServer {
    /// The base URL.
    pub base: String,
    state: Arc<State>,
    task: JoinHandle<()>,
}

struct State {
    scripts: Vec<Vec<Step>>,
    /// The number of requests for each script.
    asked: Vec<AtomicUsize>,
    open: AtomicUsize,
    arrived: AtomicUsize,
    /// The number of requests before the first one gets a response.
    gathered: usize,
    gate: Semaphore,
}

impl FaultServer {
    /// Starts a server that waits for this number of requests, or for one second, before it responds.
    pub async fn start(scripts: impl IntoIterator<Item = Vec<Step>>, gathered: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let scripts: Vec<_> = scripts.into_iter().collect();
        let state = Arc::new(State {
            asked: scripts.iter().map(|_| AtomicUsize::new(0)).collect(),
            scripts,
            open: AtomicUsize::new(0),
            arrived: AtomicUsize::new(0),
            gathered,
            gate: Semaphore::new(0),
        });
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let state = Arc::clone(&shared);
                state.open.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(async move {
                    // Errors of the connection are caused by the client.
                    let _ = timeout(LONGEST, state.serve(connection)).await;
                    state.open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Self { base, state, task }
    }

    /// The number of requests for each script.
    pub fn asked(&self) -> Vec<usize> {
        self.state.asked.iter().map(|count| count.load(Ordering::SeqCst)).collect()
    }

    /// Returns the number of connections that are still open after a short wait.
    pub async fn left_open(&self) -> usize {
        for _ in 0..500 {
            if self.state.open.load(Ordering::SeqCst) == 0 {
                break;
            }
            sleep(Duration::from_millis(10)).await;
        }
        self.state.open.load(Ordering::SeqCst)
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl State {
    async fn serve(&self, mut connection: TcpStream) -> std::io::Result<()> {
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            let mut buffer = [0; 1024];
            match connection.read(&mut buffer).await? {
                0 => return Ok(()),
                count => request.extend_from_slice(&buffer[..count]),
            }
        }
        if self.arrived.fetch_add(1, Ordering::SeqCst) + 1 >= self.gathered {
            self.gate.close();
        }
        let _ = timeout(GATHERING, self.gate.acquire()).await;

        let text = text_of(&request);
        let healthy = [Step::Send(healthy(&text))];
        let index = text.parse().ok().filter(|index: &usize| *index < self.scripts.len());
        let script = match index {
            Some(index) => {
                self.asked[index].fetch_add(1, Ordering::SeqCst);
                &self.scripts[index][..]
            }
            None => &healthy,
        };
        for step in script {
            match step {
                Step::Send(bytes) => connection.write_all(bytes).await?,
                Step::Dribble(bytes, pause) => {
                    for byte in bytes.chunks(1) {
                        sleep(*pause).await;
                        connection.write_all(byte).await?;
                    }
                }
                Step::Forever(bytes) => loop {
                    connection.write_all(bytes).await?;
                },
                Step::Stall => return until_left(&mut connection).await,
                Step::Reset => return connection.set_zero_linger(),
            }
        }
        connection.shutdown().await?;
        until_left(&mut connection).await
    }
}

/// Reads until the client has disconnected.
async fn until_left(connection: &mut TcpStream) -> std::io::Result<()> {
    while connection.read(&mut [0; 1024]).await? > 0 {}
    Ok(())
}

/// Returns `a` for `GET /api/ReadNote?text=a HTTP/1.1`.
fn text_of(request: &[u8]) -> String {
    let request = String::from_utf8_lossy(request);
    let text = request.split_once("?text=").map_or("", |(_, rest)| rest);
    text.split([' ', '&']).next().unwrap_or_default().to_owned()
}

fn healthy(text: &str) -> Vec<u8> {
    let body = format!("{{\"text\":\"{text}\"}}");
    let head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json";
    format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}
