//! Tests without a server: scripted responses by operation.

use std::collections::BTreeMap;
use std::time::Duration;

use evo_runtime::transport::{HttpReply, ScriptedTransport, TransportError};
use evo_runtime::{
    Address, Bytes, Client, Credentials, DateTime, Download, ErrorKind, FilePart, Format, dto, operation, record,
};

#[derive(Debug, Clone, PartialEq, Default)]
struct Find {
    text: Option<String>,
    tags: Option<Vec<String>>,
    counts: BTreeMap<String, i32>,
    place: Option<Place>,
    since: Option<DateTime>,
}
record!(Find { text: "Text", tags: "Tags", counts: "Counts", place: "Place", since: "Since" });
operation!(Find: GET "/find/{Text}", "/find" => Vec<Place>);

#[derive(Debug, Clone, PartialEq, Default)]
struct Place {
    x: i32,
    name: Option<String>,
}
record!(Place { x: "X", name: "Name" });

#[derive(Debug, Clone, PartialEq, Default)]
struct Save {
    place: Option<Place>,
    note: Option<String>,
}
record!(Save { place: "Place", note: "Note" });
operation!(Save: POST "/save" => Place);

#[derive(Debug, Clone, PartialEq, Default)]
struct Remove {
    path: Option<String>,
}
record!(Remove { path: "Path" });
operation!(Remove: DELETE "/files/{Path*}" => ());

#[derive(Debug, Clone, PartialEq, Default)]
struct ReadText {}
record!(ReadText {});
operation!(ReadText: GET => raw String);

#[derive(Debug, Clone, PartialEq, Default)]
struct ReadBytes {}
record!(ReadBytes {});
operation!(ReadBytes: GET => raw Bytes);

#[derive(Debug, Clone, PartialEq, Default)]
struct ReadFile {}
record!(ReadFile {});
operation!(ReadFile: GET => raw Download);

fn client(server: &ScriptedTransport) -> Client {
    Client::builder("https://h/base").transport(server.clone()).build().unwrap()
}

fn place(x: i32) -> Place {
    Place { x, name: Some(format!("n{x}")) }
}

fn requests() -> Vec<Find> {
    let find = |text: &str| Find { text: Some(text.to_owned()), ..Find::default() };
    vec![
        Find::default(),
        find("plain"),
        find("[not, a list]"),
        find("{a:1}"),
        find("say \"hi\", 50% & more/"),
        find("\"quoted\""),
        Find { tags: Some(vec!["a,b".to_owned(), "c\"d".to_owned()]), ..find("t") },
        Find { tags: Some(vec!["one".to_owned()]), place: Some(place(1)), ..Find::default() },
        Find { counts: BTreeMap::from([("a b".to_owned(), 1)]), ..Find::default() },
        Find { since: Some("2026-01-02T03:04:05Z".parse().unwrap()), ..Find::default() },
    ]
}

#[tokio::test]
async fn a_service_reads_requests_in_every_address_and_format() {
    for (address, format) in [
        (Address::Api, Format::Json),
        (Address::Routes, Format::Json),
        (Address::Reply, Format::Json),
        (Address::Reply, Format::Jsv),
    ] {
        let server = ScriptedTransport::default().on::<Find>(|request| Ok(request.place.into_iter().collect()));
        let client = client(&server).with_addresses(&[address, Address::Reply]).with_format(format);
        for request in requests() {
            let expected: Vec<Place> = request.place.clone().into_iter().collect();
            assert_eq!(client.send(request).await.unwrap(), expected, "{address:?} {format:?}");
        }
        assert_eq!(server.sent::<Find>(), requests(), "{address:?} {format:?}");
        assert_eq!(server.sent::<Save>(), [], "{address:?} {format:?}");
    }
}

#[tokio::test]
async fn responses_have_the_type_of_the_operation() {
    let server = ScriptedTransport::default()
        .on::<Save>(|request| Ok(request.place.unwrap_or_default()))
        .on::<Remove>(|_| Ok(()))
        .on::<ReadText>(|_| Ok("\"text\"".to_owned()))
        .on::<ReadBytes>(|_| Ok(Bytes::from_static(b"\x00\xff")))
        .on_reply::<ReadFile>(|_| Ok(HttpReply::of(200, "text/plain", "file")));
    let client = client(&server);
    let save = |x| Save { place: Some(place(x)), note: Some("ü".to_owned()) };
    assert_eq!(client.send(save(1)).await.unwrap(), place(1));
    assert_eq!(client.send_all(vec![save(2), save(3)]).await.unwrap(), [place(2), place(3)]);
    let upload = client.upload(save(4)).file(FilePart::bytes("a.txt", "x"));
    assert_eq!(upload.send().await.unwrap(), place(4));
    assert_eq!(server.sent::<Save>(), [1, 2, 3, 4].map(save));

    let remove = Remove { path: Some("a b/c.txt".to_owned()) };
    client.call(remove.clone()).address(Address::Routes).send().await.unwrap();
    client.send(remove.clone()).await.unwrap();
    assert_eq!(server.sent::<Remove>(), [remove.clone(), remove]);
    assert_eq!(client.send(ReadText {}).await.unwrap(), "\"text\"");
    assert_eq!(client.send(ReadBytes {}).await.unwrap(), b"\x00\xff".as_slice());
    assert_eq!(client.send(ReadFile {}).await.unwrap().bytes().await.unwrap(), "file");
}

#[tokio::test]
async fn errors_and_failures_are_scripted_too() {
    let server = ScriptedTransport::default()
        .on::<Save>(|request| match request.note.as_deref() {
            Some("gone") => Err(HttpReply::error(404, "NotFound", "no such place").into()),
            Some("page") => Err(HttpReply::of(502, "text/html", "<html>").into()),
            Some("down") => Err(TransportError::connect("refused").into()),
            _ => Err(TransportError::interrupted("broken").into()),
        })
        .on::<dto::Authenticate>(|login| match login.password.as_deref() {
            Some("right") => Ok(dto::AuthenticateResponse::default()),
            _ => Err(HttpReply::error(401, "Unauthorized", "Invalid Username or Password").into()),
        });
    let client = client(&server);
    for (note, kind, code) in [
        ("gone", ErrorKind::Service, Some("NotFound")),
        ("page", ErrorKind::Service, Some("Bad Gateway")),
        ("down", ErrorKind::Connect, None),
        ("", ErrorKind::Interrupted, None),
    ] {
        let error = client.send(Save { note: Some(note.to_owned()), ..Save::default() }).await.unwrap_err();
        assert_eq!((error.kind(), error.error_code()), (kind, code), "{note}");
    }
    // The error for a request without a script contains its address.
    let error = client.send(ReadText {}).await.unwrap_err();
    assert!(error.message().contains("ReadText"), "{error}");
    server.answer(HttpReply::of(200, "text/plain", "from the list"));
    assert_eq!(client.send(ReadText {}).await.unwrap(), "from the list");

    let right = client.clone().with_auth(Credentials::new("ann", "right"));
    right.login().await.unwrap();
    let error = client.with_auth(Credentials::new("ann", "wrong")).login().await.unwrap_err();
    assert!(error.is_unauthorized());
    let passwords: Vec<_> = server.sent::<dto::Authenticate>().into_iter().map(|login| login.password).collect();
    assert_eq!(passwords, ["right", "wrong"].map(|password| Some(password.to_owned())));
}

#[tokio::test]
async fn a_delay_lets_calls_time_out_without_waiting() {
    let hour = Duration::from_secs(3600);
    let server = ScriptedTransport::default().on::<Save>(|_| Ok(place(1))).on::<Find>(|_| Ok(Vec::new()));
    let server = server.delay::<Save>(hour);
    let client = client(&server).with_timeout(Duration::from_secs(5));
    assert_eq!(client.send(Find::default()).await.unwrap(), []);
    let error = client.send(Save::default()).await.unwrap_err();
    assert_eq!((error.kind(), error.message()), (ErrorKind::Timeout, "timed out after 5 s"));
    assert_eq!(client.send(Find::default()).await.unwrap(), []);
    let error = client.call(Save::default()).timeout(None).attempt_timeout(Duration::from_millis(500)).send().await;
    assert_eq!(error.unwrap_err().message(), "timed out after 500 ms");
    assert_eq!(client.call(Save::default()).timeout(2 * hour).send().await.unwrap(), place(1));
    assert_eq!(client.with_timeout(None).send(Save::default()).await.unwrap(), place(1));
}
