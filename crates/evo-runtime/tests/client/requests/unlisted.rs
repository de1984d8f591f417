//! Calls of URLs that are not in the metadata, and redirects that are followed on request.

use std::time::Duration;

use evo_runtime::http::{Method, Request};
use evo_runtime::transport::{Body, HttpReply, ScriptedTransport, TransportError};
use evo_runtime::{ApiKey, Basic, Client, Download, ErrorKind, Retry, operation, record};

#[derive(Debug, Clone, PartialEq, Default)]
struct Note {
    text: Option<String>,
}
record!(Note { text: "Text" });

#[derive(Debug, Clone, PartialEq, Default)]
struct ReadFile {}
record!(ReadFile {});
operation!(ReadFile: GET "/file" => raw Download);

#[derive(Debug, Clone, PartialEq, Default)]
struct MakeFile {
    text: Option<String>,
}
record!(MakeFile { text: "Text" });
operation!(MakeFile: POST => raw Download);

fn json(body: &str) -> HttpReply {
    HttpReply::of(200, "application/json", body.to_owned())
}

fn client(server: &ScriptedTransport) -> Client {
    let builder = Client::builder("https://h/v1").header("X-Tenant", "acme").auth(ApiKey::new("k3y"));
    builder.transport(server.clone()).build().unwrap()
}

/// Returns the method and URL, the secrets, and the body of a request.
fn line(request: &Request<Body>) -> String {
    let has = |name| if request.headers().contains_key(name) { format!(" {name}") } else { String::new() };
    let body = std::str::from_utf8(request.body().as_bytes().unwrap()).unwrap();
    let secrets = ["x-api-key", "x-tenant", "cookie", "x-own"].map(has).concat();
    format!("{} {}{secrets} {body}", request.method(), request.uri()).trim_end().to_owned()
}

fn lines(server: &ScriptedTransport) -> Vec<String> {
    server.requests().iter().map(line).collect()
}

#[tokio::test]
async fn paths_are_called_with_the_session_of_the_client() {
    let server = ScriptedTransport::new([
        json(r#"{"text":"a"}"#).with_header("set-cookie", "ss-id=s; path=/"),
        json(r#"{"text":"b"}"#),
        HttpReply::of(200, "text/plain", "plain"),
        HttpReply::of(200, "image/png", &b"\x89PNG"[..]),
        json("[1]"),
        json("1"),
    ]);
    let client = client(&server);
    let note: Note = client.get_url("/admin/note").query("q", "a b").header("X-Own", "1").await.unwrap();
    assert_eq!(note.text.as_deref(), Some("a"));
    let note = Note { text: Some("x".to_owned()) };
    assert_eq!(client.post_url::<Note>("admin/note", &note).send().await.unwrap().text.as_deref(), Some("b"));
    assert_eq!(client.get_url::<()>("/robots.txt").text().await.unwrap(), "plain");
    assert_eq!(client.get_url::<()>("/logo.png").bytes().await.unwrap(), &b"\x89PNG"[..]);
    let ids: Vec<i32> = client.get_url("https://h/elsewhere?x=1").timeout(Duration::from_secs(1)).await.unwrap();
    assert_eq!(ids, [1]);
    let put = client.call_url::<i32>(Method::PUT, "/raw").body("text/csv", "a,b");
    assert_eq!(put.await.unwrap(), 1);
    let own = "x-api-key x-tenant cookie";
    assert_eq!(
        lines(&server),
        [
            "GET https://h/v1/admin/note?q=a%20b x-api-key x-tenant x-own".to_owned(),
            format!(r#"POST https://h/v1/admin/note {own} {{"text":"x"}}"#),
            format!("GET https://h/v1/robots.txt {own}"),
            format!("GET https://h/v1/logo.png {own}"),
            format!("GET https://h/elsewhere?x=1 {own}"),
            format!("PUT https://h/v1/raw {own} a,b"),
        ]
    );
    assert_eq!(server.requests()[2].headers()["accept"], "*/*");
    assert_eq!(server.requests()[5].headers()["content-type"], "text/csv");
}

#[tokio::test]
async fn other_hosts_receive_no_credentials_of_the_client() {
    let server = ScriptedTransport::new([
        json("{}").with_header("set-cookie", "ss-id=s; path=/"),
        json("{}").with_header("set-cookie", "ss-id=evil; path=/"),
        json("{}"),
    ]);
    let client = client(&server);
    client.get_url::<Note>("/note").await.unwrap();
    client.get_url::<Note>("https://other/note").header("X-Own", "1").await.unwrap();
    client.get_url::<Note>("https://h:444/note").await.unwrap();
    assert_eq!(
        lines(&server),
        ["GET https://h/v1/note x-api-key x-tenant", "GET https://other/note x-own", "GET https://h:444/note"]
    );
    let saved = client.session().save().to_json();
    assert!(saved.contains("ss-id") && !saved.contains("evil"), "{saved}");
}

#[tokio::test]
async fn errors_and_retries_are_those_of_every_call() {
    let taken = r#"{"responseStatus":{"errorCode":"Taken","message":"no"}}"#;
    let server = ScriptedTransport::new([HttpReply::of(503, "", ""), HttpReply::of(409, "application/json", taken)]);
    let server = server.with_clock();
    let error = client(&server).get_url::<Note>("/note").await.unwrap_err();
    assert_eq!((error.operation(), error.error_code(), server.requests().len()), (Some("url"), Some("Taken"), 2));
    let error = client(&server).get_url::<Note>("http://[").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
}

fn moved(status: u16, location: &str) -> HttpReply {
    HttpReply::of(status, "", "").with_header("location", location)
}

#[tokio::test]
async fn redirects_are_followed_on_request_and_without_credentials_to_other_hosts() {
    let server = ScriptedTransport::new([
        moved(302, "/files/1"),
        moved(307, "https://cdn.example/1?sig=x"),
        HttpReply::of(200, "", "file"),
    ]);
    let download = client(&server).call(ReadFile {}).header("X-Own", "1").follow_redirects(5).send().await.unwrap();
    assert_eq!(download.bytes().await.unwrap(), "file");
    assert_eq!(
        lines(&server),
        [
            "GET https://h/v1/api/ReadFile x-api-key x-tenant x-own",
            "GET https://h/files/1 x-api-key x-tenant x-own",
            "GET https://cdn.example/1?sig=x",
        ]
    );

    // Only with 303, a POST becomes a GET.
    let server = ScriptedTransport::new([moved(303, "/files/2"), HttpReply::of(200, "", "made"), moved(307, "/again")]);
    let call = || client(&server).call(MakeFile { text: Some("t".to_owned()) }).follow_redirects(1);
    assert_eq!(call().send().await.unwrap().bytes().await.unwrap(), "made");
    assert_eq!(call().send().await.unwrap_err().kind(), ErrorKind::Redirect);
    assert_eq!(lines(&server)[1], "GET https://h/files/2 x-api-key x-tenant");
    assert_eq!(server.requests().len(), 3);

    // At most as many redirects as allowed are followed, and none by default. A sign-in page is never returned as a file.
    for (most, answers, kind, requests) in [
        (0, vec![moved(302, "/a")], ErrorKind::Redirect, 1),
        (1, vec![moved(302, "/a"), moved(302, "/b")], ErrorKind::Redirect, 2),
        (5, vec![moved(302, "/login?redirect=x")], ErrorKind::Unauthorized, 1),
        (5, vec![moved(302, "ftp://h/a")], ErrorKind::Redirect, 1),
        // These send a call nowhere.
        (5, vec![moved(304, "/a")], ErrorKind::Redirect, 1),
        (5, vec![moved(305, "/a")], ErrorKind::Redirect, 1),
    ] {
        let server = ScriptedTransport::new(answers);
        let builder = Client::builder("https://h").follow_redirects(most).transport(server.clone());
        let error = builder.auth(Basic::new("u", "p")).build().unwrap().send(ReadFile {}).await.unwrap_err();
        assert_eq!((error.kind(), server.requests().len()), (kind, requests));
    }
}

#[tokio::test]
async fn retries_are_a_policy_of_the_caller() {
    let fail = |server: &ScriptedTransport| (0..5).for_each(|_| server.fail(TransportError::interrupted("it broke")));
    let post = async |retry: Retry, idempotent: Option<bool>| {
        let server = ScriptedTransport::default().with_clock();
        fail(&server);
        let client = Client::builder("https://h").retry(retry).transport(server.clone()).build().unwrap();
        let call = client.call(MakeFile::default());
        let call = if let Some(idempotent) = idempotent { call.idempotent(idempotent) } else { call };
        call.send().await.unwrap_err();
        (server.requests().len(), server.pauses())
    };
    assert_eq!(post(Retry::default(), None).await, (1, vec![]), "a POST is not idempotent");
    assert_eq!(post(Retry::default(), Some(true)).await.0, 3);
    let seconds = |attempt: u32| Duration::from_secs(u64::from(attempt));
    let own = Retry::default().attempts(4).when(|failure| failure.attempt() < 3).backoff(seconds);
    assert_eq!(post(own.clone(), None).await, (3, vec![seconds(1), seconds(2)]));
    let picky = own.when(|failure| {
        assert_eq!((failure.method(), failure.status(), failure.is_safe()), (&Method::POST, None, false));
        failure.error().unwrap().kind() == ErrorKind::Connect
    });
    assert_eq!(post(picky, None).await, (1, vec![]));
    let get = ScriptedTransport::new([HttpReply::of(500, "", ""), HttpReply::of(200, "", "x")]).with_clock();
    let client = Client::builder("https://h")
        .transport(get.clone())
        .retry(Retry::default().when(|failure| failure.status().is_some_and(|status| status == 500)));
    client.build().unwrap().send(ReadFile {}).await.unwrap();
    assert_eq!(get.requests().len(), 2);
}
