//! Batches and one-way calls (section 7).

use evo_runtime::dto::ResponseStatus;
use evo_runtime::transport::HttpReply;
use evo_runtime::{Address, operation, record};
use serde_json::{Value, json};

use crate::case::{self, Case, cases, items, text};
use crate::music::IdResponse;

cases![batch_01, batch_02, batch_03, batch_04, batch_05, batch_06, batch_07, batch_08];

#[derive(Debug, Clone, PartialEq, Default)]
struct Batched {
    id: Option<i32>,
}
record!(Batched { id: "Id" });
operation!(Batched: POST => BatchedResponse);

#[derive(Debug, Clone, PartialEq, Default)]
struct BatchedResponse {
    id: i32,
    response_status: Option<ResponseStatus>,
}
record!(BatchedResponse { id: "Id", response_status: "ResponseStatus" });

#[derive(Debug, Clone, PartialEq, Default)]
struct Validated {
    name: Option<String>,
}
record!(Validated { name: "Name" });
operation!(Validated: POST => IdResponse);

#[derive(Debug, Clone, PartialEq, Default)]
struct ReadBatched {
    id: Option<i32>,
}
record!(ReadBatched { id: "Id" });
operation!(ReadBatched: GET => BatchedResponse);

#[derive(Debug, Clone, PartialEq, Default)]
struct DeleteWidget {
    id: Option<i32>,
}
record!(DeleteWidget { id: "Id" });
operation!(DeleteWidget: DELETE => ());

#[derive(Debug, Clone, PartialEq, Default)]
struct PostVoid {}
record!(PostVoid {});
operation!(PostVoid: POST => ());

const ADDRESSES: &[Address] = &[Address::Api];

fn calls(given: &Value) -> Vec<Batched> {
    items(given).iter().map(case::dto).collect()
}

/// Describes where a batch failed, in the words of the table.
fn place<A>(error: &evo_runtime::BatchError<A>) -> Value {
    json!({"failedIndex": error.failed_index(), "completed": error.completed()})
}

/// Returns the verb, the address, and the body if there is one.
fn asked(server: &evo_runtime::transport::ScriptedTransport) -> Vec<String> {
    let requests = server.requests();
    let lines = requests.iter().map(|request| {
        let body = request
            .body()
            .as_bytes()
            .filter(|body| !body.is_empty())
            .map(|body| format!(" body {}", std::str::from_utf8(body).unwrap()));
        format!("{} {}{}", request.method(), request.uri().path(), body.unwrap_or_default())
    });
    lines.collect()
}

async fn batch_01(case: Case) {
    let (client, server) = case::client(ADDRESSES, items(&case.given["responses"]).iter().map(case::reply));
    let first = client.send_all(calls(&case.given["requests"])).await.unwrap();
    assert_eq!(first.iter().map(|answer| answer.id).collect::<Vec<_>>(), [1, 2, 3], "{}", case.expect["first"]);
    let error = client.send_all(calls(&case.given["requests"])).await.unwrap_err();
    let mut found = place(&error);
    found["error"] = json!(error.error().error_code());
    assert_eq!(found, case.expect["second"]);
    assert_eq!(asked(&server), [text(&case.expect["request"]), text(&case.expect["request"])]);
}

async fn batch_02(case: Case) {
    let (client, _) = case::client(ADDRESSES, [case::reply(&case.given["response"])]);
    let error = client.send_all(vec![Validated::default(), Validated::default()]).await.unwrap_err();
    let mut found = place(&error);
    found["note"] = case.expect["note"].clone();
    assert_eq!(found, case.expect);
}

async fn batch_03(case: Case) {
    for response in items(&case.given["responses"]) {
        let missing = case::reply(response);
        let single = || evo_runtime::transport::HttpReply::of(200, "application/json", r#"{"id":1}"#);
        let (client, server) = case::client(ADDRESSES, [missing, single(), single()]);
        let calls = vec![ReadBatched { id: Some(1) }, ReadBatched { id: Some(2) }];
        let answers = client.send_all(calls).await.unwrap();
        assert_eq!(answers.len(), 2, "{response}");
        let body = r#"[{"id":1},{"id":2}]"#;
        let expected = [
            format!("POST /api/ReadBatched[] body {body}"),
            "GET /api/ReadBatched".into(),
            "GET /api/ReadBatched".into(),
        ];
        assert_eq!(asked(&server), expected, "{}: {}", response["host"], case.expect["each"]);
    }
}

async fn batch_04(case: Case) {
    let (client, server) = case::client(ADDRESSES, [case::reply(&case.given["response"])]);
    let answers = client.send_all(calls(&case.given["requests"])).await.unwrap();
    assert_eq!(answers.len(), items(&case.expect["responses"]).len());
    assert!(server.requests().is_empty(), "{}", case.expect["note"]);
}

async fn batch_05(case: Case) {
    let (client, _) = case::client(ADDRESSES, [case::reply(&case.given["response"])]);
    let answers = client.send_all(vec![DeleteWidget { id: Some(1) }, DeleteWidget { id: Some(2) }]).await.unwrap();
    assert_eq!(json!(answers.len()), case.expect["completed"]);
}

async fn batch_06(case: Case) {
    let (client, server) = case::client(ADDRESSES, [case::reply(&case.given["response"])]);
    let error = client.send_all(calls(&json!([{"Id": 1}, {"Id": 2}]))).await.unwrap_err();
    let mut found = place(&error);
    found["error"] = json!(error.error().error_code());
    assert_eq!(found, case.expect);
    assert_eq!(server.requests().len(), 1);
}

async fn batch_07(case: Case) {
    let (client, server) = case::client(ADDRESSES, items(&case.given["responses"]).iter().map(case::reply));
    for expected in items(&case.expect["results"]) {
        let found = match client.publish(Batched { id: Some(1) }).await {
            Ok(()) => "ok".to_owned(),
            Err(error) => format!("error {}", error.error_code().unwrap()),
        };
        assert_eq!(found, text(expected));
    }
    let expected = format!("{} body {{\"id\":1}}", text(&case.expect["request"]));
    assert_eq!(asked(&server), vec![expected; 3]);
}

async fn batch_08(case: Case) {
    assert_eq!(case.expect["result"], "ok");
    let answers = [case::reply(&case.given["answer"]), HttpReply::of(204, "", "")];
    let (client, server) = case::client(&[Address::Reply], answers);
    client.publish(PostVoid {}).await.unwrap();
    let sent = asked(&server).into_iter().map(|line| line.split(" body").next().unwrap().to_owned());
    // Each expectation names one path, or two of which the first is that of this client.
    let expected =
        items(&case.expect["requests"]).iter().map(|line| text(line).split(" or ").next().unwrap().to_owned());
    assert_eq!(sent.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
}
