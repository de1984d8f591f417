//! Settings of single calls, prepared requests, hooks, and nonstandard verbs.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use evo_runtime::http::Method;
use evo_runtime::transport::{Body, HttpReply, ScriptedTransport, TransportError};
use evo_runtime::{
    Address, Basic, Client, Credentials, ErrorKind, FilePart, Format, Operation, Retry, dto, operation, record,
};

use crate::shown::shown;

#[derive(Debug, Clone, PartialEq, Default)]
struct Find {
    text: Option<String>,
}
record!(Find { text: "Text" });
operation!(Find: GET "/find/{Text}" => Found);

#[derive(Debug, Clone, PartialEq, Default)]
struct Found {
    id: i32,
}
record!(Found { id: "Id" });

#[derive(Debug, Clone, PartialEq, Default)]
struct Odd {
    note: Option<String>,
}
record!(Odd { note: "Note" });
operation!(Odd: PATCHY "/odd" => Found);

fn find(text: &str) -> Find {
    Find { text: Some(text.to_owned()) }
}

fn found() -> HttpReply {
    HttpReply::of(200, "application/json", r#"{"id":7}"#)
}

fn client(server: &ScriptedTransport) -> Client {
    Client::builder("https://h").header("X-Tenant", "acme").transport(server.clone()).build().unwrap()
}

#[tokio::test]
async fn a_call_can_have_its_own_headers_query_timeout_and_address() {
    let server = ScriptedTransport::new([found(), found(), found()]);
    let client = client(&server);
    let call = client.call(find("a b")).header("X-Tenant", "other").header("X-Trace", "1").header("X-Trace", "2");
    let call = call.query("a&b", "c d").query("e", "").timeout(Duration::from_secs(1)).address(Address::Routes);
    assert_eq!(call.send().await.unwrap(), Found { id: 7 });
    assert_eq!(client.call(find("x")).format(Format::Jsv).send().await.unwrap(), Found { id: 7 });
    assert_eq!(client.send(find("x")).await.unwrap(), Found { id: 7 });
    let requests = server.requests();
    assert_eq!(
        requests.iter().map(shown).collect::<Vec<_>>(),
        [
            "GET https://h/find/a%20b?a%26b=c%20d&e=\naccept: application/json\nx-tenant: other\nx-trace: 1\nx-trace: 2\n",
            "GET https://h/find/x\naccept: application/jsv\nx-tenant: acme\n",
            "GET https://h/api/Find?text=x\naccept: application/json\nx-tenant: acme\n",
        ]
    );
}

#[test]
fn clients_and_calls_go_to_other_threads_and_tasks() {
    fn shared<T: Clone + Send + Sync + 'static>(_: &T) {}
    fn task<T: Future + Send + 'static>(_: T) {}
    let client = client(&ScriptedTransport::default());
    shared(&client);
    task(client.send(find("x")));
    task(client.call(find("x")).send_response());
    task(client.send_raw(find("x")));
    task(client.send_all(vec![find("x")]));
    task(client.publish(find("x")));
    task(client.upload(find("x")).send());
    task(client.download(find("x")).send());
    task(client.query(find("x")).send());
}

#[tokio::test]
async fn invalid_calls_are_errors_before_anything_is_sent() {
    let server = ScriptedTransport::default();
    for (name, value, message) in [
        ("a b", "c", r#"Find: "a b" is not the name of a header"#),
        ("X-A", "b\nc", "Find: the value of the header X-A holds a control character"),
    ] {
        let error = client(&server).call(find("x")).header(name, value).header("X-B", "c").send().await.unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Request, message));
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn responses_have_a_status_and_headers() {
    let reply = HttpReply::of(201, "application/json", r#"{"id":7}"#).with_header("location", "/items/7");
    let answered = client(&ScriptedTransport::new([reply])).call(find("x")).send_response().await.unwrap();
    assert_eq!(
        (answered.status().as_u16(), answered.headers()["Location"].to_str().unwrap(), answered.body()),
        (201, "/items/7", &Found { id: 7 })
    );
}

#[tokio::test]
async fn raw_responses_accept_any_body() {
    for (status, body) in [(200, "<p>"), (404, "{\"responseStatus\":"), (503, ""), (302, ""), (304, ""), (401, "no")] {
        let reply = HttpReply::of(status, "text/x", body).with_header("location", "/login");
        let download = client(&ScriptedTransport::new([reply])).send_raw(find("x")).await.unwrap();
        assert_eq!((download.status().as_u16(), download.content_type()), (status, Some("text/x")));
        assert_eq!(download.bytes().await.unwrap(), body, "{status}");
    }
    let error = client(&ScriptedTransport::default()).send_raw(find("x")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);

    // An expired session is renewed for these calls as well, and transient errors are retried.
    let login = || HttpReply::of(200, "application/json", "{}");
    let server =
        ScriptedTransport::new([login(), HttpReply::of(401, "", ""), login(), HttpReply::of(503, "", ""), found()]);
    let signed_in = client(&server.clone().with_clock()).with_auth(Credentials::new("me", "secret"));
    assert_eq!(signed_in.send_raw(find("x")).await.unwrap().bytes().await.unwrap(), r#"{"id":7}"#);
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test]
async fn a_prepared_request_is_a_line_for_curl() {
    let server = ScriptedTransport::default();
    let client = client(&server);
    let curl = |operation: Find| client.call(operation).prepare().unwrap().to_curl();
    assert_eq!(
        curl(find("it's")),
        "curl 'https://h/api/Find?text=it%27s' -H 'user-agent: agent' -H 'x-tenant: <secret>' -H 'accept: application/json'"
            .replace("agent: agent", concat!("agent: evo-runtime/", env!("CARGO_PKG_VERSION")))
    );
    let request = client.call(Odd { note: Some("it's \"x\"\n$(y)".to_owned()) }).header("A", "b").prepare().unwrap();
    let body = r#" --data-raw '{"note":"it'\''s \"x\"\n$(y)"}'"#;
    let shown = request.to_curl_with_secrets();
    assert!(shown.starts_with("curl -X PATCHY https://h/api/Odd -H "), "{shown}");
    assert!(
        shown.contains(" -H 'x-tenant: acme' ") && shown.contains(" -H 'a: b' ") && shown.ends_with(body),
        "{shown}"
    );
    let shown = request.to_curl();
    assert!(!shown.contains("acme") && shown.contains("a: <secret>") && shown.ends_with(body), "{shown}");

    let file = || FilePart::bytes("x.bin", vec![0xff]);
    let stream = Body::replayable(Some(1), || unreachable!("nothing is sent"));
    for (name, request) in [
        ("x.bin", client.upload(find("x")).file(file()).prepare().unwrap()),
        ("x", client.upload(find("x")).file(FilePart::body("x", stream)).prepare().unwrap()),
    ] {
        let (shown, end) = (request.to_curl(), format!(" -F 'file=@\"{name}\";type=application/octet-stream'"));
        assert!(shown.starts_with("curl -X POST ") && shown.ends_with(&end), "{name}: {shown}");
    }

    let login = client.call(dto::Authenticate::new().password("s3cret")).prepare().unwrap();
    assert!(login.to_curl().ends_with(r#" --data-raw '{"password":"<secret>"}'"#), "{}", login.to_curl());
    assert!(login.to_curl_with_secrets().contains("s3cret"));
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn hooks_see_and_change_each_attempt() {
    let server = ScriptedTransport::new([HttpReply::of(503, "", "").with_header("x-node", "a"), found()]).with_clock();
    server.fail(TransportError::interrupted("it broke"));
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let client = Client::builder("https://h")
        .auth(Basic::new("me", "secret"))
        .on_request(|request| {
            assert!(!request.headers().contains_key("authorization"), "credentials are added later");
            request.headers_mut().append("x-signed", "1".parse().unwrap());
        })
        .on_request(|request| {
            let value = format!("{}2", request.headers()["x-signed"].to_str().unwrap());
            request.headers_mut().insert("x-signed", value.parse().unwrap());
        })
        .on_response(move |exchange| {
            assert!(exchange.elapsed < Duration::from_secs(10));
            let node = exchange
                .response
                .and_then(|(_, headers)| headers.get("x-node"))
                .map(|node| node.to_str().unwrap().to_owned());
            let status = exchange.response.map(|(status, _)| status.as_u16());
            log.lock().unwrap().push((
                exchange.operation.to_owned(),
                exchange.method.clone(),
                exchange.attempt,
                status,
                node,
            ));
        })
        .transport(server.clone())
        .build()
        .unwrap();
    client.send(find("x")).await.unwrap();
    client.call(find("x")).retry(Retry::never()).send().await.unwrap_err();
    for request in server.requests() {
        assert_eq!(request.headers()["x-signed"], "12");
        assert!(request.headers().contains_key("authorization"));
    }
    let find = "Find".to_owned();
    assert_eq!(
        *seen.lock().unwrap(),
        [
            (find.clone(), Method::GET, 1, Some(503), Some("a".to_owned())),
            (find.clone(), Method::GET, 2, Some(200), None),
            (find, Method::GET, 1, None, None),
        ]
    );
}

#[tokio::test]
async fn custom_verbs_are_sent() {
    assert_eq!((Odd::SPEC.method, Find::SPEC.method), ("PATCHY", "GET"));
    let server = ScriptedTransport::new([found(), found()]);
    let client = client(&server);
    client.send(Odd { note: Some("n".to_owned()) }).await.unwrap();
    client.call(find("x")).method(Method::POST).send().await.unwrap();
    let requests: Vec<String> = server.requests().iter().map(shown).collect();
    let json = "accept: application/json\ncontent-type: application/json\nx-tenant: acme\n";
    assert_eq!(
        requests,
        [
            format!("PATCHY https://h/api/Odd\n{json}\n{{\"note\":\"n\"}}"),
            format!("POST https://h/api/Find\n{json}\n{{\"text\":\"x\"}}"),
        ]
    );
}
