//! Headers of a client and of its calls.

use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::{Client, operation, record};

#[derive(Debug, Clone, PartialEq, Default)]
struct Visit {}
record!(Visit {});
operation!(Visit: GET => ());

#[tokio::test]
async fn a_header_given_twice_is_sent_twice_and_a_call_replaces_those_of_its_client() {
    let server = ScriptedTransport::new([HttpReply::of(204, "", ""), HttpReply::of(204, "", "")]);
    let client = Client::builder("https://h")
        .header("X-Tag", "one")
        .header("x-tag", "two")
        .header("X-Tenant", "acme")
        .header("User-Agent", "mine")
        .transport(server.clone())
        .build()
        .unwrap();
    client.send(Visit {}).await.unwrap();
    client.call(Visit {}).header("X-Tag", "three").header("X-Tag", "four").send().await.unwrap();
    let sent: Vec<[Vec<String>; 3]> = server
        .requests()
        .iter()
        .map(|request| {
            ["x-tag", "x-tenant", "user-agent"].map(|name| {
                let values = request.headers().get_all(name).iter();
                values.map(|value| value.to_str().unwrap().to_owned()).collect()
            })
        })
        .collect();
    let headers =
        |tags: [&str; 2]| [tags.map(str::to_owned).to_vec(), vec!["acme".to_owned()], vec!["mine".to_owned()]];
    assert_eq!(sent, [headers(["one", "two"]), headers(["three", "four"])]);
    assert!(!format!("{client:?}").contains("acme"));
}
