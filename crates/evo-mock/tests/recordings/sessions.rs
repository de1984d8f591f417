//! Sessions and tokens of the recorded hosts, replaced by those of the mock for the same users.

use std::net::SocketAddr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::exchange::Exchange;
use crate::support::request;

/// The credentials that the mock issued to a user.
struct Session {
    user: &'static str,
    /// The value of `X-UAId` in the recordings.
    id: &'static str,
    cookies: String,
    token: String,
    refresh_token: String,
}

pub struct Sessions {
    signed_in: Vec<Session>,
    /// The subscription to Server Events, which lasts as long as its connection.
    _events: TcpStream,
    subscription: String,
}

impl Sessions {
    /// Signs in the users of the recordings.
    pub async fn sign_in(address: SocketAddr) -> Self {
        let mut signed_in = Vec::new();
        for (user, id) in [("user", "1"), ("admin", "2")] {
            let body = json!({"provider": "credentials", "userName": user, "password": "p@ss", "rememberMe": true});
            let headers = [("Content-Type".to_owned(), "application/json".to_owned())];
            let (head, body) =
                request(address, "POST", "/auth/credentials", &headers, body.to_string().as_bytes()).await;
            let cookies = head.lines().filter_map(|line| line.strip_prefix("set-cookie: ")?.split(';').next());
            let body: Value = serde_json::from_slice(&body).unwrap();
            let get = |name: &str| {
                let member = body.as_object().unwrap().iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
                member.and_then(|(_, value)| value.as_str()).unwrap().to_owned()
            };
            let cookies = cookies.collect::<Vec<_>>().join("; ");
            signed_in.push(Session {
                user,
                id,
                cookies,
                token: get("BearerToken"),
                refresh_token: get("RefreshToken"),
            });
        }
        let (events, subscription) = subscribe(address).await;
        Self { signed_in, _events: events, subscription }
    }

    /// Replaces the cookies and tokens of the recorded host in a request by those of the mock.
    pub fn replace(&self, exchange: &mut Exchange) {
        // Tokens that the recorded host rejected are invalid here as well.
        if exchange.outcome.status == 401 {
            return;
        }
        // The ids of subscriptions have twenty letters and digits.
        let is_id = |part: &&str| part.len() == 20 && part.chars().all(|c| c.is_ascii_alphanumeric());
        if let Some(id) = exchange.path.split(['/', '=']).find(is_id).filter(|_| exchange.path.starts_with("/event-")) {
            exchange.path = exchange.path.replace(id, &self.subscription);
        }
        for (name, value) in &mut exchange.headers {
            if name.eq_ignore_ascii_case("cookie") {
                let id = value.split("; ").find_map(|pair| pair.strip_prefix("X-UAId="));
                let token = value.split("; ").find_map(|pair| pair.strip_prefix("ss-tok="));
                if let Some(session) = self.signed_in.iter().find(|session| Some(session.id) == id) {
                    let refresh =
                        value.contains("ss-reftok=").then(|| format!("; ss-reftok={}", session.refresh_token));
                    *value = format!("{}{}", session.cookies, refresh.unwrap_or_default());
                } else if let Some(session) = token.and_then(|token| self.of_token(token)) {
                    *value = format!("ss-tok={}", session.token);
                }
            }
            if name.eq_ignore_ascii_case("x-ss-pid") {
                let cookies = &self.signed_in[0].cookies;
                cookies.split("; ").find_map(|pair| pair.strip_prefix("ss-pid=")).unwrap().clone_into(value);
            }
            if let Some(session) = value.strip_prefix("Bearer ").and_then(|token| self.of_token(token)) {
                *value = format!("Bearer {}", session.token);
            }
        }
        let body = String::from_utf8_lossy(&exchange.body).into_owned();
        if let Ok(Value::Object(members)) = serde_json::from_str(&body) {
            let token = members.get("refreshToken").and_then(Value::as_str);
            // A refresh token contains only the number of its user.
            if let Some(token) = token.filter(|token| token.contains('.')) {
                let refreshed = body.replace(token, &self.signed_in[0].refresh_token);
                exchange.body = refreshed.into_bytes();
            }
        }
    }

    /// Returns the session of the user of a recorded token.
    fn of_token(&self, token: &str) -> Option<&Session> {
        let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
        let payload: Value = serde_json::from_slice(&payload).ok()?;
        // A refresh token contains only the number of its user.
        self.signed_in.iter().find(|session| {
            payload["preferred_username"] == session.user
                || payload["sub"].as_u64().map(|id| id.to_string()).as_deref() == Some(session.id)
        })
    }
}

/// Opens a subscription to two channels, and returns its id.
async fn subscribe(address: SocketAddr) -> (TcpStream, String) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET /event-stream?channels=home,away HTTP/1.1\r\nHost: {address}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let (mut read, mut chunk) = (String::new(), [0; 1024]);
    loop {
        if let Some((id, _)) = read.split_once("event-unregister?id=").and_then(|(_, rest)| rest.split_once('"')) {
            return (stream, id.to_owned());
        }
        let length = stream.read(&mut chunk).await.unwrap();
        assert_ne!(length, 0, "the stream ended: {read}");
        read.push_str(&String::from_utf8_lossy(&chunk[..length]));
    }
}
