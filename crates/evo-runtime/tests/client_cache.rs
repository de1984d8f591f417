//! Answers that are kept.
#![expect(clippy::unwrap_used, reason = "a helper that panics fails its test")]

use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::{Basic, Cache, Client, operation, record};

#[derive(Debug, Clone, PartialEq, Default)]
struct Tagged {
    id: Option<i32>,
}
record!(Tagged { id: "Id" });
operation!(Tagged: GET => Item);

#[derive(Debug, Clone, PartialEq, Default)]
struct SaveTagged {
    id: Option<i32>,
}
record!(SaveTagged { id: "Id" });
operation!(SaveTagged: PUT => Item);

#[derive(Debug, Clone, PartialEq, Default)]
struct Item {
    id: i32,
    text: Option<String>,
}
record!(Item { id: "Id", text: "Text" });

fn item(id: i32) -> HttpReply {
    HttpReply::of(200, "application/json", format!(r#"{{"id":{id},"text":"item"}}"#))
}

fn tagged(id: i32) -> HttpReply {
    item(id).with_header("etag", &format!("\"v{id}\""))
}

fn not_modified() -> HttpReply {
    HttpReply::of(304, "", "").with_reason("NotModified")
}

fn client(server: &ScriptedTransport, cache: &Cache) -> Client {
    Client::builder("https://h").transport(server.clone()).cache(cache.clone()).build().unwrap()
}

async fn read(client: &Client, id: i32) -> i32 {
    client.send(Tagged { id: Some(id) }).await.unwrap().id
}

/// The conditions of the requests so far.
fn conditions(server: &ScriptedTransport) -> Vec<[Option<String>; 2]> {
    let value = |value: Option<&http::HeaderValue>| value.map(|value| value.to_str().unwrap().to_owned());
    let requests = server.requests();
    let conditions = requests
        .iter()
        .map(|request| ["if-none-match", "if-modified-since"].map(|name| value(request.headers().get(name))));
    conditions.collect()
}

#[tokio::test]
async fn what_the_server_confirms_is_not_sent_again() {
    let date = "Thu, 02 Jan 2020 03:04:05 GMT";
    for (case, first, asked) in [
        ("ETag", tagged(4), [Some("\"v4\"".to_owned()), None]),
        ("Last-Modified", item(4).with_header("last-modified", date), [None, Some(date.to_owned())]),
    ] {
        let server = ScriptedTransport::new([first, not_modified(), tagged(5), not_modified()]);
        let cache = Cache::new(10_000);
        let client = client(&server, &cache);
        let read = [read(&client, 4).await, read(&client, 4).await, read(&client, 4).await, read(&client, 4).await];
        assert_eq!(read, [4, 4, 5, 5], "{case}");
        let conditions = conditions(&server);
        assert_eq!(conditions, [[None, None], asked.clone(), asked, [Some("\"v5\"".to_owned()), None]], "{case}");
        assert_eq!(cache.len(), 1, "{case}");
    }
}

#[tokio::test]
async fn an_answer_holds_as_long_as_the_server_says() {
    for (case, control, age, requests) in [
        ("fresh", "max-age=600, must-revalidate", "0", 1),
        ("old already", "max-age=30", "30", 2),
        ("never without asking", "max-age=600, no-cache", "0", 2),
        ("not kept", "no-store", "0", 2),
        ("zero", "max-age=0", "0", 2),
        ("no number", "max-age=x", "0", 2),
    ] {
        let reply = || tagged(4).with_header("cache-control", control).with_header("age", age);
        let server = ScriptedTransport::new([reply(), reply()]);
        let client = client(&server, &Cache::new(10_000));
        assert_eq!([read(&client, 4).await, read(&client, 4).await], [4, 4], "{case}");
        assert_eq!(server.requests().len(), requests, "{case}");
    }
}

#[tokio::test]
async fn only_answers_to_get_that_can_be_confirmed_are_kept() {
    for (case, reply) in [("no validator", item(4)), ("varies", tagged(4).with_header("vary", "*"))] {
        let cache = Cache::new(10_000);
        read(&client(&ScriptedTransport::new([reply]), &cache), 4).await;
        assert!(cache.is_empty(), "{case}");
    }
    let cache = Cache::new(10_000);
    let server = ScriptedTransport::new([tagged(4), tagged(4)]);
    client(&server, &cache).send(SaveTagged { id: Some(4) }).await.unwrap();
    client(&server, &cache).send_raw(Tagged { id: Some(4) }).await.unwrap();
    assert!(cache.is_empty());

    // Without an answer that is kept, 304 is an error; and so it is for who asks for it.
    let server = ScriptedTransport::new([not_modified(), tagged(4), not_modified()]);
    let client = client(&server, &cache);
    assert_eq!(
        client.send(Tagged { id: Some(4) }).await.unwrap_err().status().map(|status| status.as_u16()),
        Some(304)
    );
    read(&client, 4).await;
    let call = client.call(Tagged { id: Some(4) }).header("If-None-Match", "\"v4\"");
    assert_eq!(call.send().await.unwrap_err().status().map(|status| status.as_u16()), Some(304));
}

#[tokio::test]
async fn answers_belong_to_who_asked() {
    let cache = Cache::new(10_000);
    let reply = |id| tagged(id).with_header("cache-control", "max-age=600");
    let server = ScriptedTransport::new([reply(1), reply(2), reply(3), reply(4)]);
    let anonymous = client(&server, &cache);
    let me = anonymous.clone().with_auth(Basic::new("me", "a"));
    let you = anonymous.clone().with_auth(Basic::new("you", "b"));
    assert_eq!([read(&anonymous, 9).await, read(&me, 9).await, read(&you, 9).await], [1, 2, 3]);
    assert_eq!([read(&anonymous, 9).await, read(&me, 9).await, read(&you, 9).await], [1, 2, 3]);
    let tenant = me.call(Tagged { id: Some(9) }).header("X-Tenant", "x").send().await.unwrap();
    assert_eq!((tenant.id, cache.len()), (4, 4));
    assert!(!format!("{cache:?}").contains("item"));
    cache.clear();
    assert!(cache.is_empty());
}

#[tokio::test]
async fn a_full_cache_forgets_what_was_not_used() {
    let reply = |id| tagged(id).with_header("cache-control", "max-age=600");
    let server = ScriptedTransport::new([reply(1), reply(2), reply(3), reply(22)]);
    // Room for two answers.
    let cache = Cache::new(1400);
    let client = client(&server, &cache);
    assert_eq!([read(&client, 1).await, read(&client, 2).await, read(&client, 1).await], [1, 2, 1]);
    assert_eq!([read(&client, 3).await, read(&client, 1).await, read(&client, 2).await], [3, 1, 22]);
    assert_eq!((cache.len(), server.requests().len()), (2, 4));

    let small = Cache::new(100);
    read(&self::client(&ScriptedTransport::new([reply(1)]), &small), 1).await;
    assert!(small.is_empty(), "an answer that is larger than the cache");
}
