//! Real responses of servers and proxies: encodings, heads and bodies of errors.

use std::collections::BTreeSet;
use std::time::Duration;

use evo_runtime::http::Method;
use evo_runtime::transport::{Body, HttpReply, ScriptedTransport};
use evo_runtime::{Address, Bytes, Client, Download, ErrorKind, operation, record};

#[derive(Debug, Clone, PartialEq, Default)]
struct Read {
    text: Option<String>,
}
record!(Read { text: "Text" });
operation!(Read: GET => Note);

#[derive(Debug, Clone, PartialEq, Default)]
struct ReadFile {}
record!(ReadFile {});
operation!(ReadFile: GET => raw Download);

#[derive(Debug, Clone, PartialEq, Default)]
struct Note {
    text: Option<String>,
}
record!(Note { text: "Text" });

fn client(server: &ScriptedTransport) -> Client {
    Client::builder("https://h").transport(server.clone()).build().unwrap()
}

async fn outcome(reply: HttpReply) -> Result<Note, evo_runtime::Error> {
    client(&ScriptedTransport::new([reply])).send(Read::default()).await
}

#[tokio::test]
async fn an_encoding_that_cannot_be_decoded_is_named() {
    for encoding in ["zstd", "Deflate", "gzip, zstd", "identity, compress"] {
        let body = HttpReply::of(200, "application/json", &b"\x28\xb5\x2f\xfd"[..]);
        let error = outcome(body.clone().with_header("content-encoding", encoding)).await.unwrap_err();
        let name = encoding.rsplit(", ").next().unwrap().to_lowercase();
        assert_eq!(
            (error.kind(), error.message()),
            (
                ErrorKind::Decode,
                format!("the response is encoded with {name:?}, which this client cannot decode").as_str()
            )
        );
        let server = ScriptedTransport::new([body.with_header("content-encoding", encoding)]);
        assert_eq!(client(&server).send(ReadFile {}).await.unwrap_err().kind(), ErrorKind::Decode, "a download");
    }
    // The error keeps its kind, and explains why it has no details.
    let error =
        outcome(HttpReply::of(409, "application/json", &b"\x1f\x9d"[..]).with_header("content-encoding", "compress"));
    let error = error.await.unwrap_err();
    assert_eq!((error.kind(), error.error_code()), (ErrorKind::Service, Some("Conflict")));
    assert_eq!(error.hint(), Some("the response is encoded with \"compress\", which this client cannot decode"));
    let error = outcome(HttpReply::of(409, "", "").with_header("content-encoding", "br")).await.unwrap_err();
    assert_eq!(error.hint(), None);
    for encoding in ["identity", "", "Identity, identity"] {
        let reply = HttpReply::of(200, "application/json", r#"{"text":"a"}"#).with_header("content-encoding", encoding);
        assert_eq!(outcome(reply).await.unwrap().text.as_deref(), Some("a"));
    }
    assert_eq!(
        outcome(HttpReply::of(204, "", "").with_header("content-encoding", "zstd")).await.unwrap(),
        Note::default()
    );
}

#[cfg(feature = "gzip")]
#[tokio::test]
async fn gzip_is_known_by_all_its_names() {
    use std::io::Write as _;

    let gzip = |text: &str| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    for encoding in ["gzip", "GZIP", "x-gzip", "X-GZip", "identity, gzip"] {
        let reply = HttpReply::of(200, "application/json", gzip(r#"{"text":"a"}"#));
        assert_eq!(outcome(reply.with_header("content-encoding", encoding)).await.unwrap().text.as_deref(), Some("a"));
        let error = HttpReply::of(409, "", gzip(r#"{"responseStatus":{"errorCode":"Taken","message":"no"}}"#));
        let error = outcome(error.with_header("content-encoding", encoding)).await.unwrap_err();
        assert_eq!((error.error_code(), error.message()), (Some("Taken"), "no"), "{encoding}");
    }
    let bomb =
        HttpReply::of(200, "application/json", gzip(&" ".repeat(100_000))).with_header("content-encoding", "gzip");
    let small = Client::builder("https://h").body_limit(50_000).transport(ScriptedTransport::new([bomb]));
    assert_eq!(small.build().unwrap().send(Read::default()).await.unwrap_err().kind(), ErrorKind::TooLarge);
    let broken = HttpReply::of(200, "application/json", "{}").with_header("content-encoding", "gzip");
    assert_eq!(outcome(broken).await.unwrap_err().kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn the_length_of_head_is_not_that_of_a_body() {
    let server = ScriptedTransport::new([
        HttpReply::of(200, "application/json", "").with_header("content-length", "99999999999")
    ]);
    let call = client(&server).call(Read::default()).method(Method::HEAD);
    let response = call.send_response().await.unwrap();
    assert_eq!(response.headers()["content-length"], "99999999999");
    // Nor is the encoding, of a download either.
    let encoded = || HttpReply::of(200, "", "").with_header("content-encoding", "zstd");
    let client = client(&ScriptedTransport::new([encoded(), encoded()]));
    client.call(Read::default()).method(Method::HEAD).send().await.unwrap();
    let download = client.call(ReadFile {}).method(Method::HEAD).send().await.unwrap();
    assert_eq!(download.bytes().await.unwrap(), "");
}

#[tokio::test]
async fn asp_net_problem_details_are_read() {
    let detailed =
        r#"{"type":"about:blank","title":"Out of stock","status":404,"detail":"Nothing is left of 7","traceId":"1"}"#;
    let standard = r#"{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.5","title":"Not Found","status":404}"#;
    let fields = r#"{"title":"One or more validation errors occurred.","status":400,"errors":{"Name":["The Name field is required."]}}"#;
    let problem =
        |status, body: &str| HttpReply::of(status, "application/problem+json; charset=utf-8", body.to_owned());
    let error = outcome(problem(404, detailed)).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.error_code(), error.message()),
        (ErrorKind::Service, Some("Out of stock"), "Nothing is left of 7")
    );
    let error = outcome(problem(404, standard)).await.unwrap_err();
    assert_eq!((error.kind(), error.message()), (ErrorKind::UnknownOperation, "Not Found"));
    let error = outcome(problem(400, fields)).await.unwrap_err();
    assert_eq!(error.message(), "One or more validation errors occurred.");
    assert_eq!(error.field("name").unwrap().message.as_deref(), Some("The Name field is required."));
    assert!(error.is_validation());
    // Some hosts send it as plain JSON. Other JSON with a title is not a problem document.
    let error = outcome(HttpReply::of(404, "Application/JSON; charset=utf-8", detailed)).await.unwrap_err();
    assert_eq!((error.error_code(), error.message()), (Some("Out of stock"), "Nothing is left of 7"));
    for (status, body) in [(409, detailed), (404, r#"{"title":"A book","id":7}"#), (404, r#"{"status":404}"#)] {
        let error = outcome(HttpReply::of(status, "application/json", body)).await.unwrap_err();
        assert_eq!((error.response_status(), error.error_code()), (None, error.status().unwrap().canonical_reason()));
    }
}

#[tokio::test]
async fn the_start_of_a_huge_error_is_read() {
    let trace = "x".repeat(2 * 1024 * 1024);
    for body in [
        format!(
            r#"{{"responseStatus":{{"errorCode":"Huge","message":"too much","errors":[{{"errorCode":"E","fieldName":"Name","message":"m"}}],"stackTrace":"{trace}"}}}}"#
        ),
        format!(
            r#"{{"id":0,"responseStatus":{{"errorCode":"Huge","message":"too much","errors":[{{"errorCode":"E","fieldName":"Name","message":"m"}}]}},"log":["{trace}"]}}"#
        ),
    ] {
        let error = outcome(HttpReply::of(500, "application/json", body)).await.unwrap_err();
        assert_eq!((error.error_code(), error.message()), (Some("Huge"), "too much"));
        assert_eq!(error.field("Name").unwrap().message.as_deref(), Some("m"));
        assert!(error.to_string().contains("cut off after 1048576 bytes"), "{error}");
        assert_eq!(error.body().len(), 64 * 1024);
    }
}

#[tokio::test]
async fn an_error_before_the_end_of_a_truncated_body_is_read() {
    let json = r#"{"id":12,"list":[1,{"b":"x\"y"}],"responseStatus":{"errorCode":"Too\\Much","message":"a\u00e9b ü","errors":[]},"n":12}"#;
    let jsv = r#"{id:12,list:[1,{b:"x""y"},[a]],responseStatus:{errorCode:Too\Much,message:"aéb ü",errors:[]},n:12}"#;
    let error_of = async |content_type: &str, body: &[u8]| {
        let chunks = [Ok(Bytes::copy_from_slice(body)), Err("broken")];
        let body = Body::from_stream(None, futures_util::stream::iter(chunks));
        outcome(HttpReply::of(500, content_type, "").with_body(body)).await.unwrap_err()
    };
    for (content_type, whole) in [("application/json", json), ("application/jsv", jsv)] {
        let (mut codes, mut messages) = (BTreeSet::new(), BTreeSet::new());
        for length in 0..=whole.len() {
            let error = error_of(content_type, &whole.as_bytes()[..length]).await;
            assert!(error.to_string().contains("cut off after"), "{length}: {error}");
            codes.insert(error.response_status().and_then(|status| status.error_code.clone()));
            messages.insert(error.response_status().and_then(|status| status.message.clone()));
        }
        // The received part of a code or message is kept, without incomplete escapes or characters. Bare JSV text is not empty.
        let texts = |whole: &str, is_quoted: bool| {
            let ends = whole.char_indices().map(|(end, _)| end).chain([whole.len()]).skip(usize::from(!is_quoted));
            ends.map(|end| Some(whole[..end].to_owned())).chain([None]).collect::<BTreeSet<_>>()
        };
        let is_json = content_type == "application/json";
        assert_eq!((codes, messages), (texts("Too\\Much", is_json), texts("aéb ü", true)), "{content_type}");
    }
}

#[tokio::test]
async fn an_error_that_is_not_utf_8_is_read() {
    for (content_type, body, message) in [
        (
            "application/json; charset=iso-8859-1",
            &b"{\"responseStatus\":{\"errorCode\":\"Bad\",\"message\":\"Ung\xfcltig\"}}"[..],
            "Ung\u{fffd}ltig",
        ),
        ("application/json", b"\xef\xbb\xbf{\"responseStatus\":{\"errorCode\":\"Bad\",\"message\":\"a\"}}", "a"),
    ] {
        let error = outcome(HttpReply::of(400, content_type, body)).await.unwrap_err();
        assert_eq!(error.error_code(), Some("Bad"), "{content_type}");
        // A known charset is decoded.
        assert!(error.message() == message || error.message() == "Ungültig", "{error}");
    }
}

#[tokio::test]
async fn an_unknown_operation_is_distinguished_from_an_error_of_the_service() {
    let body = |message: &str| {
        format!(r#"{{"responseStatus":{{"errorCode":"NotImplementedException","message":"{message}","errors":[]}}}}"#)
    };
    for (reason, message, kind) in [
        ("NotImplementedException", "Export of this customer does not exist yet", ErrorKind::Service),
        ("NotImplementedException", "The operation 'Read' does not exist for this service", ErrorKind::Service),
        ("Method Not Allowed", "The operation 'Read' does not exist for this service", ErrorKind::UnknownOperation),
        ("Method Not Allowed", "The operation does not exist for this service", ErrorKind::UnknownOperation),
    ] {
        let reply = HttpReply::of(405, "application/json", body(message)).with_reason(reason);
        let error = outcome(reply).await.unwrap_err();
        assert_eq!((error.kind(), error.message()), (kind, message), "{reason}");
    }
    // HTTP/2 has no reason phrase.
    let reply = HttpReply::of(405, "application/json", body("The operation 'Read' does not exist for this service"));
    assert_eq!(outcome(reply).await.unwrap_err().kind(), ErrorKind::UnknownOperation);
}

#[tokio::test]
async fn a_decoding_error_has_a_path_and_shows_the_body_only_on_request() {
    let error = outcome(HttpReply::of(200, "application/json", r#"{"text":{"token":"s3cret"}}"#)).await.unwrap_err();
    assert_eq!((error.kind(), error.path().as_deref()), (ErrorKind::Decode, Some("text")));
    assert!(error.offset().is_some() && error.excerpt().unwrap().contains("s3cret"), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
    let error = outcome(HttpReply::of(500, "", "")).await.unwrap_err();
    assert_eq!((error.path(), error.offset(), error.excerpt()), (None, None, None));
}

#[tokio::test]
async fn the_debug_format_of_an_error_has_lines() {
    let body = r#"{"responseStatus":{"errorCode":"NotEmpty","message":"'Name' must not be empty.","errors":[{"errorCode":"NotEmpty","fieldName":"Name","message":"'Name' must not be empty."}]}}"#;
    let error = outcome(HttpReply::of(400, "application/json", body)).await.unwrap_err();
    assert_eq!(
        format!("{error:?}"),
        "Read: 400 NotEmpty: 'Name' must not be empty.\n  Name: NotEmpty 'Name' must not be empty."
    );
    let error = outcome(HttpReply::of(404, "", "")).await.unwrap_err();
    assert_eq!(
        format!("{error:?}"),
        "Read: 404 Not Found\n  help: hosts older than ServiceStack 6 have no `/api`: set the addresses of the client to Address::Routes and Address::Reply"
    );
    let server = ScriptedTransport::default();
    server.fail(
        evo_runtime::transport::TransportError::connect("refused").with_source(std::io::Error::other("no route")),
    );
    let error = client(&server).send(Read::default()).await.unwrap_err();
    assert_eq!(format!("{error:?}"), "Read: refused\n  caused by: no route");
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "no route");
}

#[cfg(feature = "reqwest")]
mod over_the_wire {
    use super::*;

    async fn send(answer: &str) -> (Result<Note, evo_runtime::Error>, String) {
        send_bytes(answer.as_bytes()).await
    }

    async fn send_bytes(answer: &[u8]) -> (Result<Note, evo_runtime::Error>, String) {
        let (base, requests) = crate::loopback::server([answer]).await;
        let client = Client::builder(base).timeout(Duration::from_secs(20)).build().unwrap();
        let outcome = client.send(Read::default()).await;
        (outcome, requests.await.unwrap().remove(0))
    }

    #[tokio::test]
    async fn too_many_headers_are_an_error_and_not_retried() {
        let headers = (0..150).map(|index| format!("X-{index}: a\r\n")).collect::<Vec<_>>().concat();
        // The server accepts one connection, so a second attempt would fail.
        let (outcome, _) = send(&format!("HTTP/1.1 200 OK\r\n{headers}Content-Length: 2\r\n\r\n{{}}")).await;
        let error = outcome.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge, "{error}");
        assert!(error.message().contains("more than 100 headers"), "{error}");
    }

    #[tokio::test]
    async fn too_many_trailers_are_an_error_and_not_retried() {
        let trailers = (0..2000).map(|index| format!("X-{index}: a\r\n")).collect::<Vec<_>>().concat();
        let body = format!("2\r\n{{}}\r\n0\r\n{trailers}\r\n");
        let (outcome, _) = send(&format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{body}")).await;
        let error = outcome.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge, "{error}");
        assert!(error.message().contains("trailers"), "{error}");
    }

    #[tokio::test]
    async fn folded_headers_are_accepted() {
        let (outcome, request) =
            send("HTTP/1.1 200 OK\r\nX-Folded: a\r\n b\r\nContent-Length: 12\r\n\r\n{\"text\":\"a\"}").await;
        assert_eq!(outcome.unwrap().text.as_deref(), Some("a"));
        if cfg!(not(any(feature = "gzip", feature = "brotli"))) {
            assert!(request.contains("accept-encoding: identity"), "{request}");
        }
    }

    #[tokio::test]
    async fn a_lost_reason_phrase_is_reported() {
        let (outcome, _) = send_bytes(b"HTTP/1.1 400 Ung\xfcltig\r\nContent-Length: 0\r\n\r\n").await;
        let error = outcome.unwrap_err();
        assert_eq!((error.error_code(), error.message()), (Some("Bad Request"), "Bad Request"));
        assert!(error.to_string().contains("not ASCII"), "{error}");
        let (outcome, _) = send("HTTP/1.1 400 MyCode\r\nContent-Length: 0\r\n\r\n").await;
        assert_eq!(outcome.unwrap_err().to_string(), "Read: 400 MyCode");
    }

    #[tokio::test]
    async fn an_api_key_is_not_sent_to_another_host() {
        let (elsewhere, other) = crate::loopback::server(["HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"]).await;
        let answer = format!("HTTP/1.1 302 Found\r\nLocation: {elsewhere}/x\r\nContent-Length: 0\r\n\r\n");
        let (base, requests) = crate::loopback::server([answer]).await;
        // The builder of reqwest would follow redirects.
        let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::limited(5));
        let client = Client::builder(base).reqwest(builder).auth(evo_runtime::ApiKey::new("k3y")).build().unwrap();
        let error = client.call(Read::default()).address(Address::Api).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Redirect);
        assert!(requests.await.unwrap()[0].contains("k3y"));
        other.abort();
        assert!(other.await.is_err(), "nothing was sent to the other host");
    }
}
