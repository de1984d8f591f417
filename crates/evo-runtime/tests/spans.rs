//! The spans of requests, and the events of calls.
//!
//! This test needs a separate process: `tracing` caches for the whole process which spans have no subscriber, as decided by the first thread
//! that reaches a span.
#![expect(clippy::unwrap_used, reason = "a helper that panics fails its test")]

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use evo_runtime::transport::{HttpReply, ScriptedTransport, TransportError};
use evo_runtime::{Address, Basic, Bearer, Client, Credentials, operation, record};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

#[derive(Debug, Clone, PartialEq, Default)]
struct Find {
    text: Option<String>,
}
record!(Find { text: "Text" });
operation!(Find: GET => ());

#[derive(Clone, PartialEq, Default)]
struct Open {
    token: Option<String>,
}
record!(Open { token: secret "Token" });
operation!(Open: GET "/open/{Token}" => ());

type Fields = BTreeMap<&'static str, String>;

/// Records the fields of spans and events.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<Vec<Fields>>>, Arc<Mutex<Vec<Fields>>>);

struct Into<'a>(&'a mut Fields);

impl Visit for Into<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }
}

impl Subscriber for Spans {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "evo_runtime"
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut spans = self.0.lock().unwrap();
        let mut fields = Fields::new();
        span.record(&mut Into(&mut fields));
        spans.push(fields);
        Id::from_u64(spans.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let index = usize::try_from(span.into_u64()).unwrap() - 1;
        let mut spans = self.0.lock().unwrap();
        values.record(&mut Into(spans.get_mut(index).unwrap()));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::from([("level", event.metadata().level().to_string())]);
        event.record(&mut Into(&mut fields));
        self.1.lock().unwrap().push(fields);
    }

    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn a_span_shows_no_secret_of_a_path() {
    let spans = Spans::default();
    let _guard = tracing::subscriber::set_default(spans.clone());
    let server = ScriptedTransport::new([HttpReply::of(204, "", "")]);
    let client = Client::builder("https://h").addresses([Address::Routes]).transport(server.clone()).build().unwrap();
    client.send(Open { token: Some("s3cret".to_owned()) }).await.unwrap();
    assert_eq!(server.requests()[0].uri(), "https://h/open/s3cret");
    assert_eq!(spans.0.lock().unwrap()[0]["url.full"], "https://h/open/%3Csecret%3E");
}

#[tokio::test]
async fn each_attempt_has_a_span_without_secrets() {
    let spans = Spans::default();
    let _guard = tracing::subscriber::set_default(spans.clone());
    let server = ScriptedTransport::new([HttpReply::of(503, "", ""), HttpReply::of(204, "", "")]).with_clock();
    let client = Client::builder("https://h:8443/v1").auth(Basic::new("me", "s3cret")).transport(server.clone());
    let client = client.build().unwrap();
    client.send(Find { text: Some("s3cret".to_owned()) }).await.unwrap();
    server.fail(TransportError::interrupted("s3cret"));
    server.answer(HttpReply::of(404, "", "s3cret"));
    client.send(Find::default()).await.unwrap_err();

    let common = [
        ("evo.operation", "Find"),
        ("http.request.method", "GET"),
        ("otel.kind", "client"),
        ("otel.name", "GET Find"),
        ("server.address", "h"),
        ("server.port", "8443"),
        ("url.full", "https://h:8443/v1/api/Find"),
    ];
    let span = |own: &[(&'static str, &str)]| -> Fields {
        common.iter().chain(own).map(|(name, value)| (*name, (*value).to_owned())).collect()
    };
    assert_eq!(
        *spans.0.lock().unwrap(),
        [
            span(&[("http.response.status_code", "503"), ("otel.status_code", "ERROR"), ("error.type", "503")]),
            span(&[("http.response.status_code", "204"), ("http.request.resend_count", "1")]),
            span(&[("otel.status_code", "ERROR"), ("error.type", "interrupted")]),
            span(&[
                ("http.response.status_code", "404"),
                ("http.request.resend_count", "1"),
                ("otel.status_code", "ERROR"),
                ("error.type", "404")
            ]),
        ]
    );
}

#[tokio::test]
async fn retries_renewals_and_redirects_are_events_without_secrets() {
    let seen = Spans::default();
    let _guard = tracing::subscriber::set_default(seen.clone());
    let moved = HttpReply::of(302, "", "").with_header("location", "https://files.example/s3cret?s3cret");
    let session = HttpReply::of(200, "application/json", r#"{"sessionId":"s3cret"}"#);
    let server =
        ScriptedTransport::new([session.clone(), HttpReply::of(503, "", "s3cret"), HttpReply::of(204, "", "")])
            .with_clock();
    server.fail(TransportError::interrupted("s3cret"));
    for reply in [moved, HttpReply::of(204, "", ""), HttpReply::of(401, "", ""), session, HttpReply::of(204, "", "")] {
        server.answer(reply);
    }
    let builder = || Client::builder("https://h").transport(server.clone());
    let client = builder().auth(Credentials::new("me", "s3cret")).follow_redirects(1).build().unwrap();
    let find = || Find { text: Some("s3cret".to_owned()) };
    for _ in 0..3 {
        client.send(find()).await.unwrap();
    }
    server.answer(HttpReply::of(401, "", ""));
    server.answer(HttpReply::of(400, "", "s3cret"));
    let with_token = builder().auth(Bearer::new("s3cret").with_refresh_token("s3cret")).build().unwrap();
    with_token.send(find()).await.unwrap_err();

    let event = |level: &str, message: &str, own: &[(&'static str, &str)]| -> Fields {
        let common = [("level", level), ("message", message)];
        common.iter().chain(own).map(|(name, value)| (*name, (*value).to_owned())).collect()
    };
    let renewed = event("INFO", "renewed the session", &[("is_renewed", "true")]);
    let call = ("evo.operation", "Find");
    assert_eq!(
        *seen.1.lock().unwrap(),
        [
            renewed.clone(),
            event(
                "INFO",
                "retrying",
                &[call, ("attempt", "1"), ("http.response.status_code", "503"), ("error.type", "503")]
            ),
            event("INFO", "retrying", &[call, ("attempt", "1"), ("error.type", "interrupted")]),
            event("INFO", "following a redirect", &[call, ("server.address", "files.example")]),
            renewed,
            event("WARN", "the session could not be renewed", &[("error.type", "unauthorized")]),
        ]
    );
}
