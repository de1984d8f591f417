//! The cache of responses.

use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::{Address, Basic, Cache, Client, operation, record};

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
    item(id).with_header("etag", format!("\"v{id}\""))
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

/// Returns the conditional headers of the requests so far.
fn conditions(server: &ScriptedTransport) -> Vec<[Option<String>; 2]> {
    let value = |value: Option<&http::HeaderValue>| value.map(|value| value.to_str().unwrap().to_owned());
    let requests = server.requests();
    let conditions = requests
        .iter()
        .map(|request| ["if-none-match", "if-modified-since"].map(|name| value(request.headers().get(name))));
    conditions.collect()
}

#[tokio::test]
async fn confirmed_responses_are_not_transferred_again() {
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
async fn a_response_is_cached_as_long_as_the_server_allows() {
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
async fn only_confirmable_responses_to_get_are_cached() {
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

    // A 304 is an error without a cached response, or if the caller requested it.
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
async fn cached_responses_are_not_shared_between_users() {
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
async fn a_full_cache_evicts_unused_responses() {
    let reply = |id| tagged(id).with_header("cache-control", "max-age=600");
    let server = ScriptedTransport::new([reply(1), reply(2), reply(3), reply(22)]);
    // The cache has room for two responses.
    let cache = Cache::new(1400);
    let client = client(&server, &cache);
    assert_eq!([read(&client, 1).await, read(&client, 2).await, read(&client, 1).await], [1, 2, 1]);
    assert_eq!([read(&client, 3).await, read(&client, 1).await, read(&client, 2).await], [3, 1, 22]);
    assert_eq!((cache.len(), server.requests().len()), (2, 4));

    let small = Cache::new(100);
    read(&self::client(&ScriptedTransport::new([reply(1)]), &small), 1).await;
    assert!(small.is_empty(), "an answer that is larger than the cache");
}

#[tokio::test]
async fn a_confirmed_response_is_returned_even_if_the_cache_has_changed() {
    let size = || Cache::new(700);
    for (case, cache, change) in [
        ("cleared", size(), (|cache: &Cache, _: &Client| cache.clear()) as fn(&Cache, &Client)),
        ("evicted", size(), |_, client| {
            drop(futures_util::FutureExt::now_or_never(client.send(Tagged { id: Some(8) })));
        }),
        ("neither", size(), |_, _| {}),
    ] {
        let other = ScriptedTransport::new([tagged(8)]);
        let (changed, other) = (cache.clone(), client(&other, &cache));
        let server = ScriptedTransport::default().on_reply::<Tagged>(move |_| {
            if changed.is_empty() {
                return Ok(tagged(4));
            }
            change(&changed, &other);
            Ok(not_modified())
        });
        let client = client(&server, &cache);
        assert_eq!([read(&client, 4).await, read(&client, 4).await], [4, 4], "{case}");
        assert_eq!(server.requests().len(), 2, "{case}");
        // An invalidated response is not cached again.
        assert_eq!(cache.len(), usize::from(case != "cleared"), "{case}");
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Thing {
    id: Option<i32>,
    page: Option<i32>,
}
record!(Thing { id: "Id", page: "Page" });
operation!(Thing: GET "/things/{Id}" => Item);

#[derive(Debug, Clone, PartialEq, Default)]
struct ChangeThing {
    id: Option<i32>,
}
record!(ChangeThing { id: "Id" });
operation!(ChangeThing: PUT "/things/{Id}" => ());

#[tokio::test]
async fn a_change_invalidates_cached_responses_of_its_path() {
    let thing = |id, page| Thing { id: Some(id), page };
    for (case, method, change, is_asked_again) in [
        ("PUT", http::Method::PUT, HttpReply::of(200, "", ""), true),
        ("PATCH", http::Method::PATCH, HttpReply::of(204, "", ""), true),
        ("DELETE", http::Method::DELETE, HttpReply::of(204, "", ""), true),
        ("POST", http::Method::POST, HttpReply::of(201, "", ""), true),
        ("a failure", http::Method::PUT, HttpReply::of(409, "", ""), false),
        ("HEAD", http::Method::HEAD, HttpReply::of(200, "", ""), false),
    ] {
        let held = |id| item(id).with_header("cache-control", "max-age=600");
        let server = ScriptedTransport::new([held(1), held(1), held(2), change, held(10), held(10)]);
        let cache = Cache::new(10_000);
        let client = client(&server, &cache).with_addresses(&[Address::Routes]);
        for request in [thing(1, None), thing(1, Some(2)), thing(2, None)] {
            client.send(request).await.unwrap();
        }
        let _ = client.call(ChangeThing { id: Some(1) }).method(method).send().await;
        let read = [
            client.send(thing(1, None)).await.unwrap().id,
            client.send(thing(1, Some(2))).await.unwrap().id,
            client.send(thing(2, None)).await.unwrap().id,
        ];
        assert_eq!(read, if is_asked_again { [10, 10, 2] } else { [1, 1, 2] }, "{case}");
    }

    // This applies to every response to the change.
    for is_raw in [false, true] {
        let held = |id| item(id).with_header("cache-control", "max-age=600");
        let server = ScriptedTransport::new([held(1), HttpReply::of(200, "audio/wav", "abc"), held(10)]);
        let client = client(&server, &Cache::new(10_000)).with_addresses(&[Address::Routes]);
        client.send(thing(1, None)).await.unwrap();
        if is_raw {
            client.call(ChangeThing { id: Some(1) }).send_raw().await.unwrap();
        } else {
            client.post_url::<()>("/things/1", &1).download().await.unwrap();
        }
        assert_eq!(client.send(thing(1, None)).await.unwrap().id, 10, "{is_raw}");
    }

    // The location in the response is invalidated as well, but not for another host.
    let held = |id| item(id).with_header("cache-control", "max-age=600");
    for (location, is_asked_again) in [("/things/1", true), ("https://h/things/1", true), ("https://x/things/1", false)]
    {
        let change = HttpReply::of(201, "", "").with_header("content-location", location);
        let server = ScriptedTransport::new([held(1), change, held(10)]);
        let client = client(&server, &Cache::new(10_000)).with_addresses(&[Address::Routes]);
        client.send(thing(1, None)).await.unwrap();
        client.send(ChangeThing { id: Some(7) }).await.unwrap();
        let read = client.send(thing(1, None)).await.unwrap().id;
        assert_eq!(read, if is_asked_again { 10 } else { 1 }, "{location}");
    }
}

#[tokio::test]
async fn a_caller_can_insist_on_the_server() {
    let held = |id| tagged(id).with_header("cache-control", "max-age=600").with_header("age", "18446744073709551615");
    let fresh = |id| tagged(id).with_header("cache-control", "max-age=600");
    let server = ScriptedTransport::new([fresh(4), not_modified(), held(5), held(6)]);
    let client = client(&server, &Cache::new(10_000));
    assert_eq!([read(&client, 4).await, read(&client, 4).await], [4, 4]);
    let insist = || client.call(Tagged { id: Some(4) }).header("Cache-Control", "no-cache").send();
    assert_eq!((insist().await.unwrap().id, server.requests().len()), (4, 2));
    assert_eq!(conditions(&server)[1][0].as_deref(), Some("\"v4\""));
    // An `Age` that is too large for any integer does not cause a panic.
    assert_eq!((insist().await.unwrap().id, read(&client, 4).await), (5, 6));
}
