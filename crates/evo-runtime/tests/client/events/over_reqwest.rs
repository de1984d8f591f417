//! A subscription over reqwest to a local server.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use evo_runtime::Client;
use evo_runtime::events::{Event, Events};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// A server that responds to heartbeats, and whose streams stay open until they are cut.
struct Server {
    base: String,
    requests: Arc<Mutex<Vec<String>>>,
    cut: watch::Sender<u32>,
}

/// The state that the connections of the server share.
#[derive(Clone)]
struct Shared {
    requests: Arc<Mutex<Vec<String>>>,
    beats: Arc<watch::Sender<u32>>,
    cut: watch::Receiver<u32>,
}

async fn server() -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let requests = Arc::new(Mutex::new(Vec::new()));
    let (cut, cut_receiver) = watch::channel(0);
    let shared = Shared { requests: Arc::clone(&requests), beats: Arc::new(watch::channel(0).0), cut: cut_receiver };
    tokio::spawn(async move {
        loop {
            let (connection, _) = listener.accept().await.unwrap();
            tokio::spawn(serve(connection, shared.clone()));
        }
    });
    Server { base, requests, cut }
}

/// Responds to one request and closes the connection.
async fn serve(mut connection: TcpStream, mut shared: Shared) {
    let request = request(&mut connection).await;
    let mut streams = 0;
    {
        let mut requests = shared.requests.lock().unwrap();
        requests.push(request.clone());
        streams += requests.iter().filter(|request| request.starts_with("GET /event-stream")).count();
    }
    if !request.starts_with("GET /event-stream") {
        if request.starts_with("POST /event-heartbeat") {
            shared.beats.send_modify(|count| *count += 1);
        }
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
        let _ = connection.write_all(answer.as_bytes()).await;
        return;
    }
    let connect = format!(
        "id: 1\ndata: cmd.onConnect {{\"channels\":\"home\",\"id\":\"S{streams}\",\"heartbeatUrl\":\"http://inside/event-heartbeat?id=S{streams}\",\
         \"unRegisterUrl\":\"http://inside/event-unregister?id=S{streams}\",\"heartbeatIntervalMs\":\"150\",\"idleTimeoutMs\":\"5000\"}}\n\n"
    );
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n";
    let _ = connection.write_all(head.as_bytes()).await;
    let _ = chunk(&mut connection, &connect).await;
    let _ = chunk(&mut connection, "id: 2\ndata: home@cmd.ChatMessage {\"text\":\"").await;
    let _ = chunk(&mut connection, "☃\"}\n\n").await;
    let mut beats = shared.beats.subscribe();
    shared.cut.mark_unchanged();
    loop {
        tokio::select! {
            _ = shared.cut.changed() => return,
            _ = beats.changed() => {
                if chunk(&mut connection, "id: 3\ndata: cmd.onHeartbeat {}\n\n").await.is_err() {
                    return;
                }
            }
        }
    }
}

async fn chunk(connection: &mut TcpStream, text: &str) -> std::io::Result<()> {
    connection.write_all(format!("{:x}\r\n{text}\r\n", text.len()).as_bytes()).await?;
    connection.flush().await
}

/// Reads a request with its complete body.
async fn request(connection: &mut TcpStream) -> String {
    let mut request = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&request).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length =
                head.to_lowercase().split("content-length: ").nth(1).and_then(|rest| rest.lines().next()?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        let mut buffer = [0; 4096];
        let count = connection.read(&mut buffer).await.unwrap();
        assert_ne!(count, 0, "the request broke off: {text:?}");
        request.extend_from_slice(&buffer[..count]);
    }
}

/// Returns the next event. Fails the test if the stream is silent for ten seconds.
async fn next(events: &mut Events) -> Event {
    tokio::time::timeout(Duration::from_secs(10), events.next()).await.unwrap().unwrap().unwrap()
}

#[tokio::test]
async fn a_subscription_lives_through_a_lost_connection() {
    let server = server().await;
    let client = Client::new(&server.base).unwrap();
    let mut events = client.events(["home"]).connect().await.unwrap();
    for id in ["S1", "S2"] {
        let event = next(&mut events).await;
        assert!(matches!(&event, Event::Connected { connection, .. } if connection.id == id), "{event:?}");
        let event = next(&mut events).await;
        assert!(matches!(&event, Event::Message(message) if message.body() == r#"{"text":"☃"}"#), "{event:?}");
        for _ in 0..2 {
            let event = next(&mut events).await;
            assert!(matches!(event, Event::Heartbeat { .. }), "{event:?}");
        }
        if id == "S1" {
            server.cut.send_modify(|count| *count += 1);
            loop {
                match next(&mut events).await {
                    Event::Heartbeat { .. } => {}
                    Event::Reconnecting { failures: 1, wait: Duration::ZERO, .. } => break,
                    other => panic!("{other:?}"),
                }
            }
        }
    }
    events.subscription().update(["third"], ["home"]).await.unwrap();
    events.stop().await;

    let requests = server.requests.lock().unwrap().clone();
    let lines: Vec<&str> = requests.iter().map(|request| request.lines().next().unwrap()).collect();
    assert_eq!(lines[0], "GET /event-stream?channels=home HTTP/1.1");
    assert!(requests[0].to_lowercase().contains("\r\naccept: text/event-stream\r\n"), "{}", requests[0]);
    assert_eq!(lines.iter().filter(|line| line.starts_with("GET /event-stream")).count(), 2, "{lines:?}");
    for id in ["S1", "S2"] {
        let beat = format!("POST /event-heartbeat?id={id} HTTP/1.1");
        let beats: Vec<&String> = requests.iter().filter(|request| request.starts_with(&beat)).collect();
        assert!(beats.len() >= 2, "{lines:?}");
        for beat in beats {
            let head = beat.to_lowercase();
            assert_eq!(head.matches("content-length: 0\r\n").count(), 1, "{beat}");
            assert!(!head.contains("transfer-encoding"), "{beat}");
        }
    }
    assert_eq!(
        lines[lines.len() - 2..],
        ["POST /api/UpdateEventSubscriber HTTP/1.1", "POST /event-unregister?id=S2 HTTP/1.1"]
    );
    assert!(requests[requests.len() - 1].to_lowercase().contains("\r\ncontent-length: 0\r\n"), "{requests:?}");
}

#[tokio::test]
async fn a_dropped_subscription_is_unregistered() {
    let server = server().await;
    drop(Client::new(&server.base).unwrap().events(["home"]).connect().await.unwrap());
    for _ in 0..200 {
        if server.requests.lock().unwrap().iter().any(|request| request.starts_with("POST /event-unregister?id=S1 ")) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the server was not told: {:?}", server.requests.lock().unwrap());
}

#[tokio::test]
async fn a_short_timeout_does_not_end_a_quiet_stream() {
    let server = server().await;
    let client = Client::builder(&server.base).timeout(Duration::from_millis(600)).build().unwrap();
    let mut events = client.events(["home"]).connect().await.unwrap();
    let mut heartbeats = 0;
    while heartbeats < 10 {
        match next(&mut events).await {
            Event::Heartbeat { .. } => heartbeats += 1,
            Event::Reconnecting { error, .. } => panic!("{error}"),
            _ => {}
        }
    }
}
