//! Subscriptions to a host in memory, with a simulated clock.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use evo_runtime::events::{Event, Events, Handlers};
use evo_runtime::http::Response;
use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::{Client, Credentials, ErrorKind};

use crate::event_host::{BASE, EventHost, FACTS, next};

fn page() -> HttpReply {
    HttpReply::of(200, "text/html", "<html>")
}

#[tokio::test(start_paused = true)]
async fn heartbeats_keep_a_subscription() {
    let host = EventHost::new();
    let mut events = host.client().events(["home", "away"]).start();
    assert_eq!(host.requests(), [""; 0], "nothing is sent before an event is asked for");
    let mut seen = Vec::new();
    while host.now() < 50_000 {
        seen.push(next(&mut events).await);
    }
    assert_eq!(seen, ["connected S1", "heartbeat", "heartbeat", "heartbeat", "heartbeat", "heartbeat"]);
    assert_eq!(host.requests()[0], "0 GET /event-stream?channels=home,away");
    for (index, request) in host.requests()[1..].iter().enumerate() {
        // Timers have a resolution of a millisecond, and each one starts after the previous one.
        let (time, request) = request.split_once(' ').unwrap();
        let due = (index as u64 + 1) * 10_000;
        assert!((due..due + 100).contains(&time.parse().unwrap()), "{index}: {time}");
        assert_eq!(request, "POST /event-heartbeat?id=S1");
    }
    let sent = host.sent();
    assert_eq!(sent[0].headers()["accept"], "text/event-stream");
    assert_eq!(sent[1].headers()["content-length"], "0");
    assert_eq!(sent[1].body().as_bytes().unwrap().len(), 0);
    assert_eq!(sent[1].headers()["cookie"], "ss-id=a", "the session of the stream");
}

#[tokio::test(start_paused = true)]
async fn a_silent_connection_is_closed() {
    let host = EventHost::new();
    host.echoes(false);
    let mut events = host.client().events(["home"]).start();
    assert_eq!(next(&mut events).await, "connected S1");
    host.publish("home@cmd.x \"others are no proof\"");
    assert_eq!(next(&mut events).await, "message Some(\"home\") cmd.x \"others are no proof\"");
    assert_eq!(
        next(&mut events).await,
        "reconnecting 1: event-stream: the event stream is silent: no heartbeat came back"
    );
    assert!((30_000..30_100).contains(&host.now()), "{}", host.now());
    assert_eq!(next(&mut events).await, "connected S2");
    assert!(host.now() < 30_100, "the first attempt is made at once: {}", host.now());
    assert_eq!(events.subscription().id().as_deref(), Some("S2"));
}

#[tokio::test(start_paused = true)]
async fn a_failed_heartbeat_ends_the_connection() {
    for reply in [
        HttpReply::of(404, "", "").with_reason("Subscription 'S1' does not exist"),
        HttpReply::of(403, "text/plain", "Invalid User Address"),
        HttpReply::of(401, "", ""),
        HttpReply::of(500, "", ""),
    ] {
        let status = Response::from(reply.clone()).status();
        let host = EventHost::new();
        host.answer("/event-heartbeat", reply);
        let mut events = host.client().events(["home"]).start();
        assert_eq!(next(&mut events).await, "connected S1");
        let lost = next(&mut events).await;
        assert!(lost.starts_with(&format!("reconnecting 1: event-heartbeat: {}", status.as_u16())), "{lost}");
        assert_eq!(next(&mut events).await, "connected S2", "{status}");
        assert_eq!(next(&mut events).await, "heartbeat", "{status}");
        assert!(host.requests().last().unwrap().ends_with("POST /event-heartbeat?id=S2"), "{:?}", host.requests());
    }
}

#[tokio::test(start_paused = true)]
async fn lost_streams_are_reconnected_with_backoff() {
    let host = EventHost::new();
    let mut events = host.client().events(["home"]).start();
    assert_eq!(next(&mut events).await, "connected S1");
    host.end();
    assert_eq!(next(&mut events).await, "reconnecting 1: event-stream: the server ended the event stream");
    let before = host.now();
    for failures in 2..=12_u32 {
        host.fail("/event-stream");
        let Some(Ok(Event::Reconnecting { error, failures: counted, wait })) = events.next().await else { panic!() };
        assert_eq!((error.kind(), counted), (ErrorKind::Connect, failures));
        let cubes = u64::from(failures).pow(3)..=u64::from(failures + 1).pow(3);
        assert!(cubes.contains(&u64::try_from(wait.as_millis()).unwrap()), "{failures}: {wait:?}");
    }
    assert!(host.now() - before > 1_000, "the waits are kept: {}", host.now() - before);
    assert_eq!(next(&mut events).await, "connected S2");
    // Connections that the server closes immediately are counted too.
    host.end();
    assert!(next(&mut events).await.starts_with("reconnecting 13: "));
    assert_eq!(next(&mut events).await, "connected S3");
    assert_eq!(next(&mut events).await, "heartbeat");
    host.end();
    assert!(next(&mut events).await.starts_with("reconnecting 1: "), "a heartbeat came back in between");
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_respected() {
    let host = EventHost::new();
    let mut events = host.client().events(["home"]).start();
    assert_eq!(next(&mut events).await, "connected S1");
    host.send("retry: 5000\n\n");
    host.publish("cmd.x 1");
    next(&mut events).await;
    host.end();
    let Some(Ok(Event::Reconnecting { wait, .. })) = events.next().await else { panic!() };
    assert_eq!(wait, Duration::from_secs(5));
    host.answer("/event-stream", HttpReply::of(503, "", "").with_header("retry-after", "20"));
    let Some(Ok(Event::Reconnecting { wait, .. })) = events.next().await else { panic!() };
    assert_eq!(wait, Duration::from_secs(20));
    host.answer("/event-stream", HttpReply::of(503, "", "").with_header("retry-after", "3600"));
    let Some(Ok(Event::Reconnecting { wait, .. })) = events.next().await else { panic!() };
    assert_eq!(wait, Duration::from_secs(60));
}

#[tokio::test(start_paused = true)]
async fn permanent_errors_end_the_stream() {
    for (reply, start) in [
        (HttpReply::of(401, "", ""), "error: event-stream: 401 "),
        (HttpReply::of(403, "", ""), "error: event-stream: 403 "),
        (HttpReply::of(302, "", "").with_header("location", "/login"), "error: event-stream: 302 "),
        (HttpReply::of(404, "", ""), "error: event-stream: 404 Not Found; the service has no Server Events"),
        (page(), "error: event-stream: the server answered \"text/html\" where an event stream was expected"),
    ] {
        let host = EventHost::new();
        host.answer("/event-stream", reply);
        let mut events = host.client().events(["home"]).start();
        let shown = next(&mut events).await;
        assert!(shown.starts_with(start), "{shown}");
        assert_eq!(next(&mut events).await, "end", "{start}");
        assert_eq!(next(&mut events).await, "end", "{start}");
        assert_eq!(host.requests(), ["0 GET /event-stream?channels=home"], "{start}");
    }
}

#[tokio::test(start_paused = true)]
async fn every_response_of_a_restarting_service_is_retried() {
    let host = EventHost::new();
    let mut events = host.client().events(["home"]).start();
    assert_eq!(next(&mut events).await, "connected S1");
    host.answer("/event-stream", HttpReply::of(404, "", ""));
    host.answer("/event-stream", page());
    host.answer("/event-stream", HttpReply::of(502, "text/html", "<html>"));
    host.end();
    for failures in 1..=4 {
        let shown = next(&mut events).await;
        assert!(shown.starts_with(&format!("reconnecting {failures}: ")), "{shown}");
    }
    assert_eq!(next(&mut events).await, "connected S2");
    // A user who was signed out gets an error.
    host.answer("/event-stream", HttpReply::of(401, "", ""));
    host.end();
    assert!(next(&mut events).await.starts_with("reconnecting 5: "));
    assert!(next(&mut events).await.starts_with("error: event-stream: 401 "));
}

#[tokio::test(start_paused = true)]
async fn attempts_can_be_counted() {
    let host = EventHost::new();
    for _ in 0..3 {
        host.fail("/event-stream");
    }
    let mut events = host.client().events(["home"]).attempts(3).start();
    assert!(next(&mut events).await.starts_with("reconnecting 1: "));
    assert!(next(&mut events).await.starts_with("reconnecting 2: "));
    assert_eq!(next(&mut events).await, "error: event-stream: connection refused");
    assert_eq!(next(&mut events).await, "end");
}

#[tokio::test(start_paused = true)]
async fn credentials_sign_in_before_the_first_call_and_after_expiry() {
    let host = EventHost::new();
    let client = Client::builder(BASE).transport(host.clone()).auth(Credentials::new("u", "p")).build().unwrap();
    host.answer("/event-stream", HttpReply::of(401, "", ""));
    host.answer("/auth", HttpReply::of(200, "application/json", "{}"));
    host.answer("/auth", HttpReply::of(200, "application/json", "{}"));
    let mut events = client.events(["home"]).connect().await.unwrap();
    assert_eq!(next(&mut events).await, "connected S1");
    let requests: Vec<String> =
        host.requests().iter().map(|request| request.split(' ').take(3).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(
        requests,
        [
            "0 POST /auth/credentials",
            "0 GET /event-stream?channels=home",
            "0 POST /auth/credentials",
            "0 GET /event-stream?channels=home"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn channels_change_while_events_are_read() {
    let host = EventHost::new();
    let mut events = host.client().events(["home", "away"]).start();
    let subscription = events.subscription();
    // Without a connection, the channels apply to the next one.
    subscription.subscribe(["early"]).await.unwrap();
    assert_eq!(next(&mut events).await, "connected S1");
    subscription.update(["third", "home"], ["away", "nowhere"]).await.unwrap();
    assert_eq!(subscription.channels(), ["home", "early", "third"]);
    subscription.unsubscribe(["early"]).await.unwrap();
    host.end();
    assert!(next(&mut events).await.starts_with("reconnecting"));
    assert_eq!(next(&mut events).await, "connected S2");
    // If the server does not know the subscription, a new one is made.
    let gone = r#"{"responseStatus":{"errorCode":"NotFound","message":"Subscription 'S2' does not exist"}}"#;
    host.answer("/api/UpdateEventSubscriber", HttpReply::of(404, "application/json", gone));
    subscription.subscribe(["a,b", "ü&"]).await.unwrap();
    assert_eq!(next(&mut events).await, "connected S3");
    // Any other error changes nothing.
    host.answer("/api/UpdateEventSubscriber", HttpReply::of(403, "", ""));
    assert!(subscription.subscribe(["secret"]).await.unwrap_err().is_forbidden());
    assert_eq!(subscription.channels(), ["home", "third", "a", "b", "ü&"]);
    let requests: Vec<String> =
        host.requests().iter().map(|request| request.split_once(' ').unwrap().1.to_owned()).collect();
    assert_eq!(
        requests,
        [
            "GET /event-stream?channels=home,away,early",
            r#"POST /api/UpdateEventSubscriber {"id":"S1","subscribeChannels":["third","home"],"unsubscribeChannels":["away","nowhere"]}"#,
            r#"POST /api/UpdateEventSubscriber {"id":"S1","unsubscribeChannels":["early"]}"#,
            "GET /event-stream?channels=home,third",
            r#"POST /api/UpdateEventSubscriber {"id":"S2","subscribeChannels":["a","b","ü&"]}"#,
            "GET /event-stream?channels=home,third,a,b,%C3%BC%26",
            r#"POST /api/UpdateEventSubscriber {"id":"S3","subscribeChannels":["secret"]}"#,
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn channels_change_while_a_connection_is_made() {
    let host = EventHost::new();
    host.delay(Duration::from_secs(1));
    let mut events = host.client().events(["home"]).start();
    let subscription = events.subscription();
    let (seen, result) = tokio::join!(next(&mut events), async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        subscription.subscribe(["late"]).await
    });
    result.unwrap();
    assert_eq!((seen.as_str(), next(&mut events).await.as_str()), ("connected S1", "connected S2"));
    assert!(tokio::time::timeout(Duration::from_secs(5), events.next()).await.is_err());
    let requests: Vec<String> =
        host.requests().iter().map(|request| request.split_once(' ').unwrap().1.to_owned()).collect();
    assert_eq!(requests, ["GET /event-stream?channels=home", "GET /event-stream?channels=home,late"]);
}

#[tokio::test(start_paused = true)]
async fn a_server_without_a_response_times_out() {
    let host = EventHost::new();
    host.delay(Duration::from_secs(3600));
    let client = Client::builder(BASE).transport(host.clone()).timeout(Duration::from_secs(20)).build().unwrap();
    let mut events = client.events(["home"]).start();
    assert_eq!(
        next(&mut events).await,
        "reconnecting 1: event-stream: the server did not answer the event stream in time"
    );
    assert!((20_000..20_100).contains(&host.now()), "{}", host.now());
    host.delay(Duration::ZERO);
    assert_eq!(next(&mut events).await, "connected S2");
}

#[tokio::test(start_paused = true)]
async fn hosts_without_api_are_called_at_their_own_address() {
    let host = EventHost::new();
    let mut events = host.client().events(["home"]).start();
    assert_eq!(next(&mut events).await, "connected S1");
    host.answer("/api/", HttpReply::of(404, "", ""));
    let subscription = events.subscription();
    subscription.subscribe(["a"]).await.unwrap();
    subscription.subscribe(["b"]).await.unwrap();
    assert_eq!(
        host.requests()[1..],
        [
            r#"0 POST /api/UpdateEventSubscriber {"id":"S1","subscribeChannels":["a"]}"#,
            r#"0 POST /event-subscribers/S1 {"id":"S1","subscribeChannels":["a"]}"#,
            r#"0 POST /event-subscribers/S1 {"id":"S1","subscribeChannels":["b"]}"#,
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn the_server_is_notified_of_the_end_once() {
    async fn settle() {
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
    }
    const FAREWELL: &str = "0 POST /event-unregister?id=S1";
    async fn connected(host: &EventHost) -> Events {
        host.client().events(["home"]).connect().await.unwrap()
    }

    let host = EventHost::new();
    connected(&host).await.stop().await;
    settle().await;
    assert_eq!(host.requests()[1..], [FAREWELL], "stopped");

    let host = EventHost::new();
    drop(connected(&host).await);
    settle().await;
    if cfg!(feature = "reqwest") {
        assert_eq!(host.requests()[1..], [FAREWELL], "dropped");
    }

    let host = EventHost::new();
    let mut events = connected(&host).await;
    host.fail("/event-unregister");
    events.subscription().stop().await;
    assert_eq!(next(&mut events).await, "end");
    drop(events);
    settle().await;
    assert_eq!(host.requests()[1..], [FAREWELL], "stopped from elsewhere");

    let host = EventHost::new();
    drop(host.client().events(["home"]).unregister_on_drop(false).connect().await.unwrap());
    settle().await;
    assert_eq!(host.requests().len(), 1, "not told");

    let host = EventHost::new();
    drop(host.client().events(["home"]).start());
    settle().await;
    assert_eq!(host.requests(), [""; 0], "never connected");
}

#[tokio::test(start_paused = true)]
async fn a_stop_wakes_a_waiting_thread() {
    let host = EventHost::new();
    let mut events = host.client().events(["home"]).connect().await.unwrap();
    let subscription = events.subscription();
    let reader = tokio::spawn(async move {
        let mut seen = Vec::new();
        while let Some(event) = events.next().await {
            seen.push(crate::event_host::shown(&event.unwrap()));
        }
        seen
    });
    tokio::time::sleep(Duration::from_secs(5)).await;
    subscription.stop().await;
    let seen = tokio::time::timeout(Duration::from_secs(1), reader).await.unwrap().unwrap();
    assert_eq!(seen, ["connected S1"]);
}

#[tokio::test(start_paused = true)]
async fn a_timed_out_wait_loses_no_event() {
    let host = EventHost::new();
    let mut events = host.client().events(["home"]).connect().await.unwrap();
    assert_eq!(next(&mut events).await, "connected S1");
    for piece in ["id: 2\nda", "ta: home@cmd.x \"a", "b\"\n", "\n"] {
        assert!(tokio::time::timeout(Duration::from_millis(10), events.next()).await.is_err(), "{piece:?}");
        host.send(piece);
    }
    assert_eq!(next(&mut events).await, "message Some(\"home\") cmd.x \"ab\"");
}

#[tokio::test(start_paused = true)]
async fn a_slow_reader_keeps_the_connection() {
    let host = EventHost::new();
    let mut events = host.client().events(["home"]).connect().await.unwrap();
    let mut seen = Vec::new();
    for _ in 0..4 {
        seen.push(next(&mut events).await);
        tokio::time::sleep(Duration::from_secs(100)).await;
    }
    assert_eq!(seen, ["connected S1", "heartbeat", "heartbeat", "heartbeat"]);
}

#[tokio::test(start_paused = true)]
async fn long_frames_end_the_connection() {
    let host = EventHost::new();
    let mut events = host.client().events(["home"]).frame_limit(1000).start();
    assert_eq!(next(&mut events).await, "connected S1");
    for _ in 0..100 {
        host.send("data: 1234567890");
    }
    assert_eq!(
        next(&mut events).await,
        "reconnecting 1: event-stream: a frame of the event stream has more than 1000 bytes; set frame_limit of the subscription"
    );
    assert_eq!(next(&mut events).await, "connected S2");
}

#[tokio::test(start_paused = true)]
async fn intervals_of_the_server_are_limited() {
    for (interval, idle, timeout, first) in [
        ("10000", "30000", Some(100), 10_000),
        ("2000", "6000", Some(100), 2_000),
        // A silence longer than the client's timeout would end the stream.
        ("10000", "30000", Some(5), 2_500),
        ("10000", "30000", None, 10_000),
        ("0", "30000", None, 10_000),
        ("-1", "x", None, 10_000),
        ("1", "1", None, 100),
        ("99999999999999", "99999999999999", None, 3_600_000),
    ] {
        let host = EventHost::new();
        host.facts(
            &FACTS.replace("\"10000\"", &format!("\"{interval}\"")).replace("\"30000\"", &format!("\"{idle}\"")),
        );
        let client = Client::builder(BASE).transport(host.clone()).timeout(timeout.map(Duration::from_secs));
        let mut events = client.build().unwrap().events(["home"]).start();
        assert_eq!(next(&mut events).await, "connected S1");
        let event = tokio::time::timeout(Duration::from_secs(7200), events.next()).await.unwrap();
        assert!(matches!(event, Some(Ok(Event::Heartbeat { .. }))), "{interval}: {event:?}");
        assert!((first..first + 50).contains(&host.now()), "{interval}: {}", host.now());
    }
}

#[tokio::test(start_paused = true)]
async fn no_heartbeats_are_sent_to_a_server_without_them() {
    let host = EventHost::new();
    host.facts("");
    let mut events = host.client().events(["home"]).connect().await.unwrap();
    assert_eq!(next(&mut events).await, "connected S1");
    assert!(tokio::time::timeout(Duration::from_secs(86_400), events.next()).await.is_err());
    events.stop().await;
    assert_eq!(host.requests(), ["0 GET /event-stream?channels=home"]);
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_never_begins_times_out() {
    let host = EventHost::new();
    let mut events = host.client().events(["home"]).start();
    host.begin_with("");
    assert_eq!(
        next(&mut events).await,
        "reconnecting 1: event-stream: the event stream is silent: the server did not announce the subscription"
    );
    assert!((100_000..100_100).contains(&host.now()), "{}", host.now());
    assert_eq!(next(&mut events).await, "connected S2");
}

#[tokio::test(start_paused = true)]
async fn addresses_are_below_the_base_url() {
    let host = EventHost::new();
    let client =
        Client::builder(format!("{BASE}/v1")).transport(host.clone()).header("X-Tenant", "acme").build().unwrap();
    let mut events = client.events(["*"]).path("/live/event-stream").connect().await.unwrap();
    assert_eq!(next(&mut events).await, "connected S1");
    assert_eq!(next(&mut events).await, "heartbeat");
    assert_eq!(host.requests()[0], "0 GET /v1/live/event-stream");
    assert!(host.requests()[1].ends_with(" POST /v1/event-heartbeat?id=S1"), "{:?}", host.requests());
    for request in host.sent() {
        assert_eq!(request.headers()["x-tenant"], "acme", "{}", request.uri());
    }
}

#[tokio::test]
async fn addresses_of_the_server_stay_at_the_base_url() {
    for (base, given, own) in [
        (
            "https://public.example",
            "http://127.0.0.1/event-heartbeat?id=S",
            "https://public.example/event-heartbeat?id=S",
        ),
        ("https://public.example:8443/", "http://10.0.0.1:5000/a?id=S", "https://public.example:8443/a?id=S"),
        ("https://public.example/v1", "http://inside/a?id=S", "https://public.example/v1/a?id=S"),
        ("https://public.example/v1", "http://inside/v1/a?id=S", "https://public.example/v1/a?id=S"),
        ("https://public.example/v1", "http://inside/v10/a", "https://public.example/v1/v10/a"),
        ("https://public.example/v1", "/a?id=S", "https://public.example/v1/a?id=S"),
        ("https://public.example", "//elsewhere.example/a?id=S#x", "https://public.example/a?id=S"),
    ] {
        let connected = format!("data: cmd.onConnect {{\"id\":\"S\",\"unRegisterUrl\":\"{given}\"}}\n\n");
        let server =
            ScriptedTransport::new([HttpReply::of(200, "text/event-stream", connected), HttpReply::of(204, "", "")]);
        let client = Client::builder(base).transport(server.clone()).build().unwrap();
        client.events(["home"]).connect().await.unwrap().stop().await;
        assert_eq!(server.requests()[1].uri(), own, "{given} at {base}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_first_connection_that_fails_is_an_error() {
    let host = EventHost::new();
    host.fail("/event-stream");
    let error = host.client().events(["home"]).connect().await.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Connect, Some("event-stream")));
}

#[tokio::test(start_paused = true)]
async fn handlers_receive_the_events_of_a_stream() {
    let host = EventHost::new();
    let mut events = host.client().events(["home"]).connect().await.unwrap();
    let subscription = events.subscription();
    host.publish("home@cmd.announce \"one\"");
    host.publish("home@cmd.announce \"two\"");
    let seen = Arc::new(Mutex::new(Vec::new()));
    let texts = Arc::clone(&seen);
    let mut handlers = Handlers::new().on("cmd.announce", move |text: String| texts.lock().unwrap().push(text));
    let (result, ()) = tokio::join!(events.run(&mut handlers), async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        subscription.stop().await;
    });
    result.unwrap();
    assert_eq!(*seen.lock().unwrap(), ["one", "two"]);
}

#[tokio::test]
async fn subscribers_are_listed() {
    let host = EventHost::new();
    let list = r#"[{"channels":"home,third","isAuthenticated":"true","displayName":"user1","userId":"7"}]"#;
    host.answer("/event-subscribers", HttpReply::of(200, "application/json", list));
    let subscribers = host.client().event_subscribers(["home"]).await.unwrap();
    let shown: Vec<_> = subscribers
        .iter()
        .map(|one| (one.user_id.as_deref(), one.display_name.as_deref(), one.channels.join(" "), one.is_authenticated))
        .collect();
    assert_eq!(shown, [(Some("7"), Some("user1"), "home third".to_owned(), true)]);
    assert!(host.requests()[0].ends_with("GET /event-subscribers?channels=home"), "{:?}", host.requests());
}

#[test]
fn streams_can_go_to_other_tasks() {
    fn check<T: Send + Unpin + 'static>() {}
    fn check_stream<T: futures_core::Stream<Item = Result<Event, evo_runtime::Error>>>() {}
    check::<Events>();
    check_stream::<Events>();
}
