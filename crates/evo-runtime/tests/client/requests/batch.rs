//! Batches and one-way calls.

use std::sync::{Arc, Mutex};

use evo_runtime::http::{Request, Response};
use evo_runtime::transport::{Body, BoxFuture, HttpReply, ScriptedTransport, Transport, TransportError};
use evo_runtime::{Address, BatchError, Bytes, Client, Error, ErrorKind, Format, Service, operation, record};

use crate::shown::shown;

#[derive(Debug, Clone, PartialEq, Default)]
struct Double {
    value: Option<f64>,
}
record!(Double { value: "Value" });
operation!(Double: PUT "/double" => Doubled);

#[derive(Debug, Clone, PartialEq, Default)]
struct Doubled {
    value: i32,
}
record!(Doubled { value: "Value" });

#[derive(Debug, Clone, PartialEq, Default)]
struct Find {
    id: Option<i32>,
}
record!(Find { id: "Id" });
operation!(Find: GET => Doubled, dates);

#[derive(Debug, Clone, PartialEq, Default)]
struct ReadText {}
record!(ReadText {});
operation!(ReadText: POST => raw String);

#[derive(Debug, Clone, PartialEq, Default)]
struct ReadBytes {}
record!(ReadBytes {});
operation!(ReadBytes: POST => raw Bytes);

#[derive(Debug, Clone, PartialEq, Default)]
struct ReadNames {}
record!(ReadNames {});
operation!(ReadNames: POST => Vec<String>);

#[derive(Debug, Clone, PartialEq, Default)]
struct Touch {}
record!(Touch {});
operation!(Touch: DELETE => ());

const JSON: &str = "application/json; charset=utf-8";

fn doubles(values: &[f64]) -> Vec<Double> {
    values.iter().map(|value| Double { value: Some(*value) }).collect()
}

fn client(answers: impl IntoIterator<Item = HttpReply>) -> (Client, ScriptedTransport) {
    let server = ScriptedTransport::new(answers);
    (Client::builder("https://h").transport(server.clone()).build().unwrap(), server)
}

fn lines(server: &ScriptedTransport) -> Vec<String> {
    server
        .requests()
        .iter()
        .map(|request| {
            let body = Some(request)
                .filter(|request| !request.body().is_empty())
                .map(|request| shown(request).split("\n\n").nth(1).unwrap().to_owned());
            format!(
                "{} {} {}",
                request.method(),
                &request.uri().to_string()["https://h".len()..],
                body.unwrap_or_default()
            )
        })
        .collect()
}

fn ok(body: &'static str) -> HttpReply {
    HttpReply::of(200, JSON, body)
}

/// Returns the index of the failed request, the number of completed requests, and their responses.
fn summary<A: Clone>(error: &BatchError<A>) -> (Option<usize>, Option<usize>, Vec<Option<A>>) {
    (error.failed_index(), error.completed(), error.answers().to_vec())
}

#[tokio::test]
async fn a_batch_is_one_post_of_a_json_array() {
    let (client, server) = client([ok(r#"[{"value":2},{"value":4}]"#)]);
    let client = client.with_format(Format::Jsv);
    assert_eq!(client.send_all(doubles(&[1.0, 2.0])).await.unwrap(), [Doubled { value: 2 }, Doubled { value: 4 }]);
    assert_eq!(
        server.requests().iter().map(shown).collect::<Vec<_>>(),
        ["POST https://h/api/Double[]\naccept: application/json\ncontent-type: application/json\n\n\
          [{\"value\":1.0},{\"value\":2.0}]"]
    );
}

#[tokio::test]
async fn an_empty_batch_sends_nothing() {
    let (client, server) = client([]);
    assert_eq!(client.send_all(Vec::<Double>::new()).await.unwrap(), []);
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn the_address_follows_the_client_and_the_service() {
    for (addresses, expected) in [
        (vec![Address::Api], "POST /api/Find[]?jsconfig=dh%3Aiso8601 [{\"id\":1}]"),
        (vec![Address::Routes, Address::Reply], "POST /json/reply/Find[]?jsconfig=dh%3Aiso8601 [{\"id\":1}]"),
        (vec![Address::Routes], "POST /api/Find[]?jsconfig=dh%3Aiso8601 [{\"id\":1}]"),
    ] {
        let (client, server) = client([ok(r#"[{"value":2}]"#)]);
        let client = client.with_addresses(&addresses);
        client.send_all(vec![Find { id: Some(1) }]).await.unwrap();
        assert_eq!(lines(&server), [expected], "{addresses:?}");
    }
    // Hosts with endpoint routing accept no batches of requests without a body.
    let server = ScriptedTransport::new([ok(r#"{"value":2}"#)]);
    let client = Client::builder("https://h").transport(server.clone()).build().unwrap();
    let service = Service::new("x").endpoint_routing(true);
    let client = evo_runtime::ClientBuilder::new(client.base_url(), service).transport(server.clone()).build().unwrap();
    client.send_all(vec![Find { id: Some(1) }]).await.unwrap();
    assert_eq!(lines(&server), ["GET /api/Find?id=1&jsconfig=dh%3Aiso8601 "]);

    let server = ScriptedTransport::new([ok(r#"[{"value":2}]"#)]);
    let client = Client::builder("https://h").jsconfig("edv").transport(server.clone()).build().unwrap();
    client.send_all(vec![Find { id: Some(1) }]).await.unwrap();
    assert_eq!(lines(&server), ["POST /api/Find[]?jsconfig=dh%3Aiso8601%2Cedv [{\"id\":1}]"]);
}

#[tokio::test]
async fn items_are_read_by_the_response_type_of_the_operation() {
    let (client, _) = client([
        ok(r#"["a \"b\"",null,""]"#),
        ok(r#"["AAEC",null]"#),
        ok(r#"[["a",,"b"],[]]"#),
        ok("[null,null]"),
        ok(r#" [ {"value":1} , {"value":NaN} ] "#),
    ]);
    let texts = client.send_all(vec![ReadText {}, ReadText {}, ReadText {}]).await.unwrap();
    assert_eq!(texts, ["a \"b\"", "", ""]);
    assert_eq!(client.send_all(vec![ReadBytes {}, ReadBytes {}]).await.unwrap(), [&b"\0\x01\x02"[..], b""]);
    let names = client.send_all(vec![ReadNames {}, ReadNames {}]).await.unwrap();
    assert_eq!(names, [vec!["a".to_owned(), String::new(), "b".to_owned()], vec![]]);
    assert_eq!(client.send_all(vec![Touch {}, Touch {}]).await.unwrap(), [(), ()]);
    let error = client.send_all(doubles(&[1.0, 2.0])).await.unwrap_err();
    assert_eq!(summary(&error), (Some(1), Some(2), vec![Some(Doubled { value: 1 }), None]));
    assert_eq!(error.error().kind(), ErrorKind::Decode);
    assert!(error.to_string().starts_with("call 1 of a batch of 2 (2 done): Double: "), "{error}");
}

#[tokio::test]
async fn a_failed_batch_names_the_failed_request() {
    let item = r#"{"responseStatus":{"errorCode":"Unlucky","message":"no","errors":[],"meta":{"AutoBatchIndex":"1"}}}"#;
    let bare = r#"{"responseStatus":{"errorCode":"Unlucky","message":"no"}}"#;
    for (reply, expected) in [
        (HttpReply::of(400, JSON, item).with_header("X-AutoBatch-Completed", "1"), (Some(1), Some(1))),
        (HttpReply::of(400, JSON, item), (Some(1), Some(0))),
        (HttpReply::of(409, JSON, "{}").with_header("X-AutoBatch-Completed", "2"), (Some(2), Some(2))),
        (HttpReply::of(500, JSON, bare), (None, Some(0))),
        (HttpReply::of(401, "", ""), (None, Some(0))),
        // An error of the service, in any format.
        (HttpReply::of(404, JSON, bare), (None, Some(0))),
        (HttpReply::of(404, JSON, "{}").with_header("X-AutoBatch-Completed", "0"), (Some(0), Some(0))),
        (HttpReply::of(405, JSON, r#"{"responseStatus":{"errorCode":"NotSupportedException"}}"#), (None, Some(0))),
        // A response is missing, so the number of completed requests is unknown.
        (ok(r#"[{"value":2}]"#), (None, None)),
        (ok(r#"{"value":2}"#), (None, None)),
        (ok("["), (None, None)),
    ] {
        let name = format!("{reply:?}");
        let (client, server) = client([reply]);
        let error = client.send_all(doubles(&[1.0, 2.0, 3.0])).await.unwrap_err();
        assert_eq!((error.failed_index(), error.completed()), expected, "{name}");
        assert_eq!((error.count(), error.answers(), server.requests().len()), (3, &[][..], 1), "{name}");
    }
    let server = ScriptedTransport::default();
    server.fail(TransportError::interrupted("gone"));
    let client = Client::builder("https://h").transport(server).build().unwrap();
    let error = client.send_all(doubles(&[1.0])).await.unwrap_err();
    assert_eq!((error.failed_index(), error.completed()), (None, None));
    assert_eq!(Error::from(error).kind(), ErrorKind::Interrupted);
}

#[tokio::test]
async fn without_a_batch_endpoint_calls_are_made_one_by_one_until_one_fails() {
    let missing = r#"{"responseStatus":{"errorCode":"NotImplementedException","message":"The operation does not exist for this service"}}"#;
    for missing in [
        HttpReply::of(404, "", ""),
        HttpReply::of(405, "", "").with_header("Allow", "GET"),
        HttpReply::of(405, "application/problem+json", r#"{"title":"Method Not Allowed","status":405}"#),
        HttpReply::of(404, "application/problem+json", r#"{"title":"Not Found","status":404}"#),
        HttpReply::of(405, JSON, missing),
        HttpReply::of(404, "text/plain", "404"),
    ] {
        let name = format!("{missing:?}");
        let failing = HttpReply::of(400, JSON, r#"{"responseStatus":{"errorCode":"Unlucky","message":"no"}}"#);
        let (client, server) = client([missing, ok(r#"{"value":2}"#), failing]);
        let error = client.send_all(doubles(&[1.0, 13.0, 3.0])).await.unwrap_err();
        assert_eq!(summary(&error), (Some(1), Some(1), vec![Some(Doubled { value: 2 }), None, None]), "{name}");
        assert_eq!(error.error().error_code(), Some("Unlucky"), "{name}");
        assert_eq!(
            lines(&server),
            [
                r#"POST /api/Double[] [{"value":1.0},{"value":13.0},{"value":3.0}]"#,
                r#"PUT /api/Double {"value":1.0}"#,
                r#"PUT /api/Double {"value":13.0}"#,
            ],
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_value_that_cannot_be_sent_is_an_error_before_anything_is_sent() {
    let (client, server) = client([]);
    let error = client.send_all(doubles(&[1.0, f64::NAN])).await.unwrap_err();
    assert_eq!((summary(&error), error.error().kind()), ((Some(1), Some(0), vec![]), ErrorKind::Request));
    let error = client.batch(doubles(&[1.0, f64::NAN])).one_by_one().send().await.unwrap_err();
    assert_eq!((summary(&error), error.error().kind()), ((Some(1), Some(0), vec![]), ErrorKind::Request));
    assert!(server.requests().is_empty());
}

/// A transport that responds to each request on the second poll, and counts concurrent requests.
#[derive(Clone, Default)]
struct Slow(Arc<Mutex<(usize, usize, usize)>>);

impl Transport for Slow {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            {
                let mut counts = self.0.lock().unwrap();
                counts.0 += 1;
                counts.1 += 1;
                counts.2 = counts.2.max(counts.1);
            }
            let body = String::from_utf8(request.body().as_bytes().unwrap().to_vec()).unwrap();
            // The first is the slowest.
            let pauses = if body.contains("0.0") { 9 } else { 2 };
            for _ in 0..pauses {
                tokio::task::yield_now().await;
            }
            self.0.lock().unwrap().1 -= 1;
            let number = body.trim_matches(|c: char| !c.is_ascii_digit()).trim_end_matches(".0");
            Ok(match number {
                "13" => HttpReply::of(400, JSON, "{}").with_reason("Unlucky"),
                number => HttpReply::of(200, JSON, format!("{{\"value\":{number}}}")),
            }
            .into())
        })
    }
}

#[tokio::test]
async fn calls_can_run_concurrently() {
    let values: Vec<f64> = (0..10).map(f64::from).collect();
    let expected: Vec<Doubled> = (0..10).map(|value| Doubled { value }).collect();
    for (asked, most) in [(0, 1), (1, 1), (3, 3), (50, 10)] {
        let slow = Slow::default();
        let client = Client::builder("https://h").transport(slow.clone()).build().unwrap();
        let task = tokio::spawn(client.batch(doubles(&values)).one_by_one().concurrency(asked).send());
        assert_eq!(task.await.unwrap().unwrap(), expected, "{asked}");
        assert_eq!(*slow.0.lock().unwrap(), (10, 0, most), "{asked}");
    }
    let slow = Slow::default();
    let client = Client::builder("https://h").transport(slow.clone()).build().unwrap();
    let values = [0.0, 13.0, 2.0, 3.0, 4.0];
    let error = client.batch(doubles(&values)).one_by_one().concurrency(3).send().await.unwrap_err();
    let there = [Some(Doubled { value: 0 }), None, Some(Doubled { value: 2 }), None, None];
    assert_eq!(summary(&error), (Some(1), Some(2), there.to_vec()));
    assert_eq!(*slow.0.lock().unwrap(), (3, 0, 3));
}

#[tokio::test]
async fn one_way_calls_use_the_address_of_the_host() {
    let missing = r#"{"responseStatus":{"errorCode":"NotImplementedException","message":"The operation does not exist for this service"}}"#;
    let cases = [
        (Service::new("x"), vec![Address::Api], vec![ok("{}")], vec!["GET /api/Find?id=1 "]),
        (Service::new("x").endpoint_routing(true), vec![Address::Api], vec![ok("{}")], vec!["GET /api/Find?id=1 "]),
        (
            Service::new("x").endpoint_routing(false),
            vec![Address::Api],
            vec![HttpReply::of(204, "", "")],
            vec!["POST /json/oneway/Find {\"id\":1}"],
        ),
        (
            Service::new("x"),
            vec![Address::Routes, Address::Reply],
            vec![HttpReply::of(200, "text/html", "<p>whatever</p>")],
            vec!["POST /json/oneway/Find {\"id\":1}"],
        ),
        (
            Service::new("x"),
            vec![Address::Api, Address::Reply],
            vec![HttpReply::of(405, JSON, missing), ok("{}")],
            vec!["POST /json/oneway/Find {\"id\":1}", "GET /api/Find?id=1 "],
        ),
    ];
    for (service, addresses, answers, expected) in cases {
        let server = ScriptedTransport::new(answers);
        let client = evo_runtime::ClientBuilder::new("https://h", service)
            .addresses(addresses)
            .iso_dates(false)
            .transport(server.clone())
            .build()
            .unwrap();
        client.publish(Find { id: Some(1) }).await.unwrap();
        assert_eq!(lines(&server), expected);
    }
}
