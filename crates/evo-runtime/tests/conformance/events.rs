//! Server Events (section 10).
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a helper that panics fails its test")]

#[path = "../support/event_host.rs"]
#[expect(dead_code, reason = "the cases need a part of it")]
mod event_host;

use std::time::Duration;

use evo_runtime::Value;
use evo_runtime::events::{Event, FrameReader};
use evo_runtime::transport::HttpReply;
use serde_json::json;

use crate::case::{Case, of_test};

use self::event_host::{BASE, EventHost, next, shown};

/// The tests of this module. They have a simulated clock, which `cases!` does not support.
pub const CASES: &[&str] = &["sse_01", "sse_02", "sse_03", "sse_04", "sse_05", "sse_06", "sse_07", "sse_08"];

/// Returns the input and the expected output of a case.
fn case(name: &str) -> (Value, Value) {
    let Case { given, expect, .. } = of_test(name);
    (given, expect)
}

/// Returns the events in the bytes of a case.
fn events(given: &Value) -> Vec<Event> {
    let mut frames = FrameReader::new(1024 * 1024);
    frames.feed(given["bytes"].as_str().unwrap().as_bytes());
    std::iter::from_fn(|| frames.next_frame().unwrap()).map(Event::from).collect()
}

/// Returns the properties of an event that a case expects.
fn spoken_of(event: &Event, expected: &Value) -> Value {
    let message = event.message().unwrap();
    let (connection, subscriber) = match event {
        Event::Connected { connection, .. } => (Some(connection), Some(&connection.subscriber)),
        Event::Joined { subscriber, .. }
        | Event::Left { subscriber, .. }
        | Event::Updated { subscriber, .. }
        | Event::Heartbeat { subscriber, .. } => (None, Some(subscriber)),
        _ => (None, None),
    };
    let value = |name: &str| match name {
        "id" => json!(message.id()),
        "channel" => json!(message.channel()),
        "op" => json!(message.selector().op()),
        "target" => json!(message.selector().target()),
        "cssSelector" => json!(message.selector().css()),
        "body" => json!(message.text()),
        "json" => json!(message.json()),
        "channels" => json!(subscriber.unwrap().channels.join(",")),
        "isAuthenticated" => json!(subscriber.unwrap().is_authenticated),
        "heartbeatIntervalMs" => {
            let interval: Option<Duration> = connection.unwrap().heartbeat_interval;
            json!(u64::try_from(interval.unwrap().as_millis()).unwrap())
        }
        "note" => expected["note"].clone(),
        other => panic!("an expectation of {other}"),
    };
    expected.as_object().unwrap().keys().map(|name| (name.clone(), value(name))).collect()
}

fn assert_events(id: &str) {
    let (given, expect) = case(id);
    let events = events(&given);
    let expected = expect["events"].as_array().unwrap();
    assert_eq!(events.len(), expected.len(), "{id}");
    for (event, expected) in events.iter().zip(expected) {
        assert_eq!(&spoken_of(event, expected), expected, "{id}: {event:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn sse_01() {
    assert_events("sse_01");
    let (given, expect) = case("sse_01");
    let then = "POST {own base}/event-heartbeat?id=S1, empty body, every 10 s; 404 -> reconnect";
    assert_eq!(expect["then"], then);
    let host = EventHost::new();
    host.begin_with(given["bytes"].as_str().unwrap());
    let mut stream = host.client().events(["home"]).start();
    let mut seen = Vec::new();
    for count in 0..7 {
        if count == 6 {
            host.answer("/event-heartbeat", HttpReply::of(404, "", ""));
        }
        seen.push(next(&mut stream).await);
    }
    seen.push(next(&mut stream).await);
    assert_eq!(
        seen,
        [
            "connected S1",
            "joined Some(\"home\") [\"home\"]",
            "message Some(\"home\") css.background$#top%20bar \"#673ab7\"",
            "heartbeat",
            "heartbeat",
            "heartbeat",
            "reconnecting 1: event-heartbeat: 404 Not Found",
            "connected S2",
        ]
    );
    let sent = host.sent();
    for request in &sent[1..4] {
        assert_eq!(request.uri().to_string(), format!("{BASE}/event-heartbeat?id=S1"));
        assert_eq!((request.method().as_str(), request.body().length()), ("POST", Some(0)));
    }
    let seconds: Vec<u64> = host
        .requests()
        .iter()
        .map(|request| request.split_once(' ').unwrap().0.parse::<u64>().unwrap() / 1000)
        .collect();
    assert_eq!(seconds, [0, 10, 20, 30, 30]);
}

#[test]
fn sse_02() {
    assert_events("sse_02");
}

#[tokio::test(start_paused = true)]
async fn sse_03() {
    let (given, expect) = case("sse_03");
    assert_eq!(expect["action"], "reconnect: new GET of the stream, new subscription id");
    let response = &given["response"];
    let status = u16::try_from(response["status"].as_u64().unwrap()).unwrap();
    let reply = HttpReply::of(status, "", response["body"].as_str().unwrap().to_owned());
    let host = EventHost::new();
    host.answer("/event-heartbeat", reply.with_reason(response["reason"].as_str().unwrap()));
    let mut stream = host.client().events(["home"]).connect().await.unwrap();
    assert_eq!(next(&mut stream).await, "connected S1");
    let Some(Ok(Event::Reconnecting { error, .. })) = stream.next().await else { panic!() };
    assert_eq!(format!("{} (from the reason phrase)", error.message()), expect["message"].as_str().unwrap());
    assert_eq!(next(&mut stream).await, "connected S2");
    assert!(host.requests()[2].ends_with("GET /event-stream?channels=home"), "{:?}", host.requests());
}

#[tokio::test(start_paused = true)]
async fn sse_04() {
    let (given, expect) = case("sse_04");
    let texts = |value: &Value| -> Vec<String> { serde_json::from_value(value.clone()).unwrap() };
    let request = expect["request"].as_str().unwrap();
    let (request, fallback) = request.split_once("; ").unwrap();
    assert_eq!(fallback, "the URL of onConnect only where /api is missing");
    let body = request.strip_prefix("POST /api/UpdateEventSubscriber ").unwrap();
    for (has_api, requests) in [
        (true, vec![format!("0 {request}")]),
        (false, vec![format!("0 {request}"), format!("0 POST /event-subscribers/S1 {body}")]),
    ] {
        let host = EventHost::new();
        if has_api {
            host.answer("/event-subscribers", HttpReply::of(500, "", "").with_reason("Internal Server Error"));
            host.answer("/api/", HttpReply::of(200, "application/json", "{}"));
        } else {
            host.answer("/api/", HttpReply::of(404, "", ""));
        }
        let stream = host.client().events(["home", "away"]).connect().await.unwrap();
        let subscription = stream.subscription();
        assert_eq!(subscription.id().as_deref(), given["subscriber"].as_str());
        subscription.update(texts(&given["subscribe"]), texts(&given["unsubscribe"])).await.unwrap();
        assert_eq!(subscription.channels(), texts(&expect["channels_after"]));
        assert_eq!(host.requests()[1..], requests);
    }
}

#[test]
fn sse_05() {
    assert_events("sse_05");
    let (given, _) = case("sse_05");
    assert!(events(&given).iter().all(|event| matches!(event, Event::Updated { .. })));
}

#[tokio::test(start_paused = true)]
async fn sse_06() {
    let (given, expect) = case("sse_06");
    assert_eq!(given["base"], BASE);
    let host = EventHost::new();
    host.begin_with(given["bytes"].as_str().unwrap());
    let mut stream = host.client().events(["home", "away"]).connect().await.unwrap();
    assert_eq!(next(&mut stream).await, "connected kkUAAValA5yARV87ZCeZ");
    assert_eq!(next(&mut stream).await, "heartbeat");
    let heartbeat = &host.sent()[1];
    let expected = expect["heartbeat"].as_str().unwrap().split_once(" (").unwrap().0;
    assert_eq!(format!("{} {}", heartbeat.method(), heartbeat.uri()), expected);
}

#[tokio::test(start_paused = true)]
async fn sse_07() {
    let (given, expect) = case("sse_07");
    assert_eq!((&given["heartbeats"], &expect["action"]), (&json!("all answered 200"), &json!("reconnect")));
    let host = EventHost::new();
    host.echoes(false);
    let mut stream = host.client().events(["home"]).connect().await.unwrap();
    assert_eq!(next(&mut stream).await, "connected S1");
    let Some(Ok(event)) = stream.next().await else { panic!() };
    assert!(shown(&event).starts_with("reconnecting 1: "), "{event:?}");
    assert!((30_000..30_100).contains(&host.now()), "{}", host.now());
    assert_eq!(next(&mut stream).await, "connected S2");
}

#[tokio::test(start_paused = true)]
async fn sse_08() {
    let (_, expect) = case("sse_08");
    assert_eq!(expect["verbs"], "POST with Content-Length: 0 for both");
    let host = EventHost::new();
    let mut stream = host.client().events(["home"]).connect().await.unwrap();
    assert_eq!(next(&mut stream).await, "connected S1");
    assert_eq!(next(&mut stream).await, "heartbeat");
    stream.stop().await;
    let sent: Vec<_> = host.sent()[1..]
        .iter()
        .map(|request| {
            let length = request.headers()["content-length"].to_str().unwrap().to_owned();
            (
                request.method().to_string(),
                request.uri().path().to_owned(),
                length,
                request.body().as_bytes().unwrap().len(),
            )
        })
        .collect();
    assert_eq!(
        sent,
        [
            ("POST".to_owned(), "/event-heartbeat".to_owned(), "0".to_owned(), 0),
            ("POST".to_owned(), "/event-unregister".to_owned(), "0".to_owned(), 0)
        ]
    );
}
