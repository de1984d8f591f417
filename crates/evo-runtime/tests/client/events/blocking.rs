//! Server Events for programs without an async runtime.

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use evo_runtime::blocking::{self, Events};
use evo_runtime::events::{Event, Handlers, Subscription};
use evo_runtime::transport::HttpReply;
use evo_runtime::{ErrorKind, record};

use crate::event_host::{EventHost, shown};

/// The shortest interval of heartbeats that a client accepts.
const FACTS: &str = r#","heartbeatUrl":"http://inside/event-heartbeat?id=ID","unRegisterUrl":"http://inside/event-unregister?id=ID","updateSubscriberUrl":"http://inside/event-subscribers/ID","heartbeatIntervalMs":"100","idleTimeoutMs":"5000""#;

/// No heartbeats, so that the test determines all events.
const QUIET: &str = r#","unRegisterUrl":"http://inside/event-unregister?id=ID","updateSubscriberUrl":"http://inside/event-subscribers/ID""#;

#[derive(Debug, Clone, PartialEq, Default)]
struct ChatMessage {
    text: Option<String>,
}
record!(ChatMessage { text: "Text" });

fn host(facts: &str) -> (EventHost, blocking::Client) {
    let host = EventHost::new();
    host.facts(facts);
    let client = blocking::Client::from(host.client());
    (host, client)
}

fn next(events: &mut Events) -> String {
    match events.next() {
        None => "end".to_owned(),
        Some(Err(error)) => format!("error: {error}"),
        Some(Ok(event)) => shown(&event),
    }
}

fn connect(client: &blocking::Client) -> Events {
    client.listen(client.wait(client.events(["home"]).connect()).unwrap())
}

fn stop(client: &blocking::Client, subscription: &Subscription) {
    client.block_on(subscription.stop()).unwrap();
}

/// Returns the requests without their times.
fn asked(host: &EventHost) -> Vec<String> {
    host.requests().iter().filter_map(|line| line.split_once(' ')).map(|(_, request)| request.to_owned()).collect()
}

#[test]
fn events_are_received_in_order_until_stopped() {
    let (host, client) = host(QUIET);
    let events = client.events(["home"]).path("/event-stream").attempts(3);
    let mut events = client.listen(client.wait(events.connect()).unwrap());
    host.publish("home@cmd.ChatMessage {\"text\":\"one\"}");
    host.publish("home@cmd.ChatMessage {\"text\":\"two\"}");
    assert_eq!(next(&mut events), "connected S1");
    let texts: Vec<_> = events.by_ref().take(2).map(|event| shown(&event.unwrap())).collect();
    let message = |text: &str| format!("message Some(\"home\") cmd.ChatMessage {{\"text\":\"{text}\"}}");
    assert_eq!(texts, [message("one"), message("two")]);

    // Another thread ends the wait of this thread.
    let subscription = events.subscription();
    let elsewhere = client.clone();
    let stopper = thread::spawn(move || {
        thread::sleep(Duration::from_millis(50));
        stop(&elsewhere, &subscription);
        subscription.id()
    });
    assert_eq!(next(&mut events), "end");
    assert_eq!(next(&mut events), "end");
    assert_eq!(stopper.join().unwrap(), None);
    drop(events);
    assert_eq!(asked(&host), ["GET /event-stream?channels=home", "POST /event-unregister?id=S1"]);
}

#[test]
fn heartbeats_are_sent_while_an_event_is_waited_for() {
    let (host, client) = host(FACTS);
    let mut events = client.listen(client.events(["home"]).unregister_on_drop(false).start());
    assert_eq!(asked(&host), Vec::<String>::new());
    let seen: Vec<_> = (0..3).map(|_| next(&mut events)).collect();
    assert_eq!(seen, ["connected S1", "heartbeat", "heartbeat"]);
    drop(events);
    let beat = "POST /event-heartbeat?id=S1";
    assert_eq!(asked(&host), ["GET /event-stream?channels=home", beat, beat]);
}

#[test]
fn handlers_receive_events_and_lost_connections_are_reconnected() {
    let (host, client) = host(QUIET);
    let mut events = connect(&client);
    let subscription = events.subscription();
    let (texts, seen) = mpsc::channel();
    let (kinds, every) = mpsc::channel();
    let mut handlers = Handlers::new()
        .on("cmd.ChatMessage", move |chat: ChatMessage| texts.send(chat.text).unwrap())
        .on_event(move |event| kinds.send(shown(event)).unwrap());
    let reader = thread::spawn(move || events.run(&mut handlers));
    assert_eq!(every.recv().unwrap(), "connected S1");
    host.publish("cmd.ChatMessage {\"text\":\"one\"}");
    assert_eq!(seen.recv().unwrap().as_deref(), Some("one"));
    host.end();
    assert!(every.iter().any(|event| event.starts_with("reconnecting 1: ")), "the end of a stream is noticed");
    assert_eq!(every.recv().unwrap(), "connected S2");
    host.publish("cmd.ChatMessage {\"text\":\"two\"}");
    assert_eq!(seen.recv().unwrap().as_deref(), Some("two"));
    stop(&client, &subscription);
    reader.join().unwrap().unwrap();
}

#[test]
fn channels_change_from_another_thread() {
    let (host, client) = host(QUIET);
    let mut events = connect(&client);
    assert_eq!(next(&mut events), "connected S1");
    let subscription = events.subscription();
    let reader = thread::spawn(move || next(&mut events));
    client.wait(subscription.subscribe(["away"])).unwrap();
    client.wait(subscription.unsubscribe(["home"])).unwrap();
    client.wait(subscription.update(["third"], ["away"])).unwrap();
    assert_eq!(subscription.channels(), ["third"]);
    host.answer("/api/UpdateEventSubscriber", HttpReply::of(403, "application/json", "{}"));
    assert!(client.wait(subscription.subscribe(["secret"])).unwrap_err().is_forbidden());
    assert_eq!(subscription.channels(), ["third"]);
    assert_eq!(subscription.id().as_deref(), Some("S1"));
    host.publish("hello");
    assert_eq!(reader.join().unwrap(), "message None  hello");
    let change = |members: &str| format!("POST /api/UpdateEventSubscriber {{\"id\":\"S1\",{members}}}");
    assert_eq!(
        asked(&host)[1..5],
        [
            change(r#""subscribeChannels":["away"]"#),
            change(r#""unsubscribeChannels":["home"]"#),
            change(r#""subscribeChannels":["third"],"unsubscribeChannels":["away"]"#),
            change(r#""subscribeChannels":["secret"]"#),
        ]
    );
    // The reader has dropped its events.
    assert_eq!(asked(&host)[5..], ["POST /event-unregister?id=S1"]);
}

#[test]
fn dropped_subscriptions_are_unregistered() {
    let (host, client) = host(QUIET);
    drop(connect(&client));
    assert_eq!(asked(&host), ["GET /event-stream?channels=home", "POST /event-unregister?id=S1"]);
    // The last clone of the client, and its runtime, may have been dropped by then.
    let events = connect(&client);
    drop(client);
    drop(events);
    assert_eq!(asked(&host)[2..], ["GET /event-stream?channels=home", "POST /event-unregister?id=S2"]);
    // A subscription that never connected is not unregistered.
    let (host, client) = self::host(QUIET);
    drop(client.listen(client.events(["home"]).start()));
    assert_eq!(asked(&host), Vec::<String>::new());
}

#[test]
fn a_failed_subscription_is_an_error() {
    let (host, client) = host(QUIET);
    host.answer("/event-stream", HttpReply::of(401, "", ""));
    assert!(client.wait(client.events(["home"]).connect()).unwrap_err().is_unauthorized());
    host.answer("/event-stream", HttpReply::of(404, "", ""));
    let mut events = client.listen(client.events(["home"]).start());
    assert!(events.next().unwrap().unwrap_err().is_not_found());
    assert!(events.next().is_none());
    host.answer("/event-subscribers", HttpReply::of(200, "application/json", r#"[{"userId":"7"}]"#));
    let subscribers = client.wait(client.event_subscribers(["home"])).unwrap();
    assert_eq!(subscribers.iter().map(|subscriber| subscriber.user_id.as_deref()).collect::<Vec<_>>(), [Some("7")]);
}

#[test]
fn an_unanswered_unregistration_does_not_block_the_program() {
    let (host, client) = host(QUIET);
    let events = connect(&client);
    host.hang("/event-unregister");
    let start = Instant::now();
    drop(events);
    let lasted = start.elapsed();
    assert!(lasted < Duration::from_secs(10), "{lasted:?}");
    assert_eq!(asked(&host)[1..], ["POST /event-unregister?id=S1"]);
}

#[tokio::test]
async fn blocking_events_inside_an_async_runtime_are_an_error() {
    let (host, client) = host(QUIET);
    let mut events = client.listen(client.events(["home"]).start());
    let error = events.next().unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(events.next().is_none());
    assert!(
        matches!(client.wait(client.events(["home"]).connect()), Err(error) if error.kind() == ErrorKind::Configuration)
    );
    assert_eq!(asked(&host), Vec::<String>::new());
    let event = client.events(["home"]).connect().await.unwrap().next().await.unwrap().unwrap();
    assert!(matches!(event, Event::Connected { .. }));
}
