//! The cases of Evo Voice in `fixtures/protocol/cases.json`, one test each.

use std::collections::BTreeSet;
use std::path::Path;

use evo_voice::evo_runtime::http::Request;
use evo_voice::evo_runtime::transport::{Body, HttpReply, ScriptedTransport};
use evo_voice::evo_runtime::wire::{Encode, json, jsv};
use evo_voice::evo_runtime::{Address, Error, ErrorKind, Format, Operation};
use evo_voice::sessions::{
    DeleteChatMember, EndSession, HoldSession, ListSessions, NewOutgoingSession, SessionHoldReasons, SessionInfo,
};
use serde_json::{Value, json};

use crate::host;

const JSON: &str = "application/json; charset=utf-8";

/// The addresses that the production server supports.
const PRODUCTION: &[Address] = &[Address::Routes, Address::Reply];

fn read(path: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(path);
    let text = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the input and the expected output of a case.
fn case(id: &str) -> (Value, Value) {
    let case = read("protocol/cases.json").into_iter().find(|case| case["id"] == id);
    let mut case = case.unwrap_or_else(|| panic!("no case {id}"));
    let mut member = |name| case.get_mut(name).map(Value::take).unwrap_or_default();
    (member("given"), member("expect"))
}

/// Returns the recorded response of an exchange that a case refers to.
fn recorded(id: &str) -> HttpReply {
    let exchange = read("recordings/10.1.5/evo.st-camel.json").into_iter().find(|exchange| exchange["id"] == id);
    let exchange = exchange.unwrap_or_else(|| panic!("no exchange {id}"));
    reply(exchange.get("response").expect("a response"))
}

/// Builds a response from the table or a recording. Headers are pairs, or members of an object.
fn reply(response: &Value) -> HttpReply {
    let status = response["status"].as_u64().and_then(|status| status.try_into().ok()).expect("a status");
    let mut reply = HttpReply::of(status, "", text(&response["body"]).to_owned());
    if let Some(reason) = response["reason"].as_str() {
        reply = reply.with_reason(reason);
    }
    if let Some(headers) = response["headers"].as_object() {
        return headers.iter().fold(reply, |reply, (name, value)| reply.with_header(name, text(value)));
    }
    let headers = response["headers"].as_array().into_iter().flatten();
    headers.fold(reply, |reply, header| reply.with_header(text(&header[0]), text(&header[1])))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("a text, not {value}"))
}

/// Sends an operation and returns this response. The cases run without `jsconfig`.
async fn send<T: Operation>(
    operation: T,
    addresses: &[Address],
    format: Format,
    answer: HttpReply,
) -> (Request<Body>, Result<T::Answer, Error>) {
    let server = ScriptedTransport::new([answer]);
    let client = evo_voice::Client::builder("https://evovoice.io")
        .addresses(addresses.iter().copied())
        .format(format)
        .iso_dates(false)
        .transport(server.clone())
        .build()
        .expect("a client");
    let answer = client.send(operation).await;
    let mut requests = server.requests();
    assert_eq!(requests.len(), 1, "requests");
    (requests.remove(0), answer)
}

/// `POST /sessions/s1/hold`
fn line(request: &Request<Body>) -> String {
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    format!("{} {}{query}", request.method(), request.uri().path())
}

fn body(request: &Request<Body>) -> Value {
    let body = String::from_utf8(request.body().as_bytes().expect("bytes").to_vec()).expect("text");
    if body.is_empty() { Value::Null } else { Value::String(body) }
}

fn headers_are(request: &Request<Body>, expected: &Value) {
    for (name, value) in expected.as_object().expect("headers") {
        let sent = match name.as_str() {
            // The transport adds this header.
            "Content-Length" => request.body().length().filter(|length| *length > 0).map(|length| length.to_string()),
            name => request.headers().get(name).map(|value| value.to_str().expect("text").to_owned()),
        };
        assert_eq!(sent.as_deref(), value.as_str(), "{name}");
    }
}

/// Compares the members in a case, by paths such as `members[0].muted`; null means that a member is not set.
fn decoded_is(value: &dyn Encode, expected: &Value) {
    let written: Value = serde_json::from_slice(&json::to_vec(value).expect("JSON")).expect("JSON");
    for (path, expected) in expected.as_object().expect("members") {
        let pointer = format!("/{}", path.replace(['.', '['], "/").replace(']', ""));
        assert_eq!(written.pointer(&pointer).unwrap_or(&Value::Null), expected, "{path}");
    }
}

fn transfer() -> HoldSession {
    HoldSession::new("s1").call_sid("CA1").reason(SessionHoldReasons::Transferring)
}

fn remove() -> DeleteChatMember {
    DeleteChatMember::new().session_id("s1").member_to_remove("m1")
}

/// Returns the declared routes, followed by the address of a case.
fn routes_and(base: &Value) -> [Address; 2] {
    match text(base) {
        "/api" => [Address::Routes, Address::Api],
        "/json/reply" => [Address::Routes, Address::Reply],
        base => panic!("no address {base}"),
    }
}

#[test]
fn every_case_of_evo_voice_has_its_test() {
    let table = read("protocol/cases.json");
    let ids = table.iter().map(|case| text(&case["id"])).filter(|id| id.starts_with("EVO-"));
    let cases: BTreeSet<String> = ids.map(|id| id.to_lowercase().replace('-', "_")).collect();
    let functions = include_str!("conformance.rs").lines().filter_map(|line| {
        let name = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ")?.split('(').next()?;
        name.starts_with("evo_").then(|| name.to_owned())
    });
    assert_eq!(functions.collect::<BTreeSet<_>>(), cases);
}

#[tokio::test]
async fn evo_01() {
    let (_, expect) = case("EVO-01");
    let answer = HttpReply::of(200, JSON, text(&expect["response_bytes"]).to_owned());
    let (request, answer) = send(transfer(), PRODUCTION, Format::Json, answer).await;
    assert_eq!(line(&request), expect["request"]);
    headers_are(&request, &expect["headers"]);
    assert_eq!(body(&request), expect["body"]);
    decoded_is(&answer.unwrap(), &expect["decoded"]);
}

#[tokio::test]
async fn evo_02() {
    let (_, expect) = case("EVO-02");
    let answer = HttpReply::of(200, text(&expect["response_content_type"]), text(&expect["response_bytes"]).to_owned());
    let (request, answer) = send(transfer(), PRODUCTION, Format::Jsv, answer).await;
    assert_eq!(line(&request), expect["request"]);
    headers_are(&request, &expect["headers"]);
    assert_eq!(body(&request), expect["body"]);
    let answer = answer.unwrap();
    decoded_is(&answer, &expect["decoded"]);

    let in_json: SessionInfo =
        json::from_slice(text(&case("EVO-01").1["response_bytes"]).as_bytes()).expect("the response of EVO-01");
    assert_eq!(answer, in_json, "the same session in JSON");
}

#[tokio::test]
async fn evo_03() {
    let (given, expect) = case("EVO-03");
    let bytes = text(&expect["response_bytes"]);
    let answer = HttpReply::of(200, JSON, bytes.to_owned());
    let (request, answer) = send(remove(), &routes_and(&given["base"]), Format::Json, answer).await;
    assert_eq!(line(&request), expect["request"]);
    assert_eq!(body(&request), expect["body"]);
    decoded_is(&answer.unwrap(), &serde_json::from_str(bytes).expect("JSON"));
    assert_eq!(DeleteChatMember::SPEC.routes, [""; 0], "{}", expect["note"]);
}

#[tokio::test]
async fn evo_04() {
    let (given, expect) = case("EVO-04");
    let addresses = routes_and(&given["base"]);
    let (request, answer) = send(remove(), &addresses, Format::Json, recorded("delete-member-reply")).await;
    assert_eq!(line(&request), expect["request"]);
    assert_eq!(body(&request), expect["body"]);
    assert_eq!(expect["response"], 200);
    assert_eq!(answer.unwrap().id.as_deref(), Some("s1"));

    let refusal = &expect["endpoint_routing"];
    let (_, answer) = send(remove(), &addresses, Format::Json, reply(refusal)).await;
    let error = answer.unwrap_err();
    assert_eq!(
        (
            error.kind(),
            error.status().map(|status| status.as_u16()),
            error.reason(),
            error.error_code(),
            error.message()
        ),
        (
            ErrorKind::UnknownOperation,
            Some(405),
            refusal["reason"].as_str(),
            Some("NotImplementedException"),
            "The operation does not exist for this service"
        )
    );
}

#[tokio::test]
async fn evo_05() {
    let (_, expect) = case("EVO-05");
    let bytes = text(&expect["response_bytes"]);
    let answer = HttpReply::of(200, text(&expect["response_content_type"]), bytes.to_owned());
    let (request, answer) = send(remove(), PRODUCTION, Format::Jsv, answer).await;
    assert_eq!(line(&request), expect["request"]);
    assert_eq!(body(&request), Value::Null);
    let in_json = text(&case("EVO-03").1["response_bytes"]).to_owned();
    let in_json: SessionInfo = json::from_slice(in_json.as_bytes()).expect("the response of EVO-03");
    assert_eq!(answer.unwrap(), in_json, "the same session in JSON");
}

#[tokio::test]
async fn evo_06() {
    let (given, expect) = case("EVO-06");
    let (request, answer) = send(remove(), PRODUCTION, Format::Json, reply(&given["response"])).await;
    assert_ne!(line(&request), given["request"], "the declared route is not used");
    let error = answer.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(json!(error.status().map(|status| status.as_u16())), expect["error"]);
    assert_eq!(json!(error.error_code()), expect["errorCode"]);
    assert_eq!(error.message(), expect["message"]);
}

#[tokio::test]
async fn evo_07() {
    let (given, expect) = case("EVO-07");
    let answer = HttpReply::of(200, JSON, text(&given["response_bytes"]).to_owned());
    let (request, answer) = send(transfer(), PRODUCTION, Format::Json, answer).await;
    assert_eq!(body(&request), given["request_body"]);
    let answer = answer.unwrap();
    decoded_is(&answer, &expect["decoded"]);

    let of_camel_host = text(&case("EVO-01").1["response_bytes"]).to_owned();
    let of_camel_host: SessionInfo = json::from_slice(of_camel_host.as_bytes()).expect("the response of EVO-01");
    assert_eq!(answer, of_camel_host, "{}", expect["note"]);
}

#[tokio::test]
async fn evo_08() {
    let (given, expect) = case("EVO-08");
    let (request, answer) =
        send(HoldSession::new("s1"), &[Address::Api], Format::Json, reply(&given["response"])).await;
    assert_eq!(body(&request), r#"{"sessionId":"s1"}"#, "{}", expect["request"]);
    let answer = answer.unwrap();
    decoded_is(&answer, &expect["decoded"]);
    assert_eq!(answer.id.as_deref(), Some("s1"));
}

#[tokio::test]
async fn evo_09() {
    let (given, expect) = case("EVO-09");
    let end = EndSession::new("s1").call_sid("CA1");
    let (request, answer) = send(end, PRODUCTION, Format::Json, reply(&given["response"])).await;
    assert_eq!(line(&request), given["request"]);
    assert_eq!(body(&request), Value::Null);
    let unit: () = answer.unwrap();
    assert_eq!((json!(unit), &expect["result"]), (Value::Null, &json!("unit")));
}

#[tokio::test]
async fn evo_10() {
    let (given, expect) = case("EVO-10");
    let get = host::sessions::GetSession::new("missing");
    let (_, answer) = send(get, PRODUCTION, Format::Json, reply(&given["response"])).await;
    let error = answer.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Service);
    assert!(error.is_not_found());
    assert_eq!(json!(error.status().map(|status| status.as_u16())), expect["error"]);
    assert_eq!(json!(error.error_code()), expect["errorCode"]);
    assert_eq!(error.message(), expect["message"]);
}

#[tokio::test]
async fn evo_11() {
    let (given, expect) = case("EVO-11");
    let [anonymous, forbidden] = [&given["responses"][0], &given["responses"][1]];
    let (_, answer) = send(HoldSession::new("s1"), PRODUCTION, Format::Json, reply(anonymous)).await;
    let error = answer.unwrap_err();
    assert_eq!(
        (error.kind(), error.status().map(|status| status.as_u16()), error.message(), error.body()),
        (ErrorKind::Unauthorized, Some(401), "Unauthorized", &b""[..]),
        "{}",
        expect["errors"][0]
    );
    let challenge = error.headers().and_then(|headers| headers.get("www-authenticate"));
    let challenge = challenge.and_then(|value| value.to_str().ok());
    assert_eq!(challenge, anonymous["headers"]["WWW-Authenticate"].as_str());

    let call = NewOutgoingSession::new().flow_id("f");
    let (_, answer) = send(call, PRODUCTION, Format::Json, reply(forbidden)).await;
    let error = answer.unwrap_err();
    assert!(error.is_forbidden());
    assert_eq!(
        (error.kind(), error.status().map(|status| status.as_u16()), error.message(), error.body()),
        (ErrorKind::Service, Some(403), "Invalid Role", text(&forbidden["body"]).as_bytes()),
        "{}",
        expect["errors"][1]
    );
}

#[test]
fn evo_12() {
    let (given, _) = case("EVO-12");
    let sample = text(&given["page_sample"]);
    let session: SessionInfo = json::from_slice(sample.as_bytes()).unwrap();
    assert_eq!(json::to_string(&session).unwrap(), sample, "the same keys and values in the same order");

    let in_jsv = jsv::to_vec(&session).unwrap();
    let mut again = SessionInfo::default();
    jsv::read_slice(&in_jsv, &mut again).unwrap();
    assert_eq!(again, session, "{}", String::from_utf8_lossy(&in_jsv));
}

#[tokio::test]
async fn evo_13() {
    let (given, expect) = case("EVO-13");
    let answer = HttpReply::of(200, JSON, text(&given["response_bytes"]).to_owned());
    let list = ListSessions::new().page(28).count_per_page(2);
    let (request, answer) = send(list, PRODUCTION, Format::Json, answer).await;
    assert_eq!(line(&request), given["request"]);
    let page = answer.unwrap();
    assert_eq!(
        json!({ "type": "ListResponse<SessionInfo>", "items": page.items.len(), "totalCount": page.total_count,
            "totalPages": page.total_pages, "hasMorePages": page.has_more_pages }),
        expect
    );
    let session = text(&case("EVO-03").1["response_bytes"]).replace(r#""id":"s1""#, r#""id":"s56""#);
    let session: SessionInfo = json::from_slice(session.as_bytes()).expect("the session of EVO-03");
    assert_eq!(page.items, [session]);
}

#[tokio::test]
async fn evo_14() {
    let (given, expect) = case("EVO-14");
    let get = host::flows::GetFlowParameters::new("f1");
    let answer = HttpReply::of(200, JSON, text(&given["response_bytes"]).to_owned());
    let (request, answer) = send(get, PRODUCTION, Format::Json, answer).await;
    assert_eq!(line(&request), given["request"]);
    let parameters = answer.unwrap();
    assert_eq!(json!(parameters.keys().collect::<Vec<_>>()), expect["keys"]);
    let nested = &parameters["Nested"];
    let inner = nested.struct_parameters["Inner"].text.as_deref();
    let listed = nested.list_parameters[0]["L"].text.as_deref();
    assert_eq!((inner, listed), (Some("x"), Some("y")), "{}", expect["nested"]);
    let enabled = &parameters["Enabled"];
    assert_eq!(
        (enabled.id.as_deref(), enabled.text.as_deref(), nested.id.as_deref()),
        (Some("p1"), Some("true"), Some("p2"))
    );
}

#[tokio::test]
async fn evo_15() {
    let (_, expect) = case("EVO-15");
    let patch = host::sessions::PatchSession::new("s1").display_name("renamed");
    let (request, answer) = send(patch, PRODUCTION, Format::Json, recorded("patch")).await;
    assert_eq!(line(&request), expect["request"]);
    let (with_id, _) = text(&expect["body"]).split_once(" or without sessionId").expect("two forms");
    assert_eq!(body(&request), with_id);
    let answer = answer.unwrap();
    let expected = json!({ "displayName": expect["displayName"], "channel": expect["channel"] });
    decoded_is(&answer, &expected);
}

#[tokio::test]
async fn evo_16() {
    let (_, expect) = case("EVO-16");
    let addresses = [Address::Routes, Address::Api];
    let (request, _) = send(HoldSession::new("a/b c"), &addresses, Format::Json, recorded("hold-api")).await;
    let sent = format!("{} {}", line(&request), text(&body(&request)));
    assert_eq!(sent, expect["request"], "{}", expect["why"]);
}
