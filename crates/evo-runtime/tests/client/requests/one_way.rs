//! One-way calls of many requests at once.

use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::{Address, Client, ClientBuilder, Service, operation, record};

#[derive(Debug, Clone, PartialEq, Default)]
struct Note {
    text: Option<String>,
}
record!(Note { text: "Text" });
operation!(Note: POST => Note);

fn notes() -> Vec<Note> {
    ["a", "b"].map(|text| Note { text: Some(text.to_owned()) }).to_vec()
}

fn client(server: &ScriptedTransport, service: Service) -> Client {
    ClientBuilder::new("https://h", service).transport(server.clone()).build().unwrap()
}

/// Returns the path and the body of each request.
fn asked(server: &ScriptedTransport) -> Vec<(String, String)> {
    let text = |request: &evo_runtime::http::Request<evo_runtime::transport::Body>| {
        let body = String::from_utf8(request.body().as_bytes().unwrap().to_vec()).unwrap();
        (request.uri().path().to_owned(), body)
    };
    server.requests().iter().map(text).collect()
}

const CLASSIC: Service = Service::new("N").endpoint_routing(false);
const BODY: &str = r#"[{"text":"a"},{"text":"b"}]"#;

fn line(path: &str) -> (String, String) {
    (path.to_owned(), BODY.to_owned())
}

#[tokio::test]
async fn a_host_with_one_way_batches_gets_one_request() {
    let addressed = Service::new("N").addresses(&[Address::Reply]);
    for service in [CLASSIC, addressed] {
        for answer in [HttpReply::of(204, "", ""), HttpReply::of(200, "application/json", BODY)] {
            let server = ScriptedTransport::new([answer]);
            let client = client(&server, service);
            client.publish_all(notes()).await.unwrap();
            client.publish_all(Vec::<Note>::new()).await.unwrap();
            assert_eq!(asked(&server), [line("/json/oneway/Note[]")]);
        }
    }
    let server = ScriptedTransport::new([HttpReply::of(204, "", "")]);
    let batch = client(&server, CLASSIC).batch(notes()).header("X-Tenant", "acme").query("q", "1");
    batch.publish().await.unwrap();
    let request = &server.requests()[0];
    assert_eq!((request.uri().query(), request.headers()["x-tenant"].as_bytes()), (Some("q=1"), &b"acme"[..]));
}

#[tokio::test]
async fn a_host_without_one_way_batches_gets_an_ordinary_batch() {
    let missing = "Error trying to resolve Service 'ServiceStack.Messaging.IMessageFactory' from Adapter";
    for refusal in [
        HttpReply::error(500, "Exception", missing),
        HttpReply::error(405, "NotImplementedException", "The operation does not exist for this service")
            .with_reason("Method Not Allowed"),
        HttpReply::of(405, "", "").with_header("allow", "GET"),
        HttpReply::of(404, "", ""),
    ] {
        let done = || HttpReply::of(200, "application/json", BODY);
        let server = ScriptedTransport::new([refusal, done(), done()]);
        let client = client(&server, CLASSIC);
        client.publish_all(notes()).await.unwrap();
        // The client remembers this.
        client.publish_all(notes()).await.unwrap();
        assert_eq!(asked(&server), [line("/json/oneway/Note[]"), line("/api/Note[]"), line("/api/Note[]")]);
    }
    let server = ScriptedTransport::new([HttpReply::of(200, "application/json", BODY)]);
    client(&server, Service::new("N").endpoint_routing(true)).publish_all(notes()).await.unwrap();
    assert_eq!(asked(&server), [line("/api/Note[]")]);
}

#[tokio::test]
async fn errors_of_the_service_are_not_mistaken_for_a_missing_address() {
    for answer in [
        HttpReply::error(405, "NotSupportedException", "not this one"),
        HttpReply::error(404, "NotFound", "gone"),
        HttpReply::of(405, "application/json", "{}").with_reason("MyCode"),
        HttpReply::error(500, "ResolutionException", "no IClock"),
    ] {
        let server = ScriptedTransport::new([answer]);
        client(&server, CLASSIC).publish_all(notes()).await.unwrap_err();
        assert_eq!(asked(&server), [line("/json/oneway/Note[]")]);
    }
}

#[tokio::test]
async fn a_failed_call_is_named_and_not_sent_again() {
    let failed = HttpReply::error(409, "Clash", "taken").with_header("X-AutoBatch-Completed", "1");
    let server = ScriptedTransport::new([failed]);
    let error = client(&server, CLASSIC).publish_all(notes()).await.unwrap_err();
    assert_eq!((error.error().error_code(), error.failed_index()), (Some("Clash"), Some(1)));
    assert_eq!((error.completed(), error.count()), (Some(1), 2));
    assert_eq!(asked(&server), [line("/json/oneway/Note[]")]);
}
