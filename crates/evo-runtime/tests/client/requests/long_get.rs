//! GET requests whose values do not fit in a query (URL-21 to 23, URL-31 to 33).

use std::collections::BTreeMap;

use evo_runtime::http::Request;
use evo_runtime::transport::{Body, HttpReply, ScriptedTransport, TransportError};
use evo_runtime::{Address, Client, ErrorKind, Facts, operation, record};

#[derive(Debug, Clone, PartialEq, Default)]
struct FindGet {
    q: Option<String>,
    map: Option<BTreeMap<String, String>>,
    format: Option<String>,
    note: Option<String>,
    take: Option<i32>,
    ids: Option<Vec<i32>>,
}
record!(FindGet { q: "Q", map: "Map", format: "Format", note: "Note", take: "Take", ids: "Ids" });
operation!(FindGet: GET "/find" => Found);

#[derive(Debug, Clone, PartialEq, Default)]
struct Found {
    id: i32,
}
record!(Found { id: "Id" });

fn long() -> FindGet {
    FindGet { map: Some(BTreeMap::from([("\"".to_owned(), "b".to_owned())])), ..Default::default() }
}

fn found() -> HttpReply {
    HttpReply::of(200, "application/json", r#"{"id":7}"#)
}

/// Returns the response of a host that does not route this method.
fn refused() -> HttpReply {
    HttpReply::of(405, "", "").with_header("allow", "GET")
}

fn client(server: &ScriptedTransport, address: Address) -> Client {
    Client::builder("https://h").addresses([address]).transport(server.clone()).build().unwrap()
}

/// Returns the method, the target, the method override and the body of a request.
fn line(request: &Request<Body>) -> String {
    let target = request.uri().path_and_query().unwrap();
    let header = request.headers().get("x-http-method-override").map_or("", |value| value.to_str().unwrap());
    let body = std::str::from_utf8(request.body().as_bytes().unwrap()).unwrap();
    format!("{} {target} {header} {body}", request.method())
}

fn lines(server: &ScriptedTransport) -> Vec<String> {
    server.requests().iter().map(line).collect()
}

#[tokio::test]
async fn a_long_get_is_a_post_that_asks_to_be_treated_as_get() {
    let body = r#"{"map":{"\"":"b"}}"#;
    for (host, answers, expected) in [
        ("classic", vec![found(), found()], vec!["POST /api/FindGet GET"; 2]),
        (
            "endpoint routing since 10.0.8",
            vec![refused(), found(), found()],
            vec!["POST /api/FindGet GET", "POST /api/FindGet.json GET", "POST /api/FindGet.json GET"],
        ),
        (
            "endpoint routing before 10.0.8",
            vec![refused(), refused(), found(), found()],
            vec!["POST /api/FindGet GET", "POST /api/FindGet.json GET", "GET /api/FindGet ", "GET /api/FindGet "],
        ),
    ] {
        let server = ScriptedTransport::new(answers);
        let client = client(&server, Address::Api);
        assert_eq!(client.send(long()).await.unwrap(), Found { id: 7 }, "{host}");
        // All clones remember what the host accepts.
        assert_eq!(client.clone().send(long()).await.unwrap(), Found { id: 7 }, "{host}");
        let expected: Vec<String> = expected.iter().map(|line| format!("{line} {body}")).collect();
        assert_eq!(lines(&server), expected, "{host}");
    }
}

#[tokio::test]
async fn other_addresses_have_no_extension() {
    for (address, path) in [(Address::Routes, "/find"), (Address::Reply, "/json/reply/FindGet")] {
        let server = ScriptedTransport::new([refused(), found()]);
        assert_eq!(client(&server, address).send(long()).await.unwrap(), Found { id: 7 });
        let expected = [format!("POST {path} GET"), format!("GET {path} ")].map(|l| l + r#" {"map":{"\"":"b"}}"#);
        assert_eq!(lines(&server), expected);
    }
}

#[tokio::test]
async fn every_value_that_a_query_cannot_carry_is_sent_in_a_body() {
    let server = ScriptedTransport::new((0..4).map(|_| found()));
    let client = client(&server, Address::Api);
    let text = "a".repeat(9000);
    client.send(FindGet { format: Some("csv".to_owned()), ..Default::default() }).await.unwrap();
    client.send(FindGet { q: Some(text.clone()), ..Default::default() }).await.unwrap();
    client.call(FindGet { q: Some(String::new()), ..Default::default() }).keep_empty_texts().send().await.unwrap();
    client.send(FindGet { q: Some("x".to_owned()), ..Default::default() }).await.unwrap();
    assert_eq!(
        lines(&server),
        [
            r#"POST /api/FindGet GET {"format":"csv"}"#.to_owned(),
            format!(r#"POST /api/FindGet GET {{"q":"{text}"}}"#),
            r#"POST /api/FindGet GET {"q":""}"#.to_owned(),
            "GET /api/FindGet?q=x  ".to_owned(),
        ]
    );
}

#[tokio::test]
async fn it_is_treated_as_the_get_that_it_replaces() {
    // It is retried after a failure after which a POST would not be retried.
    let server = ScriptedTransport::default().with_clock();
    server.fail(TransportError::interrupted("it broke"));
    server.answer(HttpReply::of(503, "", ""));
    server.answer(found());
    assert_eq!(client(&server, Address::Api).send(long()).await.unwrap(), Found { id: 7 });
    assert_eq!(lines(&server), vec![r#"POST /api/FindGet GET {"map":{"\"":"b"}}"#; 3]);
    let prepared = client(&server, Address::Api).call(long()).prepare().unwrap();
    assert_eq!(prepared.method(), "GET");
    assert_eq!(
        prepared.to_curl(),
        "curl -X POST https://h/api/FindGet -H 'user-agent: evo-runtime/0.1.0' -H 'content-type: application/json' \
         -H 'accept: application/json' -H 'x-http-method-override: GET' --data-raw '{\"map\":{\"\\\"\":\"b\"}}'"
    );
}

#[tokio::test]
async fn a_service_never_runs_twice() {
    let own =
        r#"{"responseStatus":{"errorCode":"NotImplementedException","message":"Export of this does not exist yet"}}"#;
    let unknown = r#"{"responseStatus":{"errorCode":"NotImplementedException","message":"The operation 'FindGet' does not exist for this service"}}"#;
    for (answer, kind) in [
        (HttpReply::of(405, "application/json", own).with_reason("NotImplementedException"), ErrorKind::Service),
        (HttpReply::of(405, "application/json", unknown), ErrorKind::UnknownOperation),
        (HttpReply::of(405, "application/json", "{}").with_reason("MyCode"), ErrorKind::Service),
        (HttpReply::of(500, "", ""), ErrorKind::Service),
    ] {
        let server = ScriptedTransport::new([answer]);
        assert_eq!(client(&server, Address::Api).send(long()).await.unwrap_err().kind(), kind);
        assert_eq!(server.requests().len(), 1);
    }
    let server = ScriptedTransport::new([refused(), refused(), refused()]);
    let error = client(&server, Address::Api).send(long()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WrongMethod);
    assert!(error.hint().unwrap().ends_with("map: a key with quotes arrives with more of them"), "{error}");
    assert_eq!(server.requests().len(), 3, "each form once");
}

#[tokio::test]
async fn undecoded_calls_also_find_their_address() {
    let server = ScriptedTransport::new([refused(), found()]);
    let download = client(&server, Address::Api).send_raw(long()).await.unwrap();
    assert_eq!((download.status().as_u16(), server.requests().len()), (200, 2));
}

#[tokio::test]
async fn parameters_that_servers_ignore_are_members_or_rejected() {
    let server = ScriptedTransport::new((0..2).map(|_| found()));
    let client = client(&server, Address::Api);
    let call = client.call(long()).query("note", "n, \"q\"").query("take", "3").query("IDS", "[1,2]");
    call.query("jsconfig", "edv").send().await.unwrap();
    client.call(FindGet::default()).query("note", "n").query("other", "x").send().await.unwrap();
    let error = client.call(long()).query("other", "x").send().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.message()),
        (ErrorKind::Request, "the parameter other would be lost: servers ignore the query of a GET with a body")
    );
    let error = client.call(long()).query("take", "many").send().await.unwrap_err();
    assert!(error.message().starts_with("the member take does not take the value"), "{error}");
    assert_eq!(
        lines(&server),
        [
            r#"POST /api/FindGet?jsconfig=edv GET {"map":{"\"":"b"},"note":"n, \"q\"","take":3,"ids":[1,2]}"#,
            "GET /api/FindGet?note=n&other=x  ",
        ]
    );
}

#[tokio::test]
async fn another_path_of_the_api_is_a_setting() {
    let server = ScriptedTransport::new([found(), refused(), found()]);
    let client = Client::builder("https://h/v1").api_path("services/").transport(server.clone()).build().unwrap();
    client.send(FindGet::default()).await.unwrap();
    client.send(long()).await.unwrap();
    let paths: Vec<String> = server.requests().iter().map(|request| request.uri().path().to_owned()).collect();
    assert_eq!(paths, ["/v1/services/FindGet", "/v1/services/FindGet", "/v1/services/FindGet.json"]);
    for wrong in ["", "/", "a b", "/a?b"] {
        let error = Client::builder("https://h").api_path(wrong).transport(server.clone()).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{wrong:?}");
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Publish {
    text: Option<String>,
}
record!(Publish { text: "Text" });
operation!(Publish: POST => ());

#[tokio::test]
async fn a_host_without_a_queue_gets_the_ordinary_call() {
    let no_queue = r#"{"responseStatus":{"errorCode":"Exception","message":"Error trying to resolve Service 'ServiceStack.Messaging.IMessageFactory' from ServiceStack"}}"#;
    let server = ScriptedTransport::new([
        HttpReply::of(500, "application/json", no_queue),
        HttpReply::of(204, "", ""),
        HttpReply::of(204, "", ""),
    ]);
    let client = Client::builder("https://h").addresses([Address::Reply]).transport(server.clone()).build().unwrap();
    client.publish(Publish::default()).await.unwrap();
    client.clone().publish(Publish::default()).await.unwrap();
    let paths: Vec<String> = server.requests().iter().map(|request| request.uri().path().to_owned()).collect();
    assert_eq!(paths, ["/json/oneway/Publish", "/json/reply/Publish", "/json/reply/Publish"]);

    // An exception of the service is returned as its error.
    let own = r#"{"responseStatus":{"errorCode":"NotImplementedException","message":"Export does not exist yet"}}"#;
    let server = ScriptedTransport::new([
        HttpReply::of(405, "application/json", own).with_reason("NotImplementedException"),
        HttpReply::of(500, "application/json", r#"{"responseStatus":{"errorCode":"Exception","message":"no"}}"#),
    ]);
    let client = Client::builder("https://h").addresses([Address::Reply]).transport(server.clone()).build().unwrap();
    for _ in 0..2 {
        let error = client.publish(Publish::default()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Service, "{error}");
    }
    assert_eq!(server.requests().len(), 2);
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Twin {
    id: Option<i32>,
}
record!(Twin { id: "Id" });
operation!(Twin: POST "/twins/{Id}" => (), only routes);

#[derive(Debug, Clone, PartialEq, Default)]
struct Other {
    id: Option<i32>,
}
record!(Other { id: "Id" });
operation!(Other as "Twin": GET => Vec<Found>, dates, only routes, rows Found);

#[tokio::test]
async fn an_operation_with_the_name_of_another_is_called_only_by_its_routes() {
    let server = ScriptedTransport::new((0..3).map(|_| HttpReply::of(204, "", "")));
    let client = Client::builder("https://h").addresses([Address::Api, Address::Reply]).transport(server.clone());
    let client = client.build().unwrap().with_facts(&Facts::default());
    client.send(Twin { id: Some(1) }).await.unwrap();
    client.publish(Twin { id: Some(2) }).await.unwrap();
    client.send_all(vec![Twin { id: Some(3) }]).await.unwrap();
    let paths: Vec<String> = server.requests().iter().map(|request| request.uri().path().to_owned()).collect();
    assert_eq!(paths, ["/twins/1", "/twins/2", "/twins/3"]);
    for error in [client.send(Twin { id: None }).await.unwrap_err(), client.send(Other::default()).await.unwrap_err()] {
        assert_eq!(error.kind(), ErrorKind::Request);
        assert!(error.to_string().contains("another operation of the service has the same name"), "{error}");
    }
    assert_eq!(server.requests().len(), 3);
}
