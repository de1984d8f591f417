//! Fetching documents from working and from faulty services.

use std::cell::RefCell;
use std::net::TcpListener;
use std::time::Duration;

use evo_gen::Error;
use evo_gen::facts::{Casing, Dialect, Facts};
use evo_gen::source::{Access, Document, FACTS_UNKNOWN, Limits, Origin, facts_path, fetch, read_file};
use serde_json::{Value, json};

use crate::server::{Reply, Server};

const TYPES: &str = r#"{"config":{"baseUrl":"http://10.0.0.1"},"namespaces":["Lab"],"types":[],"operations":[{"request":{"name":"Hello"}}]}"#;
const APP: &str = r#"{"date":"\/Date(1795208437271)\/","app":{"baseUrl":"http://10.0.0.1","serviceStackVersion":"10.15","serviceName":"Lab","jsTextCase":"CamelCase","useSystemJson":"Never"},"httpHandlers":{"ApiHandlers.Json":"/api/{Request}"},"api":{"namespaces":["Lab"],"types":[],"operations":[]}}"#;

fn get(url: &str) -> Result<Document, Error> {
    fetch(url, &Access::new(), &Limits::default(), &|_| ())
}

fn types() -> Value {
    serde_json::from_str(TYPES).expect("the test document is JSON")
}

fn facts() -> Facts {
    Facts {
        name: Some("Lab".to_owned()),
        version: Some("10.15".to_owned()),
        dialect: Dialect::ServiceStackText,
        casing: Casing::Camel,
        endpoint_routing: false,
        api: Some(true),
    }
}

fn service(prefix: &str) -> Vec<(String, Reply)> {
    vec![
        (format!("{prefix}/types/metadata.json"), Reply::json(TYPES)),
        (format!("{prefix}/metadata/app.json"), Reply::json(APP)),
    ]
}

fn start(replies: &[(String, Reply)]) -> Server {
    Server::start(&replies.iter().map(|(path, reply)| (path.as_str(), reply.clone())).collect::<Vec<_>>())
}

#[test]
fn the_document_and_the_facts_are_fetched() {
    for (prefix, given) in
        [("", ""), ("", "/"), ("/api2", "/api2"), ("/a/b", "/a/b/"), ("/v1", "/v1/types/metadata.json")]
    {
        let server = start(&service(prefix));
        let steps = RefCell::new(Vec::new());
        let url = format!("{}{given}", server.base());
        let document =
            fetch(&url, &Access::new(), &Limits::default(), &|step| steps.borrow_mut().push(step.to_owned()))
                .expect(&url);
        assert_eq!(document.types, types(), "{given}");
        assert_eq!(document.facts, Some(facts()), "{given}");
        assert_eq!(document.remarks.as_slice(), [], "{given}");
        assert_eq!(document.origin.base_url(), Some(format!("{}{prefix}", server.base())), "{given}");
        let paths = [format!("{prefix}/types/metadata.json"), format!("{prefix}/metadata/app.json")];
        assert_eq!(server.paths(), paths, "{given}");
        assert_eq!(*steps.borrow(), paths.map(|path| format!("asking {}{path}", server.base())), "{given}");
        for head in server.requests() {
            assert!(head.to_lowercase().contains("\r\naccept: application/json"), "{given}: {head}");
        }
    }
}

#[test]
fn urls_of_pages_and_urls_without_a_scheme_are_accepted() {
    for page in
        ["/ui", "/ui/Hello?tab=code", "/metadata", "/json/metadata?op=Hello", "/types/rust", "/swagger-ui/", "/auth"]
    {
        for prefix in ["", "/api2"] {
            let server = start(&service(prefix));
            for url in [format!("{}{prefix}{page}", server.base()), format!("{}{prefix}{page}", server.address())] {
                let document = get(&url).expect(&url);
                assert_eq!((document.types, document.facts), (types(), Some(facts())), "{url}");
                assert_eq!(document.origin.base_url(), Some(format!("{}{prefix}", server.base())), "{url}");
            }
        }
    }
    let server = Server::start(&[]);
    let error = get(server.address()).expect_err("there is no document");
    assert!(error.message().starts_with("the service answered 404"), "{error}");
}

#[test]
fn the_address_above_a_wrong_one_is_suggested() {
    for prefix in ["", "/v1"] {
        for page in ["/api", "/api/FindPets", "/soap11", "/postman", "/index.html", "/redis-ui/keys", "/files/a.json"] {
            let server = start(&service(prefix));
            let error = get(&format!("{}{prefix}{page}", server.base())).expect_err(page);
            let help =
                format!("the metadata of the service is at another address: use `--url {}{prefix}`", server.base());
            assert_eq!(error.advice(), Some(&*help), "{prefix}{page}: {error}");
        }
    }
    // A page instead of the document, and an address that may not be read.
    let mut replies = service("");
    replies.push(("/shop/types/metadata.json".to_owned(), Reply::new(200, "text/html", "<html></html>")));
    replies.push(("/closed/types/metadata.json".to_owned(), Reply::new(401, "text/plain", "")));
    let server = start(&replies);
    let error = get(&format!("{}/shop", server.base())).expect_err("a page");
    assert_eq!(error.message(), "this is an HTML page, not the metadata; the service answered 200 OK with text/html");
    assert!(error.advice().is_some_and(|help| help.contains(&server.base())), "{error}");
    let error = get(&format!("{}/closed", server.base())).expect_err("a sign-in");
    assert!(error.advice().is_some_and(|help| help.contains("--bearer TOKEN")), "{error}");
}

#[test]
fn the_target_of_a_redirect_is_named_in_errors() {
    for (name, reply, expected) in [
        (
            "missing",
            Reply::new(404, "text/plain", "gone"),
            "the service answered 404 Not Found with text/plain: `gone`",
        ),
        (
            "page",
            Reply::new(200, "text/html", "<title>Sign in</title>"),
            "this is an HTML page (`Sign in`), not the metadata; the service answered 200 OK with text/html",
        ),
    ] {
        let redirect = Reply::redirect("/login?next=types");
        let server = Server::start(&[("/types/metadata.json", redirect), ("/login?next=types", reply)]);
        let error = get(&server.base()).expect_err(name);
        assert_eq!(error.message(), format!("{expected}, after a redirect to {}/login", server.base()), "{name}");
        assert!(error.advice().is_some_and(|help| help.contains("--bearer TOKEN")), "{name}: {error}");
    }
}

#[test]
fn an_unrequested_compressed_response_is_reported() {
    for encoding in ["br", "deflate", "zstd", "gzip"] {
        let reply = Reply::json([0x1B, 0x2A, 0xFF, 0x83, 0x01]).header("Content-Encoding", encoding);
        let server = Server::start(&[("/types/metadata.json", reply)]);
        let error = get(&server.base()).expect_err(encoding);
        assert_eq!(
            error.message(),
            format!("the response is compressed (`{encoding}`), although no compression was requested")
        );
        assert!(error.advice().is_some_and(|help| help.contains("curl --compressed")), "{error}");
    }
    // An incorrect header is ignored.
    let reply = Reply::json(TYPES).header("Content-Encoding", "br");
    let server = Server::start(&[("/types/metadata.json", reply)]);
    assert_eq!(get(&server.base()).expect("it is JSON").types, types());
}

#[test]
fn the_stored_form_is_read_as_the_same_document() {
    let server = start(&service(""));
    let fetched = get(&server.base()).expect("the service responds");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("metadata.json");
    std::fs::write(&path, fetched.stored_types()).expect("the document is written");
    std::fs::write(facts_path(&path), fetched.stored_facts().expect("there are facts")).expect("the facts are written");
    let stored = read_file(&path, &Limits::default()).expect("the stored document is read");
    assert_eq!(stored, Document { origin: Origin::File(path), ..fetched.clone() });
    assert_eq!((stored.stored_types(), stored.stored_facts()), (fetched.stored_types(), fetched.stored_facts()));
}

#[test]
fn missing_facts_are_a_warning() {
    let other = Server::start(&[]);
    for (name, reply, expected) in [
        ("404", Reply::new(404, "text/plain", ""), "the service answered 404 Not Found without a body"),
        (
            "500",
            Reply::new(500, "application/json", r#"{"responseStatus":{"errorCode":"Oops"}}"#),
            "the service answered 500 Internal Server Error with application/json: `Oops`",
        ),
        (
            "page",
            Reply::new(200, "text/html", "<title>Shop</title>"),
            "this is an HTML page (`Shop`), not the metadata",
        ),
        (
            "garbage",
            Reply::json("{\"app\":"),
            "the document is not JSON: EOF while parsing a value, near `{\"app\":` (line 1, column 7)",
        ),
        ("bytes", Reply::json([0xFF, 0xFF]), "the document is neither UTF-8 nor UTF-16 (byte 0)"),
        ("something else", Reply::json("[]"), "the response contains none"),
        (
            "redirect",
            Reply::redirect(&format!("{}/login?next=x", other.base())),
            &format!("the service redirects to {}/login (302 Found)", other.base()),
        ),
    ] {
        let server = Server::start(&[("/types/metadata.json", Reply::json(TYPES)), ("/metadata/app.json", reply)]);
        let document = get(&server.base()).expect(name);
        assert_eq!((document.types, document.facts), (types(), None), "{name}");
        let remarks: Vec<_> =
            document.remarks.as_slice().iter().map(|remark| (remark.code, remark.message.as_str())).collect();
        assert_eq!(
            remarks,
            [(FACTS_UNKNOWN, &*format!("the facts of the service are not known: {expected}"))],
            "{name}"
        );
    }
    assert_eq!(other.paths(), [""; 0]);
}

#[test]
fn the_full_url_of_a_document_is_fetched_unchanged() {
    let page = format!("<html><script>window.Dto = {TYPES};</script></html>");
    for (name, path, reply, expected, requests) in [
        ("app", "/metadata/app", Reply::json(APP), Some(facts()), 1),
        ("file", "/files/metadata.json", Reply::json(TYPES), None, 1),
        ("wrong content type", "/files/metadata.json", Reply::new(200, "text/html", TYPES), None, 1),
        ("page", "/types/metadata", Reply::new(200, "text/html", page), None, 2),
        ("query", "/types/metadata.json?jsconfig=tc:pc", Reply::json(TYPES), None, 2),
    ] {
        let server = Server::start(&[(path, reply)]);
        let document = get(&format!("{}{path}", server.base())).expect(name);
        assert_eq!(document.facts, expected, "{name}");
        assert!(document.types.get("operations").is_some(), "{name}: {}", document.types);
        assert_eq!(server.paths().len(), requests, "{name}");
    }
}

#[test]
fn redirects_stay_on_the_host() {
    let other = start(&service(""));
    let access = Access::new().bearer("s3cret-token").header("X-Api-Key", "s3cret-key");
    let mut replies = service("/new");
    replies.push(("/types/metadata.json".to_owned(), Reply::redirect("/new/types/metadata.json")));
    replies.push(("/metadata/app.json".to_owned(), Reply::redirect("{base}/new/metadata/app.json")));
    let server = start(&replies);
    let document = fetch(&server.base(), &access, &Limits::default(), &|_| ()).expect("the redirect is followed");
    assert_eq!((document.types, document.facts), (types(), Some(facts())));
    assert_eq!(
        server.paths(),
        ["/types/metadata.json", "/new/types/metadata.json", "/metadata/app.json", "/new/metadata/app.json"]
    );
    for head in server.requests() {
        assert!(head.contains("Bearer s3cret-token") && head.contains("s3cret-key"), "{head}");
    }

    let port = other.address().rsplit(':').next().expect("a port").to_owned();
    for (name, location, expected) in [
        (
            "another port",
            format!("{}/types/metadata.json?key=1", other.base()),
            format!("the service redirects to {}/types/metadata.json (302 Found)", other.base()),
        ),
        (
            "another host",
            format!("http://bob:pw@localhost:{port}/x#y"),
            format!("the service redirects to http://localhost:{port}/x (302 Found)"),
        ),
        ("no address", "http://".to_owned(), "the service redirects (302 Found) without a valid `Location`".to_owned()),
        ("itself", "{base}/types/metadata.json".to_owned(), "the service redirects more than 5 times".to_owned()),
    ] {
        let server = Server::start(&[("/types/metadata.json", Reply::redirect(&location))]);
        let error = fetch(&server.base(), &access, &Limits::default(), &|_| ()).expect_err(name);
        assert_eq!(error.message(), expected, "{name}");
        assert_eq!(error.place(), Some(&*format!("{}/types/metadata.json", server.base())), "{name}");
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{name}: {error:?}");
    }
    assert_eq!(other.paths(), [""; 0], "nothing was sent to the other host");
}

#[test]
fn responses_without_metadata_are_described() {
    for (name, reply, expected, help) in [
        (
            "page as JSON",
            Reply::json("<!doctype html><title>My shop</title>"),
            "this is an HTML page (`My shop`), not the metadata; the service answered 200 OK with application/json",
            "base URL of the API",
        ),
        (
            "array",
            Reply::new(200, "text/plain", "[]"),
            "this is a JSON array, not the metadata; the service answered 200 OK with text/plain",
            "/types/metadata.json",
        ),
        (
            "null",
            Reply::json("null"),
            "this is the JSON value `null`, not the metadata; the service answered 200 OK with application/json",
            "use the base URL of a ServiceStack service",
        ),
        (
            "nothing",
            Reply::new(204, "application/json", ""),
            "the document is empty; the service answered 204 No Content with application/json",
            "use the base URL of a ServiceStack service",
        ),
        (
            "XML without text",
            Reply::new(200, "application/xml", "<?xml version=\"1.0\"?><Metadata/>"),
            "this is XML, not the metadata; the service answered 200 OK with application/xml",
            "base URL of the API",
        ),
        (
            "missing",
            Reply::new(404, "text/html", "<h1>No such page</h1>"),
            "the service answered 404 Not Found with text/html: `No such page`",
            "--file",
        ),
        (
            "closed",
            Reply::new(401, "text/plain", ""),
            "the service answered 401 Unauthorized without a body",
            "`--bearer TOKEN`, `--basic USER:PASSWORD`",
        ),
    ] {
        let server = Server::start(&[("/types/metadata.json", reply)]);
        let error = get(&server.base()).expect_err(name);
        assert_eq!(error.message(), expected, "{name}");
        assert!(error.advice().is_some_and(|advice| advice.contains(help)), "{name}: {error}");
        assert_eq!(error.exit_code(), 3, "{name}");
    }
}

#[test]
fn size_and_time_are_limited() {
    let limits = Limits { bytes: 1000, time: Duration::from_millis(400), ..Limits::default() };
    let padded = |size: usize| format!("{TYPES}{}", " ".repeat(size - TYPES.len()));
    let cases = [
        ("full", Reply::json(padded(1000)), None),
        ("too large", Reply::json(padded(1001)), Some("the document is larger than 1000 bytes")),
        (
            "too late",
            Reply::json(TYPES).after(Duration::from_secs(5)),
            Some("the service did not respond within 0.4 seconds"),
        ),
        ("too slow", Reply::json(TYPES).dripping(500), Some("the service did not respond within 0.4 seconds")),
    ];
    for (name, reply, expected) in cases {
        let server = Server::start(&[("/files/x.json", reply)]);
        let fetched = fetch(&format!("{}/files/x.json", server.base()), &Access::new(), &limits, &|_| ());
        assert_eq!(fetched.as_ref().err().map(Error::message), expected, "{name}");
    }
}

#[test]
fn credentials_are_sent_and_never_shown() {
    let echo = "<title>You sent {request}</title>";
    let basic = "Basic Ym9iOnMzY3JldC1wdw==";
    for (name, user, access, header, hidden) in [
        ("bearer", "", Access::new().bearer("s3cret-pw"), "authorization: Bearer s3cret-pw", 2),
        ("basic", "", Access::new().basic("bob", "s3cret-pw"), &*format!("authorization: {basic}"), 2),
        ("URL", "bob:s3cret-pw@", Access::new().bearer("from elsewhere"), &*format!("authorization: {basic}"), 2),
        ("cookies", "", Access::new().cookie("a=1").cookie("ss-id=s3cret-pw"), "cookie: a=1; ss-id=s3cret-pw", 2),
        ("header", "", Access::new().header("X-Api-Key", "s3cret-pw"), "x-api-key: s3cret-pw", 2),
    ] {
        for reply in [Reply::json(TYPES), Reply::new(200, "text/html", echo), Reply::new(401, "text/html", echo)] {
            let server = Server::start(&[("/types/metadata.json?key=s3cret-key", reply)]);
            let url = format!("http://{user}{}/?key=s3cret-key", server.address());
            let steps = RefCell::new(Vec::new());
            let fetched = fetch(&url, &access, &Limits::default(), &|step| steps.borrow_mut().push(step.to_owned()));
            for head in server.requests() {
                assert!(head.contains(header), "{name}: {head}");
            }
            let label = fetched.as_ref().ok().map(|document| document.origin.label(None));
            let shown = format!("{fetched:?} {label:?} {steps:?} {access:?}");
            if let Err(error) = &fetched {
                // The page contained both the header and the query.
                assert_eq!(error.to_string().matches("***").count(), hidden, "{name}: {error}");
            }
            for secret in ["s3cret", "Ym9iOnMzY3JldC1wdw"] {
                assert!(!shown.contains(secret), "{name}: {shown}");
            }
        }
    }
}

#[test]
fn connection_failures_are_explained() {
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        listener.local_addr().expect("an address").to_string()
    };
    let error = get(&format!("http://bob:s3cret@{closed}")).expect_err("nobody listens");
    assert_eq!(error.message(), "the host refuses the connection");
    assert_eq!(error.place(), Some(&*format!("http://{closed}/types/metadata.json")));

    let plain = Server::start(&[]);
    let error = get(&format!("https://{}", plain.address())).expect_err("the server does not speak TLS");
    assert!(error.message().starts_with("no TLS connection could be made"), "{error}");
    assert!(error.advice().is_some_and(|advice| advice.contains("http://")), "{error}");
}

#[test]
fn recorded_documents_of_all_casings_are_fetched() {
    for (name, types, app, casing) in [
        (
            "Pascal",
            json!({"Config": {"BaseUrl": "http://x"}, "Types": [], "Operations": []}),
            json!({"App": {"ServiceStackVersion": "10.15", "JsTextCase": "PascalCase", "UseSystemJson": "Never"},
                "HttpHandlers": {"ApiHandlers.Json": "/api/{Request}"}}),
            Casing::Pascal,
        ),
        (
            "snake",
            json!({"config": {"base_url": "http://x"}, "types": [], "operations": []}),
            json!({"app": {"service_stack_version": "10.15", "js_text_case": "SnakeCase", "use_system_json": "Never"},
                "http_handlers": {"ApiHandlers.Json": "/api/{Request}"}}),
            Casing::Snake,
        ),
    ] {
        let server = Server::start(&[
            ("/types/metadata.json", Reply::json(types.to_string())),
            ("/metadata/app.json", Reply::json(app.to_string())),
        ]);
        let document = get(&server.base()).expect(name);
        assert_eq!((document.types, document.facts), (types, Some(Facts { name: None, casing, ..facts() })), "{name}");
    }
}
