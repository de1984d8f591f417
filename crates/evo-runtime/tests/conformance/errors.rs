//! The errors of servers as a caller sees them (section 8).

use std::time::Duration;

use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::{Address, Client, Error, ErrorKind, dto, operation, record};
use serde_json::Value;

use crate::case::{self, Case, answer, cases, items, text};

cases![
    err_01, err_02, err_03, err_04, err_05, err_06, err_07, err_08, err_09, err_10, err_11, err_12, err_13, err_14,
    err_15, err_16, err_17, err_18, err_19
];

#[derive(Debug, Clone, PartialEq, Default)]
struct Call {}
record!(Call {});
operation!(Call: GET "/call" => Answer);

#[derive(Debug, Clone, PartialEq, Default)]
struct Answer {
    id: i32,
    response_status: Option<dto::ResponseStatus>,
}
record!(Answer { id: "Id", response_status: "ResponseStatus" });

async fn error_of(reply: HttpReply) -> Error {
    answer::<Call>(reply).await.unwrap_err()
}

/// Returns the responses of a case with several bodies and one status.
fn with_body(given: &Value, body: &Value) -> HttpReply {
    let mut given = given.clone();
    given["body"] = body.clone();
    case::reply(&given)
}

/// Asserts on the error code, and on the message, status and field errors that the case expects.
fn assert_error(error: &Error, expect: &Value) {
    assert_eq!(error.error_code(), expect["errorCode"].as_str(), "{error}");
    if let Some(message) = expect["message"].as_str() {
        assert_eq!(error.message(), message);
    }
    if let Some(status) = expect["status"].as_u64() {
        assert_eq!(error.status().map(|status| u64::from(status.as_u16())), Some(status));
    }
    if let Some(message) = expect["fieldError(name)"].as_str() {
        assert_eq!(error.field("name").and_then(|field| field.message.as_deref()), Some(message));
    }
    for (name, code) in expect["fieldErrors"].as_object().into_iter().flatten() {
        assert_eq!(error.field(name).and_then(|field| field.error_code.as_deref()), code.as_str(), "{name}");
    }
}

async fn err_01(case: Case) {
    let error = error_of(case::reply(&case.given)).await;
    assert_error(&error, &case.expect);
    assert!(error.is_validation());
}

async fn err_02(case: Case) {
    for body in items(&case.given["bodies"]) {
        assert_error(&error_of(with_body(&case.given, body)).await, &case.expect["each"]);
    }
}

async fn err_03(case: Case) {
    let codes = items(&case.expect["errorCodes"]);
    let responses = items(&case.given["responses"]);
    assert_eq!(responses.len(), codes.len());
    for (response, code) in responses.iter().zip(codes) {
        let error = error_of(case::reply(response)).await;
        assert_eq!((error.error_code(), error.reason()), (code.as_str(), response["reason"].as_str()), "{response}");
        assert_eq!(error.body(), text(&response["body"]).as_bytes(), "{response}");
        for (name, value) in response["headers"].as_object().into_iter().flatten() {
            assert_eq!(error.headers().unwrap()[name.as_str()], text(value), "{response}");
        }
        assert_ne!(error.kind(), ErrorKind::Decode, "{response}");
    }
}

async fn err_04(case: Case) {
    for body in items(&case.given["bodies"]) {
        assert_error(&error_of(with_body(&case.given, body)).await, &case.expect);
    }
}

async fn err_05(case: Case) {
    let answer = answer::<Call>(case::reply(&case.given)).await.unwrap();
    let status = answer.response_status.unwrap();
    assert_eq!((answer.id, status.error_code.as_deref()), (1, case.expect["responseStatus.errorCode"].as_str()));
    assert_eq!(status.errors, None);
}

async fn err_06(case: Case) {
    let error = error_of(case::reply(&case.given)).await;
    assert_error(&error, &case.expect);
    assert_eq!(error.retry_after(), case.expect["retryAfterSeconds"].as_u64().map(Duration::from_secs));
    assert!(error.is_retryable());
}

async fn err_07(case: Case) {
    let error = error_of(case::reply(&case.given)).await;
    assert_error(&error, &case.expect);
    assert!(error.is_forbidden());
}

async fn err_08(case: Case) {
    let error = error_of(case::reply(&case.given)).await;
    assert_error(&error, &case.expect);
    assert_eq!(error.kind(), ErrorKind::WrongMethod);
    assert_eq!(error.to_string(), "Call: 405 Method Not Allowed; the server allows POST");
}

async fn err_09(case: Case) {
    for (address, advice) in [(Address::Reply, "Address::Api"), (Address::Api, "Address::Routes and Address::Reply")] {
        let (client, _) = case::client(&[address], [case::reply(&case.given)]);
        let error = client.send(Call {}).await.unwrap_err();
        assert_error(&error, &case.expect);
        assert_eq!(error.kind(), ErrorKind::UnknownOperation, "{address:?}");
        assert!(error.to_string().ends_with(&format!("set the addresses of the client to {advice}")), "{error}");
    }
}

async fn err_10(case: Case) {
    let error = error_of(case::reply(&case.given)).await;
    assert_error(&error, &case.expect);
    assert_eq!(error.message(), "gone");
    assert!(error.is_not_found());
}

async fn err_11(case: Case) {
    let error = error_of(case::reply(&case.given)).await;
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains(text(&case.given["content-type"])), "{error}");
}

async fn err_12(case: Case) {
    assert_error(&error_of(case::reply(&case.given)).await, &case.expect);
}

async fn err_13(case: Case) {
    assert_error(&error_of(case::reply(&case.given)).await, &case.expect);
}

async fn err_14(case: Case) {
    let results = items(&case.expect["results"]);
    let responses = items(&case.given["responses"]);
    assert_eq!(responses.len(), results.len());
    for (response, result) in responses.iter().zip(results) {
        match answer::<Call>(case::reply(response)).await {
            Ok(answer) => assert_eq!((answer, text(result)), (Answer::default(), "ok, no body")),
            Err(error) => assert_eq!(format!("error {}", error.error_code().unwrap()), text(result)),
        }
    }
}

async fn err_15(case: Case) {
    assert_error(&error_of(case::reply(&case.given)).await, &case.expect);
}

async fn err_16(case: Case) {
    let answer = answer::<Call>(case::reply(&case.given)).await.unwrap();
    assert_eq!(case.expect["ok"], true);
    let errors = answer.response_status.and_then(|status| status.errors).unwrap();
    assert_eq!(errors.len(), 2);
    // In a batch, and in a DTO without other members, it is an error of the service too.
    let body = case.given["body"].as_str().unwrap();
    let batch = HttpReply::of(200, "application/json", format!("[{body},{body}]"));
    let client = Client::builder("https://h").transport(ScriptedTransport::new([batch])).build().unwrap();
    let answers = client.send_all(vec![Call {}, Call {}]).await.unwrap();
    let count =
        |answer: &Answer| answer.response_status.as_ref().and_then(|status| status.errors.as_ref()).map(Vec::len);
    assert_eq!(answers.iter().map(count).collect::<Vec<_>>(), [Some(2), Some(2)]);
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Item {
    id: i32,
    text: Option<String>,
}
record!(Item { id: "Id", text: "Text" });

#[derive(Debug, Clone, PartialEq, Default)]
struct ListItems {}
record!(ListItems {});
operation!(ListItems: GET "/items" => Vec<Item>);

#[derive(Debug, Clone, PartialEq, Default)]
struct Count {}
record!(Count {});
operation!(Count: GET "/count" => Vec<i32>);

async fn err_17(case: Case) {
    let error = answer::<ListItems>(case::reply(&case.given)).await.unwrap_err();
    let expected = text(&case.expect["value"]);
    assert_eq!(
        (error.kind(), error.error_code(), error.message()),
        (ErrorKind::Service, Some("InvalidOperationException"), "item failed")
    );
    assert!(expected.contains(error.message()) && std::error::Error::source(&error).is_some(), "{expected}");
}

async fn err_18(case: Case) {
    let error = answer::<Count>(case::reply(&case.given)).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.error_code(), error.message()),
        (ErrorKind::Service, Some("ArgumentException"), "enumeration failed")
    );
    let body = text(&case.given["body"]);
    let status = &body[body.find('{').unwrap()..];
    // Truncated at any position.
    for cut in ["", "[", "[0", "[0,", "[0,1,2", "[\"a", "{\"a\":", "{\"a\":1,\"b"] {
        let reply = HttpReply::of(200, "application/json", format!("{cut}{status}"));
        let error = answer::<Count>(reply).await.unwrap_err();
        assert_eq!(error.error_code(), Some("ArgumentException"), "{cut}");
    }
}

/// Asserts that an error of the service and one of the host are not retried.
async fn err_19(case: Case) {
    let answers = items(&case.given["answers"]);
    assert_eq!(answers.len(), items(&case.expect["kinds"]).len());
    for (answer, kind) in answers.iter().zip([ErrorKind::Service, ErrorKind::UnknownOperation]) {
        let (client, server) = case::client(&[Address::Api], [case::reply(answer)]);
        let error = client.send(Call {}).await.unwrap_err();
        assert_eq!((error.kind(), error.error_code()), (kind, Some("NotImplementedException")), "{answer}");
        assert_eq!(server.requests().len(), 1);
    }
}
