//! Lists that are read item by item, and lists that a server failed to write.

use evo_runtime::transport::{Body, HttpReply, ScriptedTransport};
use evo_runtime::{Bytes, Client, Error, ErrorKind, operation, record};
use futures_util::{StreamExt as _, stream};

#[derive(Debug, Clone, PartialEq, Default)]
struct ListItems {}
record!(ListItems {});
operation!(ListItems: GET => Vec<Item>);

#[derive(Debug, Clone, PartialEq, Default)]
struct Item {
    id: i32,
    text: Option<String>,
}
record!(Item { id: "Id", text: "Text" });

#[derive(Debug, Clone, PartialEq, Default)]
struct PickItem {
    id: i32,
}
record!(PickItem { id: "Id" });
operation!(PickItem: POST => Item);

fn client(body: &str, chunk: usize) -> Client {
    let chunks: Vec<_> =
        body.as_bytes().chunks(chunk).map(|chunk| Ok::<_, String>(Bytes::copy_from_slice(chunk))).collect();
    let reply = HttpReply::of(200, "application/json", "").with_body(Body::from_stream(None, stream::iter(chunks)));
    Client::builder("https://h").transport(ScriptedTransport::new([reply])).build().unwrap()
}

/// Returns the items before the error, and the error.
async fn items(body: &str, chunk: usize) -> (Vec<Item>, Option<Error>) {
    let mut items = client(body, chunk).download(ListItems {}).send().await.unwrap().items::<Item>();
    let mut read = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => read.push(item),
            Err(error) => {
                assert!(items.next().await.is_none(), "an error is the end");
                return (read, Some(error));
            }
        }
    }
    (read, None)
}

fn item(id: i32, text: &str) -> Item {
    Item { id, text: Some(text.to_owned()) }
}

#[tokio::test]
async fn items_are_returned_one_by_one_regardless_of_chunks() {
    let quoted = r#"a,]}"\["#;
    for (body, expected) in [
        ("[]", vec![]),
        (" [ \n] ", vec![]),
        ("", vec![]),
        ("\u{feff}null", vec![]),
        (r#"[{"id":1,"text":"a"}]"#, vec![item(1, "a")]),
        (
            r#"[{"id":1,"text":"a,]}\"\\["}, {"Id":2,"more":[[{}],"]"],"Text":"b"} ]"#,
            vec![item(1, quoted), item(2, "b")],
        ),
        (r#"[null,,{"id":"3","text":"c"},]"#, vec![Item::default(), Item::default(), item(3, "c"), Item::default()]),
        ("\u{feff}[{\"id\":1,\"text\":\"ü\"}]", vec![item(1, "ü")]),
    ] {
        for chunk in [1, 2, 3, 7, 1000] {
            let (read, error) = items(body, chunk).await;
            assert!(error.is_none(), "{body}: {error:?}");
            assert_eq!(read, expected, "{body} in chunks of {chunk}");
        }
    }
}

#[tokio::test]
async fn lists_are_read_in_the_encoding_that_they_name() {
    let list = "[{\"id\":1,\"text\":\"ü\"},{\"id\":2,\"text\":\"]\"}]";
    let utf_16: Vec<u8> = list.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let latin_1: Vec<u8> = list.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    for (content_type, body) in [
        ("application/json; charset=utf-16be", utf_16.clone()),
        ("application/json", [b"\xfe\xff", &utf_16[..]].concat()),
        ("application/json; charset=iso-8859-1", latin_1),
        ("application/json; charset=utf-8", list.as_bytes().to_vec()),
    ] {
        let reply = HttpReply::of(200, content_type, body);
        let server = ScriptedTransport::new([reply.clone(), reply]);
        let client = Client::builder("https://h").transport(server).build().unwrap();
        let expected = [item(1, "ü"), item(2, "]")];
        assert_eq!(client.send(ListItems {}).await.unwrap(), expected, "{content_type}");
        // So is a batch, which is a list as well.
        let batch = vec![PickItem { id: 1 }, PickItem { id: 2 }];
        assert_eq!(client.send_all(batch).await.unwrap(), expected, "{content_type}");
    }
}

const STATUS: &str =
    r#"{"responseStatus":{"errorCode":"InvalidOperationException","message":"item, [failed]","errors":[]}}"#;

#[tokio::test]
async fn the_error_of_a_failed_write_is_found_at_every_break_of_json() {
    let list = r#"[{"id":1,"text":"a"},{"id":2,"text":"it's \"b\""},{"id":30,"text":"c"}]"#;
    let ends: Vec<usize> = list.match_indices("},").map(|(end, _)| end + 1).collect();
    for length in 1..list.len() {
        let body = format!("{}{STATUS}", &list[..length]);
        let error = client(&body, 10).send(ListItems {}).await.unwrap_err();
        let said = (error.error_code(), error.message());
        assert_eq!(said, (Some("InvalidOperationException"), "item, [failed]"), "{body}");
        assert!(std::error::Error::source(&error).is_some(), "the decode error is the cause: {body}");

        let (read, error) = items(&body, 10).await;
        let before = ends.iter().filter(|end| **end < length).count();
        assert_eq!(read.len(), before, "{body}");
        assert_eq!(error.unwrap().error_code(), Some("InvalidOperationException"), "{body}");
    }
    for status in [
        r#"{"ResponseStatus":{"ErrorCode":"A","Message":"m"}}"#,
        r#"{"response_status":{"error_code":"A","message":"m"}}"#,
        "{\n  \"responseStatus\": {\n    \"errorCode\": \"A\",\n    \"message\": \"m\"\n  }\n}",
    ] {
        let body = format!("[{{\"id\":1}},{{\"id\":2{status}");
        assert_eq!(client(&body, 5).send(ListItems {}).await.unwrap_err().error_code(), Some("A"), "{body}");
        assert_eq!(items(&body, 5).await.1.unwrap().error_code(), Some("A"), "{body}");
    }
    // The failure may also come after the last item.
    let body = format!("[{{\"id\":1}},{{\"id\":2}}] {STATUS}");
    assert_eq!(client(&body, 5).send(ListItems {}).await.unwrap_err().error_code(), Some("InvalidOperationException"));
    let (read, error) = items(&body, 5).await;
    assert_eq!((read.len(), error.unwrap().error_code()), (2, Some("InvalidOperationException")));
    // A batch is a list too.
    let body = format!("[[{{\"id\":1}}],[{{\"id\":2{STATUS}");
    let error = client(&body, 1000).send_all(vec![ListItems {}, ListItems {}]).await.unwrap_err();
    assert_eq!(error.error().error_code(), Some("InvalidOperationException"));
    // The server failed before it wrote anything.
    assert_eq!(items(STATUS, 9).await.1.unwrap().error_code(), Some("InvalidOperationException"));
}

#[tokio::test]
async fn other_errors_state_their_place() {
    for (body, count, message) in [
        (r#"[{"id":1},{"id":"x"}]"#, 1, "[1].id: expected an integer (i32), found text, at byte 16"),
        (r#"[{"id":1},{"id":2"#, 1, "[1]: the document breaks off, at byte 17"),
        (r#"[{"id":1}] []"#, 1, "[1]: text follows the end of the list"),
        (r#"{"results":[{"id":1}]}"#, 0, "expected a list"),
        (r#""text""#, 0, "expected a list"),
    ] {
        let (read, error) = items(body, 4).await;
        let error = error.unwrap();
        assert_eq!((read.len(), error.kind(), error.message()), (count, ErrorKind::Decode, message), "{body}");
    }
}
