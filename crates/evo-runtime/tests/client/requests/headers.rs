//! Headers of a client and of its calls.

use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::{Basic, Client, operation, record};

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

#[tokio::test]
async fn a_header_of_the_caller_replaces_that_of_the_client() {
    let server = ScriptedTransport::new((0..5).map(|_| HttpReply::of(204, "", "")));
    let client = Client::builder("https://h")
        .transport(server.clone())
        .auth(Basic::new("me", "secret"))
        .header("Accept", "application/json; v=2")
        .header("Authorization", "Own 1")
        .build()
        .unwrap();
    client.send(Visit {}).await.unwrap();
    client
        .call(Visit {})
        .header("accept", "application/json; v=3")
        .header("authorization", "Own 2")
        .send()
        .await
        .unwrap();
    client.get_url::<()>("/visits").send().await.unwrap();
    client.get_url::<()>("https://other.example/visits").text().await.unwrap();
    client.login().await.unwrap_err();
    client.logout().await.unwrap();
    let sent: Vec<[Option<String>; 2]> = server
        .requests()
        .iter()
        .map(|request| {
            ["accept", "authorization"]
                .map(|name| request.headers().get(name).map(|value| value.to_str().unwrap().to_owned()))
        })
        .collect();
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        sent,
        [
            [text("application/json; v=2"), text("Own 1")],
            [text("application/json; v=3"), text("Own 2")],
            [text("application/json; v=2"), text("Own 1")],
            [text("*/*"), None],
            // Requests of the session use JSON, regardless of the format of calls.
            [text("application/json"), text("Own 1")],
        ]
    );
}
