//! Servers that fail while they write a response, and the errors in it, in every format and encoding.

use evo_runtime::dto::ResponseError;
use evo_runtime::transport::{Body, HttpReply, ScriptedTransport};
use evo_runtime::{
    Bytes, Client, DateTime, DayOfWeek, Error, ErrorKind, Operation, Other, Value, operation, record, variants,
};
use futures_util::{StreamExt as _, stream};

#[derive(Debug, Clone, PartialEq, Default)]
struct Read {}
record!(Read {});
operation!(Read: GET => Note);

#[derive(Debug, Clone, PartialEq, Default)]
struct Note {
    id: i32,
    text: Option<String>,
    ids: Vec<i32>,
}
record!(Note { id: "Id", text: "Text", ids: "Ids" });

#[derive(Debug, Clone, PartialEq, Default)]
struct List {}
record!(List {});
operation!(List: GET => Vec<i32>);

const JSON: &str = "application/json; charset=utf-8";
const JSV: &str = "application/jsv";

async fn outcome<T: Operation + Default>(reply: HttpReply) -> Result<T::Answer, Error> {
    let server = ScriptedTransport::new([reply]).with_clock();
    Client::builder("https://h").transport(server).build().unwrap().send(T::default()).await
}

fn utf_16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[tokio::test]
async fn a_status_alone_is_a_failed_write_in_every_format_and_encoding() {
    let json = r#"{"responseStatus":{"errorCode":"Failed","message":"no","errors":[]}}"#;
    let marked = [&b"\xff\xfe"[..], &utf_16(json)].concat();
    for (content_type, body) in [
        (JSON, marked),
        ("application/json; charset=utf-16", utf_16(json)),
        (JSV, b"{ResponseStatus:{ErrorCode:Failed,Message:no,Errors:[]}}".to_vec()),
        (JSV, b"\xef\xbb\xbf{response_status:{error_code:Failed,message:no,errors:[]}}".to_vec()),
        ("text/jsv; charset=utf-8", b" {responseStatus:{errorCode:Failed,message:no,errors:[]}} ".to_vec()),
    ] {
        let error = outcome::<Read>(HttpReply::of(200, content_type, body)).await.unwrap_err();
        let said = (error.kind(), error.error_code(), error.message());
        assert_eq!(said, (ErrorKind::Service, Some("Failed"), "no"), "{content_type}");
    }
    for body in [
        "{responseStatus:{errorCode:Soft,message:no}}",
        "{id:0,responseStatus:{errorCode:Soft,message:no,errors:[]}}",
        "{responseStatus:{errorCode:Soft,errors:[{errorCode:W,meta:{Severity:Warning}}]}}",
    ] {
        assert_eq!(outcome::<Read>(HttpReply::of(200, JSV, body)).await.unwrap(), Note::default(), "{body}");
    }
}

#[tokio::test]
async fn the_error_of_a_failed_write_is_found_at_every_break_of_jsv() {
    let whole = r#"{id:12,text:"a, ""b"": ü",more:{x:[1,2],y:{}},ids:[1,2]}"#;
    for length in 1..whole.len() {
        let status = "{responseStatus:{errorCode:Failed,message:\"item, {failed}\",errors:[]}}";
        let body = [&whole.as_bytes()[..length], status.as_bytes()].concat();
        let error = outcome::<Read>(HttpReply::of(200, JSV, body))
            .await
            .expect_err(&whole[..whole.floor_char_boundary(length)]);
        assert_eq!((error.error_code(), error.message()), (Some("Failed"), "item, {failed}"), "{length}");
        assert!(std::error::Error::source(&error).is_some(), "the decode error is the cause: {length}");
    }
}

#[tokio::test]
async fn an_error_before_a_broken_connection_is_reported() {
    let status = r#"{"responseStatus":{"errorCode":"Failed","message":"no","errors":[]}}"#;
    let broken = |text: &str| {
        let chunks = [Ok(Bytes::from(text.to_owned())), Err("broken")];
        HttpReply::of(200, JSON, "").with_body(Body::from_stream(None, stream::iter(chunks)))
    };
    for start in ["", "[", "[1,2", "[1,2,"] {
        let text = format!("{start}{status}");
        let server = ScriptedTransport::new([broken(&text), broken(&text)]).with_clock();
        let client = Client::builder("https://h").transport(server.clone()).build().unwrap();
        let error = client.send(List {}).await.unwrap_err();
        assert_eq!((error.kind(), error.error_code()), (ErrorKind::Service, Some("Failed")), "{start}");
        assert!(format!("{error:?}").contains("caused by: the body cannot be read: broken"), "{error:?}");
        // The service executed the call, so it is not retried.
        assert_eq!(server.requests().len(), 1, "{start}");
        let items: Vec<_> = client.download(List {}).send().await.unwrap().items::<i32>().collect().await;
        let (last, before) = items.split_last().unwrap();
        assert_eq!(before.len(), start.matches(',').count(), "{start}");
        assert_eq!(last.as_ref().unwrap_err().error_code(), Some("Failed"), "{start}");
    }
    let error = outcome::<List>(broken("[1,2")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Interrupted, "{error}");
}

#[derive(Debug, Clone, PartialEq)]
enum Vehicle {
    Note(Box<Note>),
    Other(Box<Other<Note>>),
}
variants!(Vehicle { Note: "Lab.Note" } untyped Note else Other);

macro_rules! asks {
    ($($operation:ident => $answer:ty;)*) => {$(
        #[derive(Debug, Clone, PartialEq, Default)]
        struct $operation {}
        record!($operation {});
        operation!($operation: GET => $answer);
    )*};
}
asks! {
    AskNumber => i32;
    AskDate => DateTime;
    AskDay => DayOfWeek;
    AskOther => Other<Note>;
    AskVehicle => Vehicle;
    AskOption => Option<Note>;
    AskObject => Value;
    AskMap => std::collections::BTreeMap<String, i32>;
}

#[tokio::test]
async fn null_is_an_error_for_classes_and_value_types() {
    async fn check<T: Operation + Default>(is_value: bool)
    where
        T::Answer: std::fmt::Debug,
    {
        for body in ["null", " null\n", "\u{feff}null"] {
            let message = outcome::<T>(HttpReply::of(200, JSON, body))
                .await
                .map(drop)
                .map_err(|error| error.message().to_owned());
            let expected = if is_value { Ok(()) } else { Err("the body is `null`".to_owned()) };
            assert_eq!(message, expected, "{} {body}", T::SPEC.name);
        }
    }
    check::<Read>(false).await;
    check::<AskNumber>(false).await;
    check::<AskDate>(false).await;
    check::<AskDay>(false).await;
    check::<AskOther>(false).await;
    check::<AskVehicle>(false).await;
    check::<AskOption>(true).await;
    check::<AskObject>(true).await;
    check::<AskMap>(true).await;
    check::<List>(true).await;
}

#[tokio::test]
async fn errors_are_read_in_the_encoding_that_they_name() {
    let json = |message: &[u8]| [br#"{"responseStatus":{"errorCode":"Bad","message":""#, message, br#""}}"#].concat();
    for (content_type, body, message) in [
        ("application/json; charset=iso-8859-1", json(b"Ung\xfcltig"), "Ungültig"),
        ("application/json; charset=\"windows-1252\"", json(b"\x80 5"), "€ 5"),
        ("application/json; charset=utf-16", utf_16(std::str::from_utf8(&json(b"no")).unwrap()), "no"),
        ("application/json", json(b"Ung\xfcltig"), "Ung\u{fffd}ltig"),
        ("application/json; charset=", json("ü".as_bytes()), "ü"),
        ("application/json; charset=unknown", json("ü".as_bytes()), "ü"),
        (
            "application/jsv; charset=iso-8859-1",
            b"{ResponseStatus:{ErrorCode:Bad,Message:Ung\xfcltig}}".to_vec(),
            "Ungültig",
        ),
        ("text/plain; charset=iso-8859-1", b"Error (Bad): Ung\xfcltig\n\n400".to_vec(), "Ungültig"),
        ("text/plain; charset=utf-16", utf_16("Error (Bad): nö"), "nö"),
    ] {
        let error = outcome::<Read>(HttpReply::of(400, content_type, body)).await.unwrap_err();
        assert_eq!((error.error_code(), error.message()), (Some("Bad"), message), "{content_type}");
    }
}

#[tokio::test]
async fn the_errors_of_a_problem_are_read_in_every_form() {
    let problem = |body: &[u8]| HttpReply::of(400, "Application/Problem+JSON; charset=utf-8", body.to_vec());
    for (errors, expected) in [
        (r#"{"Age":["too young","too small"]}"#, [("Age", "too young", None), ("Age", "too small", None)].to_vec()),
        (r#"{"Age":"too young"}"#, vec![("Age", "too young", None)]),
        (r#"[{"name":"Age","reason":"too young","code":"A1"}]"#, vec![("Age", "too young", Some("A1"))]),
        (r##"[{"detail":"too young","pointer":"#/age"}]"##, vec![("#/age", "too young", None)]),
        (r#"[{"PropertyName":"Age","ErrorMessage":"too young"}]"#, vec![("Age", "too young", None)]),
        (r#"{"Age":[{"message":"too young"}]}"#, vec![("Age", "too young", None)]),
        (r#"["too young"]"#, vec![("", "too young", None)]),
        ("null", vec![]),
        ("7", vec![]),
    ] {
        let body = format!("\u{feff}{{\"Title\":\"Bad input\",\"detail\":\"See errors\",\"errors\":{errors}}}");
        let error = outcome::<Read>(problem(body.as_bytes())).await.unwrap_err();
        assert_eq!((error.error_code(), error.message()), (Some("Bad input"), "See errors"), "{errors}");
        let fields =
            |error: &ResponseError| (error.field_name.clone(), error.message.clone(), error.error_code.clone());
        let found: Vec<_> = error.field_errors().iter().map(fields).collect();
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(name, message, code)| (text(name), text(message), code.and_then(text)))
            .collect();
        assert_eq!(found, expected, "{errors}");
    }
    // In another encoding, and truncated.
    let error = outcome::<Read>(problem(b"{\"title\":\"B\xfc\",\"detail\":\"d\"}")).await.unwrap_err();
    assert_eq!((error.error_code(), error.message()), (Some("B\u{fffd}"), "d"));
    let chunks = [Ok(Bytes::from_static(br#"{"title":"Bad","detail":"too mu"#)), Err("broken")];
    let cut = problem(b"").with_body(Body::from_stream(None, stream::iter(chunks)));
    let error = outcome::<Read>(cut).await.unwrap_err();
    assert_eq!((error.error_code(), error.message()), (Some("Bad"), "too mu"));
}

#[tokio::test]
async fn truncated_errors_do_not_end_with_part_of_an_escape() {
    let whole = r#"{"responseStatus":{"message":"C:\\users\u00e9\\\"x","errorCode":"Bad"}}"#;
    let texts = [
        "C:",
        "C:\\",
        "C:\\u",
        "C:\\us",
        "C:\\use",
        "C:\\user",
        "C:\\users",
        "C:\\usersé",
        "C:\\usersé\\",
        "C:\\usersé\\\"",
        "C:\\usersé\\\"x",
    ];
    for length in (whole.find("C:").unwrap() + 2)..=whole.find("\",\"errorCode").unwrap() {
        let chunks = [Ok(Bytes::copy_from_slice(&whole.as_bytes()[..length])), Err("broken")];
        let reply = HttpReply::of(500, JSON, "").with_body(Body::from_stream(None, stream::iter(chunks)));
        let error = outcome::<Read>(reply).await.unwrap_err();
        assert!(texts.contains(&error.message()), "{length}: {:?}", error.message());
    }
}

#[cfg(feature = "gzip")]
#[tokio::test]
async fn the_start_of_a_huge_compressed_error_is_read() {
    use std::io::Write as _;

    let trace = "x".repeat(2 * 1024 * 1024);
    let body = format!(r#"{{"responseStatus":{{"errorCode":"Huge","message":"too much","stackTrace":"{trace}"}}}}"#);
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(body.as_bytes()).unwrap();
    let whole = encoder.finish().unwrap();
    for bytes in [&whole[..], &whole[..whole.len() / 2]] {
        let reply = HttpReply::of(500, JSON, bytes.to_vec()).with_header("content-encoding", "x-gzip");
        let error = outcome::<Read>(reply).await.unwrap_err();
        assert_eq!((error.error_code(), error.message()), (Some("Huge"), "too much"));
        assert!(error.hint().unwrap().contains("cut off"), "{error}");
    }
}

/// Hostile bodies: the search for a status reads each byte once; otherwise this test would run for hours.
#[tokio::test]
async fn a_body_of_nothing_but_braces_is_an_error() {
    for content_type in [JSON, JSV] {
        for piece in ["{", "{ ", "{a", "{{}"] {
            let error = outcome::<Read>(HttpReply::of(200, content_type, piece.repeat(500_000))).await.unwrap_err();
            assert_eq!((error.kind(), error.error_code()), (ErrorKind::Decode, None), "{content_type}: {piece}");
        }
    }
}
