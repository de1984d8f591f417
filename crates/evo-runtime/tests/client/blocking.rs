//! The blocking client.

use std::io::{self, Read};

use evo_runtime::dto::QueryResponse;
use evo_runtime::http::Method;
use evo_runtime::transport::{Body, HttpReply, ScriptedTransport, TransportError};
use evo_runtime::{
    Address, Bytes, Credentials, Download, Error, ErrorKind, FilePart, Service, blocking, operation, paged, record,
    service, setters,
};
use futures_util::stream;

const NOTES: Service = Service::new("Notes");
service!(pub NotesClient: NOTES);

#[derive(Debug, Clone, PartialEq, Default)]
struct Note {
    text: Option<String>,
}
record!(Note { text: "Text" });
operation!(Note: POST => Note);

#[derive(Debug, Clone, PartialEq, Default)]
struct ReadFile {}
record!(ReadFile {});
operation!(ReadFile: GET => raw Download);

#[derive(Debug, Clone, PartialEq, Default)]
struct ListNames {
    page: Option<i32>,
}
record!(ListNames { page: "Page" });
setters!(ListNames() { page: i32 });
operation!(ListNames: GET => Names);

#[derive(Debug, Clone, PartialEq, Default)]
struct Names {
    items: Vec<String>,
    total: i32,
}
record!(Names { items: "Items", total: "Total" });
paged!(Names of String { items: items, total: total });

#[derive(Debug, Clone, PartialEq, Default)]
struct QueryRows {
    skip: Option<i32>,
    take: Option<i32>,
}
record!(QueryRows { skip: "Skip", take: "Take" });
operation!(QueryRows: GET => QueryResponse<Row>, rows Row);

#[derive(Debug, Clone, PartialEq, Default)]
struct Row {
    id: i32,
}
record!(Row { id: "Id" });

fn json(body: &str) -> HttpReply {
    HttpReply::of(200, "application/json", body.to_owned())
}

fn client(replies: impl IntoIterator<Item = HttpReply>) -> (blocking::Client, ScriptedTransport) {
    let server = ScriptedTransport::new(replies);
    (blocking::Client::builder("https://h").transport(server.clone()).build_blocking().unwrap(), server)
}

fn note(text: &str) -> Note {
    Note { text: Some(text.to_owned()) }
}

/// Returns the verb, address and body of each request.
fn asked(server: &ScriptedTransport) -> Vec<String> {
    let text = |body: &[u8]| String::from_utf8(body.to_vec()).unwrap();
    let requests = server.requests();
    let line = |request: &evo_runtime::http::Request<evo_runtime::transport::Body>| {
        let body = request.body().as_bytes().filter(|body| !body.is_empty()).map(&text).unwrap_or_default();
        format!("{} {} {body}", request.method().as_str(), request.uri()).trim_end().to_owned()
    };
    requests.iter().map(line).collect()
}

#[test]
fn blocking_calls_return_their_responses() {
    let (client, server) = client([
        json(r#"{"text":"a"}"#),
        json(r#"{"text":"b"}"#).with_header("x-trace", "7"),
        json(r#"{"text":"c"}"#),
        json(r#"{"text":"d"}"#),
        HttpReply::of(409, "application/json", r#"{"responseStatus":{"errorCode":"Clash","message":"taken"}}"#),
        HttpReply::of(204, "", ""),
    ]);
    assert_eq!(client.send(note("1")).unwrap(), note("a"));
    let call = client.call(note("2")).header("X-Tenant", "acme").query("q", "x y");
    let response = client.wait(call.send_response()).unwrap();
    assert_eq!((response.status().as_u16(), response.headers()["X-Trace"].to_str().unwrap()), (200, "7"));
    assert_eq!(response.into_body(), note("b"));
    let call = client.call(note("3")).address(Address::Reply).method(Method::PUT);
    assert_eq!(client.wait(call.send()).unwrap(), note("c"));
    assert_eq!(client.wait(client.send_body(Note::default(), "text/plain", "raw".to_owned())).unwrap(), note("d"));
    let error = client.send(note("5")).unwrap_err();
    assert_eq!((error.kind(), error.error_code(), error.message()), (ErrorKind::Service, Some("Clash"), "taken"));
    client.wait(client.publish(note("6"))).unwrap();
    assert_eq!(server.requests()[1].headers()["x-tenant"], "acme");
    assert_eq!(
        asked(&server),
        [
            r#"POST https://h/api/Note {"text":"1"}"#,
            r#"POST https://h/api/Note?q=x%20y {"text":"2"}"#,
            r#"PUT https://h/json/reply/Note {"text":"3"}"#,
            "POST https://h/api/Note raw",
            r#"POST https://h/api/Note {"text":"5"}"#,
            r#"POST https://h/api/Note {"text":"6"}"#,
        ]
    );
}

#[test]
fn errors_of_batches_name_the_failed_request() {
    let (client, server) = client([json(r#"[{"text":"a"},{"text":"b"}]"#), json(r#"{"text":"a"}"#), json("[")]);
    assert_eq!(client.wait(client.send_all(vec![note("1"), note("2")])).unwrap(), [note("a"), note("b")]);
    let error = client.wait(client.batch(vec![note("1"), note("2")]).one_by_one().send()).unwrap_err();
    assert_eq!(
        (error.failed_index(), error.completed(), error.answers()),
        (Some(1), Some(2), &[Some(note("a")), None][..])
    );
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn pages_are_iterators() {
    let answers = || [json(r#"{"items":["a","b"],"total":3}"#), json(r#"{"items":["c"],"total":3}"#)];
    let (client, server) = client(answers());
    let pages = client.pages(ListNames::new(), ListNames::page).starting_at(1);
    let pages: Result<Vec<Names>, Error> = client.iter(pages).collect();
    assert_eq!(pages.unwrap().into_iter().map(|page| page.items).collect::<Vec<_>>(), [vec!["a", "b"], vec!["c"]]);
    for answer in answers() {
        server.answer(answer);
    }
    let items = client.pages(ListNames::new(), ListNames::page).items();
    let items: Result<Vec<String>, Error> = client.iter(items).collect();
    assert_eq!(items.unwrap(), ["a", "b", "c"]);
    server.answer(json(r#"{"results":[{"id":2}],"total":1}"#));
    server.answer(json(r#"{"results":[{"id":3}],"total":1}"#));
    let query = client.query(QueryRows::default()).filter("IdIn", [2, 3]).order_by_desc("Id").take(1);
    let page = client.wait(query.send()).unwrap();
    assert_eq!((page.results, page.total), (vec![Row { id: 2 }], 1));
    let rows = client.query(QueryRows::default()).include_total().pages().items();
    let rows: Result<Vec<Row>, Error> = client.iter(rows).collect();
    assert_eq!(rows.unwrap(), [Row { id: 3 }]);
    let mut failing = client.iter(client.pages(ListNames::new(), ListNames::page));
    assert_eq!(failing.next().unwrap().unwrap_err().kind(), ErrorKind::Connect);
    assert!(failing.next().is_none(), "an error is the end");
}

/// A response whose body arrives in pieces. An empty piece interrupts the connection.
fn arriving(pieces: impl IntoIterator<Item = &'static [u8]>) -> HttpReply {
    let pieces: Vec<Result<Bytes, TransportError>> = pieces
        .into_iter()
        .map(|piece| match piece {
            b"" => Err(TransportError::interrupted("broken")),
            piece => Ok(Bytes::from_static(piece)),
        })
        .collect();
    HttpReply::of(200, "application/octet-stream", "").with_body(Body::from_stream(None, stream::iter(pieces)))
}

#[test]
fn downloads_are_readers() {
    let pieces: [&[u8]; 3] = [b"abc", b"defg", b"h"];
    let (client, _) = client([
        arriving(pieces),
        arriving(pieces),
        arriving(pieces),
        arriving([&b"abc"[..], b""]),
        arriving(pieces),
        HttpReply::of(500, "text/plain", "no"),
    ]);
    let mut download = client.reader(client.wait(client.download(ReadFile {}).send()).unwrap());
    assert_eq!((download.status().as_u16(), download.content_type()), (200, Some("application/octet-stream")));
    let mut start = [0; 2];
    download.read_exact(&mut start).unwrap();
    assert_eq!((&start, download.chunk().unwrap().unwrap()), (b"ab", Bytes::from_static(b"c")));
    download.read_exact(&mut start).unwrap();
    assert_eq!((&start, download.bytes().unwrap()), (b"de", Bytes::from_static(b"fgh")));

    let mut text = String::new();
    let download = client.send(ReadFile {}).unwrap();
    assert_eq!(client.reader(download).read_to_string(&mut text).unwrap(), 8);
    assert_eq!(text, "abcdefgh");

    for (name, limit, kind, cause) in [
        ("limit", 4, io::ErrorKind::FileTooLarge, ErrorKind::TooLarge),
        ("broken", 100, io::ErrorKind::ConnectionAborted, ErrorKind::Interrupted),
    ] {
        let mut download = client.reader(client.wait(client.download(ReadFile {}).limit(limit).send()).unwrap());
        let error = download.read_to_end(&mut Vec::new()).unwrap_err();
        let inner = error.get_ref().unwrap().downcast_ref::<Error>().unwrap();
        assert_eq!((error.kind(), inner.kind()), (kind, cause), "{name}");
    }
    let raw = client.reader(client.wait(client.send_raw(ReadFile {})).unwrap());
    assert_eq!(raw.bytes().unwrap(), "abcdefgh");
    let raw = client.reader(client.wait(client.call(ReadFile {}).send_raw()).unwrap());
    assert_eq!((raw.status().as_u16(), raw.bytes().unwrap()), (500, Bytes::from_static(b"no")));
}

/// A reader that fails.
struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the disk is gone"))
    }
}

#[test]
fn uploads_read_from_readers() {
    let (client, server) = client([json("{}")]);
    let reader = io::Cursor::new(vec![b'x'; 100_000]);
    let upload = client.upload(note("1")).file(FilePart::read("x.bin", Some(100_000), reader));
    client.wait(upload.send()).unwrap();
    let requests = server.requests();
    let text = std::str::from_utf8(requests[0].body().as_bytes().unwrap()).unwrap();
    assert!(text.contains(&format!("\r\n\r\n{}\r\n--", "x".repeat(100_000))), "{} bytes", text.len());

    let upload = client.upload(note("1")).file(FilePart::read("x.bin", None, Broken));
    let error = client.wait(upload.send()).unwrap_err();
    let expected = (ErrorKind::Interrupted, "the file cannot be read: the disk is gone");
    assert_eq!((error.kind(), error.message()), expected);
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn sessions_and_probes_work_as_in_the_async_client() {
    let (client, server) = client([
        json(r#"{"userName":"u"}"#).with_header("set-cookie", "ss-id=a; path=/"),
        json(r#"{"userName":"u"}"#),
        json("{}"),
        HttpReply::of(401, "", ""),
        json(r#"{"app":{"serviceName":"N","serviceStackVersion":"8.5","useSystemJson":"never"}}"#),
    ]);
    let client = client.with_auth(Credentials::new("u", "p"));
    assert_eq!(client.wait(client.login()).unwrap().user_name.as_deref(), Some("u"));
    assert!(!client.session().save().is_empty());
    assert!(client.wait(client.is_signed_in()).unwrap());
    client.wait(client.logout()).unwrap();
    assert!(!client.wait(client.is_signed_in()).unwrap());
    let facts = client.wait(client.probe()).unwrap();
    assert_eq!((facts.name.as_deref(), facts.version.as_deref()), (Some("N"), Some("8.5")));
    assert_eq!(client.with_facts(&facts).base_url().as_str(), "https://h/");
    assert_eq!(server.requests().len(), 5);
}

#[test]
fn a_blocking_client_can_be_made_of_any_client_and_shares_its_session() {
    let server = ScriptedTransport::new([json(r#"{"text":"a"}"#), json(r#"{"text":"b"}"#)]);
    let notes: NotesClient = NotesClient::builder("https://h").transport(server).build().unwrap();
    let client = blocking::Client::from(notes.clone());
    client.session().set_bearer("t0ken");
    assert_eq!(notes.session().bearer().as_deref(), Some("t0ken"));
    assert_eq!(client.service().name(), "Notes");
    assert_eq!(client.send(note("1")).unwrap(), note("a"));
    assert_eq!(client.wait(notes.send(note("2"))).unwrap(), note("b"));
}

#[test]
fn a_blocking_call_inside_an_async_runtime_is_an_error() {
    let (client, server) = client([json(r#"{"text":"a"}"#)]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    // A client may be dropped in an async task, and called from a blocking thread.
    let elsewhere = client.clone();
    let (errors, iterated, batch, answer) = runtime.block_on(async move {
        let errors = [
            client.send(note("1")).unwrap_err(),
            client.wait(client.call(note("1")).send()).unwrap_err(),
            client.wait(client.is_signed_in()).unwrap_err(),
        ];
        let iterated: Vec<_> = client.iter(client.pages(ListNames::new(), ListNames::page)).collect();
        let batch = client.wait(client.send_all(vec![note("1")])).unwrap_err();
        let answer = tokio::task::spawn_blocking(move || elsewhere.send(note("2"))).await.unwrap();
        drop(client);
        (errors, iterated, batch, answer)
    });
    for error in errors.iter().chain(iterated.iter().map(|page| page.as_ref().unwrap_err())).chain([batch.error()]) {
        assert_eq!(
            (error.kind(), error.message()),
            (ErrorKind::Configuration, "the blocking client was called inside an async runtime")
        );
    }
    assert_eq!((iterated.len(), batch.completed()), (1, Some(0)));
    assert_eq!(answer.unwrap(), note("a"));
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn blocking_calls_work_on_every_thread_that_may_block() {
    fn wait(client: &blocking::Client, server: &ScriptedTransport) -> Result<Note, ErrorKind> {
        server.answer(json(r#"{"text":"a"}"#));
        client.send(note("1")).map_err(|error| error.kind())
    }
    let (client, server) = client([]);
    let (answer, refusal) = (Ok(note("a")), Err(ErrorKind::Configuration));
    let runtimes = [
        tokio::runtime::Builder::new_current_thread().build().unwrap(),
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap(),
    ];
    assert_eq!(wait(&client, &server), answer);
    for runtime in &runtimes {
        let (client, server, refusal, answer) = (&client, &server, &refusal, &answer);
        {
            // A thread that has only entered a runtime.
            let _known = runtime.enter();
            assert_eq!(&wait(client, server), answer);
        }
        runtime.block_on(async {
            assert_eq!(&wait(client, server), refusal, "the future of block_on");
            let (client, server) = (client.clone(), server.clone());
            let (own_client, own_server) = (client.clone(), server.clone());
            let task = tokio::spawn(async move { wait(&own_client, &own_server) });
            assert_eq!(&task.await.unwrap(), refusal, "a task");
            let thread = tokio::task::spawn_blocking(move || wait(&client, &server));
            assert_eq!(&thread.await.unwrap(), answer, "a thread for waiting");
            // The check does not consume the task's cooperative budget.
            assert!(tokio::task::coop::has_budget_remaining());
        });
    }
}

/// A call over reqwest to a local server.
#[cfg(feature = "reqwest")]
mod over_reqwest {
    use std::io::Write;
    use std::net::{TcpListener, TcpStream};
    use std::thread;
    use std::time::Duration;

    use super::*;

    /// Reads a request whose body is `{"text":".."}`, and echoes the body.
    fn echo(connection: &mut TcpStream) -> Option<()> {
        let mut request = Vec::new();
        let mut byte = [0];
        while !request.ends_with(b"}") {
            connection.read_exact(&mut byte).ok()?;
            request.push(byte[0]);
        }
        let body = request.rsplit(|byte| *byte == b'\n').next()?;
        write!(connection, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len()).ok()?;
        connection.write_all(body).ok()
    }

    #[test]
    fn threads_share_a_client() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        thread::spawn(move || {
            for connection in listener.incoming() {
                let mut connection = connection.unwrap();
                thread::spawn(move || while echo(&mut connection).is_some() {});
            }
        });
        let client = blocking::Client::new(base).unwrap();
        let threads: Vec<_> = (0..8)
            .map(|thread| {
                let client = client.clone();
                thread::spawn(move || {
                    for call in 0..10 {
                        let note = note(&format!("{thread}/{call}"));
                        assert_eq!(client.send(note.clone()).unwrap(), note);
                    }
                })
            })
            .collect();
        drop(client);
        for thread in threads {
            thread.join().unwrap();
        }
    }

    #[test]
    fn a_connection_closed_by_the_server_is_not_reused() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        thread::spawn(move || {
            for connection in listener.incoming() {
                echo(&mut connection.unwrap()).unwrap();
            }
        });
        let client = blocking::Client::builder(base).retry(evo_runtime::Retry::never()).build_blocking().unwrap();
        for call in 0..3 {
            assert_eq!(client.send(note("1")).unwrap(), note("1"), "{call}");
            // In the meantime the client notices the end, without a call.
            thread::sleep(Duration::from_millis(50));
        }
    }

    #[test]
    fn timeouts_end_a_wait() {
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", silent.local_addr().unwrap());
        let client = blocking::Client::builder(base).timeout(Duration::from_millis(100)).build_blocking().unwrap();
        assert_eq!(client.send(note("1")).unwrap_err().kind(), ErrorKind::Timeout);
    }
}
