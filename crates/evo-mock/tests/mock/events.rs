//! Server Events: subscriptions, heartbeats and unregistering.

use evo_mock::{Dialect, Running};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::{call, get, mock};

/// A subscription, whose frames are read one by one.
struct Stream {
    socket: TcpStream,
    read: String,
}

impl Stream {
    async fn open(mock: &Running, channels: &str) -> Self {
        let mut socket = TcpStream::connect(mock.address()).await.unwrap();
        let request = format!("GET /event-stream?channels={channels} HTTP/1.1\r\nHost: {}\r\n\r\n", mock.address());
        socket.write_all(request.as_bytes()).await.unwrap();
        Self { socket, read: String::new() }
    }

    /// Returns the selector and the body of the next frame, or `None` at the end of the stream.
    async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            let data = self.read.find("data: ");
            if let Some((start, end)) = data.and_then(|start| Some((start, start + self.read[start..].find("\n\n")?))) {
                let (selector, body) = self.read[start + 6..end].split_once(' ').unwrap();
                let frame = (selector.to_owned(), serde_json::from_str(body).unwrap());
                self.read.drain(..end + 2);
                return Some(frame);
            }
            let mut chunk = [0; 4096];
            match self.socket.read(&mut chunk).await.unwrap() {
                0 => return None,
                length => self.read.push_str(&String::from_utf8_lossy(&chunk[..length])),
            }
            // The last chunk is empty.
            if self.read.ends_with("\r\n0\r\n\r\n") {
                return None;
            }
        }
    }
}

#[tokio::test]
async fn a_subscription_lives_from_its_stream_to_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let mock = mock(&folder).start().await.unwrap();
    let mut stream = Stream::open(&mock, "home").await;
    let (selector, connected) = stream.next().await.unwrap();
    assert_eq!((selector.as_str(), &connected["channels"]), ("cmd.onConnect", &json!("home")));
    let path = |name: &str| connected[name].as_str().unwrap().trim_start_matches(&mock.url()).to_owned();
    assert_eq!(stream.next().await.unwrap().0, "home@cmd.onJoin");

    assert_eq!(call(&mock, "POST", &path("heartbeatUrl"), &[], "").await.status, "200 OK");
    assert_eq!(stream.next().await.unwrap().0, "cmd.onHeartbeat");
    assert_eq!(mock.publish("home", "cmd.ChatMessage", &json!({"text": "hi ☃"})), 1);
    assert_eq!(mock.publish("away", "cmd.ChatMessage", &json!({})), 0);
    assert_eq!(stream.next().await.unwrap(), ("home@cmd.ChatMessage".to_owned(), json!({"text": "hi ☃"})));

    let update = r#"{"subscribeChannels":["away"]}"#;
    assert_eq!(call(&mock, "POST", &path("updateSubscriberUrl"), &[], update).await.body, "{}");
    assert_eq!(stream.next().await.unwrap().0, "home@cmd.onUpdate");
    assert_eq!(stream.next().await.unwrap().0, "away@cmd.onUpdate");
    assert_eq!(get(&mock, "/event-subscribers?channels=away").await.json()[0]["channels"], "home,away");

    assert_eq!(call(&mock, "POST", &path("unRegisterUrl"), &[], "").await.json()["displayName"], "user1");
    assert_eq!(stream.next().await, None);
}

#[tokio::test]
async fn unknown_subscriptions_and_other_verbs_are_rejected() {
    let folder = tempfile::tempdir().unwrap();
    let endpoints = mock(&folder).dialect(Dialect::Endpoints).start().await.unwrap();
    let beat = call(&endpoints, "POST", "/event-heartbeat?id=x", &[], "").await;
    assert_eq!((beat.status.as_str(), beat.body.as_str()), ("404 Subscription 'x' does not exist", ""));
    for path in ["/event-unregister?id=x", "/event-subscribers/x", "/api/UpdateEventSubscriber"] {
        let refused = call(&endpoints, "POST", path, &[], r#"{"id":"x"}"#).await;
        assert_eq!(refused.json()["responseStatus"]["errorCode"], "NotFound", "{path}");
    }
    let wrong = get(&endpoints, "/event-heartbeat?id=x").await;
    assert_eq!((wrong.status.as_str(), wrong.header("allow")), ("405 Method Not Allowed", Some("POST")));
}

#[tokio::test]
async fn subscribers_can_be_listed_and_updated_by_operations() {
    let folder = tempfile::tempdir().unwrap();
    for (dialect, base) in [(Dialect::Classic, "/api"), (Dialect::Classic, "/json/reply"), (Dialect::Endpoints, "/api")]
    {
        let mock = mock(&folder).dialect(dialect).start().await.unwrap();
        let mut stream = Stream::open(&mock, "home,away").await;
        let id = stream.next().await.unwrap().1["id"].clone();
        let update = json!({"id": id, "subscribeChannels": ["third"], "unsubscribeChannels": ["home"]}).to_string();
        let updated = call(&mock, "POST", &format!("{base}/UpdateEventSubscriber"), &[], &update).await;
        assert_eq!(updated.body, "{}", "{base}");
        for (query, count) in [("", 1), ("?channels=third", 1), ("?channels=%5Bhome,away%5D", 1), ("?channels=home", 0)]
        {
            let found = get(&mock, &format!("{base}/GetEventSubscribers{query}")).await.json();
            assert_eq!(found.as_array().map(Vec::len), Some(count), "{base} {query}: {found}");
        }
    }
    let endpoints = mock(&folder).dialect(Dialect::Endpoints).start().await.unwrap();
    assert_eq!(get(&endpoints, "/json/reply/GetEventSubscribers").await.status, "405 Method Not Allowed");
}

#[tokio::test]
async fn streams_end_with_the_mock() {
    let folder = tempfile::tempdir().unwrap();
    let mock = mock(&folder).start().await.unwrap();
    let mut stream = Stream::open(&mock, "").await;
    stream.next().await.unwrap();
    assert_eq!(stream.next().await.unwrap().0, "*@cmd.onJoin");
    drop(mock);
    assert_eq!(stream.next().await, None);
}
