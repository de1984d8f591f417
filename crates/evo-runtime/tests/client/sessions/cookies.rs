//! The cookies of a session: set by servers, sent, and changed by the user.

use evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_runtime::{Client, ErrorKind, SavedSession, operation, record};
use serde_json::json;

#[derive(Debug, Clone, PartialEq, Default)]
struct Visit {}
record!(Visit {});
operation!(Visit: GET => ());

fn ok() -> HttpReply {
    HttpReply::of(200, "", "").with_header("date", "Fri, 20 Nov 2026 20:11:44 GMT")
}

fn server(lines: &[&[u8]], further: usize) -> ScriptedTransport {
    let mut first = ok();
    for line in lines {
        first = first.with_header("set-cookie", line);
    }
    ScriptedTransport::new(std::iter::once(first).chain((0..further).map(|_| ok())))
}

fn client(base: &str, server: &ScriptedTransport) -> Client {
    Client::builder(base).transport(server.clone()).build().unwrap()
}

/// Returns the cookies of the last request.
fn sent(server: &ScriptedTransport) -> Option<Vec<u8>> {
    let requests = server.requests();
    let cookies: Vec<_> = requests.last().unwrap().headers().get_all("cookie").iter().collect();
    assert!(cookies.len() < 2, "{cookies:?}");
    cookies.first().map(|cookies| cookies.as_bytes().to_vec())
}

/// Returns the cookies that are sent after a response has set these.
async fn sent_after(lines: &[&[u8]]) -> Option<Vec<u8>> {
    let server = server(lines, 1);
    let client = client("https://h", &server);
    client.send(Visit {}).await.unwrap();
    client.send(Visit {}).await.unwrap();
    sent(&server)
}

#[tokio::test]
async fn cookies_expire_as_the_server_states_in_any_form() {
    for ended in [
        "Fri, 20 Nov 2026 20:11:44 GMT",
        "Mon, 20 Nov 2026 20:11:43 GMT",
        "Friday, 20-Nov-26 20:11:43 GMT",
        "Friday, 20-Nov-2026 20:11:43 GMT",
        "Fri Nov 20 20:11:43 2026",
        "Thu, 01-Jan-1970 00:00:00 GMT",
        "Thu, 01 Jan 70 00:00:00 GMT",
        "Thu, 1 Jan 1970 0:0:1",
        "Mon, 01 Jan 1601 00:00:00 GMT",
        "20 november 2026 20:11:44",
        "2026 nov 20 20:11:44",
        "20:11:44 20nd Nov 2026",
        "Fri, 20 Nov 2026 20:11:44+0000",
        "Fr.,20.Nov.2026 20:11:44Z",
    ] {
        let deleted = format!("ss-tok=; path=/; Expires={ended}");
        let cookies = [b"ss-tok=old; path=/".as_slice(), b"ss-id=a; path=/", deleted.as_bytes()];
        assert_eq!(sent_after(&cookies).await.as_deref(), Some(b"ss-id=a".as_slice()), "{ended}");
    }
    for alive in [
        "Fri, 20 Nov 2026 20:11:45 GMT",
        "Tue, 20-Nov-46 20:11:44 GMT",
        "Wed Nov 20 20:11:44 2046",
        "20 november 2026 20:11:45",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        // These are not dates, so the cookie is kept until the session ends.
        "never",
        "",
        "Mon, 01 Jan 1600 00:00:00 GMT",
        "Fri, 30 Feb 2026 20:11:43 GMT",
        "Thu, 19 Nov 2026 24:00:00 GMT",
        "Thu, 19 Nov 2026 20:11 GMT",
        "Thu, 19 Nov 20266 20:11:44 GMT",
        "Thu, 19 2026 20:11:44 GMT",
    ] {
        let cookie = format!("a=1; expires={alive}");
        assert_eq!(sent_after(&[cookie.as_bytes()]).await.as_deref(), Some(b"a=1".as_slice()), "{alive}");
    }
    for (age, is_sent) in [
        ("60", true),
        ("0", false),
        ("-1", false),
        ("99999999999999999999", true),
        ("-99999999999999999999", false),
        ("soon", true),
    ] {
        let cookie = format!("a=1; Max-Age={age}");
        assert_eq!(sent_after(&[cookie.as_bytes()]).await.is_some(), is_sent, "{age}");
    }
}

#[tokio::test]
async fn longer_paths_come_first_and_bytes_are_sent_as_they_came() {
    let cookies: [&[u8]; 6] = [
        b"a=root; path=/",
        b"b=root; path=/",
        b"a=api; path=/api",
        b"c=elsewhere; path=/apis",
        b"d=default",
        b"e=caf\xe9 \xc3\xbc; path=/",
    ];
    assert_eq!(sent_after(&cookies).await.unwrap(), b"a=api; d=default; a=root; b=root; e=caf\xe9 \xc3\xbc".as_slice());
}

#[tokio::test]
async fn cookies_of_the_caller_and_of_the_session_are_both_sent() {
    let server = server(&[b"ss-pid=p; path=/", b"ss-id=other; path=/"], 2);
    let client = Client::builder("https://h").transport(server.clone()).header("Cookie", "ss-id=mine").build().unwrap();
    client.send(Visit {}).await.unwrap();
    assert_eq!(sent(&server).as_deref(), Some(b"ss-id=mine".as_slice()));
    client.send(Visit {}).await.unwrap();
    assert_eq!(sent(&server).as_deref(), Some(b"ss-id=mine; ss-pid=p".as_slice()));
    client.call(Visit {}).header("Cookie", "x=1; y=2").header("cookie", "z=3").send().await.unwrap();
    assert_eq!(sent(&server).as_deref(), Some(b"ss-id=mine; x=1; y=2; z=3; ss-pid=p".as_slice()));
}

#[tokio::test]
async fn cookies_are_read_set_and_deleted_one_by_one() {
    let server = server(&[b"a=1; path=/api", b"b=2; path=/", b"c=\xff"], 2);
    let client = client("https://h", &server);
    let session = client.session();
    session.set_cookie("own", "v=1 \u{fc}").unwrap();
    client.send(Visit {}).await.unwrap();
    assert_eq!(sent(&server).as_deref(), Some("own=v=1 \u{fc}".as_bytes()));
    let pairs = [("own", "v=1 \u{fc}"), ("a", "1"), ("b", "2"), ("c", "\u{fffd}")];
    assert_eq!(session.cookies(), pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert_eq!((session.cookie("b").as_deref(), session.cookie("x")), (Some("2"), None));

    session.set_cookie("a", "3").unwrap();
    session.remove_cookie("b");
    client.send(Visit {}).await.unwrap();
    assert_eq!(sent(&server).as_deref(), Some(b"c=\xff; own=v=1 \xc3\xbc; a=3".as_slice()));

    for (name, value) in [("", "1"), ("a=b", "1"), ("a;b", "1"), ("a", "1; b=2"), ("a", "1\r\nx: y"), ("a\0", "1")] {
        let error = session.set_cookie(name, value).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{name:?}={value:?}");
    }
    assert_eq!(session.cookie("a").as_deref(), Some("3"));
    assert!(!format!("{:?}", session.save()).contains("v=1"));
}

#[tokio::test]
async fn an_invalid_cookie_of_a_loaded_session_is_skipped() {
    let server = ScriptedTransport::new([ok(), ok(), ok()]);
    let client = client("https://h", &server);
    let good = |name: &str| json!({"name": name, "value": "1", "path": "/"});
    for bad in [
        json!({"name": "bad", "value": "1\r\nx: y", "path": "/"}),
        json!({"name": "bad", "value": "1; x=y", "path": "/"}),
        json!({"name": "", "value": "1", "path": "/"}),
        json!({"name": "bad", "path": "/"}),
        json!({"name": "bad", "value": 1, "path": "/"}),
        json!("bad"),
    ] {
        let saved = json!({"origin": "https://h", "cookies": [good("a"), bad, good("b")]}).to_string();
        client.session().load(&saved.parse().unwrap()).unwrap();
        server.answer(ok());
        client.send(Visit {}).await.unwrap();
        assert_eq!(sent(&server).as_deref(), Some(b"a=1; b=1".as_slice()), "{bad}");
    }
    // Cookies that are not UTF-8 can be saved.
    let bytes =
        json!({"origin": "https://h", "cookies": [{"name": "c", "value": [0x63, 0xe9], "path": "/"}]}).to_string();
    client.session().load(&bytes.parse().unwrap()).unwrap();
    let saved = client.session().save().to_json();
    assert_eq!(saved.parse::<SavedSession>().unwrap(), client.session().save());
    client.send(Visit {}).await.unwrap();
    assert_eq!(sent(&server).as_deref(), Some(b"c=c\xe9".as_slice()));
}
