//! Which requests are retried, and which are not.

use std::collections::BTreeSet;
use std::time::Duration;

use evo_runtime::http::Request;
use evo_runtime::operations::Operation;
use evo_runtime::transport::{Body, HttpReply, ScriptedTransport, TransportError, TransportErrorKind};
use evo_runtime::{Client, ClientBuilder, Download, Error, ErrorKind, Retry, operation, record};
use http::HeaderValue;

#[derive(Debug, Clone, PartialEq, Default)]
struct Note {
    text: Option<String>,
}
record!(Note { text: "Text" });

macro_rules! operations {
    ($($name:ident $verb:ident),+) => {$(
        #[derive(Debug, Clone, PartialEq, Default)]
        struct $name {}
        record!($name {});
        operation!($name: $verb => Note);
    )+};
}
operations!(ReadNote GET, SaveNote PUT, AddNote POST, ChangeNote PATCH, RemoveNote DELETE, NoteOptions OPTIONS);

#[derive(Debug, Clone, PartialEq, Default)]
struct ReadFile {}
record!(ReadFile {});
operation!(ReadFile: GET => raw Download);

fn ok() -> HttpReply {
    HttpReply::of(200, "application/json", r#"{"text":"hi"}"#)
}

fn failing(status: u16) -> HttpReply {
    HttpReply::of(status, "", "")
}

fn builder(server: &ScriptedTransport) -> ClientBuilder {
    Client::builder("https://h").transport(server.clone())
}

fn client(server: &ScriptedTransport) -> Client {
    builder(server).build().unwrap()
}

fn server(answers: impl IntoIterator<Item = HttpReply>) -> ScriptedTransport {
    ScriptedTransport::new(answers).with_clock()
}

fn outcome(result: Result<Note, Error>) -> Result<(), Option<u16>> {
    result.map(drop).map_err(|error| error.status().map(|status| status.as_u16()))
}

#[tokio::test]
async fn transient_errors_are_retried_for_idempotent_verbs() {
    for (status, is_passing) in [
        (429, true),
        (502, true),
        (503, true),
        (504, true),
        (500, false),
        (501, false),
        (408, false),
        (404, false),
        (400, false),
    ] {
        let server = server([failing(status), ok()]);
        let result = outcome(client(&server).send(ReadNote {}).await);
        assert_eq!(result, if is_passing { Ok(()) } else { Err(Some(status)) }, "{status}");
        assert_eq!(server.requests().len(), if is_passing { 2 } else { 1 }, "{status}");
    }
    macro_rules! requests_of {
        ($operation:ident) => {{
            let server = server([failing(503), ok()]);
            let _ = client(&server).send($operation {}).await;
            server.requests().len()
        }};
    }
    assert_eq!(
        [
            requests_of!(ReadNote),
            requests_of!(SaveNote),
            requests_of!(RemoveNote),
            requests_of!(NoteOptions),
            requests_of!(AddNote),
            requests_of!(ChangeNote),
            requests_of!(ReadFile),
        ],
        [2, 2, 2, 2, 1, 1, 2]
    );
}

#[tokio::test]
async fn requests_that_were_not_sent_are_retried_with_every_verb() {
    for (failure, post, get) in [
        (TransportErrorKind::Connect, 2, 2),
        (TransportErrorKind::Interrupted, 1, 2),
        (TransportErrorKind::Timeout, 1, 2),
    ] {
        let fail = || {
            let server = server([]);
            server.fail(TransportError::new(failure, "it broke"));
            server.answer(ok());
            server
        };
        let servers = [fail(), fail()];
        let results = (client(&servers[0]).send(AddNote {}).await, client(&servers[1]).send(ReadNote {}).await);
        assert_eq!((results.0.is_ok(), results.1.is_ok()), (post == 2, get == 2), "{failure:?}");
        assert_eq!(servers.map(|server| server.requests().len()), [post, get], "{failure:?}");
    }
}

#[tokio::test]
async fn every_attempt_has_the_same_headers() {
    let builder = |server: &ScriptedTransport| builder(server).user_agent("tests").header("X-Client", "1");
    let hooked = |server: &ScriptedTransport| {
        builder(server).on_request(|request| {
            request.headers_mut().insert("x-hook", HeaderValue::from_static("2"));
        })
    };
    let all = [("accept", "application/json"), ("user-agent", "tests"), ("x-client", "1")];
    let sent = ("content-type", "application/json");
    for (case, expected) in [
        ("get", [&all[..], &[]].concat()),
        ("put", [&all[..], &[sent]].concat()),
        ("own header", [&all[..], &[("x-own", "3")]].concat()),
        ("hook", [&all[..], &[("x-hook", "2")]].concat()),
        ("prepared elsewhere", [&all[..], &[]].concat()),
    ] {
        let server = server([failing(503), failing(503), ok()]);
        let client = if case == "hook" { hooked(&server) } else { builder(&server) }.build().unwrap();
        let result = match case {
            "put" => client.send(SaveNote {}).await.map(drop),
            "own header" => client.call(ReadNote {}).header("X-Own", "3").send().await.map(drop),
            "prepared elsewhere" => {
                let request = client.prepare(&ReadNote::SPEC, &ReadNote {}).unwrap();
                self::client(&server).execute(request).await.map(drop)
            }
            _ => client.send(ReadNote {}).await.map(drop),
        };
        result.unwrap();
        let headers = |request: Request<Body>| {
            let headers = request.headers().iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()));
            headers.collect::<BTreeSet<_>>()
        };
        let expected: BTreeSet<String> = expected.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        let attempts: Vec<_> = server.requests().into_iter().map(headers).collect();
        assert_eq!(attempts, [expected.clone(), expected.clone(), expected], "{case}");
    }
}

#[tokio::test]
async fn retry_after_is_respected_up_to_a_limit() {
    for (case, retry_after, pause) in [
        ("seconds", "7", Some(Duration::from_secs(7))),
        ("now", "0", Some(Duration::ZERO)),
        ("a date", "Fri, 20 Nov 2026 20:12:00 GMT", Some(Duration::from_secs(16))),
        ("too long", "31", None),
    ] {
        let busy =
            failing(503).with_header("retry-after", retry_after).with_header("date", "Fri, 20 Nov 2026 20:11:44 GMT");
        let server = server([busy, ok()]);
        let result = outcome(client(&server).send(ReadNote {}).await);
        assert_eq!(result, if pause.is_some() { Ok(()) } else { Err(Some(503)) }, "{case}");
        assert_eq!(server.pauses(), Vec::from_iter(pause), "{case}");
    }
}

#[tokio::test]
async fn backoff_grows_and_attempts_are_limited() {
    let server = server((0..9).map(|_| failing(503)));
    let client = builder(&server).retry(Retry::default().attempts(4)).build().unwrap();
    assert_eq!(outcome(client.send(ReadNote {}).await), Err(Some(503)));
    assert_eq!(server.requests().len(), 4);
    let pauses = server.pauses();
    for (pause, longest) in pauses.iter().zip([200, 400, 800]) {
        let longest = Duration::from_millis(longest);
        assert!((longest / 2..=longest).contains(pause), "{pauses:?}");
    }
    assert_eq!(pauses.len(), 3);
}

#[tokio::test]
async fn retries_can_be_turned_off_for_a_client_and_a_call() {
    let off = server([failing(503), ok()]);
    let client_without = builder(&off).retry(Retry::never()).build().unwrap();
    assert_eq!(outcome(client_without.send(ReadNote {}).await), Err(Some(503)));
    let off = server([failing(503), ok()]);
    assert_eq!(outcome(client(&off).call(ReadNote {}).retry(Retry::never()).send().await), Err(Some(503)));
}

#[tokio::test]
async fn a_retry_budget_limits_retries() {
    // Every call fails: at first with 3 attempts each, then with as many retries as 20 percent of the calls.
    let server = server((0..400).map(|_| failing(503)));
    let client = client(&server);
    for _ in 0..100 {
        assert_eq!(outcome(client.clone().send(ReadNote {}).await), Err(Some(503)));
    }
    assert_eq!(server.requests().len(), 100 + 10 + 19);
}

#[tokio::test]
async fn a_call_ends_at_its_timeout() {
    let server = server([failing(503).with_header("retry-after", "5"), ok()]);
    let client =
        builder(&server).timeout(Duration::from_secs(3)).attempt_timeout(Duration::from_secs(2)).build().unwrap();
    // A wait that is longer than the remaining time is not started.
    assert_eq!(outcome(client.send(ReadNote {}).await), Err(Some(503)));
    assert!(server.pauses().is_empty());
    let result = client.call(ReadNote {}).timeout(None).attempt_timeout(None).send().await;
    assert_eq!(outcome(result), Ok(()));
}

#[tokio::test]
async fn errors_state_whether_a_retry_may_help() {
    let server = ScriptedTransport::new([429, 502, 503, 504, 500, 409, 404].map(failing));
    let client = client(&server);
    let mut seen = Vec::new();
    for _ in 0..8 {
        let error = client.send(AddNote {}).await.unwrap_err();
        seen.push((error.status().map(|status| status.as_u16()), error.is_retryable(), error.is_conflict()));
    }
    assert_eq!(
        seen,
        [
            (Some(429), true, false),
            (Some(502), true, false),
            (Some(503), true, false),
            (Some(504), true, false),
            (Some(500), false, false),
            (Some(409), false, true),
            (Some(404), false, false),
            (None, true, false),
        ]
    );
    let error = client.call(AddNote {}).header("a b", "c").send().await.unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Request, false));
}
