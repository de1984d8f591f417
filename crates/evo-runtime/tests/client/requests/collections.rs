//! Requests that are lists and maps: the body is the list or map itself.

use std::collections::BTreeMap;

use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::wire::{json, jsv};
use evo_runtime::{Address, Client, ErrorKind, Format, collection, operation, record, setters};

use crate::shown::shown;

#[derive(Debug, Clone, PartialEq, Default)]
struct Row {
    id: i32,
    name: Option<String>,
}
record!(Row { id: "Id", name: "Name" => required });

#[derive(Debug, Clone, PartialEq, Default)]
struct StoreRows(Vec<Row>);
collection!(request StoreRows(Vec<Row>));
operation!(StoreRows: POST "/rows" => Count);

#[derive(Debug, Clone, PartialEq, Default)]
struct CountWords(BTreeMap<String, i32>);
collection!(request CountWords(BTreeMap<String, i32>));
operation!(CountWords: GET => Count);

#[derive(Debug, Clone, PartialEq, Default)]
struct Count {
    count: i32,
}
record!(Count { count: "Count" });

fn rows() -> StoreRows {
    StoreRows(vec![Row { id: 1, name: Some("a,b".to_owned()) }, Row { id: 2, name: None }])
}

fn words() -> CountWords {
    CountWords(BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]))
}

fn client(server: &ScriptedTransport) -> Client {
    Client::builder("https://h").addresses([Address::Routes, Address::Api]).transport(server.clone()).build().unwrap()
}

fn answer(body: &'static str) -> HttpReply {
    HttpReply::of(200, "application/json", body)
}

#[tokio::test]
async fn a_list_or_a_map_is_the_body_of_its_call_whatever_the_verb() {
    let server = ScriptedTransport::new([
        answer(r#"{"count":2}"#),
        answer(r#"{"count":2}"#),
        HttpReply::of(200, "application/jsv", "{count:2}"),
    ]);
    let client = client(&server);
    assert_eq!(client.send(rows()).await.unwrap(), Count { count: 2 });
    assert_eq!(client.send(words()).await.unwrap(), Count { count: 2 });
    assert_eq!(client.call(rows()).format(Format::Jsv).send().await.unwrap(), Count { count: 2 });
    assert_eq!(
        server.requests().iter().map(shown).collect::<Vec<_>>(),
        [
            "POST https://h/rows\naccept: application/json\ncontent-type: application/json\n\n\
             [{\"id\":1,\"name\":\"a,b\"},{\"id\":2}]",
            "POST https://h/api/CountWords\naccept: application/json\ncontent-type: application/json\n\
             x-http-method-override: GET\n\n\
             {\"a\":1,\"b\":2}",
            "POST https://h/rows\naccept: application/jsv\ncontent-type: application/jsv\n\n\
             [{id:1,name:\"a,b\"},{id:2}]",
        ]
    );
}

#[tokio::test]
async fn lists_are_sent_in_a_batch_as_lists_of_lists() {
    let server = ScriptedTransport::new([answer(r#"[{"count":2},{"count":0}]"#)]);
    let answers = client(&server).send_all(vec![rows(), StoreRows::default()]).await.unwrap();
    assert_eq!(answers, [Count { count: 2 }, Count { count: 0 }]);
    let body = server.requests()[0].body().as_bytes().unwrap().to_vec();
    assert_eq!(String::from_utf8(body).unwrap(), r#"[[{"id":1,"name":"a,b"},{"id":2}],[]]"#);
}

#[tokio::test]
async fn lists_cannot_be_sent_in_forms() {
    let server = ScriptedTransport::default();
    let error = client(&server).upload(rows()).prepare().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert_eq!(
        error.to_string(),
        "StoreRows: StoreRows is a list or a map, which no form can carry; send the files with a request that has members"
    );
}

#[test]
fn everything_written_can_be_read() {
    for (format, bytes) in [("json", json::to_vec(&rows()).unwrap()), ("serde", serde_json::to_vec(&rows()).unwrap())] {
        assert_eq!(json::from_slice::<StoreRows>(&bytes).unwrap(), rows(), "{format}");
        assert_eq!(serde_json::from_slice::<StoreRows>(&bytes).unwrap(), rows(), "{format}");
    }
    assert_eq!(evo_jsv::from_slice::<StoreRows>(&jsv::to_vec(&rows()).unwrap()).unwrap(), rows());
    let bytes = json::to_vec(&words()).unwrap();
    assert_eq!(json::from_slice::<CountWords>(&bytes).unwrap(), words());
    assert_eq!(json::from_slice::<CountWords>(b"null").unwrap(), CountWords::default());
    assert_eq!(words().get("b"), Some(&2));
    let missing = evo_runtime::validate(&rows()).unwrap_err();
    assert_eq!(missing.paths(), ["[1].Name"]);
}

#[derive(Debug, Clone, PartialEq, Default)]
struct GetRow {
    id: i32,
    name: Option<String>,
}
record!(GetRow { id: "Id", name: "Name" });
setters!(GetRow(id: i32 = plain, name: String) {});

#[test]
fn an_argument_of_new_can_be_a_member_without_an_option() {
    assert_eq!(GetRow::new(7, "a"), GetRow { id: 7, name: Some("a".to_owned()) });
}
